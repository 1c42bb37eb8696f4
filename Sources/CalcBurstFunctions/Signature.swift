import Synchronization

/// What a function takes and gives, written as in `(list: [T], body: T -> number) -> number`.
///
/// The notation, for built-in, host and plugin functions alike:
///
/// ```
/// signature = "(" [ parameter { "," parameter } ] ")" "->" type
/// parameter = name ":" type [ "=" literal ]      a default: the operand may be left out
///           | name ":" type "..."                the last only: any number of them, also none
///           | name ":" type "->" type            a body, evaluated once for each element
/// type      = base [ "?" ]
/// base      = "number" | "bool" | "string" | "null"
///           | "[" type "]" | "{" name ":" type { "," name ":" type } "}"
///           | "A" … "Z"                          any type, the same wherever the letter stands
/// literal   = number | string in double quotes | "true" | "false" | "null"
/// ```
public struct Signature: Hashable, Sendable {
    public let parameters: [Parameter]
    public let result: Pattern

    public struct Parameter: Hashable, Sendable {
        public let name: String
        public let pattern: Pattern
        /// The value of an operand that is left out.
        public let defaultValue: Value?
        /// Whether any number of further operands may follow in this place.
        public let isVariadic: Bool
    }

    /// A type with letters for the parts that the operands decide.
    public indirect enum Pattern: Hashable, Sendable {
        case number
        case bool
        case string
        case null
        case variable(UInt8)
        case list(Pattern)
        case record([Field])
        case optional(Pattern)
        /// A body: the type of its element and the type of its result.
        case body(Pattern, Pattern)

        public struct Field: Hashable, Sendable {
            public let name: String
            public let pattern: Pattern
        }
    }

    /// The fewest operands.
    public var minimumCount: Int {
        parameters.count { $0.defaultValue == nil && !$0.isVariadic }
    }

    /// The most operands; nil if there is no such number.
    public var maximumCount: Int? {
        parameters.last?.isVariadic == true ? nil : parameters.count
    }

    /// Whether that many operands can be given.
    public func takes(count: Int) -> Bool {
        count >= minimumCount && (maximumCount.map { count <= $0 } ?? true)
    }

    /// The parameter of an operand; nil if there are too many operands.
    public func parameter(at position: Int) -> Parameter? {
        if position < parameters.count { return parameters[position] }
        guard let last = parameters.last, last.isVariadic else { return nil }
        return last
    }

    /// Parses the notation; nil if the text is not a signature.
    public init?(_ text: String) {
        var reader = SignatureReader(text)
        guard let signature = reader.signature() else { return nil }
        self = signature
    }

    package init(parameters: [Parameter], result: Pattern) {
        self.parameters = parameters
        self.result = result
    }
}

extension Signature.Pattern {
    /// The position of the parameter among the operands is a body's.
    package var isBody: Bool {
        if case .body = self { true } else { false }
    }

    /// How many lists are around the innermost pattern.
    package var listDepth: Int {
        var depth = 0
        var pattern = self
        while case .list(let element) = pattern {
            depth += 1
            pattern = element
        }
        return depth
    }
}

extension Signature.Pattern: CustomStringConvertible {
    public var description: String {
        switch self {
        case .number: "number"
        case .bool: "bool"
        case .string: "string"
        case .null: "null"
        case .variable(let letter): String(decoding: [letter], as: UTF8.self)
        case .list(let element): "[\(element)]"
        case .record(let fields):
            "{" + fields.map { "\($0.name): \($0.pattern)" }.joined(separator: ", ") + "}"
        case .optional(let pattern): "\(pattern)?"
        case .body(let element, let result): "\(element) -> \(result)"
        }
    }
}

/// A signature that is parsed when it is first asked for.
///
/// A program that evaluates one text needs few of the language's signatures, and starts sooner.
final class ParsedSignature: Sendable {
    private final class Result: Sendable {
        let signature: Signature?
        init(_ signature: Signature?) { self.signature = signature }
    }

    private let result = AtomicLazyReference<Result>()

    func signature(of text: String) -> Signature? {
        if let known = result.load() { return known.signature }
        return result.storeIfNil(Result(Signature(text))).signature
    }
}

/// Reads the notation of `Signature`; nil stands for anything that is not one.
private struct SignatureReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    mutating func signature() -> Signature? {
        guard take("(") else { return nil }
        var parameters: [Signature.Parameter] = []
        while !take(")") {
            guard parameters.isEmpty || take(",") else { return nil }
            guard parameters.last?.isVariadic != true, let next = parameter() else { return nil }
            // Once an operand may be left out, those after it may be too.
            if parameters.last?.defaultValue != nil, next.defaultValue == nil { return nil }
            parameters.append(next)
        }
        guard take("->"), let result = type(depth: 0), atEnd() else { return nil }
        return Signature(parameters: parameters, result: result)
    }

    private mutating func parameter() -> Signature.Parameter? {
        guard let name = word(), take(":"), var pattern = type(depth: 0) else { return nil }
        if take("->") {
            guard let result = type(depth: 0) else { return nil }
            pattern = .body(pattern, result)
        }
        let isVariadic = take("...")
        var defaultValue: Value?
        if !isVariadic, take("=") {
            guard let value = literal() else { return nil }
            defaultValue = value
        }
        return Signature.Parameter(
            name: name,
            pattern: pattern,
            defaultValue: defaultValue,
            isVariadic: isVariadic
        )
    }

    private mutating func type(depth: Int) -> Signature.Pattern? {
        guard depth < 8, let base = base(depth: depth) else { return nil }
        return take("?") ? .optional(base) : base
    }

    private mutating func base(depth: Int) -> Signature.Pattern? {
        if take("[") {
            guard let element = type(depth: depth + 1), take("]") else { return nil }
            return .list(element)
        }
        if take("{") {
            var fields: [Signature.Pattern.Field] = []
            repeat {
                guard let name = word(), take(":"), let pattern = type(depth: depth + 1) else {
                    return nil
                }
                fields.append(.init(name: name, pattern: pattern))
            } while take(",")
            return take("}") ? .record(fields) : nil
        }
        switch word() {
        case "number": return .number
        case "bool": return .bool
        case "string": return .string
        case "null": return .null
        case .some(let name):
            guard name.utf8.count == 1, let letter = name.utf8.first,
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter)
            else { return nil }
            return .variable(letter)
        case nil: return nil
        }
    }

    private mutating func literal() -> Value? {
        if take("\"") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            let text = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            return text.map(Value.string)
        }
        skipSpaces()
        let text = rest.prefix { byte in
            byte != UInt8(ascii: ",") && byte != UInt8(ascii: ")") && byte != UInt8(ascii: " ")
        }
        rest = rest.dropFirst(text.count)
        switch String(text) {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case .some(let digits):
            guard let number = Double(digits), number.isFinite else { return nil }
            return .number(number)
        case nil: return nil
        }
    }

    private mutating func word() -> String? {
        skipSpaces()
        let word = rest.prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        rest = rest.dropFirst(word.count)
        return word.isEmpty ? nil : String(word)
    }

    private mutating func take(_ symbol: String) -> Bool {
        skipSpaces()
        guard rest.starts(with: symbol.utf8) else { return false }
        rest = rest.dropFirst(symbol.utf8.count)
        return true
    }

    private mutating func atEnd() -> Bool {
        skipSpaces()
        return rest.isEmpty
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == UInt8(ascii: " ") }
    }
}
