#if Plugins
import CalcBurstFunctions

/// A condition on the operands that is looked at before the library is called.
///
/// ```
/// condition = side ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) side
/// side      = parameter | parameter ".len" | number
/// ```
struct Requirement: Hashable, Sendable {
    var left: Side
    var relation: Relation
    var right: Side
    private let text: String

    enum Side: Hashable, Sendable {
        case value(operand: Int)
        case count(operand: Int)
        case constant(Double)
    }

    enum Relation: String, CaseIterable, Hashable, Sendable {
        case equal = "=="
        case unequal = "!="
        case atMost = "<="
        case atLeast = ">="
        case below = "<"
        case above = ">"
    }

    init(_ text: String, _ signature: PluginSignature) throws(PluginError) {
        var reader = try NotationReader(text, refusal: .invalidManifest)
        left = try Self.side(&reader, signature)
        // The longer ones come first.
        guard let relation = Relation.allCases.first(where: { reader.take($0.rawValue) }) else {
            throw reader.refusal("one of == != < <= > >= is expected")
        }
        self.relation = relation
        right = try Self.side(&reader, signature)
        try reader.expectEnd()
        self.text = text
    }

    private static func side(
        _ reader: inout NotationReader,
        _ signature: PluginSignature
    ) throws(PluginError) -> Side {
        if let number = reader.number() { return .constant(number) }
        let name = try reader.expectWord("a parameter or a number")
        guard let operand = signature.parameters.firstIndex(where: { $0.name == name }) else {
            throw reader.refusal("the signature has no parameter '\(name)'; see before")
        }
        let type = signature.parameters[operand].passed
        if reader.take(".") {
            guard reader.word() == "len" else { throw reader.refusal("'.len' is expected before") }
            guard !type.isScalar else {
                throw reader.refusal("'\(name)' is no list and no text; see before")
            }
            return .count(operand: operand)
        }
        guard type == .f64 || type == .i64 else {
            throw reader.refusal("'\(name)' is no number; see before")
        }
        return .value(operand: operand)
    }

    /// Throws unless it holds; `operand` gives the operands.
    func check(_ operand: (Int) -> Value) throws(Fault) {
        let (a, b) = (number(left, operand), number(right, operand))
        let holds =
            switch relation {
            case .equal: a == b
            case .unequal: a != b
            case .atMost: a <= b
            case .atLeast: a >= b
            case .below: a < b
            case .above: a > b
            }
        if holds { return }
        if case (.count, .equal, .count) = (left, relation, right),
            let first = Int(exactly: a), let second = Int(exactly: b)
        {
            throw .lengthMismatch(first, second)
        }
        throw .domain("it needs \(text)")
    }

    private func number(_ side: Side, _ operand: (Int) -> Value) -> Double {
        switch side {
        case .constant(let number): number
        case .value(let position): operand(position).double
        case .count(let position):
            switch operand(position) {
            case .list(let list): Double(list.count)
            case .string(let text): Double(text.utf8.count)
            case .null, .bool, .number, .record: 0
            }
        }
    }
}
#endif
