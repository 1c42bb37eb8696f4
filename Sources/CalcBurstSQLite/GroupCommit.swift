#if Server
import CalcBurstService
import Dispatch
import GRDB
import Synchronization

/// The one writer: requests that wait for it are committed together, with one sync of the disk.
///
/// It works on a thread of its own, since a sync takes as long as the disk wants.
final class GroupCommit: Sendable {
    /// What became of a row.
    enum Outcome: Sendable {
        case stored
        case taken(StoredRow)
        case failed(StoreError)
    }

    typealias Outcomes = Result<[Outcome], StoreError>

    private struct Request {
        /// Empty to try whether the file can be written.
        let rows: [StoredRow]
        let now: Timestamp
        let continuation: CheckedContinuation<Outcomes, Never>
    }

    private struct State {
        var waiting: [Request] = []
        var isWorking = false
        /// Why the last group was not kept; nil if it was.
        var failure: StoreError?
        var nextCleaning: ContinuousClock.Instant?
    }

    /// The most rows of one transaction: the log and the wait of the first stay small.
    private static let groupSize = 1000

    private let access: DatabaseAccess
    private let queue = DispatchQueue(label: "calcburst.sqlite.writer")
    private let state = Mutex(State())

    init(access: DatabaseAccess) { self.access = access }

    /// Keeps the rows; answers after they are on the disk.
    func insert(_ rows: [StoredRow], now: Timestamp) async -> Outcomes {
        await withCheckedContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append(
                    Request(rows: rows, now: now, continuation: continuation)
                )
                defer { state.isWorking = true }
                return !state.isWorking
            }
            if isFirst { queue.async { self.work() } }
        }
    }

    /// Why nothing could be written when it was last tried.
    var failure: StoreError? { state.withLock(\.failure) }

    /// Waits until everything that was asked before is done.
    func finish() async {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume() }
        }
    }

    // MARK: - The writer

    private func work() {
        while true {
            let group = nextGroup()
            if group.isEmpty { return }
            do throws(StoreError) {
                let outcomes = try access.write { database in try Self.commit(group, database) }
                state.withLock { $0.failure = nil }
                for (request, outcomes) in zip(group, outcomes) {
                    request.continuation.resume(returning: .success(outcomes))
                }
                clean(group)
            } catch {
                // Who came while we waited for somebody's lock has waited as well.
                let others = state.withLock { state -> [Request] in
                    state.failure = error
                    guard error.reason == .busy else { return [] }
                    defer { state.waiting = [] }
                    return state.waiting
                }
                for request in group + others {
                    request.continuation.resume(returning: .failure(error))
                }
            }
        }
    }

    private func nextGroup() -> [Request] {
        state.withLock { state in
            var count = 0
            var rows = 0
            while count < state.waiting.count, count == 0 || rows < Self.groupSize {
                rows += state.waiting[count].rows.count
                count += 1
            }
            let group = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(count)
            if group.isEmpty { state.isWorking = false }
            return group
        }
    }

    /// One transaction: all of the group is kept, or nothing of it.
    private static func commit(_ group: [Request], _ database: Database) throws -> [[Outcome]] {
        var all: [[Outcome]] = []
        try database.inTransaction(.immediate) {
            let insert = try database.cachedStatement(sql: Schema.insert)
            for request in group {
                if request.rows.isEmpty { try tryWriting(database) }
                var outcomes: [Outcome] = []
                for row in request.rows {
                    let values = row.columns + [request.now.milliseconds.databaseValue]
                    insert.setUncheckedArguments(StatementArguments(values))
                    try insert.execute()
                    // A row that is in the way and has not expired is left as it is.
                    let isStored = database.changesCount > 0
                    outcomes.append(isStored ? .stored : try kept(row.id, request.now, database))
                }
                all.append(outcomes)
            }
            return .commit
        }
        return all
    }

    private static func kept(
        _ id: String,
        _ now: Timestamp,
        _ database: Database
    ) throws -> Outcome {
        do {
            let row = try StoredRow.find(id, now: now, in: database)
            return row.map(Outcome.taken) ?? .failed(StoredRow.damaged)
        } catch let error as StoreError {
            return .failed(error)
        }
    }

    private static func tryWriting(_ database: Database) throws {
        try database.execute(sql: Schema.tryInsert)
        try database.execute(sql: Schema.tryDelete)
        try database.execute(sql: Schema.setVersion)
    }

    /// Deletes some rows that have expired, now and then; nobody waits for it.
    private func clean(_ group: [Request]) {
        guard let now = group.map(\.now).min() else { return }
        let isTime = state.withLock { state in
            guard state.nextCleaning.map({ $0 <= .now }) ?? true else { return false }
            state.nextCleaning = .now + .seconds(60)
            return true
        }
        guard isTime else { return }
        // Should it fail, then the next request that writes finds out.
        let count = try? access.write { database -> Int in
            let oldest = now.milliseconds.subtractingReportingOverflow(Calculation.lifetime)
            guard !oldest.overflow else { return 0 }
            let delete = try database.cachedStatement(sql: Schema.deleteExpired)
            try delete.execute(arguments: [oldest.partialValue, now.milliseconds])
            return database.changesCount
        }
        // Where many have expired, more follow soon.
        if let count, count >= 1000 {
            state.withLock { $0.nextCleaning = .now + .seconds(1) }
        }
    }
}
#endif
