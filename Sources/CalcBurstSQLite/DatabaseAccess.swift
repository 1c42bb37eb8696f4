#if Server
import CalcBurstService
import GRDB
import Synchronization

/// The way to the file: opens it when it is needed, and again after a failure.
final class DatabaseAccess: Sendable {
    private struct State {
        var open: OpenDatabase?
        /// Why it is not open.
        var failure: StoreError?
        var lastAttempt: ContinuousClock.Instant?
        var isClosed = false
    }

    let file: DatabaseFile
    let options: OpenOptions
    private let state = Mutex(State())

    init(file: DatabaseFile, options: OpenOptions) {
        self.file = file
        self.options = options
    }

    // MARK: - Work

    func read<Result: Sendable>(
        _ work: (Database) throws -> Result
    ) throws(StoreError) -> Result {
        do {
            return try run(isWriting: false, work)
        } catch let error where error == Self.closedMeanwhile {
            return try run(isWriting: false, work)
        }
    }

    func write<Result: Sendable>(
        _ work: (Database) throws -> Result
    ) throws(StoreError) -> Result {
        try run(isWriting: true, work)
    }

    private func run<Result: Sendable>(
        isWriting: Bool,
        _ work: (Database) throws -> Result
    ) throws(StoreError) -> Result {
        let open = try current(isWriting: isWriting)
        let queue = isWriting ? try open.forWriting() : open.reader
        let result: Result
        do {
            result = try queue.inDatabase(work)
        } catch {
            if (error as? DatabaseError)?.resultCode == .SQLITE_MISUSE, !isCurrent(open) {
                throw Self.closedMeanwhile
            }
            let failure = StoreError(error, in: file)
            // A row that does not match its checksum says nothing about the others.
            if error is DatabaseError, !failure.leavesConnection { discard(open, failure) }
            throw failure
        }
        // What went into a file that has no name any more is not kept.
        guard !isWriting || file.identity == open.identity else {
            throw StoreError(.unavailable, "the file was removed or replaced meanwhile")
        }
        return result
    }

    private static let closedMeanwhile = StoreError(.unavailable, "the file is being opened anew")

    // MARK: - Opening and closing

    private func current(isWriting: Bool) throws(StoreError) -> OpenDatabase {
        try state.withLock { state throws(StoreError) -> OpenDatabase in
            if state.isClosed { throw StoreError(.unavailable, "the store is closed") }
            if let open = state.open {
                let isSame = open.identity == file.identity
                // A file that could not be written is tried again when somebody wants to write.
                let isEnough = open.canWrite || !isWriting || !isTime(&state)
                if isSame, isEnough { return open }
                open.close()
                state.open = nil
                if !options.isReadOnly { file.setLogAside(of: open.identity) }
            } else if let failure = state.failure, !isTime(&state) {
                throw failure
            }
            state.lastAttempt = .now
            do throws(StoreError) {
                let open = try OpenDatabase.open(file, options)
                state.open = open
                state.failure = nil
                return open
            } catch {
                state.failure = error
                throw error
            }
        }
    }

    /// Whether it is long enough after the last attempt for another one.
    private func isTime(_ state: inout State) -> Bool {
        guard let last = state.lastAttempt else { return true }
        return last.duration(to: .now) >= options.retryInterval
    }

    /// Whether the file is open for writing, as far as is known.
    var canWrite: Bool { state.withLock { $0.open?.canWrite ?? false } }

    private func isCurrent(_ open: OpenDatabase) -> Bool {
        state.withLock { state in state.open === open }
    }

    private func discard(_ open: OpenDatabase, _ failure: StoreError) {
        state.withLock { state in
            guard state.open === open else { return }
            open.close()
            state.open = nil
            state.failure = failure
        }
    }

    func close() {
        state.withLock { state in
            state.open?.close()
            state.open = nil
            state.isClosed = true
        }
    }
}
#endif
