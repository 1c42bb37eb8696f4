#if Command
import Testing

/// `check`, `inspect`, `explain` and `functions`.
struct SubcommandTests {
    // MARK: check

    @Test func checksWithoutRunning() throws {
        let run = try ProgramRun.calcburst("check", "-e", "1/0", "-e", "[1, 2] * 2", "-e", "'a'")
        #expect(run.output == "ok: number\nok: [number]\nok: string\n")
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test func showsAllMistakes() throws {
        let run = try ProgramRun.calcburst("check", "a + b + c + d + sqt(f)")
        #expect(run.output == "")
        #expect(run.errors.matches(of: /error\[unknown-name\]/).count == 6)
        #expect(run.status == 65)
    }

    @Test func knowsTheTypesOfVariables() throws {
        let run = try ProgramRun.calcburst("check", "x > y", "--let", "x=1", "--let", "y=[1, 2]")
        #expect(run.output == "ok: [bool]\n")
        #expect(try ProgramRun.calcburst("check", "x + 'a'", "--let", "x=1").status == 65)
    }

    @Test func checksEachLineOfAPipe() throws {
        let run = try ProgramRun.calcburst("check", input: "1\n\n1 +\n2 < 3\n")
        #expect(run.output == "ok: number\nok: bool\n")
        #expect(run.errors.hasPrefix("line 3: error[incomplete]: "))
        #expect(run.status == 65)
    }

    @Test func writesWhatItFindsAsJSON() throws {
        let right = try ProgramRun.calcburst("check", "--json", "x + 1", "--let", "x=1")
        #expect(
            right.output == #"{"expression":"x + 1","ok":true,"incomplete":false,"diagnostics":[],"#
                + #""names":["x"],"type":"number","cost":1}"# + "\n"
        )
        let wrong = try ProgramRun.calcburst("check", "--json", "1 +")
        #expect(wrong.output.hasPrefix(#"{"expression":"1 +","ok":false,"incomplete":true,"#))
        #expect(wrong.output.contains(#""code":"incomplete""#))
        #expect(wrong.errors == "")
        #expect(wrong.status == 65)
        let both = try ProgramRun.calcburst("check", "--json", "a + b")
        #expect(both.output.matches(of: /"code":"unknown-name"/).count == 2)
    }

    // MARK: inspect

    @Test func showsEveryStage() throws {
        let run = try ProgramRun.calcburst("inspect", "1 + 2 * x", "--let", "x=3")
        let sections = run.output.matches(of: /(?m)^--- ([a-z]+)$/).map { String($0.1) }
        #expect(sections == ["tree", "checked", "program", "type", "names", "cost"])
        #expect(run.status == 0)
        #expect(run.errors == "")
    }

