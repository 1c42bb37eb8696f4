#!/usr/bin/env python3
"""Plants what each lint must refuse, so that none can pass in silence."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import conversions
import imports
import readme
import skips
import texts
import traps
from project import code_only


class CodeOnly(unittest.TestCase):
    def test_blanks_comments_and_literals_but_keeps_places(self):
        text = 'let a = "x!" // b!\nlet c = /* d! /* e */ f! */ g\n'
        code = code_only(text)
        self.assertEqual(len(code), len(text))
        self.assertNotIn("!", code)
        self.assertEqual(code.index("g"), text.index("g\n"))

    def test_keeps_what_is_interpolated(self):
        self.assertIn("b!", code_only(r'"a! \(b! + f("c!")) d!"'))
        self.assertEqual(code_only(r'"a! \(b! + f("c!")) d!"').count("!"), 1)
        self.assertNotIn("!", code_only(r'#"a \(b!) "c!" "#'))
        self.assertIn("b!", code_only(r'#"a \#(b!)"#'))

    def test_reads_literals_of_many_lines(self):
        self.assertEqual(code_only('"""\n a! "b!" \n"""; c!').count("!"), 1)

    def test_an_escaped_quote_does_not_end_a_literal(self):
        self.assertEqual(code_only(r'"\"a!"; b!').count("!"), 1)


class Traps(unittest.TestCase):
    def refused(self, line: str) -> list[str]:
        return [rule for _, rule, _, _ in traps.complaints_in(line)]

    def test_refuses_each_trap(self):
        planted = {
            "try!": "let a = tr" + "y! f()",
            "as!": "let a = b a" + "s! Int",
            "force-unwrap": "let a = b!",
            "stop": "fatal" + "Error()",
            "unowned": "unowned let a: B",
            "unsafely": "a.unsafelyUnwrapped",
            "unique-keys": "Dictionary(uniqueKeysWithValues: a)",
            "numeric-cast": "numericCast(a)",
            "unchecked": "extension A: @unchecked Sendable {}",
        }
        self.assertEqual(set(planted), {rule for rule, _, _ in traps.RULES})
        for rule, line in planted.items():
            self.assertEqual(self.refused(line), [rule], line)

    def test_refuses_every_form_of_unwrapping_and_stopping(self):
        for line in ["a[0]!", "f()!.b", "var a: B!", "a!.b = 1", "{ $0 }!", "`in`!", "a?.b!"]:
            self.assertEqual(self.refused(line), ["force-unwrap"], line)
        for line in ["precondition(a)", "preconditionFailure()", "assert(a)", "assertionFailure()"]:
            self.assertEqual(self.refused(line), ["stop"], line)

    def test_lets_ordinary_code_stand(self):
        for line in ["if !a { }", "a != b", "a!=b", "f(!a)", "// a!", '"a!"', "try? f()", "a as? B"]:
            self.assertEqual(self.refused(line), [], line)

    def test_an_entry_allows_one_line_and_must_still_be_used(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "Sources").mkdir()
            (root / "Sources/A.swift").write_text("let a = b!\n")
            self.assertEqual(len(traps.check(root, {})[0]), 1)
            entry = traps.read_allowed("Sources/A.swift | force-unwrap | let a = b! | a reason")
            self.assertEqual(traps.check(root, entry)[0], [])
            (root / "Sources/A.swift").write_text("let a = b\n")
            self.assertEqual(len(traps.check(root, entry)[0]), 1)

    def test_an_entry_needs_a_reason(self):
        with self.assertRaises(SystemExit):
            traps.read_allowed("Sources/A.swift | force-unwrap | let a = b!")

    def test_looking_at_nothing_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(len(traps.check(Path(folder), {})[0]), 1)


class Conversions(unittest.TestCase):
    def test_tells_floating_point_from_integers(self):
        text = """\
            func f(_ d: Double, _ g: Float, _ i: Int32, _ n: Int) {
                _ = Int(d)
                _ = UInt8(g)
                _ = [d].map(Int.init)
                _ = Int(i)
                _ = Int32(n)
                _ = Int(exactly: d)
                _ = Int64(7)
            }
            func g<T: BinaryFloatingPoint, I: FixedWidthInteger>(_ t: T, _ d: Double, _: I) {
                _ = Int(t)
                _ = I(d)
                _ = UInt16(clamping: I.zero)
                _ = I(exactly: t)
                _ = Int128(d)
            }
            """
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder).resolve() / "Planted.swift")
            store = Path(folder) / "store"
            Path(file).write_text(text)
            subprocess.run(
                ["swiftc", "-parse-as-library", "-emit-module", "-module-name", "Planted",
                 "-index-store-path", store, "-c", file],
                cwd=folder, check=True, capture_output=True,
            )
            library = conversions.toolchain_library()
            found, seen = conversions.conversions(library, store, {file})
        self.assertEqual(seen, {file})
        self.assertEqual(sorted(line for _, line in found), [2, 3, 4, 11, 12, 15])


class Imports(unittest.TestCase):
    def target(self, name: str, *dependencies: str) -> dict:
        return {
            "name": name,
            "type": "regular",
            "dependencies": [{"byName": [dependency, None]} for dependency in dependencies],
        }

    def test_reads_every_spelling(self):
        text = (
            "public import A\n  @testable import B\npackage import struct C.D\n"
            "// import E\n@preconcurrency import F\n@_exported public import G\nlet important = 1\n"
        )
        self.assertEqual([module for _, module in imports.imports_of(text)], list("ABCFG"))

    def test_refuses_edges_that_do_not_go_down(self):
        up = self.target("CalcBurstSource", "CalcBurst")
        sideways = self.target("CalcBurstSyntax", "CalcBurstMachine")
        self.assertEqual(len(imports.check_package({"targets": [up, sideways]})), 2)
        down = self.target("CalcBurst", "CalcBurstSource")
        self.assertEqual(imports.check_package({"targets": [down]}), [])

    def test_refuses_a_target_without_a_floor(self):
        self.assertEqual(len(imports.check_package({"targets": [self.target("Annex")]})), 1)

    def test_refuses_a_second_importer_of_a_c_module(self):
        two = [self.target("CalcBurstMachine", "CKernels"), self.target("CalcBurst", "CKernels")]
        self.assertEqual(len(imports.check_package({"targets": two})), 1)
        # A test looks at what its target wraps; a header that two sides agree on has two.
        tested = [two[0], self.target("CalcBurstMachineTests", "CKernels")]
        self.assertEqual(imports.check_package({"targets": tested}), [])
        sides = ["CPluginSystem", "CalcBurstPluginKit", "CalcBurstPlugins"]
        agreed = [self.target(side, "CCalcBurstPlugin") for side in sides]
        self.assertEqual(imports.check_package({"targets": agreed}), [])

    def test_the_kit_has_nothing_of_the_engine(self):
        for module in ["CalcBurstSource", "CalcBurstFunctions", "CalcBurst"]:
            kit = self.target("CalcBurstPluginKit", module)
            self.assertEqual(len(imports.check_package({"targets": [kit]})), 1, module)

    def test_refuses_undeclared_modules_and_foundation_below_the_front_door(self):
        machine = self.target("CalcBurstMachine", "CalcBurstSource")
        for module in ["CalcBurst", "Foundation", "Glibc", "Testing", "Unknown"]:
            said = imports.check_file(machine, "Sources/CalcBurstMachine/A.swift", f"import {module}")
            self.assertEqual(len(said), 1, module)
        for module in ["CalcBurstSource", "Synchronization"]:
            said = imports.check_file(machine, "Sources/CalcBurstMachine/A.swift", f"import {module}")
            self.assertEqual(said, [], module)

    def test_the_c_library_is_imported_by_named_files_only_below(self):
        functions = self.target("CalcBurstFunctions")
        for file in imports.C_LIBRARY_FILES:
            self.assertEqual(imports.check_file(functions, file, "import Glibc"), [])
        self.assertEqual(len(imports.check_file(functions, "Sources/B.swift", "import Glibc")), 1)


class Texts(unittest.TestCase):
    def test_refuses_each(self):
        planted = [
            ("a.md", "see /ro" + "ot/notes"),
            ("a.md", "in .." + "/shared/x"),
            ("a.sh", "pip --index https://py" + "pi.org/simple"),
            ("Sources/A.swift", "// TO" + "DO: more"),
            ("Package.swift", ".unsafe" + "Flags([])"),
            ("Tests/A.swift", "@Test(.dis" + "abled())"),
            ("Tests/A.swift", "usl" + "eep(1)"),
        ]
        for file, line in planted:
            self.assertEqual(len(texts.complaints_in(file, line, [])), 1, line)
        self.assertEqual(len(texts.complaints_in("a", "x /here/now y", ["/here/now"])), 1)

    def test_lets_ordinary_text_stand(self):
        for line in ["https://example.org/work/x", "a/home/b", "mktemp /tmp/x.XXXXXX", "/usr/lib"]:
            self.assertEqual(texts.complaints_in("Sources/a.swift", line, []), [], line)


class Skips(unittest.TestCase):
    test = '{"kind":"test","payload":{"kind":"function","id":"M.S/a()/S.swift:1:2"}}'
    ran = '{"kind":"event","payload":{"kind":"testStarted","testID":"M.S/a()/S.swift:1:2"}}'
    skip = (
        '{"kind":"event","payload":{"kind":"testSkipped","testID":"M.S/a()/S.swift:1:2",'
        '"messages":[{"symbol":"skip","text":"why"}]}}'
    )

    def test_a_run_of_no_test_is_refused(self):
        self.assertEqual(skips.check([self.test], {})[0], ["no test ran"])
        self.assertEqual(skips.check([self.test, self.ran], {})[0], [])

    def test_a_skip_needs_an_entry(self):
        lines = [self.test, self.ran, self.skip]
        self.assertEqual(len(skips.check(lines, {})[0]), 1)
        self.assertEqual(skips.check(lines, skips.read_expected("M.S/a() | because"))[0], [])

    def test_an_entry_needs_a_reason(self):
        with self.assertRaises(SystemExit):
            skips.read_expected("M.S/a()")


class Readme(unittest.TestCase):
    def complaints(self, block: str) -> list[str]:
        (commands,) = readme.blocks_of(f"# Title\n\n```console\n{block}```\n")
        environment = {"PATH": os.environ["PATH"]}
        return readme.run_block(commands, Path("/"), environment)

    def test_compares_exactly(self):
        self.assertEqual(self.complaints("$ echo a; echo b >&2\na\nb\n$ printf c\nc\n"), [])
        self.assertEqual(len(self.complaints("$ echo a\nA\n")), 1)
        self.assertEqual(len(self.complaints("$ echo a\n")), 1)
        self.assertEqual(len(self.complaints("$ true\na\n")), 1)

    def test_names_the_line(self):
        self.assertTrue(self.complaints("$ true\n$ echo a\nb\n")[0].startswith("5:"))

    def test_waits_for_the_end_of_what_is_in_the_background(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "running"
            job = f"(trap 'sleep 0.1; rm {file}; exit' TERM; touch {file}; while :; do sleep 0.02; done)"
            block = f"$ {job} &>/dev/null &\n$ until [ -e {file} ]; do :; done\n"
            self.assertEqual(self.complaints(block), [])
            self.assertFalse(file.exists())

    def test_a_command_may_take_more_lines_and_share_a_shell(self):
        self.assertEqual(self.complaints("$ a=1; cat <<X\n> b\n> X\nb\n$ echo \\\n> $a\n1\n"), [])

    def test_a_silent_failure_or_a_crash_is_refused(self):
        self.assertEqual(len(self.complaints("$ false\n")), 1)
        self.assertEqual(len(self.complaints("$ (echo a; kill -SEGV $BASHPID)\na\n")), 1)
        self.assertEqual(self.complaints("$ (echo a; exit 65)\na\n"), [])

    def test_what_ends_the_shell_is_refused(self):
        self.assertEqual(len(self.complaints("$ exit 3\n$ echo a\na\n")), 1)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "--quiet"])
