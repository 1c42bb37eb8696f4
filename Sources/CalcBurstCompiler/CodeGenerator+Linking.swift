import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSource

/// Puts the parts in their places: labels become addresses, temporaries follow the constants.
extension CodeGenerator {
    /// An operand has 16 bits.
    static let slotLimit = 65_536

    /// The finished code; nil if it needs more slots than an operand can name.
    mutating func link(
        _ resultSlot: Int?,
        _ limits: RunLimits,
        _ source: Source,
        _ warnings: [Diagnostic]
    ) -> Code? {
        let inputCount = expression.inputs.count
        let slotBase = inputCount + constants.count
        let referenceBase = inputCount + references.count
        guard slotBase + temporaryCount <= Self.slotLimit,
            expression.instances.count <= Self.slotLimit
        else { return nil }
        func slot(_ slot: Int) -> Int {
            slot >= Self.temporaryBase ? slot - Self.temporaryBase + slotBase : slot
        }
        func reference(_ slot: Int) -> Int {
            slot >= Self.temporaryBase ? slot - Self.temporaryBase + referenceBase : slot
        }
        for (address, operands) in slotOperands.enumerated() {
            let old = instructions[address]
            guard let a = UInt16(exactly: slot(operands.a)),
                let b = UInt16(exactly: slot(operands.b))
            else { return nil }
            switch old.opcode {
            case .call1, .call2, .call3, .call5, .jump, .jumpIfFalse, .jumpIfTrue, .charge, .invoke,
                .operate:
                instructions[address] = Instruction(old.opcode, a, old.b, old.c)
            case .load, .store, .storeFinite, .check, .addSlot, .addSlots, .subtractSlot,
                .subtractInto, .subtractSlots, .multiplySlot, .multiplySlots, .divideSlot,
                .divideInto, .divideSlots, .moduloSlot, .moduloInto, .powerSlot, .powerInto,
                .square, .negate, .minimumSlot, .minimumInto, .maximumSlot, .maximumInto,
                .lessSlot, .lessSlots, .lessOrEqualSlot, .lessOrEqualSlots, .greaterSlot,
                .greaterOrEqualSlot, .equalSlot, .equalSlots, .notEqualSlot, .notEqualSlots, .not,
                .absolute, .squareRoot, .floor, .ceiling, .sine, .cosine, .tangent, .arcsine,
                .arccosine, .logarithm, .logarithm2, .logarithm10, .arctangent,
                .hyperbolicTangent, .exponential, .leave, .finish:
                instructions[address] = Instruction(old.opcode, a, b)
            }
        }
        for jump in jumps {
            let old = instructions[jump.address]
            instructions[jump.address] = Instruction(
                old.opcode,
                old.a,
                wide: UInt32(clamping: labels[jump.label])
            )
        }
        for invoke in invokes {
            let old = instructions[invoke.address]
            let start = instanceStarts[invoke.instance] ?? 0
            instructions[invoke.address] = Instruction(
                old.opcode,
                old.a,
                wide: UInt32(clamping: start)
            )
        }
        return Code(
            source: source,
            inputs: expression.inputs.map {
                Program.Input(name: $0.name, type: $0.type, firstUse: $0.firstUse)
            },
            resultType: expression[expression.root].type,
            cost: expression.staticCost,
            warnings: warnings,
            limits: limits,
            instructions: instructions,
            operations: operations.map { $0.relocated(slot, reference) },
            calls: calls,
            sites: sites,
            siteTable: siteTable,
            constants: constants,
            slotCount: slotBase + temporaryCount,
            references: references,
            referenceCount: referenceBase + referenceHigh,
            loopCount: loopCount,
            resultSlot: resultSlot.map(reference),
            entryCost: expression.segmentCost(of: expression.root),
            handlers: handlers.map {
                Code.Handler(
                    start: labels[$0.start],
                    end: labels[$0.end],
                    target: labels[$0.target]
                )
            },
            instances: zip(expression.instances, zip(instanceStarts, instanceEnds)).map {
                Code.Region(name: $0.name, start: $1.0 ?? 0, end: $1.1 ?? 0)
            },
            isImpure: expression.callsImpure
        )
    }
}

extension CheckedExpression {
    /// Whether a function that is called may answer differently the next time.
    var callsImpure: Bool {
        nodes.contains { node in
            if case .call(let call) = node.kind {
                call.overload.marks.contains(.impure)
            } else {
                false
            }
        }
    }

