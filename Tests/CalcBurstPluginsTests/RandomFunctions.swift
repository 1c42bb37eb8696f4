#if Plugins
import CalcBurstFunctions
import CalcBurstTesting
import Foundation

@testable import CalcBurstPlugins

extension SeededRandom {
    mutating func pick<T>(_ all: [T]) -> T { all[below(all.count)] }
}

/// A random C function, how the language and C call it with the same operands, and how C prints
/// what it gives: numbers in hexadecimal, one line a call.
struct RandomFunction {
    var name: String
    var signature = ""
    /// The call of a manifest; empty for a native function.
    var call = ""
    var definition = ""
    var operands: [Value] = []
    /// A statement of C's `main`.
    var print = ""

    /// The start of a body: everything that comes in goes into `a`.
    static let start = "double a = 1.5;"

    static func hex(_ number: Double) -> String { String(format: "%a", number) }
}

/// Writes native functions: every parameter type and result of the C header.
struct NativeFunctionWriter {
    var random: SeededRandom

    private struct Writing {
        var parameters: [String] = []
        var inC: [String] = []
        var body = RandomFunction.start
        var literals: [String] = []
        var operands: [Value] = []
    }

    mutating func number() -> Double {
        random.pick([0, -1.5, 0.1, 1e6, -123.456]) + Double(random.below(1000)) / 7
    }

    mutating func whole() -> Int {
        let largest = 1 << 53
        return random.pick([0, -1, largest, -largest, random.below(largest), 255, -256])
    }

    mutating func function(_ index: Int) -> RandomFunction {
        var writing = Writing()
        let count = random.below(7)
        for position in 0..<count { add(&writing, "p\(position)", isLast: position == count - 1) }
        let result = random.pick(PluginType.allCases)
        let mayFail = !result.isScalar || random.below(2) == 0
        return finish(index, writing, result, mayFail: mayFail)
    }

    private mutating func add(_ writing: inout Writing, _ name: String, isLast: Bool) {
        let type = random.pick(PluginType.allCases)
        switch type {
        case .f64:
            let x = number()
            scalar(&writing, name, "f64", "double", .number(x), RandomFunction.hex(x), name)
        case .i64:
            let n = whole()
            let value = "(double)(\(name) % 1000003)"
            scalar(&writing, name, "i64", "int64_t", .number(Double(n)), "INT64_C(\(n))", value)
        case .bool:
            let flag = random.below(2) == 0
            let value = "(\(name) ? 3.5 : 0.25)"
            scalar(&writing, name, "bool", "bool", .bool(flag), "\(flag)", value)
        case .complex:
            let (re, im) = (number(), number())
            let literal = "(cb_c128){\(RandomFunction.hex(re)), \(RandomFunction.hex(im))}"
            let value: Value = ["re": .number(re), "im": .number(im)]
            scalar(&writing, name, "c128", "cb_c128", value, literal, "\(name).re - \(name).im * 2")
        case .string:
            let text = random.pick(["", "a", "plain text", "h\u{e9}\u{1F600}", "a\0b"])
            let bytes = text.utf8.map { String(format: "\\%03o", $0) }.joined()
            many(&writing, name, "str", "char", .string(text), "\"\(bytes)\"", text.utf8.count)
            writing.body += " a += (unsigned char)\(name)[\(name)_n];"
        case .numbers, .integers:
            let isWhole = type == .integers
            let numbers = (0..<random.pick([0, 1, 2, 17])).map { _ in
                isWhole ? Double(whole()) : number()
            }
            let ctype = isWhole ? "int64_t" : "double"
            let elements = numbers.map { isWhole ? "INT64_C(\(Int($0)))" : RandomFunction.hex($0) }
            let literal = "(\(ctype)[]){\((elements + ["0"]).joined(separator: ", "))}"
            let isVariadic = isLast && random.below(2) == 0
            let base = isWhole ? "i64" : "f64"
            let notation = isVariadic ? "\(base)..." : "[\(base)]"
            let value = Value.list(List(numbers))
            many(&writing, name, notation, ctype, value, literal, numbers.count)
        }
    }

    private func scalar(
        _ writing: inout Writing,
        _ name: String,
        _ type: String,
        _ inC: String,
        _ operand: Value,
        _ literal: String,
        _ value: String
    ) {
        writing.parameters.append("\(name): \(type)")
        writing.inC.append("\(inC) \(name)")
        writing.operands.append(operand)
        writing.literals.append(literal)
        writing.body += " a = a * 0.75 + \(value);"
    }

    private func many(
        _ writing: inout Writing,
        _ name: String,
        _ type: String,
        _ inC: String,
        _ operand: Value,
        _ literal: String,
        _ count: Int
    ) {
        writing.parameters.append("\(name): \(type)")
        writing.inC += ["const \(inC) *\(name)", "size_t \(name)_n"]
        writing.operands.append(operand)
        writing.literals += [literal, "\(count)"]
        writing.body +=
            " for (size_t i = 0; i < \(name)_n; i++)"
            + " a = a * 0.5 + (double)(\(name)[i] \(inC == "int64_t" ? "% 1000003" : "* 1"));"
    }

    private func finish(
        _ index: Int,
        _ writing: Writing,
        _ result: PluginType,
        mayFail: Bool
    ) -> RandomFunction {
        let name = "native_\(index)"
        var function = RandomFunction(name: name)
        let list = writing.parameters.joined(separator: ", ")
        function.signature = "(\(list)) -> \(result.rawValue)\(mayFail ? " !" : "")"
        function.operands = writing.operands
        let (type, value, show): (String, String, String) =
            switch result {
            case .f64: ("double", "a", "printf(\"%a\\n\", r);")
            case .i64:
                ("int64_t", "(int64_t)fmod(a * 16, 1e15)", "printf(\"%a\\n\", (double)r);")
            case .bool: ("bool", "fmod(fabs(a), 2) > 1", "printf(\"%a\\n\", (double)r);")
            case .complex:
                ("cb_c128", "(cb_c128){a, a * -0.5}", "printf(\"%a %a\\n\", r.re, r.im);")
            case .string:
                ("", "char t[64]; host->set_string(c, t, sprintf(t, \"%a\", a));", "show_text();")
            case .numbers:
                (
                    "", "double *o = host->set_array(c, 2); o[0] = a; o[1] = a / 3;",
                    "show_numbers();"
                )
            case .integers:
                (
                    "", "int64_t *o = host->set_array(c, 2); o[0] = -7; o[1] = fmod(a, 1e6);",
                    "show_wholes();"
                )
            }
        guard mayFail else {
            let inC = writing.inC.isEmpty ? "void" : writing.inC.joined(separator: ", ")
            function.definition = "\(type) \(name)(\(inC)) { \(writing.body) return \(value); }"
            let call = "\(name)(\(writing.literals.joined(separator: ", ")))"
            function.print = "{ \(type) r = \(call); \(show) }"
            return function
        }
        var inC = ["cb_call *c"] + writing.inC
        var literals = ["0"] + writing.literals
        if result.isScalar {
            inC.append("\(type) *out")
            literals.append("&r")
        }
        let give = result.isScalar ? "*out = \(value);" : value
        let shape = inC.joined(separator: ", ")
        function.definition = "cb_status \(name)(\(shape)) { \(writing.body) \(give) return 0; }"
        let call = "\(name)(\(literals.joined(separator: ", ")));"
        function.print = "{ \(result.isScalar ? "\(type) r; " : "")\(call) \(show) }"
        return function
    }
}
#endif
