import CalcBurstFunctions

/// A body's loop: the list, how far it is, and the results so far.
struct MapLoop {
    var list = List.empty
    var position = 0
    var numbers: [Double] = []
    var bools: [Bool] = []
    var values: [Value] = []
}

/// The operations, one case for each, in the order of the list.
extension Frame {
    /// Performs an operation; takes and gives the accumulator.
    func perform(_ operation: Operation, _ a: Double) throws(Fault) -> Double {
        switch operation {
        case .box(let slot, let isBool):
            let number = try a.finite()
            unsafe references[slot] = isBool ? .bool(number != 0) : .number(number)
            return a
        case .unbox(let slot):
            return unsafe references[slot].slot
        case .copy(let from, let to):
            unsafe references[to] = references[from]
            return a
        case .isNull(let slot):
            return unsafe references[slot].isNull ? 1 : 0

        case .call(let site, let to):
            let result = unsafe try site.overload.call(operands(of: site), &state.pointee.meter)
            return put(result, to, a)
        case .lift(let site, let mask, let to):
            let lanes: Value? = if let mask { unsafe references[mask] } else { nil }
            let lifting = Lifting(site.overload)
            let result = unsafe try lifting.run(
                operands(of: site),
                site.excess,
                lanes,
                &state.pointee.meter
            )
            unsafe references[to] = result
            return a

        case .list(let elements, let to):
            // A literal's fuel is part of its segment, and bounds its memory too.
            unsafe references[to] = .list(List(elements.map { unsafe references[$0] }))
            return a
        case .record(let shape, let fields, let to):
            let values = fields.map { unsafe references[$0] }
            unsafe references[to] = .record(Record(shape: shape, values: values) ?? .empty)
            return a
        case .field(let name, let levels, let from, let to):
            let base = unsafe references[from]
            return put(unsafe try Parts.field(name, of: base, levels, &state.pointee.meter), to, a)
        case .index(let slot, let to):
            let list = unsafe references[slot].elements
            let position = try Parts.position(try a.finite(), in: list.count)
            return put(list[position], to, a)
        case .position:
            return try Parts.whole(try a.finite())
        case .slice(let slot, let start, let end, let to):
            let list = unsafe references[slot].elements
            let first: Double? = if let start { unsafe slots[start] } else { nil }
            let last: Double? = if let end { unsafe slots[end] } else { nil }
            let range = Parts.range(first, last, of: list.count)
            unsafe try state.pointee.meter.makeList(count: range.count)
            unsafe references[to] = .list(list.slice(range))
            return a
        case .filter(let slot, let mask, let to):
            let list = unsafe references[slot].elements
            let lanes = unsafe references[mask].elements
            unsafe references[to] = unsafe try Parts.filter(list, lanes, &state.pointee.meter)
            return a

        case .beginMap(let loop, let slot):
            let list = unsafe references[slot].elements
            unsafe try state.pointee.meter.makeList(count: list.count)
            unsafe loops[loop] = MapLoop(list: list)
            return a
        case .nextElement(let loop, let to):
            unsafe try state.pointee.meter.charge(fuel: 0)
            let position = unsafe loops[loop].position
            guard unsafe position < loops[loop].list.count else { return 0 }
            unsafe loops[loop].position = position + 1
            let element = unsafe loops[loop].list[position]
            _ = put(element, to, a)
            return 1
        case .append(let loop, .number):
            unsafe loops[loop].numbers.append(try a.finite())
            return a
        case .append(let loop, .bool):
            unsafe loops[loop].bools.append(a != 0)
            return a
        case .append(let loop, .reference(let slot)):
            unsafe loops[loop].values.append(references[slot])
            return a
        case .endMap(let loop, let to):
            let done = unsafe loops[loop]
            unsafe loops[loop] = MapLoop()
            let storage: List.Storage =
                if !done.numbers.isEmpty {
                    .numbers(done.numbers)
                } else if !done.bools.isEmpty {
                    .bools(done.bools)
                } else {
                    .values(done.values)
                }
            unsafe references[to] = .list(List(storage: storage))
            return a

        case .lanes(let slot, let selection, let outer, let to):
            let within: Value? = if let outer { unsafe references[outer] } else { nil }
            unsafe references[to] = Lanes.select(references[slot], selection, within: within)
            return a
        case .anyLane(let mask, let to):
            if unsafe Lanes.any(references[mask]) { return 1 }
            unsafe references[to] = .null
            return 0
        case .maskedAnd(let left, let right, let to):
            let (left, right) = unsafe (references[left], references[right])
            unsafe references[to] = try Lanes.and(left, right, &state.pointee.meter)
            return a
        case .maskedOr(let left, let right, let to):
            let (left, right) = unsafe (references[left], references[right])
            unsafe references[to] = try Lanes.or(left, right, &state.pointee.meter)
            return a
        case .select(let mask, let then, let otherwise, let to):
            let result = unsafe try Lanes.choose(
                references[mask],
                references[then],
                references[otherwise],
                &state.pointee.meter
            )
            unsafe references[to] = result
            return a
        case .fillNulls(let values, let fallbacks, let to):
            let result = unsafe try Lanes.fill(
                references[values],
                references[fallbacks],
                &state.pointee.meter
            )
            unsafe references[to] = result
            return a
        }
    }

    private func operands(of site: Operation.CallSite) -> [Value] {
        site.operands.map { unsafe references[$0] }
    }

    private func put(_ value: Value, _ to: Operation.Destination, _ a: Double) -> Double {
        switch to {
        case .accumulator: return value.slot
        case .slot(let slot):
            unsafe slots[slot] = value.slot
            return a
        case .reference(let slot):
            unsafe references[slot] = value
            return a
        }
    }
}
