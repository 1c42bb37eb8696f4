#if Command
import Testing

/// `calcburst` at a terminal: every line is typed, and every answer is read from the screen.
struct ConversationTests {
    /// A conversation that has begun.
    private func begin(_ arguments: String...) throws -> Terminal {
        let terminal = try Terminal(arguments: arguments)
        try terminal.wait(for: "Ctrl-D leaves.\n> ")
        return terminal
    }

    /// Types lines, and compares what comes after each.
    private func converse(_ lines: [(typed: String, seen: String)]) throws {
        let terminal = try begin()
        for (typed, seen) in lines {
            #expect(try terminal.enter(typed) == seen, "\(typed)")
        }
        terminal.type([0x04])
        #expect(terminal.end() == 0)
    }

    @Test func answersAndRemembers() throws {
        try converse([
            ("1920/16*9", "= 1080"),
            ("* 2", "ans * 2 = 2160"),
            ("ans / 2", "= 1080"),
            ("r = 0.05", "r = 0.05"),
            ("f(x) = x^2 - r", "f(x) = x^2 - r"),
            ("f(3)", "= 8.95"),
            ("'a' in ['a', 'b']", "= true"),
            ("'text'", "= \"text\""),
            ("[1/3, 2]", "= [0.333333333333333, 2]"),
            ("s = 'text'", "s = \"text\""),
            ("x = (1 + 2)", "x = 3"),
            ("x = x + 1", "x = 4"),
        ])
    }

    @Test func goesOnFromTheLastValue() throws {
        try converse([
            ("8", "= 8"),
            ("/ 2", "ans / 2 = 4"),
            ("^ 2", "ans ^ 2 = 16"),
            ("% 10", "ans % 10 = 6"),
            ("+ 1", "ans + 1 = 7"),
            ("- 2", "ans - 2 = 5"),
            ("-2", "= -2"),
            ("+2", "= 2"),
            ("*3", "ans *3 = 6"),
            ("== 6", "ans == 6 = true"),
            ("8", "= 8"),
            ("< 9", "ans < 9 = true"),
            ("/* a comment */ 5", "= 5"),
        ])
    }

    @Test func keepsWhatWasThereWhenALineIsRefused() throws {
        try converse([
            ("x = 3", "x = 3"),
            (
                "x = 1/0",
                """
                error[division-by-zero]: division by zero
                  |
                1 | x = 1/0
                  |      ^- this is 0
                """
            ),
            ("x", "= 3"),
            ("f(a) = a + 1", "f(a) = a + 1"),
            (
                "f(a) = a + nothing",
                """
                error[unknown-name]: there is no variable named 'nothing'
                  |
                1 | f(a) = a + nothing
                  |            ^^^^^^^
                """
            ),
            ("f(1)", "= 2"),
        ])
    }

    @Test func showsTheDefinitionInWhichAnEvaluationStops() throws {
        try converse([
            ("f(x) = 1 / x # the inverse", "f(x) = 1 / x # the inverse"),
            ("g(x) = f(x) + 1", "g(x) = f(x) + 1"),
            ("g(4)", "= 1.25"),
            (
                "g(0)",
                """
                error[division-by-zero]: division by zero
                  |
                1 | f(x) = 1 / x # the inverse
                  |          ^ - this is 0
                  = help: this is in the definition of 'f'
                """
            ),
            ("f(x) = x", "f(x) = x"),
            ("g(0)", "= 1"),
        ])
    }

    @Test func asksForTheRestOfALine() throws {
        let terminal = try begin()
        #expect(try terminal.enter("sum([1, 2,", until: "\n… ") == "")
        #expect(try terminal.enter("3])") == "= 6")
        #expect(try terminal.enter("f(x) = x +", until: "\n… ") == "")
        #expect(try terminal.enter("1") == "f(x) = x +\n1")
        #expect(try terminal.enter("f(2)") == "= 3")
        // An empty line says that there is no more.
        #expect(try terminal.enter("(1 +", until: "\n… ") == "")
        #expect(try terminal.enter("").hasPrefix("error[incomplete]: "))
        // So does Ctrl-D.
        #expect(try terminal.enter("(1 +", until: "\n… ") == "")
        terminal.type([0x04])
        try terminal.wait(for: "error[incomplete]: ")
        #expect(terminal.end() == 0)
    }

