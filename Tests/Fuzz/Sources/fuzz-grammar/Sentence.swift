import CalcBurst

/// A variable of the sentences; its type is known by its name.
enum Variable: CaseIterable {
    case x, y, truth, word, numbers, records

    var name: String { "\(self)" }
}

/// An expression in which variables are still open.
struct Template {
    enum Part {
        case text(String)
        case variable(Variable)
    }

    var parts: [Part]

    func text(_ spelling: (Variable) -> String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .variable(let variable): spelling(variable)
            }
        }
        .joined()
    }
}

extension Template: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { parts = [.text(value)] }
    init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

    struct Interpolation: StringInterpolationProtocol {
        var parts: [Part] = []
        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { parts.append(.text(literal)) }
        mutating func appendInterpolation(_ template: Template) { parts += template.parts }
        mutating func appendInterpolation(_ text: String) { parts.append(.text(text)) }
        mutating func appendInterpolation(_ variable: Variable) {
            parts.append(.variable(variable))
        }
    }
}

/// Bytes read as choices in a small typed grammar.
///
/// When the bytes are used up every choice is the first, which is always a leaf.
struct Sentence {
    private var bytes: [UInt8]
    private var position = 0
    private var budget = 60

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = Array(bytes) }

    /// The values of the variables.
    mutating func values() -> [(variable: Variable, value: Value)] {
        let numbers = (0..<Int(choice(4))).map { _ in Value.number(constant()) }
        let records = (0..<Int(choice(3))).map { _ -> Value in
            ["price": .number(constant()), "qty": .number(constant())]
        }
        return [
            (.x, .number(constant())),
            (.y, .number(constant())),
            (.truth, .bool(choice(2) == 1)),
            (.word, .string(["", "a", "Zoë", "b\"c\\\n", "é"][choice(5)])),
            (.numbers, .list(List(numbers.isEmpty ? [.number(1)] : numbers))),
            (.records, .list(List(records.isEmpty ? [["price": 2, "qty": 3]] : records))),
        ]
    }

    /// An expression of any type.
    mutating func expression() -> Template {
        switch choice(5) {
        case 0, 1: number()
        case 2: bool()
        case 3: list()
        default: string()
        }
    }

    private static let constants: [Double] = [
        0, 1, 2, -1, 0.5, 10, 3, 0.1, -2.5, 100, 1e-9, 1e9, 1e308, -1e308, 1e-308, 2.5e-308, 0.7,
        -0.0,
        9_007_199_254_740_991, 1e15, 1e16, 710, -745, 1.5707963267948966, 171, 2.675, -7, 64,
    ]
    private static let binary = ["+", "-", "*", "/", "%", "^", "**"]
    private static let comparison = ["<", "<=", ">", ">=", "==", "!="]
    private static let unary = [
        "abs", "sqrt", "floor", "ceil", "trunc", "sign", "exp", "ln", "sin", "cos", "tan", "atan",
        "tanh",
        "log2", "log10", "cbrt", "asin", "expm1", "log1p", "round", "frac", "fact",
    ]
    private static let double = [
        "min", "max", "hypot", "atan2", "div", "rem", "add", "subtract", "multiply", "divide",
        "power", "modulo", "gcd", "root",
    ]
    private static let reduction = ["sum", "product", "min", "max", "mean", "len", "first", "last"]

    private mutating func number() -> Template {
        guard spend() else { return "\(Variable.x)" }
        switch choice(16) {
        case 0: return "\(Variable.x)"
        case 1: return "\(Variable.y)"
        case 2: return numeral()
        case 3, 4, 5: return "(\(number()) \(one(Self.binary)) \(number()))"
        case 6: return "(-\(number()))"
        case 7, 8: return "\(one(Self.unary))(\(number()))"
        case 9: return "\(one(Self.double))(\(number()), \(number()))"
        case 10: return "(\(bool()) ? \(number()) : \(number()))"
        case 11: return "if(\(bool()), \(number()), \(number()))"
        case 12: return "\(one(Self.reduction))(\(list()))"
        case 13: return "\(list())[\(number())]"
        case 14: return "try(\(number()), \(number()))"
        default: return "sum(\(Variable.records), it.price * it.qty + \(numeral()))"
        }
    }

    private mutating func bool() -> Template {
        guard spend() else { return "\(Variable.truth)" }
        switch choice(8) {
        case 0: return "\(Variable.truth)"
        case 1, 2: return "(\(number()) \(one(Self.comparison)) \(number()))"
        case 3: return "(\(bool()) and \(bool()))"
        case 4: return "(\(bool()) or \(bool()))"
        case 5: return "(not \(bool()))"
        case 6: return "any(\(list()) > \(number()))"
        default: return "(\(string()) \(one(Self.comparison)) \(string()))"
        }
    }

    private mutating func list() -> Template {
        guard spend() else { return "\(Variable.numbers)" }
        switch choice(8) {
        case 0: return "\(Variable.numbers)"
        case 1: return "[\(number())]"
        case 2: return "[\(number()), \(number())]"
        case 3: return "(\(list()) \(one(Self.binary)) \(number()))"
        case 4: return "(\(list()) \(one(Self.binary)) \(list()))"
        case 5: return "map(\(list()), it \(one(Self.binary)) \(number()))"
        case 6: return "filter(\(list()), it > \(numeral()))"
        default: return "\(Variable.records).price"
        }
    }

    private mutating func string() -> Template {
        guard spend() else { return "\(Variable.word)" }
        switch choice(3) {
        case 0: return "\(Variable.word)"
        case 1: return "'b'"
        default: return "(\(bool()) ? \(string()) : \(string()))"
        }
    }

    private mutating func numeral() -> Template {
        let value = constant()
        return Template(parts: [.text(value.sign == .minus ? "(\(value))" : "\(value)")])
    }

    private mutating func constant() -> Double { Self.constants[choice(Self.constants.count)] }

    private mutating func one(_ texts: [String]) -> String { texts[choice(texts.count)] }

    /// A number below `count`, from the next byte; 0 when there is none.
    private mutating func choice(_ count: Int) -> Int {
        guard position < bytes.count else { return 0 }
        defer { position += 1 }
        return Int(bytes[position]) % count
    }

    /// Whether the sentence may still grow.
    private mutating func spend() -> Bool {
        guard budget > 0, position < bytes.count else { return false }
        budget -= 1
        return true
    }
}
