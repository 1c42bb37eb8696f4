#if Command
import Testing

/// What is typed after `calcburst`, and what comes of it.
struct EvalTests {
    /// A call, its standard output and its status.
    struct Case: CustomTestStringConvertible {
        let arguments: [String]
        let output: String
        let status: Int32

        init(_ arguments: [String], _ output: String, _ status: Int32 = 0) {
            self.arguments = arguments
            self.output = output
            self.status = status
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    // Values: Python's `repr` for data, `'%.15g'` for text.
    static let values: [Case] = [
        Case(["sqrt(3^2 + 4^2)"], "5\n"),
        Case(["--let", "r=0.05", "--let", "n=30", "1000 * (1 + r)^n"], "4321.94237515067\n"),
        Case(["--let", "a=2", "--let", "b=a*10", "b"], "20\n"),
        Case(["--let", "a=2", "--let", "a=3", "a"], "3\n"),
        Case(["--let", "`unit price`=2", "`unit price` * 3"], "6\n"),
        Case(["--let", "xs=[1, 2]", "sum(xs)"], "3\n"),
        Case(["2", "+", "3"], "5\n"),
        Case(["ceil(17/4)"], "5\n"),
        Case(["0.1 + 0.2"], "0.3\n"),
        Case(["1/3"], "0.333333333333333\n"),
        Case(["--digits", "all", "0.1 + 0.2"], "0.30000000000000004\n"),
        Case(["--digits", "3", "2/3"], "0.667\n"),
        Case(["'text'"], "text\n"),
        Case(["[1/3, 2]"], "[0.333333333333333, 2]\n"),
        Case(["{a: 'b', c: null}"], "{\"a\": \"b\", \"c\": null}\n"),
        Case(["-e", "1+1", "-e", "2+2"], "2\n4\n"),
        Case(["eval", "1+1"], "2\n"),
        Case(
            ["--json", "0.1 + 0.2"],
            "{\"expression\":\"0.1 + 0.2\",\"result\":0.30000000000000004,\"type\":\"number\"}\n"
        ),
        Case(
            ["--json", "--digits", "2", "1/3"],
            "{\"expression\":\"1/3\",\"result\":0.3333333333333333,\"type\":\"number\"}\n"
        ),
        Case(
            ["--json", "-e", "1", "-e", "'a'"],
            "[{\"expression\":\"1\",\"result\":1,\"type\":\"number\"},\n"
                + " {\"expression\":\"'a'\",\"result\":\"a\",\"type\":\"string\"}]\n"
        ),
        Case(
            ["--ndjson", "-e", "[]", "-e", "true"],
            "{\"expression\":\"[]\",\"result\":[],\"type\":\"[never]\"}\n"
                + "{\"expression\":\"true\",\"result\":true,\"type\":\"bool\"}\n"
        ),
        Case(["--untrusted", "1+1"], "2\n"),
        Case(["--mode", "double", "1+1"], "2\n"),
        Case(["--version"], "0.1.0\n"),
    ]

    @Test(arguments: values) func givesValues(_ call: Case) throws {
        let run = try ProgramRun.calcburst(
            arguments: call.arguments.map { Array($0.utf8) }
        )
        #expect(run.output == call.output)
        #expect(run.errors == "")
        #expect(run.status == call.status)
    }

    static let statuses: [Case] = [
        Case(["-x", "2 > 1"], "true\n", 0),
        Case(["-x", "1 > 2"], "false\n", 1),
        Case(["-x", "null"], "null\n", 1),
        Case(["-x", "[]"], "[]\n", 1),
        Case(["-x", "0"], "0\n", 0),
        Case(["-x", "''"], "\n", 0),
        Case(["--exit-status", "-e", "false", "-e", "true"], "false\ntrue\n", 0),
        Case(["10 / (3 - 3)"], "", 2),
        Case(["max([])"], "", 2),
        Case(["--limit", "fuel=10", "sum(range(100))"], "", 2),
        Case(["--limit", "source-length=3", "1+1+1"], "", 65),
        Case(["2 + sqt(16)"], "", 65),
        Case(["1 +"], "", 65),
        Case(["1 + 'a'"], "", 65),
        Case(["9007199254740993"], "", 65),
        Case(["x"], "", 65),
        Case(["--let", "x=1/0", "x"], "", 2),
        Case(["--let", "x=1+", "x"], "", 65),
        Case(["--let", "x", "1"], "", 64),
        Case(["--let", "2=x", "1"], "", 64),
        Case(["--let", "if=1", "1"], "", 64),
        Case(["--digits", "0", "1"], "", 64),
        Case(["--digits", "18", "1"], "", 64),
        Case(["--digits", "many", "1"], "", 64),
        Case(["--limit", "fuel", "1"], "", 64),
        Case(["--limit", "fuel=", "1"], "", 64),
        Case(["--limit", "fuel=-1", "1"], "", 64),
        Case(["--limit", "fuel=1.5", "1"], "", 64),
        Case(["--limit", "fuel=1e400", "1"], "", 64),
        Case(["--limit", "fuel=1e10", "1"], "", 64),
        Case(["--limit", "fuel=1ms", "1"], "", 64),
        Case(["--limit", "time=1MiB", "1"], "", 64),
        Case(["--limit", "fuel=1e3,memory=8MiB,time=2s,list-length=10", "1"], "1\n", 0),
        Case(["--mode", "decimal", "1"], "", 64),
        Case(["--color", "sometimes", "1"], "", 64),
        Case(["--json", "--ndjson", "1"], "", 64),
        Case(["-e", "1", "2"], "", 64),
        Case(["-f", "/no/such/file"], "", 66),
        Case(["-e"], "", 64),
        Case(["explain", "overfow"], "", 64),
        Case(["functions", "sqrr"], "", 64),
    ]

    @Test(arguments: statuses) func saysInItsStatusWhatHappened(_ call: Case) throws {
        let run = try ProgramRun.calcburst(
            arguments: call.arguments.map { Array($0.utf8) }
        )
        #expect(run.status == call.status)
        #expect(run.output == call.output)
        #expect(run.errors.isEmpty == (call.status < 2))
    }

    @Test func showsWhereAnExpressionIsWrong() throws {
        let run = try ProgramRun.calcburst("2 + sqt(16)")
        #expect(
            run.errors == """
                error[unknown-name]: there is no function named 'sqt'
                  |
                1 | 2 + sqt(16)
                  |     ^^^
                  = help: did you mean 'sqrt'?

                """
        )
    }