    @Test func leavesAtTheEndOfInput() throws {
        let terminal = try begin()
        terminal.type([0x04])
        #expect(terminal.end() == 0)
        #expect(terminal.seen.last == UInt8(ascii: "\n"))
    }

    @Test func leavesWhenTold() throws {
        for line in [":quit\n", ":q\n", "  :quit  \n"] {
            let terminal = try begin()
            terminal.type(line)
            #expect(terminal.end() == 0)
        }
    }

    @Test func clearsTheLineAtAnInterrupt() throws {
        let terminal = try begin()
        terminal.type("1 + unfinish")
        try terminal.wait(for: "unfinish")
        terminal.type([0x03])
        try terminal.wait(for: "\n> ")
        #expect(try terminal.enter("2 + 2") == "= 4")
        // Also what came before on other lines.
        #expect(try terminal.enter("(1 +", until: "\n… ") == "")
        terminal.type([0x03])
        try terminal.wait(for: "\n> ")
        #expect(try terminal.enter("3 + 3") == "= 6")
    }

    @Test func stopsAnEvaluationAtAnInterrupt() throws {
        let terminal = try begin("repl", "--limit", "fuel=1e9")
        #expect(try terminal.enter("x = 1") == "x = 1")
        // Each function calls the one before it twice, so that the last takes 2^11 steps.
        _ = try terminal.enter("f0(x) = x + 1")
        for index in 1...11 {
            _ = try terminal.enter("f\(index)(x) = f\(index - 1)(f\(index - 1)(x))")
        }
        for _ in 0..<3 {
            // Ctrl-C that comes before the line was read takes the line away: then it is typed again.
            var answer = "^C"
            for attempt in 1...100 where answer == "^C" {
                terminal.type("sum(range(100000), f11(it))\n")
                try terminal.wait(for: "f11(it))\n")
                terminal.listen(milliseconds: Int32(attempt) * 10)
                terminal.type([0x03])
                answer = try terminal.wait(for: "\n> ")
            }
            #expect(answer.contains("error[cancelled]: "))
        }
        // The session is alive and knows what it knew.
        #expect(try terminal.enter("x + 1") == "= 2")
    }

    @Test func survivesManyInterrupts() throws {
        let terminal = try begin()
        for _ in 0..<50 {
            terminal.type([0x03])
            try terminal.wait(for: "> ")
        }
        #expect(try terminal.enter("1 + 1") == "= 2")
    }

    @Test func survivesEveryControlByte() throws {
        let terminal = try begin()
        // Not those that the terminal itself obeys: end of file, interrupt, quit, suspend, flow
        // control, and what edits the line.
        let obeyed: Set<UInt8> = [
            0x03, 0x04, 0x1C, 0x1A, 0x11, 0x13, 0x16, 0x0A, 0x0D,
        ]
        for byte in UInt8(0)..<32 where !obeyed.contains(byte) {
            terminal.type([UInt8(ascii: "1"), byte, UInt8(ascii: "\n")])
            try terminal.wait(for: "\n> ")
        }
        for byte in UInt8(0x7F)...0xFF {
            terminal.type([UInt8(ascii: "1"), byte, UInt8(ascii: "\n")])
            try terminal.wait(for: "\n> ")
        }
        #expect(try terminal.enter("1 + 1") == "= 2")
    }

