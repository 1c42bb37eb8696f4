/// Proves of a program that no step of it can reach outside its frame or its code.
///
/// The machine does not look again while it runs. A flaw is something that a right compiler cannot
/// produce: it means a bug.
package enum Verifier {
    package static func flaws(in code: Code) -> [String] {
        var flaws: [String] = []
        let end = code.instructions.count
        if code.slotCount < code.inputs.count + code.constants.count {
            flaws.append("the frame is too short for its constants")
        }
        if code.referenceCount < code.inputs.count + code.references.count {
            flaws.append("the references are too few for their constants")
        }
        if let slot = code.resultSlot, !(0..<code.referenceCount).contains(slot) {
            flaws.append("the result is outside the references")
        }
        if code.sites.count != end { flaws.append("an instruction has no place") }
        switch code.instructions.last?.opcode {
        case .finish?, .leave?: break
        case _: flaws.append("the last instruction runs past the end")
        }
        for (address, i) in code.instructions.enumerated() {
            func check(_ holds: Bool, _ what: String) {
                if !holds { flaws.append("\(address): \(what)") }
            }
            func slot(_ operand: UInt16) {
                check(Int(operand) < code.slotCount, "no slot \(operand)")
            }
            switch i.opcode {
            case .load, .store, .storeFinite, .addSlot, .subtractSlot, .subtractInto,
                .multiplySlot, .divideSlot, .divideInto, .moduloSlot, .moduloInto, .powerSlot,
                .powerInto, .minimumSlot, .minimumInto, .maximumSlot, .maximumInto, .lessSlot,
                .lessOrEqualSlot, .greaterSlot, .greaterOrEqualSlot, .equalSlot, .notEqualSlot:
                slot(i.a)
                let isStore = i.opcode == .store || i.opcode == .storeFinite
                check(
                    !isStore || Int(i.a) >= code.inputs.count + code.constants.count,
                    "writes over an input or a constant"
                )
            case .addSlots, .subtractSlots, .multiplySlots, .divideSlots, .lessSlots,
                .lessOrEqualSlots, .equalSlots, .notEqualSlots:
                slot(i.a)
                slot(i.b)
            case .call1:
                check(i.wide < code.calls.count, "no call \(i.wide)")
            case .call2:
                check(i.wide < code.calls.count, "no call \(i.wide)")
                slot(i.a)
            case .call3:
                check(i.wide < code.calls.count, "no call \(i.wide)")
                check(Int(i.a) + 1 < code.slotCount, "no slot \(Int(i.a) + 1)")
            case .call5:
                check(i.wide < code.calls.count, "no call \(i.wide)")
                check(Int(i.a) + 3 < code.slotCount, "no slot \(Int(i.a) + 3)")
            case .jump, .jumpIfFalse, .jumpIfTrue:
                check(i.wide < end, "jumps to \(i.wide)")
            case .invoke:
                check(Int(i.a) < code.instances.count, "no instance \(i.a)")
                check(i.wide < end, "jumps to \(i.wide)")
            case .leave:
                check(Int(i.a) < code.instances.count, "no instance \(i.a)")
            case .operate:
                check(i.wide < code.operations.count, "no operation \(i.wide)")
            case .check, .square, .negate, .not, .absolute, .squareRoot, .floor, .ceiling, .sine,
                .cosine, .tangent, .arcsine, .arccosine, .logarithm, .logarithm2, .logarithm10,
                .arctangent, .hyperbolicTangent, .exponential, .charge, .finish:
                break
            }
        }
        for handler in code.handlers where handler.target >= end {
            flaws.append("a fallback is outside the code")
        }
        for operation in code.operations {
            for slot in operation.slots where !(0..<code.slotCount).contains(slot) {
                flaws.append("an operation has no slot \(slot)")
            }
            for reference in operation.references
            where !(0..<code.referenceCount).contains(reference) {
                flaws.append("an operation has no reference \(reference)")
            }
            if let loop = operation.loop, !(0..<code.loopCount).contains(loop) {
                flaws.append("no loop \(loop)")
            }
        }
        return flaws
    }
}

extension Operation.Destination {
    fileprivate var slots: [Int] { if case .slot(let slot) = self { [slot] } else { [] } }
    fileprivate var references: [Int] {
        if case .reference(let slot) = self { [slot] } else { [] }
    }
}

extension Operation {
    /// The slots of the frame that it reads or writes.
    fileprivate var slots: [Int] {
        switch self {
        case .call(_, let to), .field(_, _, _, let to), .index(_, let to), .nextElement(_, let to):
            to.slots
        case .slice(_, let start, let end, _): [start, end].compactMap { $0 }
        case .box, .unbox, .copy, .isNull, .lift, .list, .record, .position, .filter, .beginMap,
            .append, .endMap, .lanes, .anyLane, .maskedAnd, .maskedOr, .select, .fillNulls:
            []
        }
    }

    /// The references that it reads or writes.
    fileprivate var references: [Int] {
        switch self {
        case .box(let r, _), .unbox(let r), .isNull(let r): [r]
        case .copy(let a, let b), .anyLane(let a, let b): [a, b]
        case .call(let site, let to): Array(site.operands) + to.references
        case .lift(let site, let mask, let to):
            Array(site.operands) + [to] + [mask].compactMap { $0 }
        case .list(let slots, let to), .record(_, let slots, let to): Array(slots) + [to]
        case .field(_, _, let from, let to), .index(let from, let to): [from] + to.references
        case .position: []
        case .slice(let r, _, _, let to): [r, to]
        case .filter(let a, let b, let to), .maskedAnd(let a, let b, let to),
            .maskedOr(let a, let b, let to), .fillNulls(let a, let b, let to):
            [a, b, to]
        case .beginMap(_, let list): [list]
        case .nextElement(_, let to): to.references
        case .append(_, .reference(let r)): [r]
        case .append(_, .number), .append(_, .bool): []
        case .endMap(_, let to): [to]
        case .lanes(let r, _, let outer, let to): [r, to] + [outer].compactMap { $0 }
        case .select(let a, let b, let c, let to): [a, b, c, to]
        }
    }

    fileprivate var loop: Int? {
        switch self {
        case .beginMap(let loop, _), .nextElement(let loop, _), .append(let loop, _),
            .endMap(let loop, _):
            loop
        case .box, .unbox, .copy, .isNull, .call, .lift, .list, .record, .field, .index,
            .position, .slice, .filter, .lanes, .anyLane, .maskedAnd, .maskedOr, .select,
            .fillNulls:
            nil
        }
    }
}