    /// The pictures are those of the design, written by hand.
    @Test func drawsWhatWasWrittenAndWhatItMeans() throws {
        let tree = try ProgramRun.calcburst("inspect", "--tree", "1 + 2 * x", "--let", "x=3")
        #expect(
            tree.output == """
                program  0..9
                └─ infix +  0..9
                   ├─ number 1  0..1
                   └─ infix *  4..9
                      ├─ number 2  4..5
                      └─ name x  8..9

                """
        )
        let checked = try ProgramRun.calcburst(
            "inspect",
            "--checked",
            "fn f(a) = a ? 1 : xs[0]; f(true)",
            "--let",
            "xs=[3]"
        )
        #expect(
            checked.output == """
                fn f : number
                └─ constant true : bool

                fn f(a: bool)
                if : number
                ├─ variable a : bool
                ├─ constant 1 : number
                └─ index : number
                   ├─ input xs : [number]
                   └─ constant 0 : number

                """
        )
        let lifted = try ProgramRun.calcburst("inspect", "--checked", "sqrt([4])")
        #expect(lifted.output.hasPrefix("each sqrt(x: number) -> number : [number]\n"))
    }

    static let parts: [EvalTests.Case] = [
        EvalTests.Case(["--type", "[1] > 0"], "[bool]\n"),
        EvalTests.Case(["--type", "{a: 1, b: null}"], "{a: number, b: null}\n"),
        EvalTests.Case(["--cost", "1 + 2 * 3"], "2\n"),
        EvalTests.Case(["--cost", "--let", "xs=[1]", "sum(xs)"], "depends on lengths\n"),
        EvalTests.Case(["--names", "--let", "a=1", "--let", "b=2", "b * a + b + pi"], "b\na\n"),
        EvalTests.Case(["--names", "let x = 1; map([x], y -> y + it)"], ""),
    ]

    @Test(arguments: parts) func showsOnePartAlone(_ call: EvalTests.Case) throws {
        let run = try ProgramRun.calcburst(
            arguments: (["inspect"] + call.arguments).map { Array($0.utf8) }
        )
        #expect(run.output == call.output)
        #expect(run.status == 0)
    }

    @Test func showsTheTreeAndTheNamesOfAWrongText() throws {
        let run = try ProgramRun.calcburst("inspect", "price * (qty +")
        #expect(run.output.contains("--- names\nprice\nqty\n"))
        #expect(run.output.contains("missing"))
        #expect(!run.output.contains("--- program"))
        #expect(run.errors.contains("error[incomplete]"))
        #expect(run.status == 65)
    }

    @Test func inspectsAPipeAsOneText() throws {
        let run = try ProgramRun.calcburst("inspect", "--type", input: "let x = 3;\nx > 2\n")
        #expect(run.output == "bool\n")
    }

    @Test func inspectsAsJSON() throws {
        let run = try ProgramRun.calcburst("inspect", "--json", "x * 2", "--let", "x=3")
        for member in [
            #""ok":true"#, #""type":"number""#, #""inputs":[{"name":"x","type":"number"}]"#,
            #""tree":"program  0..5\n"#, #""program":""#, #""cost":1"#,
        ] { #expect(run.output.contains(member)) }
    }

    // MARK: explain

    @Test func explainsACode() throws {
        let run = try ProgramRun.calcburst("explain", "division-by-zero")
        #expect(run.output.hasPrefix("division-by-zero: "))
        #expect(run.output.contains("Example"))
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(run.status == 0)
    }

    @Test func listsTheCodes() throws {
        let run = try ProgramRun.calcburst("explain")
        for code in ["syntax-error", "overflow", "limit-exceeded"] {
            #expect(run.output.contains(code + " "))
        }
    }

    @Test func guessesAMistypedCode() throws {
        let run = try ProgramRun.calcburst("explain", "overfow")
        #expect(
            run.errors == "error: there is no code 'overfow'\n  = help: did you mean 'overflow'?\n"
        )
    }

    // MARK: functions

    @Test func listsFunctionsByGroup() throws {
        let run = try ProgramRun.calcburst("functions")
        #expect(run.output.hasPrefix("Operations\n  add "))
        for name in ["sqrt", "map", "allocate"] { #expect(run.output.contains("\n  \(name) ")) }
    }

    @Test func describesOneFunction() throws {
        let run = try ProgramRun.calcburst("functions", "sqrt")
        #expect(run.output.hasPrefix("sqrt\n"))
        #expect(run.output.contains("sqrt(x: number) -> number"))
        #expect(run.output.contains("sqrt(16)"))
    }

    /// A pattern and the functions that it finds, by hand.
    static let patterns: [(String, [String])] = [
        ("log*", ["log", "log10", "log1p", "log2"]),
        ("*sum", ["sum", "cumsum", "window_sum"]),
        ("m?n", ["min"]),
        ("a*n*", ["asin", "asinh", "atan", "atan2", "atanh", "and", "any", "argmin"]),
        ("c*m*n", ["cummin"]),
    ]

    @Test(arguments: patterns) func findsFunctionsByPattern(
        _ pattern: String,
        _ names: [String]
    ) throws {
        let run = try ProgramRun.calcburst("functions", "--json", pattern)
        let found = run.output.matches(of: /"name":"([a-z0-9_]+)"/).map { String($0.1) }
        #expect(Set(found) == Set(names))
    }

    @Test func guessesAMistypedFunction() throws {
        let run = try ProgramRun.calcburst("functions", "sqrr")
        #expect(run.errors.contains("did you mean 'sqrt'"))
        #expect(run.status == 64)
    }
}
#endif