    @Test func showsWhereAnEvaluationStops() throws {
        let run = try ProgramRun.calcburst("10 / 0")
        #expect(
            run.errors == """
                error[division-by-zero]: division by zero
                  |
                1 | 10 / 0
                  |    ^ - this is 0

                """
        )
    }

    @Test func writesErrorsAsJSONWhereResultsAre() throws {
        let run = try ProgramRun.calcburst("--json", "2 + sqt(16)")
        #expect(run.output == "")
        #expect(run.status == 65)
        let members = [
            #""expression":"2 + sqt(16)""#, #""ok":false"#, #""code":"unknown-name""#,
            #""range":{"start":4,"end":7,"line":1,"column":5}"#, #""suggestions":["sqrt"]"#,
        ]
        for member in members { #expect(run.errors.contains(member)) }
        #expect(run.errors.hasSuffix("}\n"))
        #expect(run.errors.count { $0 == "\n" } == 1)
    }

    @Test func writesTheListOfResultsToItsEndAlsoAfterAnError() throws {
        let run = try ProgramRun.calcburst("--json", "-e", "1", "-e", "1/0", "-e", "3")
        #expect(run.output == "[{\"expression\":\"1\",\"result\":1,\"type\":\"number\"}]\n")
        #expect(run.status == 2)
    }

    @Test func goesOnAfterAnErrorIfAsked() throws {
        let run = try ProgramRun.calcburst("--keep-going", "-e", "1", "-e", "1/0", "-e", "3")
        #expect(run.output == "1\n3\n")
        #expect(run.status == 2)
    }

    @Test func saysHowLongItTookOnStandardError() throws {
        let run = try ProgramRun.calcburst("--timing", "1+1")
        #expect(run.output == "2\n")
        #expect(
            run.errors.wholeMatch(
                of: /compile [0-9.]+ (ns|us|ms|s), run [0-9.]+ (ns|us|ms|s), fuel 1\n/
            ) != nil
        )
    }

    @Test func warnsOnStandardErrorUnlessQuiet() throws {
        let loud = try ProgramRun.calcburst("let pi = 3; pi")
        #expect(loud.output == "3\n")
        #expect(loud.errors.hasPrefix("warning[shadowed-constant]: "))
        let quiet = try ProgramRun.calcburst("-q", "let pi = 3; pi")
        #expect(quiet.output == "3\n")
        #expect(quiet.errors == "")
    }

    @Test func staysWithinArithmeticOfTheShell() throws {
        let run = try ProgramRun.shell("echo $(( $($calcburst 'ceil(17/4)') ))")
        #expect(run.output == "5\n")
    }

    @Test func worksAsAConditionOfTheShell() throws {
        let run = try ProgramRun.shell(
            "if $calcburst -x '0.95 > 0.9' >/dev/null; then echo high; fi"
        )
        #expect(run.output == "high\n")
    }
}
#endif
