import CalcBurstFunctions
import CalcBurstMachine

/// Calls of numbers and truth values: the accumulator, the frame, and nothing else.
extension CodeGenerator {
    /// Whether a call has instructions alone: its operands and its result are plain slots.
    func isScalarCall(_ call: CheckedExpression.Call, _ children: [ID]) -> Bool {
        guard !call.isLifted, children.allSatisfy({ expression[$0].type.isScalar }) else {
            return false
        }
        if call.overload.isScalar { return true }
        // Truth values compare like numbers.
        return ["equal", "not_equal"].contains(call.function)
    }

    /// The slot in which the value of a node already stands.
    private func slot(of id: ID) -> Int? {
        switch expression[id].kind {
        case .input(let slot): return slot
        case .variable(let variable): return variableSlots[variable]
        case .constant(let value): return constantSlots[value.slot.bitPattern]
        case .call:
            guard let number = numbering?.numbers[Int(id)], number >= 0 else { return nil }
            return kept[number]
        case .invoke, .conditional, .and, .or, .coalesce, .attempt, .maskedConditional,
            .maskedAnd, .maskedOr, .maskedCoalesce, .field, .index, .slice, .filter, .position,
            .list, .record, .map, .capture, .sequence, .widen, .segment:
            return nil
        }
    }

    /// As `slot(of:)`, and gives a constant its slot.
    private mutating func operandSlot(_ id: ID) -> Int? {
        if case .constant(let value) = expression[id].kind { return constant(value.slot) }
        return slot(of: id)
    }

    /// Whether the value of a node is asked for again further on.
    func isUsedAgain(_ id: ID) -> Bool {
        guard let numbering, numbering.numbers[Int(id)] >= 0 else { return false }
        return numbering.uses[Int(numbering.numbers[Int(id)])] > 1
    }

    mutating func scalarCall(_ id: ID, _ call: CheckedExpression.Call, _ children: [ID]) {
        switch children.count {
        case 1: unary(id, call, children[0])
        case 2: binary(id, call, children[0], children[1])
        case _: severalOperands(id, call, children)
        }
    }

    private mutating func unary(_ id: ID, _ call: CheckedExpression.Call, _ operand: ID) {
        if call.function == "plus" {
            schedule([.node(operand, into: nil, mask: nil)])
            return
        }
        var next: [Step] = [.node(operand, into: nil, mask: nil)]
        if let opcode = InstructionSelection.unary[call.function] {
            next.append(.emit(opcode, a: 0, b: 0, of: id))
        } else {
            calls.append(call.overload.implementation)
            next.append(.call(.call1, calls.count - 1, a: 0, of: id))
        }
        schedule(next)
    }

    private mutating func binary(
        _ id: ID,
        _ call: CheckedExpression.Call,
        _ left: ID,
        _ right: ID
    ) {
        if call.function == "power", case .constant(.number(2)) = expression[right].kind {
            schedule([.node(left, into: nil, mask: nil), .emit(.square, a: 0, b: 0, of: id)])
            return
        }
        guard let first = operandSlot(left) else {
            schedule([.node(left, into: nil, mask: nil), .afterFirst(id)])
            return
        }
        guard let second = operandSlot(right) else {
            schedule([.node(right, into: nil, mask: nil)] + slotAccumulator(id, call, first))
            return
        }
        let selection = InstructionSelection.binary[call.function]
        if let selection, let opcode = selection.slots {
            let swapped = selection.slotsAreSwapped
            emit(opcode, swapped ? second : first, swapped ? first : second, of: id)
        } else if let selection {
            emit(.load, first, 0, of: left)
            emit(selection.accumulatorSlot, second, 0, of: id)
        } else {
            emit(.load, second, 0, of: right)
            schedule(slotAccumulator(id, call, first))
        }
    }

    /// The first operand is in the accumulator; the second is in a slot or is still to come.
    mutating func afterFirst(_ id: ID) {
        guard case .call(let call) = expression[id].kind else { return }
        let children = Array(expression.children(of: id))
        let right = children[1]
        if let selection = InstructionSelection.binary[call.function],
            let second = operandSlot(right)
        {
            emit(selection.accumulatorSlot, second, 0, of: id)
            return
        }
        // A kept value is already in a slot of its own.
        if let first = slot(of: children[0]) {
            schedule([.node(right, into: nil, mask: nil)] + slotAccumulator(id, call, first))
            return
        }
        let first = temporary()
        emit(.store, first, 0, of: children[0])
        schedule(
            [.node(right, into: nil, mask: nil)] + slotAccumulator(id, call, first) + [
                .releaseSlot(first)
            ]
        )
    }

    private mutating func slotAccumulator(
        _ id: ID,
        _ call: CheckedExpression.Call,
        _ first: Int
    ) -> [Step] {
        if let selection = InstructionSelection.binary[call.function] {
            return [.emit(selection.slotAccumulator, a: first, b: 0, of: id)]
        }
        calls.append(call.overload.implementation)
        return [.call(.call2, calls.count - 1, a: first, of: id)]
    }

    /// A call of three or five: all but the last stand side by side, which fresh temporaries do.
    private mutating func severalOperands(
        _ id: ID,
        _ call: CheckedExpression.Call,
        _ children: [ID]
    ) {
        guard let last = children.last else { return }
        temporaryCount += children.count - 1
        let first = Self.temporaryBase + temporaryCount - (children.count - 1)
        calls.append(call.overload.implementation)
        var next: [Step] = []
        var release: [Step] = []
        for (slot, child) in zip(first..., children.dropLast()) {
            next.append(.node(child, into: nil, mask: nil))
            next.append(.emit(.store, a: slot, b: 0, of: child))
            release.append(.releaseSlot(slot))
        }
        next.append(.node(last, into: nil, mask: nil))
        let opcode: Opcode = children.count == 5 ? .call5 : .call3
        next.append(.call(opcode, calls.count - 1, a: first, of: id))
        schedule(next + release)
    }
}
