public import CalcBurstFunctions

/// One calculation as it is kept: what was asked, what came out, when, and how long it took.
public struct Calculation: Hashable, Sendable {
    /// 1 to 128 of `A-Za-z0-9._:~-`; one calculation has it.
    public var id: String
    public var request: Request
    public var result: Value
    /// The type of the result, as the language spells it: `number`, `[number]`.
    public var resultType: String
    /// When it was calculated.
    public var time: Timestamp
    /// How long parsing, compiling and running took, in milliseconds.
    public var milliseconds: Double

    /// What was asked.
    ///
    /// Two requests are equal if they ask for the same: numbers compare by value, the variables in
    /// any order, the text of an expression byte by byte.
    public enum Request: Hashable, Sendable {
        case operation(String, [Double])
        case expression(String, Record)
    }

    public init(
        id: String,
        request: Request,
        result: Value,
        resultType: String,
        time: Timestamp,
        milliseconds: Double
    ) {
        self.id = id
        self.request = request
        self.result = result
        self.resultType = resultType
        self.time = time
        self.milliseconds = milliseconds
    }

    /// How long a calculation is kept, in milliseconds: 30 days.
    public static let lifetime: Int64 = 30 * 86_400_000

    /// When it is no longer there.
    public var expiry: Timestamp { Timestamp(milliseconds: time.milliseconds &+ Self.lifetime) }

    /// Whether nobody sees it any more.
    public func isExpired(at now: Timestamp) -> Bool { expiry <= now }
}

extension Calculation.Request {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.operation(let a, let x), .operation(let b, let y)):
            a.hasSameBytes(as: b) && x == y
        case (.expression(let a, let x), .expression(let b, let y)):
            a.hasSameBytes(as: b) && x == y
        case (.operation, .expression), (.expression, .operation):
            false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .operation(let name, let operands):
            hasher.combine(ExactText(name))
            hasher.combine(operands)
        case .expression(let text, let variables):
            hasher.combine(ExactText(text))
            hasher.combine(variables)
        }
    }
}

/// A moment of the wall clock, in whole milliseconds since 1970 in UTC, without leap seconds.
///
/// Written as RFC 3339 has it: `2026-01-15T10:30:00.000Z`.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
