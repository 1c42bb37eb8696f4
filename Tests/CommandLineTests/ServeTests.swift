#if Command && Server
import Foundation
import Testing

/// `calcburst serve`: how it starts, what it says, and how it ends.
///
/// What it answers is tested by `CalcBurstServiceTests` and the exchanges.
@Suite struct ServeTests {
    @Test func saysWhereItListensAndWhatToTry() throws {
        let service = try ServiceRun()
        #expect(service.url.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+/) != nil)
        let seen = String(decoding: service.terminal.seen, as: UTF8.self)
        let url = service.url
        for line in [
            #"curl -H 'Content-Type: application/json' "#
                + #"-d '{"operation":"add","operands":[10,20,30]}' \#(url)/calculate"#,
            "curl '\(url)/v1/evaluate?expr=1+2'",
            "curl \(url)/v1/calculations",
            service.database,
        ] {
            #expect(seen.contains("   \(line)\n"))
        }
    }

    @Test func endsWellOnCtrlC() throws {
        let service = try ServiceRun()
        service.terminal.type([0x03])
        #expect(service.terminal.end() == 0)
    }

    @Test func refusesAPortThatIsTaken() throws {
        let service = try ServiceRun()
        let port = try #require(service.url.split(separator: ":").last)
        let scratch = try Scratch()
        let run = try ProgramRun.calcburst(
            "serve",
            "--port",
            String(port),
            "--database",
            scratch.folder.appending(path: "calc.sqlite").path
        )
        #expect(run.status == 69)
        #expect(run.output == "")
        #expect(run.errors.contains("error: cannot listen on 127.0.0.1:\(port): "))
        #expect(run.errors.contains("in use"))
        #expect(run.errors.contains("= help: --port 0 takes any free port"))
    }

    // 192.0.2.1 is for documents (RFC 5737) and belongs to no machine.
    @Test(arguments: ["192.0.2.1", "no such host", "127.0.0.1.invalid"])
    func refusesAnAddressThatIsNotOurs(_ host: String) throws {
        let scratch = try Scratch()
        let run = try ProgramRun.calcburst(
            "serve",
            "--host",
            host,
            "--port",
            "0",
            "--database",
            scratch.folder.appending(path: "calc.sqlite").path
        )
        #expect(run.status == 69)
        #expect(run.errors.contains("error: cannot listen on \(host)"))
    }

    static let wrong: [[String]] = [
        ["--port", "65536"], ["--port", "-1"], ["--port", "x"], ["--log-level", "loud"],
        ["--public-url", "calc.example"], ["--header-timeout", "0"], ["--body-timeout", "-1"],
        ["--idle-timeout", "soon"], ["--max-connections", "0"], ["--cors-origin", "*"],
        ["--quite"], ["word"],
    ]

    @Test(arguments: wrong) func refusesWrongOptions(_ options: [String]) throws {
        let scratch = try Scratch()
        let words =
            ["serve", "--database", scratch.folder.appending(path: "calc.sqlite").path] + options
        let run = try ProgramRun.calcburst(arguments: words.map { Array($0.utf8) })
        #expect(run.status == 64)
        #expect(run.output == "")
        #expect(run.errors != "")
    }

    @Test func refusesHashesThatStrangersCanForesee() throws {
        let run = try ProgramRun.calcburst(
            "serve",
            "--port",
            "0",
            environment: ["SWIFT_DETERMINISTIC_HASHING": "1"]
        )
        #expect(run.status == 64)
        #expect(run.errors.contains("SWIFT_DETERMINISTIC_HASHING"))
    }

    @Test func needsAFolderForData() throws {
        let run = try ProgramRun.calcburst("serve", "--port", "0", environment: ["HOME": "here"])
        #expect(run.status == 64)
        #expect(run.errors.contains("= help: name a file: --database FILE"))
    }

    /// A file that cannot be made stops nobody from calculating; it is said at the start.
    @Test func warnsOfAFileThatCannotBeMade() throws {
        let service = try ServiceRun(database: "/dev/null/calc.sqlite")
        try service.terminal.wait(for: "warning: calculations cannot be stored now (")
        service.terminal.type([0x03])
        #expect(service.terminal.end() == 0)
    }

    @Test func keepsItsFileInTheFolderForData() throws {
        let scratch = try Scratch()
        let terminal = try Terminal(
            arguments: ["serve", "--port", "0"],
            environment: ["XDG_DATA_HOME": scratch.folder.path]
        )
        let file = scratch.folder.appending(path: "calcburst/calcburst.sqlite")
        try terminal.wait(for: "  database    \(file.path)\n")
        let folder = try FileManager.default.attributesOfItem(
            atPath: file.deletingLastPathComponent().path
        )
        #expect(folder[.posixPermissions] as? Int == 0o700)
        terminal.type([0x03])
        #expect(terminal.end() == 0)
    }
}
#endif
