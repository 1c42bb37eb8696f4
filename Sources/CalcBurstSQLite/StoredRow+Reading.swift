#if Server
import CalcBurstFunctions
import CalcBurstService
import GRDB

/// Rows found and listed.
extension StoredRow {
    static func find(_ id: String, now: Timestamp, in database: Database) throws -> StoredRow? {
        let statement = try database.cachedStatement(sql: Schema.find)
        let values = [column(id), now.milliseconds.databaseValue]
        return try rows(statement, values).rows.first
    }

    /// The rows of a page, and whether more follow.
    static func list(
        _ query: CalculationQuery,
        now: Timestamp,
        in database: Database
    ) throws -> (rows: [StoredRow], hasMore: Bool) {
        // Every id comes behind the empty text, which none is.
        var first = CalculationQuery.Position(time: query.from, id: "")
        var end = CalculationQuery.Position(time: query.to, id: "")
        if let after = query.after {
            if query.isDescending {
                end = precedes(after, end) ? after : end
            } else {
                first = precedes(first, after) ? after : first
            }
        }
        let sql =
            switch (query.operation != nil, query.isDescending) {
            case (false, false): Schema.listUp
            case (false, true): Schema.listDown
            case (true, false): Schema.listOperationUp
            case (true, true): Schema.listOperationDown
            }
        let limit = min(max(0, query.limit), 1_000_000)
        var values = [
            first.time.milliseconds.databaseValue, column(first.id),
            end.time.milliseconds.databaseValue, column(end.id),
            now.milliseconds.databaseValue, (limit + 1).databaseValue,
        ]
        if let operation = query.operation { values.insert(column(operation), at: 0) }
        let statement = try database.cachedStatement(sql: sql)
        return try rows(statement, values, limit: limit)
    }

    private static func precedes(
        _ left: CalculationQuery.Position,
        _ right: CalculationQuery.Position
    ) -> Bool {
        left.time == right.time ? left.id.precedes(right.id) : left.time < right.time
    }

    /// The bytes of texts after which a page ends, since rows may be large and many.
    private static let pageSize = 4 << 20

    private static func rows(
        _ statement: Statement,
        _ values: [DatabaseValue],
        limit: Int = 1
    ) throws -> (rows: [StoredRow], hasMore: Bool) {
        statement.setUncheckedArguments(StatementArguments(values))
        let cursor = try Row.fetchCursor(statement)
        var rows: [StoredRow] = []
        var size = 0
        while let row = try cursor.next() {
            guard rows.count < limit, size < pageSize else { return (rows, true) }
            let row = try StoredRow(row)
            size += row.size
            rows.append(row)
        }
        return (rows, false)
    }
}
#endif
