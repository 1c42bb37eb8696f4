#if Command
import Foundation
import Testing

/// Expressions that look like options, options in odd places, and slips of the finger.
struct ArgumentTests {
    static let calls: [EvalTests.Case] = [
        EvalTests.Case(["-2+3"], "1\n"),
        EvalTests.Case(["-2", "+", "3"], "1\n"),
        EvalTests.Case(["-(2+3)"], "-5\n"),
        EvalTests.Case(["--2"], "2\n"),
        EvalTests.Case(["-.5"], "-0.5\n"),
        EvalTests.Case(["5", "-", "3"], "2\n"),
        EvalTests.Case(["5", "-3"], "2\n"),
        EvalTests.Case(["-e", "-2+3"], "1\n"),
        EvalTests.Case(["--expression", "-2+3"], "1\n"),
        EvalTests.Case(["--expression=-2+3"], "1\n"),
        EvalTests.Case(["--let", "q=4", "-q*2"], "-8\n"),
        EvalTests.Case(["--let", "q=4", "-e", "-q*2"], "-8\n"),
        EvalTests.Case(["--let", "q=4", "-e", "-q"], "-4\n"),
        EvalTests.Case(["--let", "q=4", "--", "-q"], "-4\n"),
        EvalTests.Case(["--let", "q=4", "--", "-q", "+", "1"], "-3\n"),
        EvalTests.Case(["--let", "x=-3", "x"], "-3\n"),
        EvalTests.Case(["--let", "x=4", "--let", "q=2", "-e", "-x+q"], "-2\n"),
        // Options in any order, also after the expression and before a subcommand.
        EvalTests.Case(["x", "--let", "x=3", "--digits", "2"], "3\n"),
        EvalTests.Case(["--digits", "2", "2/3", "-x"], "0.67\n"),
        EvalTests.Case(["-xq", "1 == 1"], "true\n"),
        EvalTests.Case(["--let", "x=3", "check", "x"], "ok: number\n"),
        EvalTests.Case(["--let", "check=3", "-e", "check + 1"], "4\n"),
        EvalTests.Case(["--let", "check=3", "--", "check"], "3\n"),
    ]

    @Test(arguments: calls) func tellsExpressionsFromOptions(_ call: EvalTests.Case) throws {
        let run = try ProgramRun.calcburst(
            arguments: call.arguments.map { Array($0.utf8) }
        )
        #expect(run.output == call.output)
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test func refusesAMistypedOptionAndGuesses() throws {
        let run = try ProgramRun.calcburst("--quite", "1+2")
        #expect(run.status == 64)
        #expect(run.output == "")
        #expect(run.errors.contains("Unknown option '--quite'. Did you mean '--quiet'?"))
    }

    @Test func saysHowToWriteAnExpressionThatBeginsWithTwoDashes() throws {
        let run = try ProgramRun.calcburst("--zzz+1")
        #expect(run.status == 64)
        #expect(run.errors.contains("stands behind -e or --"))
    }

    @Test func guessesTheSubcommandOfAMistypedWord() throws {
        let call = try ProgramRun.calcburst("chek", "1+1")
        #expect(call.status == 65)
        #expect(call.errors.contains("did you mean the subcommand, calcburst check?"))
        let option = try ProgramRun.calcburst("inspct", "--cots")
        #expect(option.status == 64)
        #expect(option.errors.contains("did you mean 'calcburst inspect'?"))
    }

    @Test func doesNotGuessWhereAnExpressionIsRight() throws {
        let run = try ProgramRun.calcburst("--let", "eva=1", "eva")
        #expect(run.output == "1\n")
        #expect(run.errors == "")
    }

    @Test func seesThatTheShellHasExpandedAStar() throws {
        let scratch = try Scratch()
        for name in ["Grammar", "Package.swift", "Plugins", "Sources"] {
            _ = try scratch.file(name, "")
        }
        let run = try ProgramRun.shell("$calcburst 2 * 3", in: scratch.folder)
        #expect(run.status == 65)
        #expect(
            run.errors.hasSuffix(
                "= help: 'Grammar', 'Package.swift', 'Plugins', … are files here: the shell "
                    + "expanded '*'. Quote it: calcburst '2 * 3'\n"
            )
        )
    }

