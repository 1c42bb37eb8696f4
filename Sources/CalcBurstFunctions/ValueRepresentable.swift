/// A Swift type that goes into and comes out of expressions: numbers, `Bool`, `String`, `Value`,
/// and arrays and optionals of them.
public protocol ValueRepresentable: Sendable {
    /// The type in the notation of `Signature`, such as `number` or `[string]`.
    static var typeText: String { get }
    /// The value of the language.
    var value: Value { get }
    /// Takes a value; nil if it is of another kind or not exactly representable.
    init?(value: Value)
}

extension Double: ValueRepresentable {
    public static var typeText: String { "number" }
    public var value: Value { .number(self) }

    public init?(value: Value) {
        guard case .number(let number) = value else { return nil }
        self = number
    }
}

extension Int: ValueRepresentable {
    public static var typeText: String { "number" }
    /// The nearest number; beyond 2^53 not every integer has one.
    public var value: Value { .number(Double(self)) }

    public init?(value: Value) {
        guard case .number(let number) = value, let exact = Int(exactly: number) else {
            return nil
        }
        self = exact
    }
}

extension Bool: ValueRepresentable {
    public static var typeText: String { "bool" }
    public var value: Value { .bool(self) }

    public init?(value: Value) {
        guard case .bool(let flag) = value else { return nil }
        self = flag
    }
}

extension String: ValueRepresentable {
    public static var typeText: String { "string" }
    public var value: Value { .string(self) }

    public init?(value: Value) {
        guard case .string(let text) = value else { return nil }
        self = text
    }
}

extension Value: ValueRepresentable {
    public static var typeText: String { "T" }
    public var value: Value { self }
    public init?(value: Value) { self = value }
}

extension Array: ValueRepresentable where Element: ValueRepresentable {
    public static var typeText: String { "[\(Element.typeText)]" }

    public var value: Value {
        if let numbers = self as? [Double] { return .list(List(numbers)) }
        return .list(List(map(\.value)))
    }

    public init?(value: Value) {
        guard case .list(let list) = value else { return nil }
        var elements: [Element] = []
        elements.reserveCapacity(list.count)
        for item in list {
            guard let element = Element(value: item) else { return nil }
            elements.append(element)
        }
        self = elements
    }
}

extension Optional: ValueRepresentable where Wrapped: ValueRepresentable {
    public static var typeText: String { "\(Wrapped.typeText)?" }
    public var value: Value { map(\.value) ?? .null }

    public init?(value: Value) {
        if case .null = value {
            self = .none
            return
        }
        guard let wrapped = Wrapped(value: value) else { return nil }
        self = .some(wrapped)
    }
}
