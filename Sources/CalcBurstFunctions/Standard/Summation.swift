/// The sum of numbers in the order that the language fixes, so that every executor, on every
/// machine and with any number of threads, gives the same bits.
///
/// The order, exactly:
///
/// 1. The numbers are cut into blocks of 1,024 from the front; the last block may be shorter.
/// 2. A block has 8 accumulators. Accumulator j takes the elements j, j + 8, j + 16, … of the
///    block, in order. An accumulator is a sum s and a compensation c, both 0 at first; it takes x
///    by Neumaier's step: t = s + x; e = (s - t) + x if |s| ≥ |x|, else (x - t) + s; c = c + e; s = t.
/// 3. Two accumulators are joined, the left one first, by the same step: the left takes the s of
///    the right, and then c = c + (the c of the right).
/// 4. In a block, neighbours are joined: 0 with 1, 2 with 3, 4 with 5, 6 with 7; then the four that
///    result in the same way, then the two.
/// 5. Blocks are joined likewise: neighbours in pairs, level by level, where one that is left over
///    at the end of a level goes up as it is.
/// 6. The sum is s + c.
///
/// The compensation is that of A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation
/// endlicher Summen", ZAMM 54 (1974). The operands are finite; a sum that leaves the range of
/// binary64 on its way is an infinity.
package func orderedSum(_ numbers: [Double]) -> Double {
    orderedSum(count: numbers.count) { numbers[$0] }
}

/// The same sum of numbers that are made as they are needed.
@inline(__always)
func orderedSum(count: Int, _ number: (Int) -> Double) -> Double {
    if count == 0 { return 0 }
    var blocks: [CompensatedSum] = []
    blocks.reserveCapacity((count + 1023) / 1024)
    var start = 0
    while start < count {
        let end = min(start + 1024, count)
        var lanes = [CompensatedSum](repeating: CompensatedSum(), count: 8)
        for index in start..<end { lanes[(index - start) & 7].take(number(index)) }
        blocks.append(joined(lanes))
        start = end
    }
    let total = joined(blocks)
    let sum = total.sum + total.compensation
    return total.sum.isFinite ? sum : .infinity
}

/// Joins neighbours, level by level.
private func joined(_ sums: [CompensatedSum]) -> CompensatedSum {
    var level = sums
    while level.count > 1 {
        var next: [CompensatedSum] = []
        next.reserveCapacity((level.count + 1) / 2)
        var index = 0
        while index + 1 < level.count {
            var left = level[index]
            left.join(level[index + 1])
            next.append(left)
            index += 2
        }
        if index < level.count { next.append(level[index]) }
        level = next
    }
    return level.first ?? CompensatedSum()
}

/// A sum with the rounding errors that it has made so far.
struct CompensatedSum {
    var sum = 0.0
    var compensation = 0.0

    /// Neumaier's step.
    @inline(__always)
    mutating func take(_ number: Double) {
        let next = sum + number
        if sum.magnitude >= number.magnitude {
            compensation += (sum - next) + number
        } else {
            compensation += (number - next) + sum
        }
        sum = next
    }

    mutating func join(_ other: CompensatedSum) {
        take(other.sum)
        compensation += other.compensation
    }

    /// The sum with its errors mended; an infinity once it has left the range of binary64.
    var value: Double { sum.isFinite ? sum + compensation : .infinity }
}
