#if Server
import CalcBurstService
import GRDB

/// What the file holds, and every statement that is run on it.
///
/// Every text of SQL is a literal; what comes from outside is bound to its marks.
enum Schema {
    /// `CalB`, by which `file` and we know the file.
    static let application: Int32 = 0x4361_6C42
    /// What this CalcBurst writes; it reads no other.
    static let version: Int32 = 1

    static let table = """
        CREATE TABLE calculations (
            id TEXT NOT NULL PRIMARY KEY,
            time INTEGER NOT NULL, -- milliseconds since 1970 in UTC
            operation TEXT,
            operands TEXT, -- JSON
            expression TEXT,
            variables TEXT, -- JSON
            result TEXT NOT NULL, -- JSON
            type TEXT NOT NULL,
            execution_time_ms REAL NOT NULL,
            expires INTEGER NOT NULL, -- as time
            checksum INTEGER NOT NULL -- FNV-1a over the other columns
        ) WITHOUT ROWID
        """
    static let byTime = "CREATE INDEX calculations_by_time ON calculations (time, id)"
    static let byOperation = """
        CREATE INDEX calculations_by_operation ON calculations (operation, time, id)
        WHERE operation IS NOT NULL
        """

    // MARK: - Statements

    /// Takes the columns of a row and the present: a row that has expired makes room.
    static let insert = """
        INSERT INTO calculations (id, time, operation, operands, expression, variables,
            result, type, execution_time_ms, expires, checksum)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET time = excluded.time, operation = excluded.operation,
            operands = excluded.operands, expression = excluded.expression,
            variables = excluded.variables, result = excluded.result, type = excluded.type,
            execution_time_ms = excluded.execution_time_ms, expires = excluded.expires,
            checksum = excluded.checksum
        WHERE calculations.expires <= ?
        """
    /// Takes an id and the present.
    static let find = """
        SELECT id, time, operation, operands, expression, variables, result, type,
            execution_time_ms, expires, checksum
        FROM calculations WHERE id = ? AND expires > ?
        """
    /// Take the place before the first, the place behind the last, the present and how many.
    static let listUp = """
        SELECT id, time, operation, operands, expression, variables, result, type,
            execution_time_ms, expires, checksum
        FROM calculations
        WHERE (time, id) > (?, ?) AND (time, id) < (?, ?) AND expires > ?
        ORDER BY time, id LIMIT ?
        """
    static let listDown = """
        SELECT id, time, operation, operands, expression, variables, result, type,
            execution_time_ms, expires, checksum
        FROM calculations
        WHERE (time, id) > (?, ?) AND (time, id) < (?, ?) AND expires > ?
        ORDER BY time DESC, id DESC LIMIT ?
        """
    /// As above, with the operation first.
    static let listOperationUp = """
        SELECT id, time, operation, operands, expression, variables, result, type,
            execution_time_ms, expires, checksum
        FROM calculations
        WHERE operation = ? AND (time, id) > (?, ?) AND (time, id) < (?, ?) AND expires > ?
        ORDER BY time, id LIMIT ?
        """
    static let listOperationDown = """
        SELECT id, time, operation, operands, expression, variables, result, type,
            execution_time_ms, expires, checksum
        FROM calculations
        WHERE operation = ? AND (time, id) > (?, ?) AND (time, id) < (?, ?) AND expires > ?
        ORDER BY time DESC, id DESC LIMIT ?
        """
    /// Takes the last moment that is old enough, and the present; the index on time finds them.
    static let deleteExpired = """
        DELETE FROM calculations WHERE id IN (
            SELECT id FROM calculations WHERE time <= ? AND expires <= ? LIMIT 1000)
        """
    static let readSomething = "SELECT count(*) FROM (SELECT id FROM calculations LIMIT 1)"

    /// What a try whether the file can be written does; nothing of it stays.
    ///
    /// The id is one that no calculation has, and the row needs a few pages, as rows do.
    static let tryInsert = """
        INSERT INTO calculations VALUES ('', 0, NULL, NULL, NULL, NULL, hex(zeroblob(16384)),
            '', 0, 0, 0)
        """
    static let tryDelete = "DELETE FROM calculations WHERE id = ''"
    /// Makes the transaction one that writes.
    static let setVersion = "PRAGMA user_version = 1"
    static let setApplication = "PRAGMA application_id = 1130458178"

    // MARK: - Whose file it is

    /// Refuses a file of a newer CalcBurst and one of somebody else, by the numbers in its head.
    static func accept(application: Int32, version: Int32) throws(StoreError) {
        // Until the tables are made both are 0.
        if application == 0, version == 0 { return }
        guard application == self.application, version > 0 else {
            throw StoreError(.corrupt, "the file is a database of something else")
        }
        guard version <= self.version else {
            throw StoreError(.newerSchema, "the file has version \(version) of the tables")
        }
    }

    /// Refuses a database whose tables are not ours; false if it has none yet.
    static func isMade(_ database: Database) throws -> Bool {
        let application = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        try accept(
            application: Int32(truncatingIfNeeded: application),
            version: Int32(truncatingIfNeeded: version)
        )
        let rows = try Row.fetchAll(database, sql: "SELECT type, sql FROM sqlite_master")
        let texts = rows.map { String.fromDatabaseValue($0[1]) ?? "" }
        if application == 0, rows.isEmpty { return false }
        // A trigger would do more than we ask; a person's own index or view does no harm.
        let hasTrigger = rows.contains { String.fromDatabaseValue($0[0]) == "trigger" }
        guard application != 0, !hasTrigger,
            [table, byTime, byOperation].allSatisfy(texts.contains)
        else { throw StoreError(.corrupt, "the file is a database of something else") }
        return true
    }

    /// Looks for damage, as thoroughly as the size allows in about a second.
    static func check(_ database: Database, size: Int) throws {
        let words: String?
        if size <= 64 << 20 {
            // Compares the indices with the table too, and so finds a row whose id has changed.
            words = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
        } else if size <= 256 << 20 {
            words = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
        } else {
            return
        }
        // The words may quote a row, and so stay here.
        guard words == "ok" else {
            throw StoreError(.corrupt, "the check of the file found damage")
        }
    }

    /// Makes the tables, all or none of them.
    static func make(_ database: Database) throws {
        try database.inTransaction(.immediate) {
            // Another process may have been faster.
            if try isMade(database) { return .commit }
            try database.execute(sql: setApplication)
            try database.execute(sql: setVersion)
            try database.execute(sql: table)
            try database.execute(sql: byTime)
            try database.execute(sql: byOperation)
            return .commit
        }
    }
}
#endif
