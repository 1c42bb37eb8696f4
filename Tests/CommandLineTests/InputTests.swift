#if Command
import Foundation
import Testing

/// Pipes and files: what is read, and what is refused.
struct InputTests {
    // MARK: Pipes

    @Test func evaluatesEachLineOfAPipe() throws {
        let run = try ProgramRun.calcburst(input: "1/3\n0x1F + 0b11\n")
        #expect(run.output == "0.333333333333333\n34\n")
        #expect(run.status == 0)
    }

    @Test func saysNothingOfBlankLinesAndComments() throws {
        let run = try ProgramRun.calcburst(
            input: "\n  \t\n# only a comment\n1 # one\n/* a */ /* b */ # c\n/**/\n2\r\n\r\n"
        )
        #expect(run.output == "1\n2\n")
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test func takesALastLineWithoutItsEnd() throws {
        #expect(try ProgramRun.calcburst(input: "1\n2").output == "1\n2\n")
        #expect(try ProgramRun.calcburst(input: "").output == "")
    }

    @Test func stopsAtTheFirstErrorAndSaysItsLine() throws {
        let run = try ProgramRun.calcburst(input: "1\n\n1/0\n2\n")
        #expect(run.output == "1\n")
        #expect(run.errors.hasPrefix("line 3: error[division-by-zero]: "))
        #expect(run.status == 2)
        let wrong = try ProgramRun.calcburst(input: "1\n2 +\n3\n")
        #expect(wrong.output == "1\n")
        #expect(wrong.status == 65)
    }

    @Test func goesOnIfAsked() throws {
        let run = try ProgramRun.calcburst("--keep-going", input: "1\n1/0\n2 +\n3\n")
        #expect(run.output == "1\n3\n")
        #expect(run.errors.contains("line 2: error[division-by-zero]"))
        #expect(run.errors.contains("line 3: error[incomplete]"))
        #expect(run.status == 65)
    }

    @Test func evaluatesLinesWithVariables() throws {
        let run = try ProgramRun.calcburst("--let", "x=2", input: "x\nx^2\n")
        #expect(run.output == "2\n4\n")
    }

    @Test func writesPipesAsAList() throws {
        let list = try ProgramRun.calcburst("--json", input: "1\n")
        #expect(list.output == "[{\"expression\":\"1\",\"result\":1,\"type\":\"number\"}]\n")
        #expect(try ProgramRun.calcburst("--json", input: "").output == "[]\n")
        let lines = try ProgramRun.calcburst("--ndjson", input: "1\n2\n")
        #expect(lines.output.count { $0 == "\n" } == 2)
        let error = try ProgramRun.calcburst("--ndjson", input: "1\n1/0\n")
        #expect(error.errors.contains("\"line\":2"))
    }

    @Test func refusesBytesThatAreNotUTF8() throws {
        let run = try ProgramRun.calcburst(arguments: [], input: Array("1 + ".utf8) + [0xFF, 0x0A])
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("line 1: error[syntax-error]: "))
        #expect(run.status == 65)
    }

    @Test func refusesALineThatIsTooLongAndReadsOn() throws {
        let long = String(repeating: "1", count: 10_000_000)
        let run = try ProgramRun.calcburst("--keep-going", input: "1\n\(long)\n2\n")
        #expect(run.output == "1\n2\n")
        #expect(run.errors.hasPrefix("line 2: error[limit-exceeded]: "))
        #expect(run.errors.utf8.count < 1_000)
        #expect(run.status == 65)
    }

    @Test func needsNoMemoryForAnEndlessLine() throws {
        // 64 MB in one line, with less than that as the limit of the memory for data.
        let run = try ProgramRun.shell(
            "head -c 64000000 /dev/zero | (ulimit -d 40000; $calcburst --keep-going)"
        )
        #expect(run.errors.hasPrefix("line 1: error[limit-exceeded]: "))
        #expect(run.status == 65)
    }

    @Test func answersBeforeTheNextLineComes() throws {
        let run = try ProgramRun.shell(
            """
            mkfifo questions answers
            $calcburst < questions > answers &
            exec 3> questions 4< answers
            echo '1 + 1' >&3; read first <&4
            echo "$first * 10" >&3; read second <&4
            exec 3>&-
            echo "$first $second"
            """
        )
        #expect(run.output == "2 20\n")
    }

    // MARK: Files

    @Test func takesAFileAsOneExpression() throws {
        let scratch = try Scratch()
        let path = try scratch.file("total.calc", "# the total\nlet x = 3;\nx\n  * 2\n")
        #expect(try ProgramRun.calcburst("-f", path).output == "6\n")
        #expect(try ProgramRun.calcburst("--file", path, "-f", path).output == "6\n6\n")
        let fromInput = try ProgramRun.calcburst("-f", "-", input: "let x = 3;\nx * 2\n")
        #expect(fromInput.output == "6\n")
    }

