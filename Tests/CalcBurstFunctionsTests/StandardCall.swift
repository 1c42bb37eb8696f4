import CalcBurstFunctions

/// A call whose operands are literals, read and made without the parser and the machine, which
/// stand on floors above.
struct StandardCall {
    let function: Function
    let operands: [Value]

    /// Nil if the text is anything but a call of a standard function on literals.
    init?(_ text: String) {
        var reader = LiteralReader(text)
        guard let name = reader.word(), let function = FunctionLibrary.standard[name],
            reader.take("(")
        else { return nil }
        var operands: [Value] = []
        while !reader.take(")") {
            guard operands.isEmpty || reader.take(","), let value = reader.value() else {
                return nil
            }
            operands.append(value)
        }
        guard reader.isAtEnd else { return nil }
        self.function = function
        self.operands = operands
    }

    /// What the call gives; nil if no overload takes the operands or it is a form.
    func answer(_ meter: inout Meter) throws(Fault) -> Value? {
        let types = operands.map(ValueType.init(of:))
        guard let resolution = function.resolve(types, literals: operands) else { return nil }
        if case .form = resolution.overload.implementation { return nil }
        if case .fold = resolution.overload.implementation, operands.count > 2 {
            var result = operands[0]
            for operand in operands.dropFirst() {
                result = try Self.lift(resolution.overload, [result, operand], [0, 0], &meter)
            }
            return result
        }
        let parameters = resolution.overload.signature?.parameters ?? []
        let defaults = parameters.dropFirst(operands.count).compactMap(\.defaultValue)
        let excess = resolution.excess + defaults.map { _ in 0 }
        return try Self.lift(resolution.overload, operands + defaults, excess, &meter)
    }

    private static func lift(
        _ overload: Overload,
        _ operands: [Value],
        _ excess: [Int],
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard let deepest = excess.max(), deepest > 0 else {
            return try overload.call(operands, &meter)
        }
        let lists = zip(operands, excess).filter { $0.1 == deepest }.map(\.0.elements)
        guard let count = lists.first?.count else { return .null }
        var results: [Value] = []
        for index in 0..<count {
            let lane = zip(operands, excess).map { $1 == deepest ? $0.elements[index] : $0 }
            let rest = excess.map { $0 == deepest ? $0 - 1 : $0 }
            results.append(try lift(overload, lane, rest, &meter))
        }
        return .list(List(results))
    }
}

/// Reads the literals of the language, as far as examples and oracles need them.
struct LiteralReader {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) { rest = Substring(text).unicodeScalars }

    /// The value of a text that is one literal; nil if it is not.
    static func value(_ text: String) -> Value? {
        var reader = LiteralReader(text)
        guard let value = reader.value(), reader.isAtEnd else { return nil }
        return value
    }

    var isAtEnd: Bool {
        mutating get {
            skipSpaces()
            return rest.isEmpty
        }
    }

    mutating func take(_ symbol: Unicode.Scalar) -> Bool {
        skipSpaces()
        guard rest.first == symbol else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func word() -> String? {
        skipSpaces()
        let word = rest.prefix {
            $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0)
        }
        rest = rest.dropFirst(word.count)
        return word.isEmpty ? nil : String(word)
    }

    mutating func value() -> Value? {
        if take("'") {
            var text = String.UnicodeScalarView()
            while let scalar = rest.popFirst() {
                if scalar == "'" { return .string(String(text)) }
                text.append(scalar)
            }
            return nil
        }
        if take("[") {
            var elements: [Value] = []
            while !take("]") {
                guard elements.isEmpty || take(","), let element = value() else { return nil }
                elements.append(element)
            }
            return .list(List(elements))
        }
        if take("{") {
            var names: [String] = []
            var values: [Value] = []
            while !take("}") {
                guard names.isEmpty || take(","), let name = word(), take(":"),
                    let value = value()
                else { return nil }
                names.append(name)
                values.append(value)
            }
            return Record(names: names, values: values).map(Value.record)
        }
        skipSpaces()
        let start = rest
        switch word() {
        case "true": return true
        case "false": return false
        case "null": return .some(.null)
        case _: rest = start
        }
        let numeral = rest.prefix { "0123456789.eE+-".unicodeScalars.contains($0) }
        rest = rest.dropFirst(numeral.count)
        return Double(String(numeral)).map(Value.number)
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == " " }
    }
}

extension Fault {
    /// The name of the case, as the oracle writes it.
    var caseName: String {
        switch self {
        case .divisionByZero: "divisionByZero"
        case .domain: "domain"
        case .overflow: "overflow"
        case .nonFiniteResult: "nonFiniteResult"
        case .indexOutOfRange: "indexOutOfRange"
        case .emptyList: "emptyList"
        case .lengthMismatch: "lengthMismatch"
        case .invalidNumber: "invalidNumber"
        case .noConvergence: "noConvergence"
        case .inElement(_, let fault): fault.caseName
        case .limit: "limit"
        case .pluginFailed: "pluginFailed"
        case .cancelled: "cancelled"
        }
    }
}

extension Value {
    /// Whether every number in the value has the same bits, or lies within a relative tolerance.
    func agrees(with other: Value, within tolerance: Double?) -> Bool {
        switch (self, other) {
        case (.number(let a), .number(let b)):
            guard let tolerance else { return a.bitPattern == b.bitPattern }
            return (a - b).magnitude <= tolerance * max(a.magnitude, b.magnitude)
        case (.list(let a), .list(let b)):
            return a.count == b.count
                && zip(a, b).allSatisfy { $0.agrees(with: $1, within: tolerance) }
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _), (.record, _):
            return self == other
        }
    }

    /// Whether every number in the value is finite.
    var isFinite: Bool {
        switch self {
        case .null, .bool, .string: true
        case .number(let number): number.isFinite
        case .list(let list): list.allSatisfy(\.isFinite)
        case .record(let record): record.values.allSatisfy(\.isFinite)
        }
    }
}
