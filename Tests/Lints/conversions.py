#!/usr/bin/env python3
"""Refuses `Int(x)` of a floating-point x in library sources.

Such a conversion kills the process when x is not finite or does not fit. Text does not show the type
of x, so this reads what the compiler wrote down: the index of a debug build, in which each use
of an initialiser names the one that was chosen.
"""

import ctypes as C
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from project import ROOT, finish, name, swift_files
from traps import ALLOWED, read_allowed

RULE = "float-to-int"

# The mangled names of the initialisers of the integer types and protocols that take Double, Float or
# any BinaryFloatingPoint without a label.
TRAPPING = re.compile(
    r"s:(?!\w*(?:exactly|clamping|truncatingIfNeeded))"
    r"(?:Si|Su|Sz\w*|SZ\w*|s\d+U?Int\d+V|s17FixedWidthInteger\w*)y\w*"
    r"(?:Sd|Sf|s7Float16V|s7Float80V|SBR(?:d__|z)l\w*)c?u?fc"
)


class Text(C.Structure):
    _fields_ = [("data", C.c_void_p), ("length", C.c_size_t)]

    def __str__(self) -> str:
        return C.string_at(self.data, self.length).decode() if self.length else ""


class IndexStore:
    """A reader of the compiler's index, through the toolchain's own library."""

    on_text = C.CFUNCTYPE(C.c_bool, C.c_void_p, Text)
    on_item = C.CFUNCTYPE(C.c_bool, C.c_void_p, C.c_void_p)
    record_kind = 2

    def __init__(self, library: Path, store: Path) -> None:
        self.library = C.CDLL(str(library))
        self.store = self.call("store_create", C.c_void_p, str(store).encode(), None)
        if not self.store:
            raise SystemExit(f"no index in {store}")

    def call(self, function: str, result, *arguments):
        function = getattr(self.library, "indexstore_" + function)
        function.restype = result
        function.argtypes = None
        return function(*(C.c_void_p(a) if isinstance(a, int) else a for a in arguments))

    def units(self) -> list[str]:
        names = []
        collect = self.on_text(lambda _, text: names.append(str(text)) is None)
        self.call("store_units_apply_f", C.c_bool, self.store, C.c_uint(1), None, collect)
        return names

    def records(self, unit: str) -> list[str]:
        reader = self.call("unit_reader_create", C.c_void_p, self.store, unit.encode(), None)
        if not reader:
            return []
        names = []

        def collect(_, item):
            if self.call("unit_dependency_get_kind", C.c_int, item) == self.record_kind:
                path = str(self.call("unit_dependency_get_filepath", Text, item))
                names.append((path, str(self.call("unit_dependency_get_name", Text, item))))
            return True

        if not self.call("unit_reader_is_system_unit", C.c_bool, reader):
            self.call("unit_reader_dependencies_apply_f", C.c_bool, reader, None, self.on_item(collect))
        self.call("unit_reader_dispose", None, reader)
        return names

    def uses(self, record: str) -> list[tuple[int, str]]:
        """Line and mangled name of each symbol that the record mentions."""
        reader = self.call("record_reader_create", C.c_void_p, self.store, record.encode(), None)
        if not reader:
            return []
        found = []

        def collect(_, item):
            line, column = C.c_uint(), C.c_uint()
            self.call("occurrence_get_line_col", None, item, C.byref(line), C.byref(column))
            symbol = self.call("occurrence_get_symbol", C.c_void_p, item)
            found.append((line.value, str(self.call("symbol_get_usr", Text, symbol))))
            return True

        self.call("record_reader_occurrences_apply_f", C.c_bool, reader, None, self.on_item(collect))
        self.call("record_reader_dispose", None, reader)
        return found


def toolchain_library() -> Path | None:
    """libIndexStore of the toolchain, which lies beside the compiler's own libraries."""
    swift = shutil.which("swift")
    if not swift:
        return None
    info = json.loads(subprocess.check_output(["swift", "-print-target-info"]))
    # …/usr/lib/swift, and the library is in …/usr/lib
    library = Path(info["paths"]["runtimeResourcePath"]).parent / "libIndexStore.so"
    return library if library.exists() else None


def conversions(library: Path, store: Path, files: set[str]) -> tuple[set[tuple[str, int]], set[str]]:
    """File and line of each trapping conversion in these files, and the files seen in the index."""
    index = IndexStore(library, store)
    found, seen = set(), set()
    newest: dict[str, str] = {}
    for unit in index.units():
        for path, record in index.records(unit):
            if path in files:
                newest.setdefault(path, []).append(record)
    for path, records in newest.items():
        seen.add(path)
        for record in set(records):
            for line, usr in index.uses(record):
                if TRAPPING.fullmatch(usr):
                    found.add((path, line))
    return found, seen


def main(store: Path) -> None:
    library = toolchain_library()
    if not library:
        raise SystemExit("the toolchain has no libIndexStore.so: put a full Swift toolchain on PATH")
    sources = {str(path): path for path in swift_files("Sources")}
    allowed = {key for key in read_allowed(ALLOWED.read_text()) if key[1] == RULE}
    found, seen = conversions(library, store, set(sources))
    complaints, used = [], set()
    for path, line in sorted(found):
        lines = sources[path].read_text().split("\n")
        if line > len(lines):
            raise SystemExit(f"{name(sources[path])} changed after the build: build first")
        text = lines[line - 1].strip()
        key = (name(sources[path]), RULE, text)
        if key in allowed:
            used.add(key)
        else:
            complaints.append(f"{key[0]}:{line}: {RULE}: {text}  (use exactly:, or check the range)")
    complaints += [f"{ALLOWED.name}: no longer in {key[0]}: {key[2]}" for key in allowed - used]
    if len(seen) * 2 < len(sources):
        complaints.append(f"the index knows {len(seen)} of {len(sources)} files: build first")
    finish(complaints, f"{len(seen)} files, no unchecked conversion to an integer")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".build/debug/index/store")
