package import CalcBurstFunctions

/// Taking parts out of lists and records.
package enum Parts {
    /// The field of a record, mapped through lists; null where the record is null or lacks it.
    ///
    /// The recursion is as deep as the lists, which are at most 128 deep.
    package static func field(
        _ name: String,
        of base: Value,
        _ levels: Int,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard levels > 0 else { return base.fields[name] ?? .null }
        let list = base.elements
        try meter.makeList(count: list.count)
        var fields: [Value] = []
        fields.reserveCapacity(list.count)
        for element in list { fields.append(try field(name, of: element, levels - 1, &meter)) }
        return .list(List(fields))
    }

    /// A whole number, or the fault of one that is not.
    package static func whole(_ number: Double) throws(Fault) -> Double {
        guard number == number.rounded(.towardZero) else {
            throw .domain("a position is a whole number")
        }
        return number
    }

    /// The place of an element; a negative position counts from the end.
    package static func position(_ number: Double, in count: Int) throws(Fault) -> Int {
        let position = try whole(number)
        let fromStart = position < 0 ? position + Double(count) : position
        guard fromStart >= 0, let place = Int(exactly: fromStart), place < count else {
            throw .indexOutOfRange(index: number, count: count)
        }
        return place
    }

    /// The positions of a slice, cut to the list; negative ones count from the end.
    package static func range(_ start: Double?, _ end: Double?, of count: Int) -> Range<Int> {
        let first = clamped(start ?? 0, count)
        let last = clamped(end ?? Double(count), count)
        return first..<max(first, last)
    }

    private static func clamped(_ bound: Double, _ count: Int) -> Int {
        let fromStart = bound < 0 ? bound + Double(count) : bound
        return Int(exactly: min(max(fromStart, 0), Double(count))) ?? 0
    }

    /// The elements where a mask is true.
    package static func filter(
        _ list: List,
        _ mask: List,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard list.count == mask.count else { throw .lengthMismatch(list.count, mask.count) }
        try meter.visit(count: list.count)
        let flags = mask.bools ?? []
        let picked = flags.indices.filter { flags[$0] }
        try meter.makeList(count: picked.count)
        return .list(list.picking(picked))
    }
}
