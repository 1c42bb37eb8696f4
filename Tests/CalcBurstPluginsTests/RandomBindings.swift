#if Plugins
import CalcBurstFunctions
import CalcBurstTesting
import Foundation

@testable import CalcBurstPlugins

/// Writes functions as libraries have them: narrow integers, structures of 1 to 32 bytes, varargs,
/// results of every type, and answers through pointers.
struct RandomBindingWriter {
    var random: SeededRandom
    private(set) var structures: [(name: String, fields: [CType])] = []

    private struct Writing {
        var parameters: [String] = []
        var inC: [String] = []
        var arguments: [String] = []
        var body = RandomFunction.start
        var literals: [String] = []
        var operands: [Value] = []
    }

    private static let plain: [CType] = [
        .f64, .f32, .i8, .u8, .i16, .u16, .i32, .u32, .i64, .u64, .usize, .bool,
    ]

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        // Sizes from 1 to 32, with holes between fields and at the end.
        var fields: [[CType]] = [
            [.u8], [.bool], [.i8, .u8], [.u8, .i16], [.f32], [.f32, .f32], [.f32, .i32], [.f64],
            [.f64, .f64], [.i64, .f64], [.f64, .f64, .f64], [.f64, .f64, .f64, .f64],
            [.f32, .f32, .f32], [.f32, .f32, .f32, .f32], [.u8, .f64], [.i32, .f32, .i64, .u8],
        ]
        while fields.count < 40 {
            let many = (0..<(1 + random.below(6))).map { _ in random.pick(Self.plain) }
            if ForeignType.structure(many).size <= 32 { fields.append(many) }
        }
        structures = fields.enumerated().map { ("shape_\($0)", $1) }
    }

    /// The declarations of the structures in C, and as a manifest has them.
    var declarations: String {
        structures.map { name, fields in
            let list = fields.enumerated().map { "\($1.inC) f\($0);" }.joined(separator: " ")
            return "typedef struct { \(list) } \(name);"
        }.joined(separator: "\n")
    }

    var types: String {
        structures.map { name, fields in
            let list = fields.enumerated().map { "f\($0): \($1.rawValue)" }
            return "\"\(name)\": \"{ \(list.joined(separator: ", ")) }\""
        }.joined(separator: ", ")
    }

    /// An operand of a C type, and the same in C.
    private mutating func operand(_ type: CType) -> (Value, String) {
        switch type {
        case .bool:
            let flag = random.below(2) == 0
            return (.bool(flag), "\(flag)")
        case .f64, .f32:
            let number = Double(
                Float(random.pick([0, -1.5, 1e6, 0.25]) + Double(random.below(999)) / 8)
            )
            return (.number(number), RandomFunction.hex(number))
        default:
            let range = type.range
            let middle = range.lowerBound + Double(random.below(100))
            let number = random.pick([range.lowerBound, range.upperBound, 1, middle])
            return (.number(number), "(\(type.inC))\(Int(number))")
        }
    }

    private mutating func add(_ writing: inout Writing, _ name: String, _ type: CType) -> String {
        let (value, literal) = operand(type)
        let inSignature = type == .bool ? "bool" : type.isFloat ? "f64" : "i64"
        writing.parameters.append("\(name): \(inSignature)")
        writing.operands.append(value)
        return literal
    }

    mutating func function(_ index: Int) -> RandomFunction {
        var writing = Writing()
        for position in 0..<(1 + random.below(5)) {
            let name = "p\(position)"
            switch random.below(8) {
            case 0 where writing.parameters.count < 8: addStructure(&writing, name)
            case 1: addList(&writing, name)
            case 2: addText(&writing, name)
            default:
                let type = random.pick(Self.plain)
                writing.literals.append(add(&writing, name, type))
                writing.inC.append("\(type.inC) \(name)")
                writing.arguments.append("\(name):\(type.rawValue)")
                writing.body += " a = a * 0.75 + \(name);"
            }
        }
        if random.below(6) == 0 { addVarargs(&writing) }
        return finish(index, writing)
    }

    private mutating func addStructure(_ writing: inout Writing, _ name: String) {
        let (structure, fields) = random.pick(structures)
        var literals: [String] = []
        var parts: [String] = []
        for (position, field) in fields.enumerated() {
            literals.append(add(&writing, "\(name)_\(position)", field))
            parts.append("\(name)_\(position)")
            writing.body += " a = a * 0.75 + \(name).f\(position);"
        }
        writing.inC.append("\(structure) \(name)")
        writing.arguments.append("\(structure){\(parts.joined(separator: ", "))}")
        writing.literals.append("(\(structure)){\(literals.joined(separator: ", "))}")
    }

    private mutating func addList(_ writing: inout Writing, _ name: String) {
        let numbers = (0..<random.below(5)).map { _ in Double(random.below(1000)) - 500 }
        let isWhole = random.below(2) == 0
        let type = isWhole ? "long" : "double"
        writing.parameters.append("\(name): [\(isWhole ? "i64" : "f64")]")
        writing.operands.append(.list(List(numbers)))
        writing.inC += ["const \(type) *\(name)", "int \(name)_n"]
        writing.arguments += ["\(name).ptr", "\(name).len:i32"]
        let elements = numbers.map { "\(Int($0))" } + ["0"]
        writing.literals += [
            "(\(type)[]){\(elements.joined(separator: ", "))}", "\(numbers.count)",
        ]
        writing.body += " for (int i = 0; i < \(name)_n; i++) a = a * 0.5 + \(name)[i];"
    }

    private mutating func addText(_ writing: inout Writing, _ name: String) {
        let text = random.pick(["", "x", "some words"])
        writing.parameters.append("\(name): str")
        writing.operands.append(.string(text))
        writing.inC.append("const char *\(name)")
        writing.arguments.append(name)
        writing.literals.append("\"\(text)\"")
        writing.body += " a = a * 0.75 + strlen(\(name)) + \(name)[0];"
    }

    private mutating func addVarargs(_ writing: inout Writing) {
        if random.below(2) == 0 {
            let count = random.pick([0, 1, 3, 9, 20])
            let numbers = (0..<count).map { Double($0) * 1.25 - 3 }
            writing.parameters.append("rest: f64...")
            writing.operands.append(.list(List(numbers)))
            writing.inC += ["int n", "..."]
            writing.arguments += ["rest.len:i32", "...", "rest"]
            writing.literals += ["\(count)"] + numbers.map(RandomFunction.hex)
            writing.body +=
                " va_list v; va_start(v, n);"
                + " for (int i = 0; i < n; i++) a = a * 0.5 + va_arg(v, double); va_end(v);"
            return
        }
        writing.inC += ["int first", "..."]
        writing.arguments += ["7:i32", "..."]
        writing.literals.append("7")
        writing.body += " a += first; va_list v; va_start(v, first);"
        for position in 0..<(1 + random.below(12)) {
            let type = random.pick([CType.f64, .i32, .u32, .i64, .u64])
            guard writing.parameters.count < 16 else { break }
            writing.literals.append(add(&writing, "v\(position)", type))
            writing.arguments.append("v\(position):\(type.rawValue)")
            writing.body += " a = a * 0.75 + va_arg(v, \(type.inC));"
        }
        if writing.arguments.last == "..." { writing.arguments.append("1:i32") }
        writing.body += " va_end(v);"
    }

    // MARK: - Results

    /// A value of a type, small enough for it, made of `a`.
    private func value(_ type: CType) -> String {
        switch type {
        case .f64: "a"
        case .f32: "(float)fmod(a, 1000)"
        case .bool: "fmod(fabs(a), 2) > 1"
        case .u8, .u16, .u32, .u64, .usize: "(\(type.inC))fmod(fabs(a), 200)"
        default: "(\(type.inC))fmod(a, 100)"
        }
    }

    private mutating func finish(_ index: Int, _ writing: Writing) -> RandomFunction {
        var function = RandomFunction(name: "binding_\(index)")
        function.operands = writing.operands
        let parameters = writing.parameters.joined(separator: ", ")
        let (structure, fields) = random.pick(structures.filter { !$0.fields.contains(.bool) })
        let filled = fields.enumerated().map { "r.f\($0) = \(value($1));" }.joined(separator: " ")
        let shown = fields.indices.map { "printf(\"%a \", (double)r.f\($0));" }.joined()
        let scalar = random.pick(Self.plain)
        let simple = scalar == .bool ? "bool" : scalar.isFloat ? "f64" : "i64"

        let fieldName = "f\(random.below(fields.count))"
        var (result, type, give, show): (String, String, String, String)
        var kind = "[f64] !"
        switch random.below(6) {
        case 0, 1, 2:
            (result, type, kind) = (scalar.rawValue, scalar.inC, simple)
            (give, show) = ("r = \(value(scalar));", "printf(\"%a\", (double)r);")
        case 3, 4:
            (result, type, give, show) = (structure, structure, filled, shown)
        default:
            (result, type, kind) = ("\(structure).\(fieldName)", structure, "f64")
            (give, show) = (filled, "printf(\"%a\", (double)r.\(fieldName));")
        }
        var (inC, arguments, literals) = (writing.inC, writing.arguments, writing.literals)
        let list = { (parts: [String]) in parts.joined(separator: ", ") }
        if random.below(3) == 0 {
            // Through a pointer before everything else, as varargs must be last.
            inC.insert("\(type) *out", at: 0)
            arguments.insert("out \(result)", at: 0)
            literals.insert("&r", at: 0)
            let isStatus = random.below(2) == 0
            let end = isStatus ? "return 0;" : ""
            let before = "\(isStatus ? "int" : "void") \(function.name)(\(list(inC)))"
            function.definition =
                "\(before) { \(writing.body) \(type) r; \(give) *out = r; \(end) }"
            function.call = "\(isStatus ? "status" : "void") \(function.name)(\(list(arguments)))"
            function.signature = "(\(parameters)) -> \(kind)\(kind.hasSuffix("!") ? "" : " !")"
            function.print =
                "{ \(type) r; \(function.name)(\(list(literals))); \(show) puts(\"\"); }"
        } else {
            let before = "\(type) \(function.name)(\(list(inC)))"
            function.definition = "\(before) { \(writing.body) \(type) r; \(give) return r; }"
            function.call = "\(result) \(function.name)(\(list(arguments)))"
            function.signature = "(\(parameters)) -> \(kind)"
            function.print =
                "{ \(type) r = \(function.name)(\(list(literals))); \(show) puts(\"\"); }"
        }
        return function
    }
}
#endif