    /// The most fuel that a run takes; nil if it depends on the lengths of lists or texts.
    package var staticCost: Int? {
        var costs: [Int?] = []
        costs.reserveCapacity(nodes.count)
        for position in nodes.indices {
            let id = ID(position)
            let node = nodes[position]
            let below = children(of: id).map { costs[Int($0)] }
            guard node.kind.hasStaticCost, !below.contains(nil) else {
                costs.append(nil)
                continue
            }
            let parts = below.compactMap { $0 }
            var total = Int(node.cost)
            switch node.kind {
            case .conditional: total += (parts.first ?? 0) + (parts.dropFirst().max() ?? 0)
            case .invoke(let instance):
                let root = instances[instance].root
                guard root >= 0, let body = costs[Int(root)] else {
                    costs.append(nil)
                    continue
                }
                total = parts.reduce(total + body, +)
            case .constant, .input, .variable, .call, .and, .or, .coalesce, .attempt,
                .maskedConditional, .maskedAnd, .maskedOr, .maskedCoalesce, .field, .index,
                .slice, .filter, .position, .list, .record, .map, .capture, .sequence, .widen,
                .segment:
                total = parts.reduce(total, +)
            }
            costs.append(total)
        }
        return costs.indices.contains(Int(root)) ? costs[Int(root)] : nil
    }
}

extension CheckedExpression.Kind {
    /// Whether a run of the node always takes the same fuel, its children's aside.
    fileprivate var hasStaticCost: Bool {
        switch self {
        case .constant, .input, .variable, .invoke, .conditional, .and, .or, .coalesce, .attempt,
            .index, .position, .list, .record, .capture, .sequence, .widen, .segment:
            true
        case .call(let call): call.overload.isScalar && !call.isLifted
        case .field(_, let levels): levels == 0
        case .maskedConditional, .maskedAnd, .maskedOr, .maskedCoalesce, .slice, .filter, .map:
            false
        }
    }
}

extension Operation {
    /// The operation with its temporaries where they have come to stand.
    fileprivate func relocated(_ slot: (Int) -> Int, _ reference: (Int) -> Int) -> Operation {
        func place(_ destination: Destination) -> Destination {
            switch destination {
            case .accumulator: .accumulator
            case .slot(let old): .slot(slot(old))
            case .reference(let old): .reference(reference(old))
            }
        }
        func side(_ slots: Range<Int>) -> Range<Int> {
            let first = reference(slots.lowerBound)
            return first..<first + slots.count
        }
        func site(_ site: CallSite) -> CallSite {
            CallSite(
                function: site.function,
                overload: site.overload,
                operands: side(site.operands),
                excess: site.excess
            )
        }
        return switch self {
        case .box(let r, let isBool): .box(reference(r), isBool: isBool)
        case .unbox(let r): .unbox(reference(r))
        case .copy(let from, let to): .copy(from: reference(from), to: reference(to))
        case .isNull(let r): .isNull(reference(r))
        case .call(let call, let to): .call(site(call), to: place(to))
        case .lift(let call, let mask, let to):
            .lift(site(call), mask: mask.map(reference), to: reference(to))
        case .list(let slots, let to): .list(side(slots), to: reference(to))
        case .record(let shape, let slots, let to):
            .record(shape, side(slots), to: reference(to))
        case .field(let name, let levels, let from, let to):
            .field(name, levels: levels, from: reference(from), to: place(to))
        case .index(let r, let to): .index(reference(r), to: place(to))
        case .position: .position
        case .slice(let r, let start, let end, let to):
            .slice(reference(r), start: start.map(slot), end: end.map(slot), to: reference(to))
        case .filter(let r, let mask, let to):
            .filter(reference(r), mask: reference(mask), to: reference(to))
        case .beginMap(let loop, let list): .beginMap(loop: loop, list: reference(list))
        case .nextElement(let loop, let to): .nextElement(loop: loop, to: place(to))
        case .append(let loop, .reference(let r)):
            .append(loop: loop, .reference(reference(r)))
        case .append(let loop, .number): .append(loop: loop, .number)
        case .append(let loop, .bool): .append(loop: loop, .bool)
        case .endMap(let loop, let to): .endMap(loop: loop, to: reference(to))
        case .lanes(let r, let selection, let outer, let to):
            .lanes(of: reference(r), selection, within: outer.map(reference), to: reference(to))
        case .anyLane(let mask, let to): .anyLane(of: reference(mask), to: reference(to))
        case .maskedAnd(let a, let b, let to):
            .maskedAnd(reference(a), reference(b), to: reference(to))
        case .maskedOr(let a, let b, let to):
            .maskedOr(reference(a), reference(b), to: reference(to))
        case .select(let mask, let a, let b, let to):
            .select(reference(mask), reference(a), reference(b), to: reference(to))
        case .fillNulls(let a, let b, let to):
            .fillNulls(reference(a), reference(b), to: reference(to))
        }
    }
}
