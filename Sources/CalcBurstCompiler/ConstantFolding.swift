import CalcBurstFunctions
import CalcBurstSource

/// Works out what is known before the program runs; one rewrite, the model for others.
///
/// What may fail is left as it is: `1 / 0` stays a division, for it may never be reached. A folded
/// node keeps the fuel of what it replaces, so that no rewrite changes what a run costs.
package enum ConstantFolding {
    package static func fold(_ expression: CheckedExpression) -> CheckedExpression {
        var folded = expression
        // Children stand before parents, so one pass from the front sees folded operands.
        for position in folded.nodes.indices {
            fold(CheckedExpression.ID(position), in: &folded)
        }
        return folded
    }

    private static func fold(_ id: CheckedExpression.ID, in expression: inout CheckedExpression) {
        let node = expression[id]
        let children = Array(expression.children(of: id))
        switch node.kind {
        case .call(let call):
            guard !call.isLifted, call.overload.isScalar, !call.overload.marks.contains(.impure),
                let values = constants(children, expression),
                values.allSatisfy({ ValueType(of: $0).isScalar }),
                let result = evaluate(call.overload, values)
            else { return }
            replace(id, by: result, children, in: &expression)
        case .list:
            guard let values = constants(children, expression) else { return }
            replace(id, by: .list(List(values)), children, in: &expression)
        case .record(let names):
            guard let values = constants(children, expression),
                let record = Record(names: names, values: values)
            else { return }
            replace(id, by: .record(record), children, in: &expression)
        case .and, .or:
            guard case .constant(.bool(let left))? = children.first.map({ expression[$0].kind })
            else { return }
            let isDecided =
                switch node.kind {
                case .and: !left
                case _: left
                }
            if isDecided {
                replace(id, by: .bool(left), [children[0]], in: &expression)
            } else {
                keep(1, of: id, paying: children[0], in: &expression)
            }
        case .conditional:
            guard
                case .constant(.bool(let condition))? = children.first.map({
                    expression[$0].kind
                })
            else { return }
            keep(condition ? 1 : 2, of: id, paying: children[0], in: &expression)
        case .attempt:
            guard let value = children.first, case .constant = expression[value].kind else {
                return
            }
            keep(0, of: id, paying: nil, in: &expression)
        case .constant, .input, .variable, .invoke, .coalesce, .maskedConditional, .maskedAnd,
            .maskedOr, .maskedCoalesce, .field, .index, .slice, .filter, .position, .map, .capture,
            .sequence, .widen, .segment:
            return
        }
    }

    private static func constants(
        _ children: [CheckedExpression.ID],
        _ expression: CheckedExpression
    ) -> [Value]? {
        var values: [Value] = []
        for child in children {
            guard case .constant(let value) = expression[child].kind else { return nil }
            values.append(value)
        }
        return values
    }

    private static func evaluate(_ overload: Overload, _ values: [Value]) -> Value? {
        // A scalar implementation takes no fuel of its own.
        var meter = Meter(limits: RunLimits())
        return try? overload.call(values, &meter)
    }

    private static func replace(
        _ id: CheckedExpression.ID,
        by value: Value,
        _ children: [CheckedExpression.ID],
        in expression: inout CheckedExpression
    ) {
        var cost = expression[id].cost
        for child in children { cost = cost.addingClamped(expression[child].cost) }
        expression.nodes[Int(id)].kind = .constant(value)
        expression.nodes[Int(id)].cost = cost
        expression.nodes[Int(id)].childCount = 0
    }

    /// Leaves one child of a choice, in a segment of its own; the choice pays for what decided it.
    private static func keep(
        _ position: Int32,
        of id: CheckedExpression.ID,
        paying condition: CheckedExpression.ID?,
        in expression: inout CheckedExpression
    ) {
        let paid = condition.map { expression[$0].cost } ?? 0
        expression.nodes[Int(id)].kind = .segment
        expression.nodes[Int(id)].cost = expression[id].cost.addingClamped(paid)
        expression.nodes[Int(id)].firstChild += position
        expression.nodes[Int(id)].childCount = 1
    }
}

extension Int32 {
    fileprivate func addingClamped(_ other: Int32) -> Int32 {
        Int32(clamping: Int(self) + Int(other))
    }
}
