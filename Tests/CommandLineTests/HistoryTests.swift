#if Command && Server
import CalcBurstFunctions
import CalcBurstService
import CalcBurstSQLite
import Foundation
import Testing

/// `calcburst history`: what is stored comes out whole, in every format.
@Suite struct HistoryTests {
    private let scratch: Scratch
    private let database: String

    /// The moment of the first calculation: today, since old ones expire.
    private let start = Timestamp(
        milliseconds: Timestamp.now().milliseconds / 1_000 * 1_000 - 60_000
    )

    init() throws {
        scratch = try Scratch()
        database = scratch.folder.appending(path: "calc.sqlite").path
    }

    private func store(_ calculations: [Calculation]) async throws {
        let store = SQLiteStore(path: database)
        guard
            case .inserted(let insertions) = await store.perform(
                .insert(calculations, now: Timestamp.now())
            )
        else {
            Issue.record("nothing was stored")
            return
        }
        for insertion in insertions {
            guard case .stored = insertion else {
                Issue.record("not stored: \(insertion)")
                return
            }
        }
        await store.close()
    }

    private func calculation(
        _ id: String,
        after milliseconds: Int64,
        _ request: Calculation.Request = .operation("add", [10, 20.5]),
        _ result: Value = .number(30.5),
        type: String = "number"
    ) -> Calculation {
        Calculation(
            id: id,
            request: request,
            result: result,
            resultType: type,
            time: Timestamp(milliseconds: start.milliseconds + milliseconds),
            milliseconds: 0.25
        )
    }

    /// Three of different kinds, with what is hard to write.
    private var three: [Calculation] {
        [
            calculation("a", after: 0),
            calculation(
                "b",
                after: 1,
                .expression(
                    "x ++ \"q\",\n'\u{1B}[31m'",
                    Record(names: ["x"], values: [.string("é,\"")]) ?? .empty
                ),
                .string("é,\"q\",\n\u{1B}[31m"),
                type: "string"
            ),
            calculation(
                "c",
                after: 2,
                .expression("[1/3]", .empty),
                .list(List([.number(1.0 / 3)]))
            ),
        ]
    }

    private func history(_ options: String...) throws -> ProgramRun {
        let words = ["history", "--database", database] + options
        return try ProgramRun.calcburst(arguments: words.map { Array($0.utf8) })
    }

    // MARK: Formats

    @Test func showsATableWithTheNewestFirst() async throws {
        try await store(three)
        let run = try history()
        let time = start.description.prefix(19).replacing("T", with: " ")
        #expect(
            run.output == """
                TIME (UTC)           ID  CALCULATION                                  RESULT
                \(time)  c   [1/3]                                        [0.333333333333333]
                \(time)  b   x ++ "q",\\u{a}'\\u{1b}[31m'  with x = "é,\\""  é,"q",\\u{a}\\u{1b}[31m
                \(time)  a   add(10, 20.5)                                30.5

                """
        )
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test func cutsTheTableToTheTerminal() async throws {
        let text = String(repeating: "1 + ", count: 50) + "1"
        try await store([
            calculation("calc-01JDC4W4Z9M2T7Q0V8R1K5N3XA", after: 0, .expression(text, .empty)),
            calculation("wide", after: 1, .expression("'漢字漢字漢字漢字漢字漢字漢字漢字'", .empty)),
        ])
        let terminal = try Terminal("history", "--database", database)
        #expect(terminal.end() == 0)
        let lines = String(decoding: terminal.seen, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 3)
        for line in lines {
            let wide = line.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
            #expect(line.unicodeScalars.count + wide <= 80)
        }
        #expect(lines[1].contains("漢字漢字"))
        #expect(lines[2].contains("calc-01JDC4W4Z9M2T7Q0V8R1K5N3XA"))
        #expect(lines[2].contains("1 + 1…"))
    }

    /// Read back by Python's csv module.
    @Test func writesCSVThatOthersRead() async throws {
        try await store(three)
        let run = try ProgramRun.shell(
            """
            $calcburst history --csv --order asc --database '\(database)' > out.csv || exit 9
            python3 - <<'END'
            import csv, json
            text = open("out.csv", newline="", encoding="utf-8").read()
            assert text.count("\\r\\n") == 4, text
            for row in csv.reader(text.splitlines(keepends=True), strict=True):
                print(json.dumps(row, ensure_ascii=True))
            END
            """,
            in: scratch.folder
        )
        func time(_ milliseconds: Int64) -> String {
            Timestamp(milliseconds: start.milliseconds + milliseconds).description
        }
        // As Python's json.dumps writes the fields that went in.
        let rows = [
            #"["id", "timestamp", "operation", "operands", "expression", "variables", "#
                + #""result", "type", "execution_time_ms"]"#,
            #"["a", "\#(time(0))", "add", "[10,20.5]", "", "", "30.5", "number", "0.25"]"#,
            #"["b", "\#(time(1))", "", "", "x ++ \"q\",\n'\u001b[31m'", "#
                + #""{\"x\":\"\u00e9,\\\"\"}", "\"\u00e9,\\\"q\\\",\\n\\u001b[31m\"", "string", "0.25"]"#,
            #"["c", "\#(time(2))", "", "", "[1/3]", "{}", "[0.3333333333333333]", "number", "0.25"]"#,
        ]
        #expect(run.output == rows.joined(separator: "\n") + "\n")
        #expect(run.errors == "")
    }

