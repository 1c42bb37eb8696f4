#if Command
import Testing

/// Where the output goes, and what happens when it cannot go there.
struct OutputTests {
    @Test func endsQuietlyWhenTheReaderHasSeenEnough() throws {
        let run = try ProgramRun.shell(
            """
            word=$(printf 'x%.0s' $(seq 4000))
            (yes "'$word'" | head -n 300 | $calcburst; echo $? >&2) | head -c 5
            """
        )
        #expect(run.output == "xxxxx")
        #expect(run.errors == "0\n")
    }

    @Test func endsQuietlyWhenNobodyReads() throws {
        let run = try ProgramRun.shell(
            """
            mkfifo go
            (read word < go; $calcburst 1+1; echo $? >&2) | (exec <&-; echo closed > go)
            """
        )
        #expect(run.output == "")
        #expect(run.errors == "0\n")
    }

    @Test func saysWhenTheOutputCannotBeWritten() throws {
        let run = try ProgramRun.shell("$calcburst 1+1 > /dev/full")
        #expect(run.status == 74)
        #expect(run.errors == "error: cannot write: No space left on device\n")
    }

    @Test func keepsItsStatusWhenErrorsCannotBeWritten() throws {
        #expect(try ProgramRun.shell("$calcburst 1/0 2> /dev/full").status == 2)
        #expect(try ProgramRun.shell("$calcburst 1/0 2>&-").status == 2)
    }

    @Test func saysWhenInputCannotBeRead() throws {
        let run = try ProgramRun.shell("$calcburst < /")
        #expect(run.status == 74)
        #expect(run.errors.hasPrefix("error: cannot read standard input: "))
    }

    @Test func endsByTheSignalOfAnInterrupt() throws {
        let functions = (1...30).map { "fn f\($0)(x) = f\($0 - 1)(f\($0 - 1)(x));" }
        let text = "fn f0(x) = x; " + functions.joined() + "f30(1)"
        let terminal = try Terminal("--limit", "fuel=1e9", "-e", text)
        terminal.type([0x03])
        #expect(terminal.end() == nil)
    }

    @Test func leavesStringsAsTheyAreInAPipe() throws {
        let run = try ProgramRun.calcburst(#"'a\u{1b}[31m\nb'"#)
        #expect(run.output == "a\u{1B}[31m\nb\n")
    }

    @Test func escapesWhatATerminalWouldObey() throws {
        let terminal = try Terminal(#"'a\u{1b}[31m\n\u{9b}b\u{202e}c'"#)
        try terminal.wait(for: #"a\u{1b}[31m"# + "\n" + #"\u{9b}b\u{202e}c"# + "\n")
        #expect(terminal.end() == 0)
        let error = try Terminal("'\u{1B}[31m' + 1")
        #expect(error.end() == 65)
        #expect(!error.seen.contains(0x1B))
    }

    /// Variables, options, whether it is a terminal, and whether there is colour.
    static let colors: [([String: String], [String], isTerminal: Bool, isColored: Bool)] = [
        ([:], [], true, true),
        ([:], [], false, false),
        (["NO_COLOR": "1"], [], true, false),
        (["NO_COLOR": ""], [], true, true),
        (["TERM": "dumb"], [], true, false),
        (["CLICOLOR_FORCE": "1"], [], false, true),
        (["CLICOLOR_FORCE": "1", "TERM": "dumb"], [], false, true),
        (["CLICOLOR_FORCE": "0"], [], false, false),
        (["CLICOLOR_FORCE": ""], [], false, false),
        (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], [], false, false),
        (["NO_COLOR": "1"], ["--color", "always"], true, true),
        ([:], ["--color", "always"], false, true),
        (["CLICOLOR_FORCE": "1"], ["--color", "never"], true, false),
        ([:], ["--color=auto"], false, false),
    ]

    @Test(arguments: colors) func decidesOnColour(
        _ variables: [String: String],
        _ options: [String],
        _ isTerminal: Bool,
        _ isColored: Bool
    ) throws {
        let arguments = options + ["1/0"]
        let seen: [UInt8]
        if isTerminal {
            let terminal = try Terminal(
                arguments: arguments,
                environment: ["NO_COLOR": ""].merging(variables) { $1 }
            )
            #expect(terminal.end() == 2)
            seen = terminal.seen
        } else {
            let run = try ProgramRun.calcburst(
                arguments: arguments.map { Array($0.utf8) },
                environment: variables
            )
            #expect(run.status == 2)
            seen = run.errorBytes
        }
        #expect(seen.contains(0x1B) == isColored)
    }

    @Test func decidesOnColourForEachStream() throws {
        let terminal = try Terminal(
            program: "/bin/sh",
            arguments: ["-c", "\"$calcburst\" functions 'log*' > \"$out\"; \"$calcburst\" 1/0"],
            environment: ["NO_COLOR": "", "calcburst": ProgramRun.command, "out": "/dev/null"]
        )
        #expect(terminal.end() == 2)
        #expect(terminal.seen.contains(0x1B))
        let run = try ProgramRun.calcburst("functions", "log*")
        #expect(!run.outputBytes.contains(0x1B))
    }

    @Test func fitsPicturesToTheTerminal() throws {
        let text = String(repeating: "1 + ", count: 60) + "x"
        let terminal = try Terminal(text)
        #expect(terminal.end() == 65)
        let lines = String(decoding: terminal.seen, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.unicodeScalars.count <= 80 })
        #expect(lines[2].hasSuffix("1 + x"))
    }
}
#endif
