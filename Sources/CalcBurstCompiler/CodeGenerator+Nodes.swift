import CalcBurstFunctions
import CalcBurstMachine

/// What each kind of node becomes.
extension CodeGenerator {
    mutating func node(_ id: ID, _ into: Int?, _ mask: Int?) {
        let node = expression[id]
        let children = Array(expression.children(of: id))
        switch node.kind {
        case .constant(let value):
            if node.type.isScalar {
                emit(.load, constant(value.slot), 0, of: id)
            } else {
                copy(referenceConstant(id, value), into, id)
            }
        case .input(let slot):
            if node.type.isScalar { emit(.load, slot, 0, of: id) } else { copy(slot, into, id) }
        case .variable(let variable):
            let slot = variableSlots[variable]
            if node.type.isScalar { emit(.load, slot, 0, of: id) } else { copy(slot, into, id) }
        case .call(let call):
            if let number = numbering?.numbers[Int(id)], number >= 0, let slot = kept[number] {
                emit(.load, slot, 0, of: id)
            } else if isScalarCall(call, children) {
                let comesAgain = isUsedAgain(id)
                if comesAgain { steps.append(.remember(id)) }
                scalarCall(id, call, children)
            } else {
                valueCall(id, call, children, into, mask)
            }
        case .invoke(let instance):
            invoke(id, instance, children, into)
        case .conditional:
            let (other, end) = (label(), label())
            schedule([
                .node(children[0], into: nil, mask: nil), .jump(.jumpIfFalse, other),
                .openScope, .charge(children[1]), .node(children[1], into: into, mask: nil),
                .closeScope, .jump(.jump, end), .label(other),
                .openScope, .charge(children[2]), .node(children[2], into: into, mask: nil),
                .closeScope, .label(end),
            ])
        case .and:
            shortCircuit(.jumpIfFalse, children)
        case .or:
            shortCircuit(.jumpIfTrue, children)
        case .coalesce:
            coalesce(id, children, into)
        case .attempt:
            attempt(id, children, into)
        case .maskedConditional, .maskedAnd, .maskedOr, .maskedCoalesce:
            masked(id, children, into, mask)
        case .field(let name, let levels):
            let base = source(children[0])
            schedule(
                base.steps + [
                    .operate(
                        .field(
                            name,
                            levels: levels,
                            from: base.slot,
                            to: destination(node.type, into)
                        ),
                        of: id
                    )
                ] + base.release
            )
        case .index:
            let base = source(children[0])
            schedule(
                base.steps + [
                    .node(children[1], into: nil, mask: nil),
                    .operate(.index(base.slot, to: destination(node.type, into)), of: id),
                ] + base.release
            )
        case .position:
            schedule([.node(children[0], into: nil, mask: nil), .operate(.position, of: id)])
        case .slice(let hasStart, let hasEnd):
            slice(id, children, hasStart, hasEnd, into)
        case .filter:
            let list = source(children[0])
            let lanes = source(children[1])
            let target = into ?? list.slot
            schedule(
                list.steps + lanes.steps + [
                    .operate(.filter(list.slot, mask: lanes.slot, to: target), of: id)
                ] + lanes.release + list.release
            )
        case .list:
            let elements = reserveReferences(children.count)
            schedule(
                fill(elements, children) + [
                    .operate(.list(elements, to: into ?? elements.lowerBound), of: id),
                    .releaseReferences(count: children.count),
                ]
            )
        case .record(let names):
            guard let shape = Record.Shape(names) else { return }
            let fields = reserveReferences(children.count)
            schedule(
                fill(fields, children) + [
                    .operate(.record(shape, fields, to: into ?? fields.lowerBound), of: id),
                    .releaseReferences(count: children.count),
                ]
            )
        case .map(let variable):
            map(id, variable, children, into)
        case .capture(let variable):
            let slot = variableSlots[variable]
            if node.type.isScalar {
                schedule([
                    .node(children[0], into: nil, mask: nil),
                    .emit(.storeFinite, a: slot, b: 0, of: children[0]),
                ])
            } else {
                var next: [Step] = [.node(children[0], into: slot, mask: nil)]
                if let into { next.append(.operate(.copy(from: slot, to: into), of: id)) }
                schedule(next)
            }
        case .sequence:
            var next: [Step] = []
            for child in children.dropLast() { next.append(.node(child, into: nil, mask: nil)) }
            if let last = children.last { next.append(.node(last, into: into, mask: nil)) }
            schedule(next)
        case .widen:
            let isBool = expression[children[0]].type == .bool
            var next: [Step] = [.node(children[0], into: nil, mask: nil)]
            if let into { next.append(.operate(.box(into, isBool: isBool), of: children[0])) }
            schedule(next)
        case .segment:
            schedule([
                .openScope, .charge(children[0]), .node(children[0], into: into, mask: nil),
                .closeScope,
            ])
        }
    }