    /// Read back by Foundation.
    @Test(arguments: ["--json", "--ndjson"]) func writesJSON(_ option: String) async throws {
        try await store(three)
        let run = try history(option, "--order", "asc")
        let lines = run.output.split(separator: "\n")
        let text = option == "--json" ? run.output : "[\(lines.joined(separator: ","))]"
        let list = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
        )
        #expect(list.map { $0["calculation_id"] as? String } == ["a", "b", "c"])
        #expect(list[0]["operation"] as? String == "add")
        #expect(list[0]["operands"] as? [Double] == [10, 20.5])
        #expect(list[0]["timestamp"] as? String == start.description)
        #expect(list[1]["expression"] as? String == "x ++ \"q\",\n'\u{1B}[31m'")
        #expect(list[1]["variables"] as? [String: String] == ["x": "é,\""])
        #expect(list[2]["result"] as? [Double] == [1.0 / 3])
        #expect(lines.count == 3)
    }

    @Test func writesFormatsOfNothing() async throws {
        try await store([])
        try await store([calculation("a", after: 0)])
        for (option, output) in [
            ("--json", "[]\n"), ("--ndjson", ""),
            (
                "--csv",
                "id,timestamp,operation,operands,expression,variables,result,type,execution_time_ms\r\n"
            ),
        ] {
            let run = try history(option, "--operation", "divide")
            #expect(run.output == output)
            #expect(run.status == 0)
        }
        let table = try history("--operation", "divide")
        #expect(table.output == "")
        #expect(table.errors.hasPrefix("no calculation is stored"))
        #expect(table.status == 0)
    }

    // MARK: Which

    @Test func exportsMoreThanAPage() async throws {
        let all = (0..<1_203).map { number in
            calculation("n\(number)", after: Int64(number / 7))
        }
        try await store(all)
        // The order of time and then of ids, as texts.
        let expected = all.sorted { ($0.time, $0.id) < ($1.time, $1.id) }.map(\.id)
        let run = try history("--ndjson", "--order", "asc")
        #expect(Self.ids(run) == expected)
        #expect(Self.ids(try history("--ndjson")) == expected.reversed())
        #expect(Self.ids(try history("--ndjson", "--limit", "1000")).count == 1_000)
        #expect(try history().output.split(separator: "\n").count == 51)
        #expect(try history("--limit", "501").output.split(separator: "\n").count == 502)
    }

    @Test func picksByTimeAndOperation() async throws {
        try await store(three)
        func time(_ milliseconds: Int64) -> String {
            Timestamp(milliseconds: start.milliseconds + milliseconds).description
        }
        #expect(Self.ids(try history("--ndjson", "--from", time(1))) == ["c", "b"])
        #expect(Self.ids(try history("--ndjson", "--to", time(1))) == ["a"])
        #expect(Self.ids(try history("--ndjson", "--from", time(1), "--to", time(2))) == ["b"])
        #expect(Self.ids(try history("--ndjson", "--operation", "add")) == ["a"])
        #expect(Self.ids(try history("--ndjson", "--from", "2026-01-15")).count <= 3)
    }

    // MARK: What can go wrong

    @Test(arguments: [
        ["--from", "yesterday"], ["--to", "2026-02-30"], ["--limit", "0"], ["--limit", "many"],
        ["--order", "up"], ["--json", "--csv"], ["word"],
        ["--from", "2026-01-02", "--to", "2026-01-01"],
    ]) func refusesWrongOptions(_ options: [String]) async throws {
        try await store(three)
        let words = ["history", "--database", database] + options
        let run = try ProgramRun.calcburst(arguments: words.map { Array($0.utf8) })
        #expect(run.status == 64)
        #expect(run.output == "")
        #expect(run.errors != "")
    }

    @Test func saysThatThereIsNoFile() throws {
        let run = try history()
        #expect(run.status == 66)
        #expect(run.output == "")
        #expect(run.errors.contains("No such file or directory"))
        #expect(!FileManager.default.fileExists(atPath: database))
        let folder = try ProgramRun.calcburst("history", "--database", scratch.folder.path)
        #expect(folder.status == 66)
        #expect(folder.errors.contains("it is a directory"))
    }

    @Test func saysThatTheFileIsDamaged() throws {
        _ = try scratch.file("calc.sqlite", String(repeating: "no database ", count: 1_000))
        let run = try history()
        #expect(run.status == 65)
        #expect(run.output == "")
        #expect(run.errors.contains("is damaged, or is no database of CalcBurst"))
    }

    @Test func saysThatANewerCalcBurstWroteTheFile() async throws {
        try await store(three)
        let change = try ProgramRun.shell(
            """
            python3 -c 'import sqlite3, sys
            sqlite3.connect(sys.argv[1]).execute("PRAGMA user_version = 1000")' '\(database)'
            """
        )
        #expect(change.status == 0)
        let run = try history("--csv")
        #expect(run.status == 65)
        #expect(run.output == "")
        #expect(run.errors.contains("was written by a newer CalcBurst"))
    }

    @Test func endsQuietlyWhenTheReaderHasSeenEnough() async throws {
        try await store((0..<600).map { calculation("n\($0)", after: Int64($0)) })
        let run = try ProgramRun.shell(
            """
            ($calcburst history --ndjson --database '\(database)'; echo $? >&2) | head -c 5
            """
        )
        #expect(run.output == #"{"cal"#)
        #expect(run.errors == "0\n")
    }

    private static func ids(_ run: ProgramRun) -> [String] {
        run.output.matches(of: /"calculation_id":"([^"]*)"/).map { String($0.1) }
    }
}
#endif
