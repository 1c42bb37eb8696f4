public import CalcBurstFunctions

/// JSON texts as values, read by the letter of RFC 8259 and written compactly.
///
/// The reader is a loop: no text can exhaust the stack. Numbers keep their value or are refused, and
/// a name that comes twice in an object is refused.
public enum JSON {
    /// Reads one JSON text in UTF-8.
    public static func read(
        _ bytes: [UInt8],
        limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> Value {
        var reader = JSONReader(bytes, limits: limits)
        return try reader.read()
    }

    /// Reads one JSON text.
    public static func read(
        _ text: String,
        limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> Value {
        try read(Array(text.utf8), limits: limits)
    }

    /// The value as compact JSON: the shortest numbers, the names in their order.
    public static func write(_ value: Value) -> String {
        ValueText.json(value)
    }
}

/// The limits of a JSON text, checked before the work that they bound.
public struct JSONLimits: Hashable, Sendable {
    /// UTF-8 bytes of the text.
    public var length = 16 << 20
    /// Lists and records inside each other; at most 128.
    public var depth = 64
    /// Values in the text, lists and records included.
    public var values = 100_000
    /// Names in the text.
    public var keys = 10_000
    /// Bytes of one number; at most 10,000.
    public var numeralLength = 10_000
    /// UTF-8 bytes of one string or name, as it stands after its escapes are read.
    public var stringLength = 1 << 20

    /// No option goes beyond these.
    static let deepest = 128
    static let longestNumeral = 10_000

    public init() {}
}