    @Test func showsNothingThatTheTerminalWouldObey() throws {
        let terminal = try begin()
        _ = try terminal.enter(#""\u{1b}[2J\u{9b}31m\u{202e}""#)
        _ = try terminal.enter(#"x = ["\u{7}"]"#)
        _ = try terminal.enter(":vars")
        _ = try terminal.enter(#""\u{1b}" + 1"#)
        for byte: UInt8 in [0x1B, 0x07, 0x9B] where terminal.seen.contains(byte) {
            // 0x9B is a part of U+202E in UTF-8 and of no other character here.
            Issue.record("saw \(byte)")
        }
    }

    // MARK: Commands

    @Test func obeysEachCommand() throws {
        try converse([
            (":type 1 < 2", "bool"),
            ("f(x) = x * 2", "f(x) = x * 2"),
            ("xs = [1, 2]", "xs = [1, 2]"),
            (":type f(xs)", "[number]"),
            (":t 'a'", "string"),
            (":vars", "xs = [1, 2]\nf(x) = x * 2"),
            (":help f", "f(x) = x * 2"),
            (":set digits 3", "digits = 3"),
            ("2/3", "= 0.667"),
            (":set digits all", "digits = all"),
            ("0.1 + 0.2", "= 0.30000000000000004"),
            (":set", "digits = all"),
            (":set digits 18", "error: digits are 1 to 17 or all, not '18'"),
            (
                ":set base 2",
                "error: there is only one setting: digits\n  = help: write :set digits N"
            ),
            (
                ":explain zzzzz",
                "error: there is no code 'zzzzz'\n  = help: calcburst explain lists all"
            ),
            (":type", "error: write :type EXPRESSION"),
            (
                ":type zz",
                """
                error[unknown-name]: there is no variable named 'zz'
                  |
                1 | zz
                  | ^^
                """
            ),
            (":reset", "all definitions are gone"),
            (":vars", "nothing is defined yet: write x = 3 or f(x) = x^2"),
            (":vasr", "error: there is no command ':vasr'\n  = help: did you mean ':vars'?"),
            (
                ":",
                "error: ':' may be :type :inspect :vars :functions :help :explain :set :load "
                    + ":plugins :reset :quit"
            ),
        ])
    }

    @Test func showsPages() throws {
        let terminal = try begin()
        #expect(try terminal.enter(":help").contains("\n  :explain [CODE] "))
        #expect(try terminal.enter(":help").split(separator: "\n").count <= 24)
        #expect(
            try terminal.enter(":functions").split(separator: "\n").allSatisfy { $0.count <= 80 }
        )
        #expect(try terminal.enter(":f log*").hasPrefix("Roots and logarithms\n  log "))
        #expect(try terminal.enter("sqrt?").hasPrefix("sqrt\nThe square root."))
        #expect(try terminal.enter(":h sqrt").hasPrefix("sqrt\nThe square root."))
        #expect(try terminal.enter("sqrr?").contains("did you mean 'sqrt'"))
        #expect(try terminal.enter(":explain") == "error: there was no error yet")
        #expect(try terminal.enter("1/0").contains("division-by-zero"))
        #expect(try terminal.enter(":explain").hasPrefix("division-by-zero: "))
        #expect(try terminal.enter(":explain overflow").hasPrefix("overflow: "))
        let inspection = try terminal.enter(":inspect 1 + ans2")
        #expect(inspection.hasPrefix("--- tree\nprogram  0..8\n"))
        #expect(inspection.contains("error[unknown-name]"))
        #expect(try terminal.enter(":i 1 + 2").contains("--- program\n"))
    }

    @Test func beginsWithTheVariablesOfTheCommandLine() throws {
        let terminal = try begin("--let", "x=3", "--digits", "2")
        #expect(try terminal.enter("x / 7") == "= 0.43")
        #expect(try terminal.enter("x = 4") == "x = 4")
        #expect(try terminal.enter(":reset") == "all definitions are gone")
        #expect(try terminal.enter("x") == "= 3")
    }

    // MARK: Scripts

    @Test func runsAScriptWithoutTalking() throws {
        let run = try ProgramRun.calcburst(
            "repl",
            input: "r = 0.05\nf(x) =\n  x * (1 + r)\n\n# a comment\nf(100)\n* 2\n:type ans\n"
        )
        #expect(run.output == "105\n210\nnumber\n")
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test func stopsAScriptAtItsFirstError() throws {
        let script = "1\n1/0\n2\n:zzz\n3 +\n"
        let run = try ProgramRun.calcburst("repl", input: script)
        #expect(run.output == "1\n")
        #expect(run.errors.hasPrefix("error[division-by-zero]: "))
        #expect(run.status == 2)
        let patient = try ProgramRun.calcburst("repl", "--keep-going", input: script)
        #expect(patient.output == "1\n2\n")
        #expect(patient.errors.contains("error: there is no command ':zzz'"))
        #expect(patient.status == 65)
    }

    @Test func endsAScriptThatQuits() throws {
        let run = try ProgramRun.calcburst("repl", input: "1\n:quit\n2\n")
        #expect(run.output == "1\n")
        #expect(run.status == 0)
    }
}
#endif
