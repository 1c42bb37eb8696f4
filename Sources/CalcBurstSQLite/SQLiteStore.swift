#if Server
public import CalcBurstService
import Dispatch
import GRDB

/// Calculations in a SQLite file.
///
/// It opens the file when it is first asked, and again after a failure, so that the service is up
/// while the file is not. It keeps what it has acknowledged through a crash and a loss of power: the
/// log is synced before an insertion is answered. The file belongs to its owner alone.
///
/// At every opening the file is checked: up to 64 MiB for everything, up to 256 MiB for the shape of
/// its pages, beyond that for its head and its tables only. Each row has a checksum, so that a
/// damaged one is never served, whatever the size.
public final class SQLiteStore: CalculationStore {
    /// The path of the file; it is made if it is not there.
    public let path: String
    public var backend: String { "sqlite" }

    private let access: DatabaseAccess
    private let groups: GroupCommit
    private let readers = DispatchQueue(label: "calcburst.sqlite.reader")

    /// A store over the file of a path.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - isReadOnly: Whether the file is only read, and never made.
    ///   - busyTimeout: How long to wait for a lock of somebody else's.
    ///   - largestFile: The most bytes of the file without its log; nil is no limit.
    public convenience init(
        path: String,
        isReadOnly: Bool = false,
        busyTimeout: Duration = .seconds(2),
        largestFile: Int? = nil
    ) {
        self.init(
            path: path,
            OpenOptions(
                isReadOnly: isReadOnly,
                busyTimeout: busyTimeout,
                largestFile: largestFile
            )
        )
    }

    init(path: String, _ options: OpenOptions) {
        self.path = path
        access = DatabaseAccess(file: DatabaseFile(path: path), options: options)
        groups = GroupCommit(access: access)
    }

    public func perform(_ request: StoreRequest) async -> StoreOutcome {
        switch request {
        case .insert(let calculations, let now): await insert(calculations, now)
        case .find(let id, let now): await find(id, now)
        case .list(let query, let now): await list(query, now)
        case .check: await check()
        }
    }

    /// Closes the file after what was asked before is done.
    public func close() async {
        await groups.finish()
        await onReader { [access] in access.close() }
    }

    // MARK: - The requests

    private func insert(_ calculations: [Calculation], _ now: Timestamp) async -> StoreOutcome {
        if access.options.isReadOnly {
            return .failed(StoreError(.readOnly, "it is open for reading only"))
        }
        // Making the rows here leaves the one writer more time for the disk.
        let rows = calculations.map(StoredRow.init)
        let good = rows.compactMap { $0 }
        guard !good.isEmpty else { return .inserted(rows.map { _ in Self.tooDeep }) }
        switch await groups.insert(good, now: now) {
        case .failure(let error): return .failed(error)
        case .success(let outcomes):
            var next = outcomes.makeIterator()
            return .inserted(
                rows.map { row in
                    row.flatMap { _ in next.next() }.map(Self.insertion) ?? Self.tooDeep
                }
            )
        }
    }

    private static let tooDeep = StoreOutcome.Insertion.failed(
        StoreError(.unavailable, "a value is too deep to be kept")
    )

    private static func insertion(_ outcome: GroupCommit.Outcome) -> StoreOutcome.Insertion {
        switch outcome {
        case .stored: return .stored
        case .failed(let error): return .failed(error)
        case .taken(let row):
            do throws(StoreError) {
                return .taken(try row.calculation())
            } catch {
                return .failed(error)
            }
        }
    }

    private func find(_ id: String, _ now: Timestamp) async -> StoreOutcome {
        do throws(StoreError) {
            let row = try await read { database in
                try StoredRow.find(id, now: now, in: database)
            }
            guard let row else { return .found(nil) }
            return .found(try row.calculation())
        } catch {
            return .failed(error)
        }
    }

    private func list(_ query: CalculationQuery, _ now: Timestamp) async -> StoreOutcome {
        do throws(StoreError) {
            let (rows, hasMore) = try await read { database in
                try StoredRow.list(query, now: now, in: database)
            }
            var calculations: [Calculation] = []
            for row in rows { calculations.append(try row.calculation()) }
            return .page(CalculationPage(calculations: calculations, hasMore: hasMore))
        } catch {
            return .failed(error)
        }
    }

    private func check() async -> StoreOutcome {
        do throws(StoreError) {
            try await read { database in
                _ = try Int.fetchOne(database, sql: Schema.readSomething)
            }
            if access.options.isReadOnly { return .ready }
            // Only writing tells whether it can be written again. A small row may find room where
            // others do not.
            if let failure = groups.failure, failure.reason == .full, access.file.isOutOfRoom {
                return .failed(failure)
            }
            if groups.failure != nil || !access.canWrite {
                _ = try await groups.insert([], now: Timestamp(milliseconds: .min)).get()
            }
            return .ready
        } catch {
            return .failed(error)
        }
    }

    // MARK: - Reading

    private func read<Result: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Result
    ) async throws(StoreError) -> Result {
        let result = await onReader { [access] in
            Swift.Result { () throws(StoreError) -> Result in try access.read(work) }
        }
        return try result.get()
    }

    /// Runs on a thread that may wait for the disk.
    private func onReader<Result: Sendable>(
        _ work: @escaping @Sendable () -> Result
    ) async -> Result {
        await withCheckedContinuation { continuation in
            readers.async { continuation.resume(returning: work()) }
        }
    }
}
#endif
