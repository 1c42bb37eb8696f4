#if Command && Server
import CalcBurstService
import CalcBurstSQLite
import CalcBurstSource

/// One run of `history`: reads page after page and writes each before the next.
struct History {
    /// The calculations that are in memory at a time.
    static let pageSize = 500

    private let console: Console
    private let path: String
    private let format: HistoryFormat
    private let query: CalculationQuery
    private let wanted: Int?

    init(_ command: HistoryCommand, _ console: Console) throws(Failure) {
        self.console = console
        guard [command.json, command.ndjson, command.csv].count(where: { $0 }) < 2 else {
            throw .usage("--json, --ndjson and --csv exclude each other")
        }
        format =
            command.json ? .json : command.ndjson ? .lines : command.csv ? .csv : .table
        query = try command.query()
        wanted = try command.count(isExport: command.json || command.ndjson || command.csv)
        if let path = command.database.database?.text {
            self.path = path
        } else {
            path = try DataFile.standard()
        }
    }

    func write() throws(Failure) {
        try checkFile()
        let store = SQLiteStore(path: path, isReadOnly: true)
        defer { Waiting.wait { await store.close() } }
        var writer = HistoryWriter(format, console)
        var query = query
        var rest = wanted
        while rest != 0 {
            query.limit = min(rest ?? Self.pageSize, Self.pageSize)
            let page = try page(of: store, query)
            try writer.write(page.calculations)
            rest = rest.map { $0 - page.calculations.count }
            guard page.hasMore, let last = page.calculations.last else { break }
            query.after = CalculationQuery.Position(time: last.time, id: last.id)
        }
        try writer.finish()
        if writer.count == 0, format == .table {
            try console.message("no calculation is stored in \(shown(path)) for what you asked")
        }
    }

    /// Says what is wrong with the path before SQLite says it in its own words.
    private func checkFile() throws(Failure) {
        do throws(System.FileProblem) {
            System.closeFile(try System.openRegularFile(path).file)
        } catch {
            throw Failure(
                .noInput,
                "cannot read the stored calculations in '\(path)': \(error.reason)",
                help: "calcburst serve makes the file; --database names another"
            )
        }
    }

    private func page(
        of store: SQLiteStore,
        _ query: CalculationQuery
    ) throws(Failure) -> CalculationPage {
        let outcome = Waiting.wait { await store.perform(.list(query, now: .now())) }
        switch outcome {
        case .page(let page): return page
        case .failed(let error): throw Self.failure(error, path)
        case .inserted, .found, .ready: throw Failure(.bug, "the store gave no list")
        }
    }

    private static func failure(_ error: StoreError, _ path: String) -> Failure {
        switch error.reason {
        case .corrupt:
            Failure(
                .data,
                "'\(path)' is damaged, or is no database of CalcBurst: \(error.detail)",
                help: "sqlite3 '\(path)' .recover saves what can be read"
            )
        case .newerSchema:
            Failure(.data, "'\(path)' was written by a newer CalcBurst than \(Main.version)")
        case .busy:
            Failure(.noInput, "'\(path)' is in use by somebody else: \(error.detail)")
        case .full, .readOnly, .unavailable:
            Failure(.noInput, "cannot read '\(path)': \(error.detail)")
        }
    }

    private func shown(_ text: String) -> String { TerminalText.visible(text) }
}
#endif
