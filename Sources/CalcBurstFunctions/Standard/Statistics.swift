/// Statistics of lists of numbers.
///
/// Sums are taken in the order of `orderedSum`. Variances are the corrected two-pass ones
/// (T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance",
/// The American Statistician 37, 1983). Quantiles interpolate linearly between the order
/// statistics: type 7 of R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages",
/// The American Statistician 50, 1996.
package let statisticsFunctions: [Function] = [
    reduction(
        "mean",
        .statistics,
        "The arithmetic mean.",
        { numbers throws(Fault) in try mean(numbers) },
        [Example("mean([1, 2, 6])", "3"), Example("mean([1, 2], it * 10)", "15")]
    ),
    statistic(
        "median",
        "The middle element in order, or the mean of the two middle ones.",
        { numbers, meter throws(Fault) in
            try middle(of: try sorted(numbers, &meter))
        },
        [Example("median([5, 1, 3])", "3"), Example("median([4, 1, 3, 2])", "2.5")]
    ),
    statistic(
        "mode",
        "The most frequent element; of several, the one that comes first.",
        { numbers, meter throws(Fault) in
            try meter.makeList(count: numbers.count)
            return try mostFrequent(numbers)
        },
        [Example("mode([1, 2, 2, 3])", "2"), Example("mode([3, 1, 1, 3])", "3")]
    ),
    statistic(
        "var",
        "The variance of a sample: the squared deviations over n - 1.",
        { numbers, _ throws(Fault) in try variance(numbers, isSample: true) },
        [Example("var([1, 2, 3, 4])", "1.6666666666666667"), Example("var([2, 4])", "2")]
    ),
    statistic(
        "stdev",
        "The standard deviation of a sample: the root of var.",
        { numbers, _ throws(Fault) in try variance(numbers, isSample: true).squareRoot() },
        [Example("stdev([1, 3, 5])", "2"), Example("stdev([2, 2])", "0")]
    ),
    statistic(
        "varp",
        "The variance of a whole population: the squared deviations over n.",
        { numbers, _ throws(Fault) in try variance(numbers, isSample: false) },
        [Example("varp([1, 2, 3, 4])", "1.25"), Example("varp([7])", "0")]
    ),
    statistic(
        "stdevp",
        "The standard deviation of a whole population: the root of varp.",
        { numbers, _ throws(Fault) in try variance(numbers, isSample: false).squareRoot() },
        [Example("stdevp([2, 4, 4, 4, 5, 5, 7, 9])", "2"), Example("stdevp([7])", "0")]
    ),
    .ofValues(
        "quantile",
        .statistics,
        "The value below which a fraction q of the elements lies, interpolated linearly.",
        "(list: [number], q: number) -> number",
        { operands, meter throws(Fault) in
            let q = operands[1].double
            guard (0...1).contains(q) else { throw .domain("q must be between 0 and 1") }
            let sorted = try sorted(operands[0].elements.numbers ?? [], &meter)
            return .number(try quantile(sorted, at: q * Double(sorted.count - 1)))
        },
        examples: [
            Example("quantile([1, 2, 3, 4], 0.5)", "2.5"),
            Example("quantile([10, 20], 0.25)", "12.5"),
        ]
    ),
    .ofValues(
        "percentile",
        .statistics,
        "The value below which p hundredths of the elements lie, interpolated linearly.",
        "(list: [number], p: number) -> number",
        { operands, meter throws(Fault) in
            let p = operands[1].double
            guard (0...100).contains(p) else { throw .domain("p must be between 0 and 100") }
            let sorted = try sorted(operands[0].elements.numbers ?? [], &meter)
            return .number(try quantile(sorted, at: p * Double(sorted.count - 1) / 100))
        },
        examples: [
            Example("percentile([1, 2, 3, 4], 50)", "2.5"),
            Example("percentile([10, 20], 90)", "19"),
        ]
    ),
    statistic(
        "geomean",
        "The geometric mean of numbers above 0.",
        { numbers, _ throws(Fault) in try geometricMean(numbers) },
        [Example("geomean([2, 8])", "4"), Example("geomean([5])", "5")]
    ),
    statistic(
        "harmmean",
        "The harmonic mean of numbers above 0.",
        { numbers, _ throws(Fault) in
            if numbers.isEmpty { throw .emptyList }
            guard numbers.allSatisfy({ $0 > 0 }) else {
                throw .domain("the numbers must be above 0")
            }
            let reciprocals = orderedSum(count: numbers.count) { 1 / numbers[$0] }
            return Double(numbers.count) / (try reciprocals.finite())
        },
        [Example("harmmean([40, 60])", "48"), Example("harmmean([1, 2, 2])", "1.5")]
    ),
    paired(
        "cov",
        "The covariance of two samples, over n - 1.",
        { a, b throws(Fault) in
            if a.count < 2 { throw .domain("a covariance needs two pairs or more") }
            return try sumOfProducts(try deviations(a), try deviations(b)) / Double(a.count - 1)
        },
        [Example("cov([1, 2, 3], [2, 4, 6])", "2"), Example("cov([1, 2], [2, 1])", "-0.5")]
    ),
    paired(
        "corr",
        "The correlation of two samples after Pearson, from -1 to 1.",
        { a, b throws(Fault) in
            if a.count < 2 { throw .domain("a correlation needs two pairs or more") }
            return try correlation(a, b)
        },
        [Example("corr([1, 2, 3], [2, 4, 6])", "1"), Example("corr([1, 2], [2, 1])", "-1")]
    ),
    .ofValues(
        "zscore",
        .statistics,
        "How many standard deviations of the population each element lies above the mean.",
        "(list: [number]) -> [number]",
        { operands, meter throws(Fault) in
            let numbers = operands[0].elements.numbers ?? []
            let deviation = try variance(numbers, isSample: false).squareRoot()
            if deviation == 0 { throw .domain("all elements are equal") }
            try meter.makeList(count: numbers.count)
            let mean = try mean(numbers)
            return .list(List(numbers.map { ($0 - mean) / deviation }))
        },
        examples: [
            Example("zscore([1, 3])", "[-1, 1]"),
            Example("zscore([2, 4, 4, 4, 5, 5, 7, 9])", "[-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]"),
        ]
    ),
    .ofValues(
        "rank",
        .statistics,
        "The rank of each element, from 1 for the smallest; equal ones share their mean rank.",
        "(list: [number]) -> [number]",
        { operands, meter throws(Fault) in
            let numbers = operands[0].elements.numbers ?? []
            try meter.sort(count: numbers.count)
            try meter.makeList(count: numbers.count)
            return .list(List(ranks(numbers)))
        },
        examples: [
            Example("rank([30, 10, 20])", "[3, 1, 2]"), Example("rank([5, 5, 1])", "[2.5, 2.5, 1]"),
        ]
    ),
    paired(
        "wmean",
        "The mean of the first list, weighted by the second.",
        { values, weights throws(Fault) in
            guard weights.allSatisfy({ $0 >= 0 }) else {
                throw .domain("the weights must not be negative")
            }
            let total = try orderedSum(weights).finite()
            if total == 0 { throw .divisionByZero }
            return try sumOfProducts(values, weights) / total
        },
        [Example("wmean([1, 4], [2, 1])", "2"), Example("wmean([5, 9], [0, 3])", "9")]
    ),
]

