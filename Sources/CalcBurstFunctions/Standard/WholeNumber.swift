/// The number as an integer of a range; `name` says in the fault what it stands for.
package func wholeNumber(
    _ number: Double,
    in range: ClosedRange<Int>,
    of name: String
) throws(Fault) -> Int {
    guard let whole = Int(exactly: number), range.contains(whole) else {
        throw .domain(
            range.upperBound == .max
                ? "\(name) must be a whole number, \(range.lowerBound) or more"
                : "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        )
    }
    return whole
}

/// How many there should be: a whole number, 0 or more, of any size.
///
/// A number beyond every list comes as one that every limit refuses.
package func wholeCount(_ number: Double, of name: String) throws(Fault) -> Int {
    guard number >= 0, number == number.rounded(.towardZero) else {
        throw .domain("\(name) must be a whole number, 0 or more")
    }
    return Int(exactly: min(number, beyondEveryCount)) ?? 0
}

/// 2^40: more than any limit allows, and small enough that sums and small products stay in `Int`.
private let beyondEveryCount = 1_099_511_627_776.0

/// A position as slices take it: from the end if negative, and held to `0...count`.
package func slicePosition(
    _ position: Double,
    count: Int,
    of name: String
) throws(Fault) -> Int {
    guard position == position.rounded(.towardZero) else {
        throw .domain("\(name) must be a whole number")
    }
    let length = Double(count)
    let fromStart = position < 0 ? position + length : position
    return Int(exactly: min(max(fromStart, 0), length)) ?? 0
}

/// The range of a slice from `start` up to `end`, empty if they cross; nil is the list's end.
package func sliceRange(
    _ start: Double,
    _ end: Double?,
    count: Int
) throws(Fault) -> Range<Int> {
    let first = try slicePosition(start, count: count, of: "start")
    var last = count
    if let end { last = try slicePosition(end, count: count, of: "end") }
    return first..<max(first, last)
}

extension Meter {
    /// Takes the fuel of sorting: count · log2 count.
    mutating func sort(count: Int) throws(Fault) {
        try visit(count: count * (Int.bitWidth - count.leadingZeroBitCount))
    }
}