    @Test func saysWhichFileIsWrongAndWhere() throws {
        let scratch = try Scratch()
        _ = try scratch.file("wrong.calc", "let x = 3;\nx * y\n")
        let run = try ProgramRun.calcburst("-f", "wrong.calc", in: scratch.folder)
        #expect(
            run.errors == """
                wrong.calc: error[unknown-name]: there is no variable named 'y'
                  |
                2 | x * y
                  |     ^

                """
        )
        #expect(run.status == 65)
    }

    @Test(arguments: ["-f", "--vars"]) func readsRegularFilesOnly(_ option: String) throws {
        let script = """
            mkfifo pipe
            for file in /dev/zero /dev/full /dev/tty pipe . /no/such/file ''; do
              $calcburst \(option) "$file" \(option == "-f" ? "" : "1") > o 2> e
              echo "$? $(wc -c < o) $(head -c 19 e)"
            done
            """
        let run = try ProgramRun.shell(script)
        let expected = Array(repeating: "66 0 error: cannot read ", count: 7)
        #expect(run.output.split(separator: "\n").map(String.init) == expected)
    }

    @Test func refusesALargeFileBeforeItIsRead() throws {
        let scratch = try Scratch()
        let path = try scratch.file("large.calc", String(repeating: "1", count: 10_000_000))
        let run = try ProgramRun.calcburst("-f", path)
        #expect(run.errors.contains("error[limit-exceeded]: "))
        #expect(run.errors.utf8.count < 1_000)
        #expect(run.status == 65)
    }

    @Test func refusesAFileThatMayNotBeRead() throws {
        // The superuser may read everything, so the file is one that nobody can.
        let run = try ProgramRun.calcburst("-f", "/proc/self/mem")
        #expect(run.status == 66)
        #expect(run.errors.hasPrefix("error: cannot read "))
    }

    // MARK: Variables

    @Test func takesVariablesWithTheirTypesFromJSON() throws {
        let scratch = try Scratch()
        let path = try scratch.file(
            "vars.json",
            #"{"price": 9.5, "items": [{"n": 2}, {"n": 3}], "unit price": 1, "note": null}"#
        )
        #expect(try ProgramRun.calcburst("--vars", path, "price * sum(items.n)").output == "47.5\n")
        #expect(try ProgramRun.calcburst("--vars", path, "`unit price`").output == "1\n")
        #expect(try ProgramRun.calcburst("--vars", path, "note ?? 'none'").output == "none\n")
        let wrong = try ProgramRun.calcburst("--vars", path, "items + 1")
        #expect(wrong.errors.contains("error[type-mismatch]"))
        let over = try ProgramRun.calcburst("--let", "price=1", "--vars", path, "price")
        #expect(over.output == "1\n")
        let piped = try ProgramRun.calcburst("--vars", "-", "x * 2", input: #"{"x": 21}"#)
        #expect(piped.output == "42\n")
    }

    static let badVariables = [
        #"{"x": 1,}"#, #"{"x": NaN}"#, #"{"x": 1} {}"#, #"{"x": 1, "x": 2}"#, "{'x': 1}", "",
        #"{"x": 9007199254740993}"#, "[1]", "1", "null", "{\"x\": \"\u{1}\"}",
        #"{"x": "# + String(repeating: "[", count: 100_000),
    ]

    @Test(arguments: badVariables) func refusesVariablesThatAreNotAnObject(_ text: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file("vars.json", text)
        let run = try ProgramRun.calcburst("--vars", path, "1")
        #expect(run.status == 65)
        #expect(run.output == "")
        #expect(run.errors.contains("vars.json"))
        #expect(run.errors.utf8.count < 2_000)
    }

    @Test func readsStandardInputOnlyOnce() throws {
        #expect(try ProgramRun.calcburst("--vars", "-", input: "{}").status == 64)
        #expect(try ProgramRun.calcburst("--vars", "-", "-f", "-", input: "{}").status == 64)
        #expect(try ProgramRun.calcburst("check", "--vars", "-", input: "{}").status == 64)
    }

    @Test func takesTheLastOfManyVariablesQuickly() throws {
        let values = (0..<5_000).map { "\"x\($0)\": \($0)" }.joined(separator: ",")
        let scratch = try Scratch()
        let path = try scratch.file("vars.json", "{\(values)}")
        let run = try ProgramRun.calcburst("--vars", path, "x4999")
        #expect(run.output == "4999\n")
    }
}
#endif