    // MARK: Choice

    private mutating func shortCircuit(_ jump: Opcode, _ children: [ID]) {
        let end = label()
        schedule([
            .node(children[0], into: nil, mask: nil), .jump(jump, end),
            .openScope, .charge(children[1]), .node(children[1], into: nil, mask: nil),
            .closeScope, .label(end),
        ])
    }

    private mutating func coalesce(_ id: ID, _ children: [ID], _ into: Int?) {
        guard !expression[children[0]].type.isScalar else {
            // Never null: the fallback is never needed.
            schedule([.node(children[0], into: nil, mask: nil)])
            return
        }
        let value = source(children[0])
        let (other, end) = (label(), label())
        let isScalar = expression[id].type.isScalar
        schedule(
            value.steps + [
                .operate(.isNull(value.slot), of: id), .jump(.jumpIfTrue, other),
                isScalar
                    ? .operate(.unbox(value.slot), of: id)
                    : .operate(.copy(from: value.slot, to: into ?? value.slot), of: id),
                .jump(.jump, end), .label(other), .openScope, .charge(children[1]),
                .node(children[1], into: into, mask: nil), .closeScope, .label(end),
            ] + value.release
        )
    }

    private mutating func attempt(_ id: ID, _ children: [ID], _ into: Int?) {
        let (start, end, other, after) = (label(), label(), label(), label())
        var value: [Step] = [
            .label(start), .openScope, .charge(children[0]),
            .node(children[0], into: into, mask: nil), .closeScope,
        ]
        if expression[id].type.isScalar { value.append(.emit(.check, a: 0, b: 0, of: children[0])) }
        schedule(
            value + [
                .label(end), .jump(.jump, after), .label(other), .openScope,
                .charge(children[1]), .node(children[1], into: into, mask: nil), .closeScope,
                .label(after), .handler(start: start, end: end, target: other),
            ]
        )
    }

    /// Lane by lane: every operand is evaluated, under the mask of the lanes that need it.
    private mutating func masked(_ id: ID, _ children: [ID], _ into: Int?, _ mask: Int?) {
        let room = reserveReferences(children.count + 1)
        let first = room.lowerBound
        let lanes = room.upperBound - 1
        let target = into ?? first
        var next = [reference(children[0], first, mask)]
        func under(_ selection: Operation.Selection, _ child: Int) -> [Step] {
            [.operate(.lanes(of: first, selection, within: mask, to: lanes), of: id)]
                + reference(children[child], first + child, lanes)
        }
        switch expression[id].kind {
        case .maskedAnd:
            next.append(under(.whereTrue, 1))
            next.append([.operate(.maskedAnd(first, first + 1, to: target), of: id)])
        case .maskedOr:
            next.append(under(.whereFalse, 1))
            next.append([.operate(.maskedOr(first, first + 1, to: target), of: id)])
        case .maskedCoalesce:
            next.append(under(.whereNull, 1))
            next.append([.operate(.fillNulls(first, first + 1, to: target), of: id)])
        case .maskedConditional:
            next.append(under(.whereTrue, 1))
            next.append(under(.whereFalse, 2))
            next.append([.operate(.select(first, first + 1, first + 2, to: target), of: id)])
        case .constant, .input, .variable, .call, .invoke, .conditional, .and, .or, .coalesce,
            .attempt, .field, .index, .slice, .filter, .position, .list, .record, .map, .capture,
            .sequence, .widen, .segment:
            break
        }
        next.append([.releaseReferences(count: room.count)])
        schedule(next.flatMap { $0 })
    }

