#if Server
import CalcBurstService
import GRDB

/// The connections to an open file: one that writes, and one that reads beside it.
///
/// Both are opened together and closed together, since they share the memory beside the file.
final class OpenDatabase: Sendable {
    let reader: DatabaseQueue
    /// Nil if the file can only be read; then `writeFailure` says why.
    private let writer: DatabaseQueue?
    private let writeFailure: StoreError?
    let identity: DatabaseFile.Identity

    private init(
        reader: DatabaseQueue,
        writer: DatabaseQueue?,
        writeFailure: StoreError?,
        identity: DatabaseFile.Identity
    ) {
        self.reader = reader
        self.writer = writer
        self.writeFailure = writeFailure
        self.identity = identity
    }

    func forWriting() throws(StoreError) -> DatabaseQueue {
        if let writer { return writer }
        throw writeFailure ?? StoreError(.readOnly, "it is open for reading only")
    }

    var canWrite: Bool { writer != nil }

    func close() {
        // The one that writes comes last: then it moves the log into the file.
        try? reader.close()
        try? writer?.close()
    }
}

// MARK: - Opening

/// How a file is opened.
struct OpenOptions: Sendable {
    var isReadOnly = false
    /// How long to wait for somebody else's lock.
    var busyTimeout: Duration = .seconds(2)
    /// The most bytes of the file, without its log; nil is no limit.
    var largestFile: Int?
    /// The least time between two attempts to open the file.
    var retryInterval: Duration = .seconds(1)
}

extension OpenDatabase {
    /// Opens the file; makes it if it is not there.
    ///
    /// A file that cannot be written is opened for reading.
    static func open(
        _ file: DatabaseFile,
        _ options: OpenOptions
    ) throws(StoreError) -> OpenDatabase {
        let head = try file.head()
        if case .database(let application, let version) = head {
            try Schema.accept(application: application, version: version)
        }
        if options.isReadOnly {
            guard case .database = head else {
                throw StoreError(.unavailable, "there is no database at the path")
            }
            return try openReading(file, options, because: nil)
        }
        do {
            return try openWriting(file, options, head)
        } catch {
            guard error.leavesReading, case .database = head else { throw error }
            return try openReading(file, options, because: error)
        }
    }

    private static func openWriting(
        _ file: DatabaseFile,
        _ options: OpenOptions,
        _ head: DatabaseFile.Head
    ) throws(StoreError) -> OpenDatabase {
        switch head {
        case .missing: try file.create()
        case .empty, .database: break
        }
        guard file.isWritable else {
            throw StoreError(.readOnly, "the file or its folder cannot be written")
        }
        do {
            // A connection that can write may change the file when it closes, so that a file that
            // is refused is looked at by one that cannot.
            if case .database = head { try inspect(file, options) }
            let writer = try connect(file.path, options, isReadOnly: false)
            do {
                try setUp(writer, options)
                let reader = try connect(file.path, options, isReadOnly: true)
                return OpenDatabase(
                    reader: reader,
                    writer: writer,
                    writeFailure: nil,
                    identity: file.identity
                )
            } catch {
                try? writer.close()
                throw error
            }
        } catch {
            throw StoreError(error, in: file)
        }
    }

    private static func openReading(
        _ file: DatabaseFile,
        _ options: OpenOptions,
        because failure: StoreError?
    ) throws(StoreError) -> OpenDatabase {
        do {
            let reader: DatabaseQueue
            do {
                reader = try connect(file.path, options, isReadOnly: true)
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_CANTOPEN && !file.hasLog && !file.isWritable
            {
                // Where nobody can make the log and its memory, nobody changes the file either.
                reader = try connect(file.unchangingPath, options, isReadOnly: true)
            }
            do {
                try reader.inDatabase { database in try verify(database, file) }
            } catch {
                try? reader.close()
                throw error
            }
            return OpenDatabase(
                reader: reader,
                writer: nil,
                writeFailure: failure,
                identity: file.identity
            )
        } catch {
            throw failure ?? StoreError(error, in: file)
        }
    }

    private static func inspect(_ file: DatabaseFile, _ options: OpenOptions) throws {
        do {
            let reader = try connect(file.path, options, isReadOnly: true)
            defer { try? reader.close() }
            try reader.inDatabase { database in try verify(database, file) }
        } catch let error as DatabaseError
            where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK
        {
            // The program ended while it made the file; only a connection that can write cleans up.
        }
    }

    private static func verify(_ database: Database, _ file: DatabaseFile) throws {
        if try Schema.isMade(database) { try Schema.check(database, size: file.size) }
    }

    private static func connect(
        _ path: String,
        _ options: OpenOptions,
        isReadOnly: Bool
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "calcburst.sqlite"
        configuration.readonly = isReadOnly
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(options.busySeconds)
        configuration.prepareDatabase { database in
            // The file is not trusted to have sensible views, defaults or page contents.
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA cell_size_check = ON")
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func setUp(_ writer: DatabaseQueue, _ options: OpenOptions) throws {
        try writer.inDatabase { database in
            let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            guard mode == "wal" else {
                throw StoreError(.unavailable, "the file system has no write-ahead log")
            }
            // Only FULL syncs the log at every commit; GRDB and many others choose NORMAL.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            if let bytes = options.largestFile {
                let page = max(512, try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096)
                let pages = min(max(1, bytes / page), Int(UInt32.max) - 1)
                // A number of ours; SQLite binds nothing in this statement.
                try database.execute(sql: "PRAGMA max_page_count = \(pages)")
            }
            try Schema.make(database)
        }
    }
}

extension OpenOptions {
    /// Seconds as GRDB wants them; it would trap on what does not fit its milliseconds.
    fileprivate var busySeconds: Double {
        let (seconds, attoseconds) = busyTimeout.components
        return min(max(0, Double(seconds) + Double(attoseconds) * 1e-18), 3600)
    }
}
#endif
