import CalcBurstFunctions
import CalcBurstJSON

/// The list of calculations as a query asks for it, and the cursor that goes on with it.
struct ListQuery {
    static let most = 500
    static let mostDays = 31
    private static let day: Int64 = 86_400_000

    let query: CalculationQuery

    init(_ parameters: QueryParameters, now: Timestamp) throws(Problem) {
        let cursor = try parameters.text("cursor").map(Cursor.init(text:))
        let to = try Self.time("to", parameters)
        let from = try Self.time("from", parameters)
        // What is calculated in this very millisecond counts.
        let until = to ?? cursor?.to ?? Timestamp(milliseconds: now.milliseconds + 1)
        let since = from ?? cursor?.from ?? Timestamp(milliseconds: until.milliseconds - Self.day)
        guard since < until else {
            throw Problem(.invalidTimeRange, "'from' is not before 'to'")
        }
        guard until.milliseconds - since.milliseconds <= Int64(Self.mostDays) * Self.day else {
            throw Problem(
                .invalidTimeRange,
                "'from' and 'to' are more than \(Self.mostDays) days apart"
            )
        }
        query = CalculationQuery(
            from: since,
            to: until,
            operation: try parameters.text("operation"),
            isDescending: try Self.isDescending(parameters),
            limit: try Self.limit(parameters),
            after: cursor?.position
        )
        if let cursor, cursor.filters != Cursor.filters(of: query) {
            throw Problem(.invalidCursor, "the cursor belongs to a list with other filters")
        }
    }

    /// The cursor of the page after one that ends with this calculation.
    func cursor(after last: Calculation) -> String {
        Cursor(
            from: query.from,
            to: query.to,
            position: .init(time: last.time, id: last.id),
            filters: Cursor.filters(of: query)
        ).text
    }

    private static func time(
        _ name: String,
        _ parameters: QueryParameters
    ) throws(Problem) -> Timestamp? {
        guard let text = try parameters.text(name) else { return nil }
        guard let time = Timestamp(text) else {
            var problem = Problem(
                .invalidTimeRange,
                "'\(name)' is not a timestamp such as 2026-01-15T00:00:00Z"
            )
            problem.facts.append(("parameter", .string(name)))
            throw problem
        }
        return time
    }

    private static func isDescending(_ parameters: QueryParameters) throws(Problem) -> Bool {
        switch try parameters.text("order") {
        case nil, "desc"?: return true
        case "asc"?: return false
        case _?: throw .invalidParameter("order", "'order' is asc or desc")
        }
    }

    private static func limit(_ parameters: QueryParameters) throws(Problem) -> Int {
        guard let text = try parameters.text("limit") else { return 50 }
        guard let limit = Int(text), (1...most).contains(limit), text.utf8.first != 0x2B else {
            throw .invalidParameter("limit", "'limit' is a number from 1 to \(most)")
        }
        return limit
    }
}

/// Where a list goes on: opaque to callers, and bound to the filters of its list.
private struct Cursor {
    var from: Timestamp
    var to: Timestamp
    var position: CalculationQuery.Position
    var filters: String

    init(from: Timestamp, to: Timestamp, position: CalculationQuery.Position, filters: String) {
        self.from = from
        self.to = to
        self.position = position
        self.filters = filters
    }

    static func filters(of query: CalculationQuery) -> String {
        let filters: Value = [
            .number(Double(query.from.milliseconds)), .number(Double(query.to.milliseconds)),
            query.operation.map(Value.string) ?? .null, .bool(query.isDescending),
        ]
        return Fingerprint.text(of: JSON.write(filters))
    }

    var text: String {
        let members: Value = .object([
            ("v", 1), ("f", .number(Double(from.milliseconds))),
            ("t", .number(Double(to.milliseconds))),
            ("at", .number(Double(position.time.milliseconds))), ("id", .string(position.id)),
            ("h", .string(filters)),
        ])
        return Base64URL.encoded(Array(JSON.write(members).utf8))
    }

    init(text: String) throws(Problem) {
        guard text.utf8.count <= 1024, let bytes = Base64URL.decoded(text),
            case .record(let members)? = try? JSON.read(bytes), members["v"] == 1,
            let from = Self.time(members["f"]), let to = Self.time(members["t"]),
            let time = Self.time(members["at"]), case .string(let id)? = members["id"],
            CalculationID.isValid(id), case .string(let filters)? = members["h"]
        else {
            throw Problem(.invalidCursor, "the cursor is not one that a list has given")
        }
        self.init(from: from, to: to, position: .init(time: time, id: id), filters: filters)
    }

    private static func time(_ value: Value?) -> Timestamp? {
        guard case .number(let number)? = value, number.magnitude < 1e15 else { return nil }
        return Int64(exactly: number).map(Timestamp.init(milliseconds:))
    }
}

/// The alphabet of base 64 for URLs, without padding (RFC 4648, section 5).
private enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    )

    static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = (bits << 8 | UInt32(byte)) & 0xffff
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func decoded(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in text.utf8 {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            bits = (bits << 6 | UInt32(truncatingIfNeeded: digit)) & 0xffff
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        // Every text is the one that its bytes have.
        return count < 6 && bits & (1 << UInt32(count) - 1) == 0 ? bytes : nil
    }
}
