#!/usr/bin/env python3
"""Holds every import against the floors of the house: imports go down only.

Package.swift says which target may import which; this says where each target stands, so that an edge
that goes up or sideways is refused even when Package.swift declares it.
"""

import json
import re
import subprocess

from project import ROOT, code_only, finish, name, swift_files

# From the cellar to the roof. A new target needs its place here before it builds in CI.
FLOORS = [
    ("cellar", {"CKernels", "CFFI", "CCurl", "CCalcBurstPlugin", "CPluginSystem"}),
    # The kit for authors of plugins is on the ground, where nothing of the engine can be imported.
    ("ground", {"CalcBurstSource", "CalcBurstFunctions", "CalcBurstPluginKit"}),
    ("first", {"CalcBurstJSON", "CalcBurstSyntax", "CalcBurstMachine"}),
    ("second", {"CalcBurstCompiler"}),
    ("front door", {"CalcBurst"}),
    ("service", {"CalcBurstService", "CalcBurstPlugins", "CalcBurstCurl"}),
    (
        "adapters",
        {"CalcBurstServer", "CalcBurstLambda", "CalcBurstSQLite", "CalcBurstDynamoDB"},
    ),
    ("roof", {"CalcBurstCommand", "CalcBurstLambdaCommand"}),
    ("test support", {"CalcBurstTesting"}),
    ("programs that tests run", set()),  # every target that is called Example… or …Probe
]
PROGRAMS = len(FLOORS) - 1
TESTS = len(FLOORS)  # every target that is called …Tests
FRONT_DOOR = 4

# Headers that are an agreement of several sides, not C for one module: the host reads a plugin's table
# through this one, its C makes the calls, and the kit builds the table.
AGREEMENTS = {"CCalcBurstPlugin"}

# Modules of the toolchain that may be imported everywhere.
EVERYWHERE = {"Synchronization"}
# The C library, which up to the front door is imported by these files only.
C_LIBRARY = {"Glibc", "Musl", "Darwin", "Android"}
C_LIBRARY_FILES = {
    "Sources/CalcBurstFunctions/Standard/CMath.swift",
    "Sources/CalcBurstMachine/Machine.swift",  # its loop calls the mathematics without a hop
}
FOUNDATION = {"Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch"}
# Above the front door, the targets that must stay free of Foundation: they start in a sandbox.
NO_FOUNDATION = {"CalcBurstLambda", "CalcBurstDynamoDB", "CalcBurstLambdaCommand"}

IMPORT = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)",
    re.MULTILINE,
)


def imports_of(text: str) -> list[tuple[int, str]]:
    code = code_only(text)
    return [
        (code.count("\n", 0, match.end()) + 1, match.group(1)) for match in IMPORT.finditer(code)
    ]


def floor_of(target: str) -> int | None:
    if target.endswith("Tests"):
        return TESTS
    if target.endswith("Probe") or target.startswith("Example"):
        return PROGRAMS
    for number, (_, targets) in enumerate(FLOORS):
        if target in targets:
            return number
    return None


def floor_name(number: int) -> str:
    return FLOORS[number][0] if number < TESTS else "tests"


def dependencies(target: dict) -> tuple[set[str], set[str]]:
    """The targets and the products of other packages that a target declares."""
    targets, products = set(), set()
    for dependency in target["dependencies"]:
        (kind, values), = dependency.items()
        (products if kind == "product" else targets).add(values[0])
    return targets, products


def check_package(package: dict) -> list[str]:
    """Complaints about edges that Package.swift declares."""
    complaints, importers = [], {}
    for target in package["targets"]:
        own = floor_of(target["name"])
        if own is None:
            complaints.append(f"Package.swift: {target['name']} stands on no floor of imports.py")
            continue
        for dependency in sorted(dependencies(target)[0] - AGREEMENTS):
            below = floor_of(dependency)
            if below is not None and below >= own:
                complaints.append(
                    f"Package.swift: {target['name']} ({floor_name(own)}) depends on {dependency}"
                    f" ({floor_name(below)}): imports go down only"
                )
            if below == 0 and own < PROGRAMS:
                importers.setdefault(dependency, []).append(target["name"])
    for module, targets in importers.items():
        if len(targets) > 1:
            complaints.append(f"Package.swift: {module} is imported by {', '.join(targets)}: one only")
    return complaints


def check_file(target: dict, file: str, text: str) -> list[str]:
    """Complaints about the imports of one file of a target."""
    targets, products = dependencies(target)
    own = floor_of(target["name"])
    complaints = []
    for line, module in imports_of(text):
        if module in targets | products | EVERYWHERE:
            continue
        if own is not None and own >= TESTS - 1 and (
            module in C_LIBRARY | FOUNDATION | {"Testing"}
        ):
            continue
        if module in C_LIBRARY and (own is None or own > FRONT_DOOR or file in C_LIBRARY_FILES):
            continue
        if module in FOUNDATION and own is not None and own > FRONT_DOOR:
            if target["name"] not in NO_FOUNDATION:
                continue
        why = "is not a dependency of"
        if module in FOUNDATION | C_LIBRARY:
            why = "has no place in"
        complaints.append(f"{file}:{line}: {module} {why} {target['name']}")
    return complaints


def main() -> None:
    package = json.loads(
        subprocess.check_output(["swift", "package", "--package-path", str(ROOT), "dump-package"])
    )
    complaints, count = check_package(package), 0
    for target in package["targets"]:
        default = f"{'Tests' if target['type'] == 'test' else 'Sources'}/{target['name']}"
        for path in swift_files(target.get("path") or default):
            complaints += check_file(target, name(path), path.read_text())
            count += 1
    if not count:
        complaints.append("no Swift file found: this lint looked at nothing")
    finish(complaints, f"{count} files of {len(package['targets'])} targets import only what they may")


if __name__ == "__main__":
    main()
