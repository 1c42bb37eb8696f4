/// From a list to a list in which each element depends on its neighbours.
package let scanFunctions: [Function] = [
    scan(
        "cumsum",
        "The sums of the first one, two, three … elements, with their rounding errors mended.",
        { numbers in
            var sum = CompensatedSum()
            return numbers.map { number in
                sum.take(number)
                return sum.value
            }
        },
        [Example("cumsum([1, 2, 3])", "[1, 3, 6]"), Example("cumsum([0.5, 0.25])", "[0.5, 0.75]")]
    ),
    scan(
        "cumprod",
        "The products of the first one, two, three … elements.",
        { numbers in
            var product = 1.0
            return numbers.map { number in
                product *= number
                return product
            }
        },
        [Example("cumprod([1, 2, 3, 4])", "[1, 2, 6, 24]"), Example("cumprod([])", "[]")]
    ),
    scan(
        "cummin",
        "The smallest of the first one, two, three … elements.",
        { numbers in
            var least = Double.infinity
            return numbers.map { number in
                least = number < least ? number : least
                return least
            }
        },
        [Example("cummin([3, 1, 2])", "[3, 1, 1]"), Example("cummin([])", "[]")]
    ),
    scan(
        "cummax",
        "The largest of the first one, two, three … elements.",
        { numbers in
            var most = -Double.infinity
            return numbers.map { number in
                most = number > most ? number : most
                return most
            }
        },
        [Example("cummax([1, 3, 2])", "[1, 3, 3]"), Example("cummax([])", "[]")]
    ),
    scan(
        "diff",
        "Each element less the one before it; one element fewer than the list.",
        { numbers in zip(numbers.dropFirst(), numbers).map { $0 - $1 } },
        [Example("diff([1, 4, 9])", "[3, 5]"), Example("diff([1])", "[]")]
    ),
    .ofValues(
        "lag",
        .scans,
        "The list moved back by k places, with null where nothing is; forward if k is negative.",
        "(list: [T], k: number = 1) -> [T?]",
        { operands, meter throws(Fault) in
            let list = operands[0].elements
            let k = operands[1].double
            let distance = try wholeCount(k.magnitude, of: "the size of k")
            try meter.makeList(count: list.count)
            let gap = [Value](repeating: .null, count: min(distance, list.count))
            let kept = list.count - gap.count
            return .list(
                List(
                    k < 0
                        ? list.slice(gap.count..<list.count).values + gap
                        : gap + list.slice(0..<kept).values
                )
            )
        },
        examples: [
            Example("lag([1, 2, 3])", "[null, 1, 2]"),
            Example("lag([1, 2, 3], -1)", "[2, 3, null]"),
        ]
    ),
    window("window_sum", "The sum", { sum, _ in sum }, "[3, 5]"),
    window("window_mean", "The mean", { sum, count in sum / count }, "[1.5, 2.5]"),
]

private func scan(
    _ name: String,
    _ summary: String,
    _ body: @escaping @Sendable ([Double]) -> [Double],
    _ examples: [Example]
) -> Function {
    .ofValues(
        name,
        .scans,
        summary,
        "(list: [number]) -> [number]",
        { operands, meter throws(Fault) in
            let numbers = operands[0].elements.numbers ?? []
            try meter.makeList(count: numbers.count)
            return try finiteList(body(numbers))
        },
        examples: examples
    )
}

private func window(
    _ name: String,
    _ what: String,
    _ finish: @escaping @Sendable (Double, Double) -> Double,
    _ example: String
) -> Function {
    .ofValues(
        name,
        .scans,
        "\(what) of each k neighbours; k - 1 elements fewer than the list.",
        "(list: [number], k: number) -> [number]",
        { operands, meter throws(Fault) in
            let numbers = operands[0].elements.numbers ?? []
            let k = try wholeCount(operands[1].double, of: "k")
            if k == 0 { throw .domain("k must be 1 or more") }
            if k > numbers.count { return .list(.empty) }
            try meter.makeList(count: numbers.count)
            return try finiteList(windowSums(numbers, k).map { finish($0, Double(k)) })
        },
        examples: [Example("\(name)([1, 2, 3], 2)", example), Example("\(name)([1], 2)", "[]")]
    )
}

/// The list, if its elements are finite.
func finiteList(_ numbers: [Double]) throws(Fault) -> Value {
    for number in numbers where !number.isFinite { _ = try number.finite() }
    return .list(List(numbers))
}

/// The sums of all windows of k elements in linear time and without subtraction, which would carry
/// the error of a large element into every later window.
///
/// The list is cut into blocks of k. A window is the end of one block and the start of the next, so
/// its sum is a sum from an element to its block's end plus one from a block's start (M. van Herk,
/// "A fast algorithm for local minimum and maximum filters", Pattern Recognition Letters 13, 1992).
private func windowSums(_ numbers: [Double], _ k: Int) -> [Double] {
    var toBlockEnd = [CompensatedSum](repeating: CompensatedSum(), count: numbers.count)
    var sum = CompensatedSum()
    for index in numbers.indices.reversed() {
        if (index + 1) % k == 0 { sum = CompensatedSum() }
        sum.take(numbers[index])
        toBlockEnd[index] = sum
    }
    var sums: [Double] = []
    sums.reserveCapacity(numbers.count - k + 1)
    var fromBlockStart = CompensatedSum()
    for end in numbers.indices {
        if end % k == 0 { fromBlockStart = CompensatedSum() }
        fromBlockStart.take(numbers[end])
        let start = end - k + 1
        if start < 0 { continue }
        var window = toBlockEnd[start]
        // A window that is a block is whole already.
        if start % k != 0 { window.join(fromBlockStart) }
        sums.append(window.value)
    }
    return sums
}
