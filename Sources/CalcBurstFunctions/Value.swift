/// What an expression gives and takes: JSON's kinds of value.
///
/// A number is always finite. Strings compare by their UTF-8 bytes, not by canonical equivalence,
/// and records by their fields in any order.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case list(List)
    case record(Record)
}

extension Value: Hashable {
    /// Compares with a stack of its own, since a host may make values of any depth.
    public static func == (left: Value, right: Value) -> Bool {
        var pending: [(Value, Value)] = []
        var pair: (Value, Value)? = (left, right)
        while let (a, b) = pair {
            switch (a, b) {
            case (.null, .null): break
            case (.bool(let a), .bool(let b)): guard a == b else { return false }
            case (.number(let a), .number(let b)): guard a == b else { return false }
            case (.string(let a), .string(let b)): guard a.hasSameBytes(as: b) else { return false }
            case (.list(let a), .list(let b)):
                guard a.count == b.count else { return false }
                if let a = a.plainNumbers, let b = b.plainNumbers {
                    guard a == b else { return false }
                } else {
                    pending.append(contentsOf: zip(a, b))
                }
            case (.record(let a), .record(let b)):
                guard a.count == b.count else { return false }
                for (name, value) in zip(a.names, a.values) {
                    guard let other = b[name] else { return false }
                    pending.append((value, other))
                }
            case (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _), (.record, _):
                return false
            }
            pair = pending.popLast()
        }
        return true
    }

    /// Mixes what is at the surface only: equal values agree there, and no value is too deep.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let text): hasher.combine(ExactText(text))
        case .list(let list):
            hasher.combine(list.count)
            for case .number(let number) in list.prefix(16) { hasher.combine(number) }
        case .record(let record):
            hasher.combine(record.count)
        }
    }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: Value...) { self = .list(List(elements)) }
    /// A record; of a name that comes twice the last value stays.
    public init(dictionaryLiteral elements: (String, Value)...) {
        var fields: [ExactText: Value] = [:]
        var names: [ExactText] = []
        for (name, value) in elements {
            let key = ExactText(name)
            if fields.updateValue(value, forKey: key) == nil { names.append(key) }
        }
        self = .record(
            Record(names: names.map(\.text), values: names.map { fields[$0] ?? .null }) ?? .empty
        )
    }
}

/// A string that is equal to another only byte for byte.
///
/// Swift's own `==` holds `"é"` and `"e\u{301}"` equal; JSON keys and our language do not.
public struct ExactText: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { bytes in unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }
    }
}

extension String {
    /// Whether both have the same UTF-8 bytes.
    package func hasSameBytes(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// The order of the language: by UTF-8 bytes, which is the order of Unicode scalars.
    package func precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
