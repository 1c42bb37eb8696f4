import CalcBurstFunctions
import CalcBurstMachine

/// What works on lists and values of any kind: calls, functions of the text, bodies, slices.
extension CodeGenerator {
    mutating func valueCall(
        _ id: ID,
        _ call: CheckedExpression.Call,
        _ children: [ID],
        _ into: Int?,
        _ mask: Int?
    ) {
        let operands = reserveReferences(children.count)
        let site = Operation.CallSite(
            function: call.function,
            overload: call.overload,
            operands: operands,
            excess: call.excess
        )
        var next: [[Step]] = []
        for (position, child) in children.enumerated() {
            let slot = operands.lowerBound + position
            if call.isLifted, call.excess[position] == 0 {
                next.append(broadcast(child, slot, mask))
            } else {
                next.append(reference(child, slot, mask))
            }
        }
        if call.isLifted {
            let target = into ?? operands.lowerBound
            next.append([.operate(.lift(site, mask: mask, to: target), of: id)])
        } else {
            let target = destination(expression[id].type, into ?? operands.lowerBound)
            next.append([.operate(.call(site, to: target), of: id)])
        }
        next.append([.releaseReferences(count: children.count)])
        schedule(next.flatMap { $0 })
    }

    mutating func invoke(_ id: ID, _ instance: Int, _ children: [ID], _ into: Int?) {
        let parameters = expression.instances[instance].parameters
        // An operand may call the same function, so all are evaluated before any is handed over.
        var next: [Step] = []
        var moves: [Step] = []
        var release: [Step] = []
        for (position, child) in children.enumerated() {
            let parameter = variableSlots[parameters[position]]
            let isLast = position == children.count - 1
            if expression[child].type.isScalar {
                next.append(.node(child, into: nil, mask: nil))
                if isLast {
                    next.append(.emit(.storeFinite, a: parameter, b: 0, of: child))
                } else {
                    let slot = temporary()
                    next.append(.emit(.storeFinite, a: slot, b: 0, of: child))
                    moves.append(.emit(.load, a: slot, b: 0, of: child))
                    moves.append(.emit(.store, a: parameter, b: 0, of: child))
                    release.append(.releaseSlot(slot))
                }
            } else if isLast {
                next.append(.node(child, into: parameter, mask: nil))
            } else {
                let slot = reserveReferences(1).lowerBound
                next.append(.node(child, into: slot, mask: nil))
                moves.append(.operate(.copy(from: slot, to: parameter), of: child))
                release.append(.releaseReferences(count: 1))
            }
        }
        next += moves + [.invoke(instance, of: id)] + release
        if let result = instanceResults[instance], let into {
            next.append(.operate(.copy(from: result, to: into), of: id))
        }
        schedule(next)
    }

    mutating func map(
        _ id: ID,
        _ variable: CheckedExpression.VariableID,
        _ children: [ID],
        _ into: Int?
    ) {
        let loop = loopCount
        loopCount += 1
        let list = source(children[0])
        let (again, end) = (label(), label())
        let body = children[1]
        let element = expression.variables[variable].type
        let slot = variableSlots[variable]
        let to: Operation.Destination = element.isScalar ? .slot(slot) : .reference(slot)
        var evaluate: [Step]
        switch expression[body].type {
        case .number:
            evaluate = [
                .node(body, into: nil, mask: nil),
                .operate(.append(loop: loop, .number), of: body),
            ]
        case .bool:
            evaluate = [
                .node(body, into: nil, mask: nil),
                .operate(.append(loop: loop, .bool), of: body),
            ]
        case .never, .null, .string, .list, .record, .optional, .mixed:
            let result = reserveReferences(1).lowerBound
            evaluate = [
                .node(body, into: result, mask: nil),
                .operate(.append(loop: loop, .reference(result)), of: body),
                .releaseReferences(count: 1),
            ]
        }
        schedule(
            list.steps + [
                .operate(.beginMap(loop: loop, list: list.slot), of: id), .label(again),
                .operate(.nextElement(loop: loop, to: to), of: id), .jump(.jumpIfFalse, end),
                .openScope, .charge(body),
            ] + evaluate + [
                .closeScope, .jump(.jump, again), .label(end),
                .operate(.endMap(loop: loop, to: into ?? list.slot), of: id),
            ] + list.release
        )
    }

    mutating func slice(
        _ id: ID,
        _ children: [ID],
        _ hasStart: Bool,
        _ hasEnd: Bool,
        _ into: Int?
    ) {
        let base = source(children[0])
        var next = base.steps
        var release: [Step] = []
        var bounds: [Int] = []
        for child in children.dropFirst() {
            let slot = temporary()
            bounds.append(slot)
            next.append(.node(child, into: nil, mask: nil))
            next.append(.emit(.store, a: slot, b: 0, of: child))
            release.append(.releaseSlot(slot))
        }
        let start = hasStart ? bounds.first : nil
        let end = hasEnd ? bounds.last : nil
        next.append(
            .operate(.slice(base.slot, start: start, end: end, to: into ?? base.slot), of: id)
        )
        schedule(next + release + base.release)
    }
}