private func statistic(
    _ name: String,
    _ summary: String,
    _ body: @escaping @Sendable ([Double], inout Meter) throws(Fault) -> Double,
    _ examples: [Example]
) -> Function {
    .ofValues(
        name,
        .statistics,
        summary,
        "(list: [number]) -> number",
        { operands, meter throws(Fault) in
            .number(try body(operands[0].elements.numbers ?? [], &meter).finite())
        },
        examples: examples
    )
}

/// A function of two lists of one length, which must not be empty.
private func paired(
    _ name: String,
    _ summary: String,
    _ body: @escaping @Sendable ([Double], [Double]) throws(Fault) -> Double,
    _ examples: [Example]
) -> Function {
    .ofValues(
        name,
        .statistics,
        summary,
        "(a: [number], b: [number]) -> number",
        { operands, _ throws(Fault) in
            let a = operands[0].elements.numbers ?? []
            let b = operands[1].elements.numbers ?? []
            guard a.count == b.count else { throw .lengthMismatch(a.count, b.count) }
            if a.isEmpty { throw .emptyList }
            return .number(try body(a, b).finite())
        },
        examples: examples
    )
}

func mean(_ numbers: [Double]) throws(Fault) -> Double {
    if numbers.isEmpty { throw .emptyList }
    return try orderedSum(numbers).finite() / Double(numbers.count)
}

