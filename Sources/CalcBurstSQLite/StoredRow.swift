#if Server
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstService
import Foundation
import GRDB

/// A calculation as the columns of its row.
struct StoredRow: Sendable {
    var id: String
    var time: Int64
    var operation: String?
    var operands: String?
    var expression: String?
    var variables: String?
    var result: String
    var type: String
    var milliseconds: Double
    var expires: Int64

    /// Deeper values are not read back: the reader of JSON stops there.
    private static let depth = 128

    /// The row; nil if a value is too deep to be read back.
    init?(_ calculation: Calculation) {
        guard calculation.result.isWithin(depth: Self.depth) else { return nil }
        id = calculation.id
        time = calculation.time.milliseconds
        switch calculation.request {
        case .operation(let name, let numbers):
            operation = name
            operands = JSON.write(.list(List(numbers)))
        case .expression(let text, let record):
            guard Value.record(record).isWithin(depth: Self.depth) else { return nil }
            expression = text
            variables = JSON.write(.record(record))
        }
        result = JSON.write(calculation.result)
        type = calculation.resultType
        milliseconds = calculation.milliseconds
        expires = calculation.expiry.milliseconds
    }

    var checksum: Int64 {
        var checksum = Checksum()
        checksum.add(id)
        checksum.add(UInt64(bitPattern: time))
        checksum.add(operation)
        checksum.add(operands)
        checksum.add(expression)
        checksum.add(variables)
        checksum.add(result)
        checksum.add(type)
        checksum.add(milliseconds.bitPattern)
        checksum.add(UInt64(bitPattern: expires))
        return Int64(bitPattern: checksum.value)
    }

    /// The bytes of its texts, about.
    var size: Int {
        id.utf8.count + result.utf8.count + type.utf8.count + (operands?.utf8.count ?? 0)
            + (expression?.utf8.count ?? 0) + (variables?.utf8.count ?? 0)
    }

    /// The calculation that was kept.
    func calculation() throws(StoreError) -> Calculation {
        let request: Calculation.Request
        switch (operation, operands, expression, variables) {
        case (let operation?, let operands?, nil, nil):
            guard case .list(let list) = try Self.value(operands), let numbers = list.numbers else {
                throw Self.damaged
            }
            request = .operation(operation, numbers)
        case (nil, nil, let expression?, let variables?):
            guard case .record(let record) = try Self.value(variables) else { throw Self.damaged }
            request = .expression(expression, record)
        case (_, _, _, _):
            throw Self.damaged
        }
        return Calculation(
            id: id,
            request: request,
            result: try Self.value(result),
            resultType: type,
            time: Timestamp(milliseconds: time),
            milliseconds: milliseconds
        )
    }

    static let damaged = StoreError(.corrupt, "a row does not match its checksum")

    private static func value(_ text: String) throws(StoreError) -> Value {
        // What was written is read, whatever the limits of requests are.
        var limits = JSONLimits()
        limits.length = .max
        limits.depth = depth
        limits.values = .max
        limits.keys = .max
        limits.stringLength = .max
        do {
            return try JSON.read(text, limits: limits)
        } catch {
            throw damaged
        }
    }
}

// MARK: - Columns

extension StoredRow {
    /// The values in the order of `Schema.columns`.
    var columns: [DatabaseValue] {
        [
            Self.column(id), time.databaseValue, Self.column(operation), Self.column(operands),
            Self.column(expression), Self.column(variables), Self.column(result),
            Self.column(type), milliseconds.databaseValue, expires.databaseValue,
            checksum.databaseValue,
        ]
    }

    /// A text; as bytes where it holds the character 0, at which the library would cut it.
    static func column(_ text: String?) -> DatabaseValue {
        guard let text else { return .null }
        return text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    }

    /// Reads a row; nothing in the file is trusted to have its type.
    init(_ row: Row) throws(StoreError) {
        guard row.count == 11,
            let id = Self.text(row[0]),
            let time = Self.integer(row[1]),
            let result = Self.text(row[6]),
            let type = Self.text(row[7]),
            case .double(let milliseconds) = (row[8] as DatabaseValue).storage,
            let expires = Self.integer(row[9]),
            let checksum = Self.integer(row[10])
        else { throw Self.damaged }
        self.id = id
        self.time = time
        operation = Self.text(row[2])
        operands = Self.text(row[3])
        expression = Self.text(row[4])
        variables = Self.text(row[5])
        self.result = result
        self.type = type
        self.milliseconds = milliseconds
        self.expires = expires
        guard self.checksum == checksum else { throw Self.damaged }
    }

    private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .string(let text): text
        case .blob(let data): String(validating: data, as: UTF8.self)
        case .null, .int64, .double: nil
        }
    }

    private static func integer(_ value: DatabaseValue) -> Int64? {
        if case .int64(let integer) = value.storage { integer } else { nil }
    }
}
#endif