    @Test func doesNotBlameTheShellForASlip() throws {
        let scratch = try Scratch()
        for name in ["Grammar", "Sources"] { _ = try scratch.file(name, "") }
        let run = try ProgramRun.calcburst("2", "Grammar", "3", in: scratch.folder)
        #expect(run.status == 65)
        #expect(!run.errors.contains("shell"))
    }

    @Test func refusesAnArgumentThatIsNotUTF8() throws {
        let run = try ProgramRun.calcburst(arguments: [Array("'".utf8) + [0xFF, 0x27]])
        #expect(run.status == 65)
        #expect(run.output == "")
        #expect(run.errors == "error: argument 1 is not UTF-8\n")
    }

    @Test func takesCharactersOfAnyKindInStrings() throws {
        let text = try ProgramRun.calcburst("upper('straße 😀')")
        #expect(text.status == 0)
        #expect(text.output.contains("😀"))
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func writesCompletionScripts(_ shell: String) throws {
        let run = try ProgramRun.calcburst("--generate-completion-script", shell)
        #expect(run.status == 0)
        for word in ["inspect", "functions", "explain", "division-by-zero", "keep-going"] {
            #expect(run.output.contains(word))
        }
    }

    @Test(arguments: [["--help"], ["-h"], ["help"]]) func helps(_ arguments: [String]) throws {
        let run = try ProgramRun.calcburst(arguments: arguments.map { Array($0.utf8) })
        #expect(run.status == 0)
        #expect(run.errors == "")
        for word in [
            "eval", "check", "inspect", "explain", "functions", "repl", "serve", "call", "history",
        ] {
            #expect(run.output.contains("\n  \(word)"))
        }
    }

    /// Every option that takes a value may stand with it before a subcommand.
    @Test func knowsTheOptionsThatTakeAValue() throws {
        let scratch = try Scratch()
        let manifests = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Plugins/libm").path
        let values = [
            "--plugin": manifests + "/libm.calcburst.json", "--plugin-dir": manifests,
            "--plugin-lock": "none.lock", "--plugin-timeout": "60", "--expression": "1+1",
            "--file": try scratch.file("two.calc", "1+1"), "--let": "x=1",
            "--vars": try scratch.file("vars.json", "{}"), "--digits": "3", "--limit": "fuel=100",
            "--color": "never", "--mode": "double",
        ]
        let options = try Self.valuedOptions(
            of: ["eval", "check", "inspect", "explain", "functions", "repl"]
        )
        #expect(options == Set(values.keys))
        for (option, value) in values {
            let isText = option == "--expression" || option == "--file"
            let words = [option, value, "eval"] + (isText ? [] : ["1+1"])
            let run = try ProgramRun.calcburst(arguments: words.map { Array($0.utf8) })
            #expect(run.output == "2\n", "\(option)")
        }
        // Those of the other subcommands: the one behind the value is still seen.
        var others = try Self.valuedOptions(of: ["serve", "call", "history"])
        others.subtract(options)
        for option in others {
            let run = try ProgramRun.calcburst(option, "check", "history", "--help")
            #expect(run.output.contains("USAGE: calcburst history"), "\(option)")
        }
    }

    private static func valuedOptions(of commands: [String]) throws -> Set<String> {
        var options: Set<String> = []
        for command in commands {
            let help = try ProgramRun.calcburst("help", command).output
            // A long option may fill the line, and its text then begins on the next.
            options.formUnion(help.matches(of: /(--[a-z-]+) <[a-z.=:]+>/).map { String($0.1) })
        }
        return options
    }
}
#endif
