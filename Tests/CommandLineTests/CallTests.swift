#if Command && Server && Client
import Foundation
import Testing

/// `calcburst call`: a service gives what `eval` gives.
@Suite struct CallTests {
    /// Arguments of `eval` whose output, errors and status a service must give as well.
    static let same: [[String]] = [
        ["1+2"], ["1/3"], ["--digits", "all", "0.1 + 0.2"], ["--digits", "3", "2/3"],
        ["--json", "0.1 + 0.2"], ["--ndjson", "[1, 'a', null, {b: true}]"], ["'straße 😀'"],
        ["--json", "-e", "1", "-e", "2"], ["--json", "-e", "1", "-e", "2 +", "-e", "3"],
        ["--keep-going", "--json", "-e", "1", "-e", "2 +", "-e", "3"],
        ["--let", "r=0.05", "--let", "n=10*3", "1000 * (1 + r)^n"],
        ["--let", "items=[{price: 9.5, qty: 2}]", "sum(items, .price * .qty)"],
        ["let pi = 3; pi"], ["-q", "let pi = 3; pi"],
        // Wrong before it runs: 65.
        ["1 +"], ["2 + sqt(16)"], ["'😀' ++ sqt('é')"], ["a + b + c + d"], ["9007199254740993"],
        ["1 < 2 > 1"], ["power(1)"], ["--json", "a + b"], ["--json", "1 +"],
        ["--let", "x={a: 1}", "x.b"], ["let a = 1; let a = 2; a"],
        // Its evaluation fails: 2.
        ["10 / (3 - 3)"], ["1e308 * 10"], ["ln(-1)"], ["[1][9]"], ["max([])"], ["[1] + [1, 2]"],
        ["number('abc')"], ["--json", "1/0"], ["sum(range(1, 1e9))"],
        // What is given is wrong: 65 and 64.
        ["--let", "x=1 +", "x"], ["--let", "x=1/0", "x"], ["--let", "1=2", "1"],
        ["--json", "--ndjson", "1"], ["--digits", "18", "1"],
    ]

    @Test func givesWhatEvalGives() throws {
        let service = try ServiceRun()
        for words in Self.same {
            let ours = try Self.run(["eval", "--untrusted"] + words)
            let theirs = try Self.run(["call", service.url] + words)
            #expect(theirs.output == ours.output, "\(words)")
            #expect(theirs.errors == ours.errors, "\(words)")
            #expect(theirs.status == ours.status, "\(words)")
        }
    }

    @Test func givesALineForALine() throws {
        let service = try ServiceRun()
        let run = try ProgramRun.calcburst("call", service.url, input: "1+1\n\n# no\n2*3\n")
        #expect(run.output == "2\n6\n")
        #expect(run.status == 0)
        let wrong = try ProgramRun.calcburst("call", service.url, input: "1+1\n2*\n3\n")
        #expect(wrong.output == "2\n")
        #expect(wrong.errors.hasPrefix("line 2: error[incomplete]: "))
        #expect(wrong.status == 65)
    }

    @Test func findsTheServiceUnderAnySpellingOfItsAddress() throws {
        let service = try ServiceRun()
        let place = service.url.dropFirst("http://".count)
        for url in [
            service.url, "\(service.url)/", "\(service.url)/v1/evaluate",
            "\(service.url)/calculate", "HTTP://\(place)", String(place),
        ] {
            #expect(try ProgramRun.calcburst("call", url, "1+1").output == "2\n", "\(url)")
        }
    }

    @Test func storesUnderItsIdAndOnce() throws {
        let service = try ServiceRun()
        for _ in 1...2 {
            let run = try ProgramRun.calcburst("call", "--id", "a-1", service.url, "1+1")
            #expect(run.output == "2\n")
        }
        let other = try ProgramRun.calcburst("call", "--id", "a-1", service.url, "1+2")
        #expect(other.status == 65)
        #expect(other.output == "")
        #expect(other.errors.contains("(id-conflict)"))
        let wrong = try ProgramRun.calcburst("call", "--id", "a b", service.url, "1+2")
        #expect(wrong.status == 64)
        #expect(try ProgramRun.calcburst("call", "--no-store", service.url, "7").output == "7\n")
        let kept = try ProgramRun.calcburst("history", "--ndjson", "--database", service.database)
        #expect(kept.output.matches(of: /"calculation_id":"a-1"/).count == 1)
        #expect(kept.output.matches(of: /\n/).count == 1)
        let several = try Self.run(["call", "--id", "b", service.url, "-e", "1", "-e", "2"])
        #expect(several.status == 64)
    }

    @Test func tellsAStoreThatFailsFromAnAnswer() throws {
        let scratch = try Scratch()
        let file = try scratch.file("file", "")
        let service = try ServiceRun(database: "\(file)/calc.sqlite")
        let run = try ProgramRun.calcburst("call", service.url, "1+1")
        #expect(run.status == 69)
        #expect(run.output == "")
        #expect(run.errors.contains("(store-unavailable)"))
        #expect(try ProgramRun.calcburst("call", "--no-store", service.url, "1+1").output == "2\n")

        let degraded = try ServiceRun("--degraded", database: "\(file)/calc.sqlite")
        let lost = try ProgramRun.calcburst("call", degraded.url, "1+1")
        #expect(lost.status == 0)
        #expect(lost.output == "2\n")
        #expect(lost.errors == "warning: the service answered, but could not store it\n")
    }

    // MARK: Services that are none