    /// Whether a mask around a node is also a mask of its lanes.
    func takesMask(_ id: ID) -> Bool {
        switch expression[id].kind {
        case .call(let call): call.isLifted
        case .maskedConditional, .maskedAnd, .maskedOr, .maskedCoalesce: true
        case .constant, .input, .variable, .invoke, .conditional, .and, .or, .coalesce, .attempt,
            .field, .index, .slice, .filter, .position, .list, .record, .map, .capture, .sequence,
            .widen, .segment:
            false
        }
    }

    // MARK: References

    mutating func copy(_ from: Int, _ into: Int?, _ id: ID) {
        guard let into, into != from else { return }
        operations.append(.copy(from: from, to: into))
        append(.operate, wide: operations.count - 1, of: id)
    }

    func destination(_ type: ValueType, _ into: Int?) -> Operation.Destination {
        if type.isScalar { return .accumulator }
        return into.map(Operation.Destination.reference) ?? .accumulator
    }

    /// Evaluates a node into a reference slot, whatever its type.
    ///
    /// Under a mask, what has no lanes of its own stands for all of them.
    mutating func reference(_ id: ID, _ slot: Int, _ mask: Int?) -> [Step] {
        if let mask, takesMask(id) { return [.node(id, into: slot, mask: mask)] }
        if case .list = expression[id].type { return [.node(id, into: slot, mask: nil)] }
        return broadcast(id, slot, mask)
    }

    /// Evaluates what is the same in every lane, unless the mask selects none.
    mutating func broadcast(_ id: ID, _ slot: Int, _ mask: Int?) -> [Step] {
        var next: [Step] = [.node(id, into: slot, mask: nil)]
        if expression[id].type.isScalar {
            let isBool = expression[id].type == .bool
            next = [.node(id, into: nil, mask: nil), .operate(.box(slot, isBool: isBool), of: id)]
        }
        guard let mask, !expression.children(of: id).isEmpty else { return next }
        let end = label()
        return [
            .operate(.anyLane(of: mask, to: slot), of: id), .jump(.jumpIfFalse, end), .openScope,
        ] + next + [.closeScope, .label(end)]
    }

    mutating func fill(_ slots: Range<Int>, _ children: [ID]) -> [Step] {
        var next: [Step] = []
        for (slot, child) in zip(slots, children) { next += reference(child, slot, nil) }
        return next
    }

    /// Where a reference operand is: its own slot if it has one, else one that it is put into.
    mutating func source(_ id: ID) -> (slot: Int, steps: [Step], release: [Step]) {
        if !expression[id].type.isScalar {
            switch expression[id].kind {
            case .input(let slot): return (slot, [], [])
            case .variable(let variable): return (variableSlots[variable], [], [])
            case .constant(let value): return (referenceConstant(id, value), [], [])
            case .call, .invoke, .conditional, .and, .or, .coalesce, .attempt, .maskedConditional,
                .maskedAnd, .maskedOr, .maskedCoalesce, .field, .index, .slice, .filter,
                .position, .list, .record, .map, .capture, .sequence, .widen, .segment:
                break
            }
        }
        let slot = reserveReferences(1).lowerBound
        return (slot, reference(id, slot, nil), [.releaseReferences(count: 1)])
    }
}