/// The sum of the products of two lists of one length; each product is rounded first.
func sumOfProducts(_ a: [Double], _ b: [Double]) throws(Fault) -> Double {
    guard a.count == b.count else { throw .lengthMismatch(a.count, b.count) }
    return try orderedSum(count: a.count) { a[$0] * b[$0] }.finite()
}

private func deviations(_ numbers: [Double]) throws(Fault) -> [Double] {
    let mean = try mean(numbers)
    return numbers.map { $0 - mean }
}

/// The squared deviations, less what the rounding of the mean has added to them, over n - 1 or n.
private func variance(_ numbers: [Double], isSample: Bool) throws(Fault) -> Double {
    let deviations = try deviations(numbers)
    if isSample, numbers.count < 2 { throw .domain("a sample needs two elements or more") }
    let count = Double(numbers.count)
    let squares = try sumOfProducts(deviations, deviations)
    let excess = orderedSum(deviations)
    return max(0, squares - excess * excess / count) / (isSample ? count - 1 : count)
}

private func correlation(_ a: [Double], _ b: [Double]) throws(Fault) -> Double {
    let (a, b) = (try deviations(a), try deviations(b))
    let spread = try sumOfProducts(a, a).squareRoot() * (try sumOfProducts(b, b)).squareRoot()
    if spread == 0 { throw .domain("all elements of a list are equal") }
    return min(max(try sumOfProducts(a, b) / spread, -1), 1)
}

private func sorted(_ numbers: [Double], _ meter: inout Meter) throws(Fault) -> [Double] {
    if numbers.isEmpty { throw .emptyList }
    try meter.sort(count: numbers.count)
    return numbers.sorted()
}

private func middle(of sorted: [Double]) throws(Fault) -> Double {
    let half = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[half] }
    let sum = sorted[half - 1] + sorted[half]
    return sum.isFinite ? sum / 2 : sorted[half - 1] / 2 + sorted[half] / 2
}

/// The value at a position between the elements of a sorted list that is not empty.
private func quantile(_ sorted: [Double], at position: Double) throws(Fault) -> Double {
    let last = sorted.count - 1
    let lower = try wholeNumber(position.rounded(.down), in: 0...last, of: "the position")
    let fraction = position - Double(lower)
    let a = sorted[lower]
    let b = sorted[min(lower + 1, last)]
    let distance = b - a
    return distance.isFinite ? a + fraction * distance : (1 - fraction) * a + fraction * b
}

private func mostFrequent(_ numbers: [Double]) throws(Fault) -> Double {
    var counts: [Double: Int] = [:]
    for number in numbers { counts[number, default: 0] += 1 }
    guard var best = numbers.first else { throw .emptyList }
    var most = 0
    for number in numbers {
        guard let count = counts[number], count > most else { continue }
        most = count
        best = number
    }
    return best
}

/// The product is kept as significand and exponent, so that nothing overflows and the root divides
/// the error instead of a logarithm adding one.
private func geometricMean(_ numbers: [Double]) throws(Fault) -> Double {
    if numbers.isEmpty { throw .emptyList }
    var significand = 1.0
    var exponent = 0
    for number in numbers {
        guard number > 0 else { throw .domain("the numbers must be above 0") }
        let product = significand * number.significand
        significand = product.significand
        exponent += Int(number.exponent) + Int(product.exponent)
    }
    let count = numbers.count
    // Rounded down also if it is negative, so that the rest is 0 or more.
    let rest = (exponent % count + count) % count
    let whole = (exponent - rest) / count
    let root =
        CMath.pow(significand, 1 / Double(count)) * CMath.pow(2, Double(rest) / Double(count))
    return Double(sign: .plus, exponent: whole, significand: root)
}

/// Equal elements share the mean of the ranks that they take.
private func ranks(_ numbers: [Double]) -> [Double] {
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    var ranks = [Double](repeating: 0, count: numbers.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, numbers[order[end]] == numbers[order[start]] { end += 1 }
        let rank = Double(start + 1 + end) / 2
        for place in start..<end { ranks[order[place]] = rank }
        start = end
    }
    return ranks
}
