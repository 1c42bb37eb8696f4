package import CalcBurstFunctions

/// Makes random programs that mostly check, the same ones for the same seed.
///
/// A program is made from the type that is wanted downwards: a call is chosen by what it gives, its
/// operands by what it takes. Calls come from the signatures of the library, so that a new function
/// is in the next program without a word here.
package struct ProgramGenerator {
    /// A text and the inputs that it may name.
    package struct Program {
        package let text: String
        package let inputs: [(name: String, type: ValueType, value: Value)]
    }

    /// Something that a text may name where it stands.
    struct Name {
        let text: String
        let type: ValueType
    }

    struct Declared {
        let name: String
        let parameters: [ValueType]
        let result: ValueType
    }

    var random: SeededRandom
    /// What a program may call.
    let library: [Function]
    /// Most lists have this length, so that most of them fit each other.
    var length = 3
    var names: [Name] = []
    var functions: [Declared] = []

    package init(library: [Function], seed: UInt64) {
        self.library = library
        random = SeededRandom(seed: seed)
    }

    package mutating func program() -> Program {
        length = random.below(4)
        names = []
        functions = []
        let inputs = inputs()
        for input in inputs { names.append(Name(text: input.name, type: input.type)) }
        var text = ""
        for statement in 0..<random.below(4) {
            if random.chance(2, in: 3) {
                let type = anyType()
                text += "let v\(statement) = \(expression(type, 3)); "
                names.append(Name(text: "v\(statement)", type: type))
            } else {
                text += function("f\(statement)")
            }
        }
        text += expression(anyType(), 2 + random.below(4))
        return Program(text: text, inputs: inputs)
    }

    /// A `fn` of some parameters, which later texts may call.
    private mutating func function(_ name: String) -> String {
        let parameters = (0...random.below(2)).map { _ in anyType() }
        let result = anyType()
        let saved = names
        for (position, type) in parameters.enumerated() {
            names.append(Name(text: "p\(position)", type: type))
        }
        let body = expression(result, 3)
        names = saved
        functions.append(Declared(name: name, parameters: parameters, result: result))
        let list = parameters.indices.map { "p\($0)" }.joined(separator: ", ")
        return "fn \(name)(\(list)) = \(body); "
    }

    // MARK: Types and inputs

    static let record = ValueType.record(
        RecordType([("a", .number), ("b", .bool), ("s", .string), ("xs", .list(.number))])
    )

    private static let types: [ValueType] = [
        .number, .number, .number, .number, .bool, .bool, .string, .list(.number), .list(.number),
        .list(.bool), .list(.string), .list(.list(.number)), .list(.list(.bool)), record,
        .list(record), .optional(.number), .list(.optional(.number)), .optional(.string),
    ]

    mutating func anyType() -> ValueType { random.element(of: Self.types) ?? .number }

    private mutating func inputs() -> [(name: String, type: ValueType, value: Value)] {
        let types: [(String, ValueType)] = [
            ("x", .number), ("y", .number), ("q", .bool), ("s", .string), ("xs", .list(.number)),
            ("ys", .list(.number)), ("qs", .list(.bool)), ("ws", .list(.string)),
            ("grid", .list(.list(.number))), ("r", Self.record), ("items", .list(Self.record)),
            ("maybe", .optional(.number)), ("holes", .list(.optional(.number))),
            ("word", .optional(.string)), ("mesh", .list(.list(.bool))),
        ]
        return types.map { (name: $0, type: $1, value: value(of: $1)) }
    }

    /// A value of a type.
    package mutating func value(of type: ValueType) -> Value {
        switch type {
        case .never, .null, .mixed: return .null
        case .bool: return .bool(random.chance(1, in: 2))
        case .number: return .number(number())
        case .string: return .string(random.element(of: Self.texts) ?? "")
        case .list(let element):
            return .list(List((0..<listLength()).map { _ in value(of: element) }))
        case .record(let record):
            let fields = record.fields.map { ($0.name, value(of: $0.type)) }
            return .record(Record(names: fields.map(\.0), values: fields.map(\.1)) ?? .empty)
        case .optional(let type): return random.chance(1, in: 3) ? .null : value(of: type)
        }
    }

    mutating func listLength() -> Int { random.chance(9, in: 10) ? length : random.below(5) }

    private static let texts = ["", "a", "ab", "b", "12", "-1.5e3", " x ", "ä€😀", "zz\n\"q\""]

    private mutating func number() -> Double {
        let sign = random.chance(1, in: 3) ? -1.0 : 1
        let special = [
            0, 0, 1, 1, 2, 3, 5, 10, 0.5, 0.1, 1.5, 2.675, 1e-5, 1e16, 9_007_199_254_740_992, 1e308,
            1.7976931348623157e308, 2.2250738585072014e-308, .leastNonzeroMagnitude, 170, 171, 709,
            710,
        ]
        if random.chance(1, in: 2) { return Double(1 + random.below(4)) }
        if random.chance(2, in: 3) { return sign * (random.element(of: special) ?? 0) }
        return sign * Double(random.next() >> 11) / 9_007_199_254_740_992 * 100
    }

    // MARK: Leaves

    /// The shortest text of a type: a name that is in sight, or a literal.
    mutating func leaf(_ type: ValueType) -> String {
        let known = names.filter { $0.type == type }
        if random.chance(3, in: 4), let name = random.element(of: known) { return name.text }
        switch type {
        case .never: return "[]"
        case .null, .mixed: return "null"
        case .bool: return random.chance(1, in: 2) ? "true" : "false"
        case .number: return numeral()
        case .string: return random.element(of: ["''", "'a'", "\"b\"", "'12'", "'ä😀'"]) ?? "''"
        case .list(let element):
            return "[" + (0..<listLength()).map { _ in leaf(element) }.joined(separator: ", ") + "]"
        case .record(let record):
            let fields = record.fields.map { "\($0.name): \(leaf($0.type))" }
            return "{" + fields.joined(separator: ", ") + "}"
        case .optional(let inner):
            return random.element(of: known)?.text ?? "if(q, null, \(leaf(inner)))"
        }
    }

    private mutating func numeral() -> String {
        let numerals = [
            "0", "1", "1", "1", "2", "2", "2", "3", "3", "4", "5", "7", "10", "0.5", "0.1", "2.5",
            "1e308", "1e-308",
            "5e-324", "100", "0x1F", "1e16", "9007199254740992", "pi", "1_000",
        ]
        return random.element(of: numerals) ?? "0"
    }
}