    @Test func saysThatNobodyListens() throws {
        let url: String
        do { url = try CannedServer(nil).url }
        let run = try ProgramRun.calcburst("call", url, "1+1")
        #expect(run.status == 69)
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("error: cannot reach \(url)/v1/evaluate: "))
    }

    @Test func saysThatThereIsNoSuchMachine() throws {
        let run = try ProgramRun.calcburst("call", "http://calc.invalid", "1+1")
        #expect(run.status == 69)
        #expect(run.errors.hasPrefix("error: cannot find the machine of http://calc.invalid/"))
    }

    @Test func doesNotWaitForEver() throws {
        let silent = try CannedServer(nil)
        let run = try ProgramRun.calcburst("call", "--timeout", "0.2", silent.url, "1+1")
        #expect(run.status == 69)
        #expect(run.errors.contains("did not answer in time"))
    }

    @Test func insistsOnASafeConnection() throws {
        let plain = try CannedServer(status: "200 OK", body: "{}")
        let url = plain.url.replacing("http:", with: "https:")
        let run = try ProgramRun.calcburst("call", url, "1+1")
        #expect(run.status == 69)
        #expect(run.errors.hasPrefix("error: there is no safe connection to https://"))
    }

    static let foreign: [(status: String, headers: String, body: String, said: String)] = [
        ("200 OK", "", "<html>", "is not CalcBurst: status 200"),
        ("200 OK", "", #"{"result": 2}"#, "is not CalcBurst: status 200"),
        ("200 OK", "", #"{"result": 1e999, "type": "number"}"#, "is not CalcBurst: status 200"),
        ("404 Not Found", "", "", "is not CalcBurst: status 404"),
        ("500 Oops", "", #"{"message": "Internal server error"}"#, "is not CalcBurst: status 500"),
        (
            "301 Moved", "Location: file:///etc/passwd\r\n", "",
            "= help: it names file:///etc/passwd"
        ),
        ("429 Slow", "", #"{"code": "rate-limited", "detail": "slow"}"#, "(rate-limited): slow"),
    ]

    @Test(arguments: foreign) func takesNothingForAnAnswerThatIsNone(
        _ answer: (status: String, headers: String, body: String, said: String)
    ) throws {
        let server = try CannedServer(
            status: answer.status,
            headers: answer.headers,
            body: answer.body
        )
        let run = try ProgramRun.calcburst("call", server.url, "1+1")
        #expect(run.status == 69)
        #expect(run.output == "")
        #expect(run.errors.contains(answer.said))
    }

    /// As in `eval`: what stops a run is 2, what stops a text before it runs is 65.
    @Test(
        arguments: [
            ("fuel", 2), ("time-ms", 2), ("memory", 2), ("list-length", 2), ("string-length", 2),
            ("source-length", 65), ("nesting", 65), ("nodes", 65), ("data-depth", 65),
        ] as [(String, Int32)]
    )
    func givesTheStatusOfTheLimitThatWasMet(name: String, status: Int32) throws {
        let server = try CannedServer(
            status: "400 Bad Request",
            body: ##"""
                {"code": "limit-exceeded", "detail": "stopped", "range": {"start": 0, "end": 3},
                "limit": {"name": "\##(name)", "maximum": 9},
                "errors": [{"pointer": "#/expression"}]}
                """##
        )
        let run = try ProgramRun.calcburst("call", server.url, "1+1")
        #expect(run.errors.hasPrefix("error[limit-exceeded]: stopped"))
        #expect(run.status == status)
    }

    @Test func stopsAnAnswerThatGrows() throws {
        let large = try CannedServer(
            status: "200 OK",
            body: String(repeating: " ", count: (5 << 20) + 1)
        )
        let run = try ProgramRun.calcburst("call", large.url, "1+1")
        #expect(run.status == 69)
        #expect(run.errors.contains("is larger than 5242880 bytes"))
    }

    @Test(arguments: [
        ["ftp://localhost", "1"], ["http://", "1"], ["http://a b", "1"], [], ["localhost", "-e"],
        ["localhost", "--timeout", "0", "1"], ["localhost", "--header", "x", "1"],
        ["localhost", "--header", "a b:c", "1"], ["localhost", "--header", "a:b\r\nc:d", "1"],
    ]) func refusesWrongUse(_ words: [String]) throws {
        let run = try Self.run(["call"] + words)
        #expect(run.status == 64)
        #expect(run.output == "")
        #expect(run.errors != "")
    }

    // MARK: The environment

    @Test func doesNotSendWhatIsMeantForThisMachineToAProxy() throws {
        let service = try ServiceRun()
        let environment = ["http_proxy": "http://127.0.0.1:1"]
        let run = try ProgramRun.calcburst("call", service.url, "1+1", environment: environment)
        #expect(run.output == "2\n")
        let away = try ProgramRun.calcburst(
            "call",
            "http://calc.invalid",
            "1",
            environment: environment
        )
        #expect(away.status == 69)
        #expect(away.errors.hasPrefix("error: cannot reach http://calc.invalid/"))
    }

    @Test func saysThatLibcurlIsMissing() throws {
        let scratch = try Scratch()
        // Found first, and no libraries.
        for name in ["libcurl.so.4", "libcurl-gnutls.so.4"] { _ = try scratch.file(name, "") }
        let run = try ProgramRun.calcburst(
            "call",
            "localhost",
            "1",
            environment: ["LD_LIBRARY_PATH": scratch.folder.path]
        )
        #expect(run.status == 69)
        #expect(run.errors.contains("libcurl.so.4 is not on this machine"))
    }

    private static func run(_ words: [String]) throws -> ProgramRun {
        try ProgramRun.calcburst(arguments: words.map { Array($0.utf8) })
    }
}
#endif
