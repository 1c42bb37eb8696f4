import CalcBurstFunctions

/// Finds the parts of an expression that have the same value wherever they stand.
///
/// Two nodes with one number are the same pure scalar function of the same operands. The nodes stay
/// apart, since each has its own place; the code generator keeps the value of the first.
struct ValueNumbering {
    /// The number of each node; negative for a node that is not numbered.
    private(set) var numbers: [Int32]
    /// How many nodes ask for a number's value.
    private(set) var uses: [Int32] = []

    /// What makes two nodes the same.
    private enum Key: Hashable {
        case constant(UInt64, Bool)
        case input(Int)
        case variable(Int)
        case call(String, String, [Int32])
    }

    init(_ expression: CheckedExpression) {
        numbers = Array(repeating: -1, count: expression.nodes.count)
        var known: [Key: Int32] = [:]
        for position in expression.nodes.indices {
            let id = CheckedExpression.ID(position)
            guard let key = key(of: id, in: expression) else { continue }
            if let number = known[key] {
                numbers[position] = number
                uses[Int(number)] += 1
                // Its operands are not evaluated another time.
                for child in expression.children(of: id) { uses[Int(numbers[Int(child)])] -= 1 }
            } else {
                let number = Int32(uses.count)
                known[key] = number
                numbers[position] = number
                uses.append(1)
            }
        }
    }

    private func key(of id: CheckedExpression.ID, in expression: CheckedExpression) -> Key? {
        let node = expression[id]
        guard node.type.isScalar else { return nil }
        switch node.kind {
        case .constant(let value):
            return .constant(value.slot.bitPattern, node.type == .bool)
        case .input(let slot):
            return .input(slot)
        case .variable(let variable):
            return .variable(variable)
        case .call(let call):
            guard !call.isLifted, call.overload.isScalar, !call.overload.marks.contains(.impure)
            else { return nil }
            var operands: [Int32] = []
            for child in expression.children(of: id) {
                guard numbers[Int(child)] >= 0 else { return nil }
                operands.append(numbers[Int(child)])
            }
            return .call(call.function, call.overload.signatureText, operands)
        case .invoke, .conditional, .and, .or, .coalesce, .attempt, .maskedConditional,
            .maskedAnd, .maskedOr, .maskedCoalesce, .field, .index, .slice, .filter, .position,
            .list, .record, .map, .capture, .sequence, .widen, .segment:
            return nil
        }
    }
}
