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
            // Each reciprocal is followed by what its rounding has cut.
            let reciprocals = orderedSum(count: 2 * numbers.count) { index in
                let number = numbers[index / 2]
                let reciprocal = 1 / number
                return index % 2 == 0
                    ? reciprocal : 1.0.addingProduct(-reciprocal, number) / number
            }
            return Double(numbers.count) / (try reciprocals.finite())
        },
        [Example("harmmean([40, 60])", "48"), Example("harmmean([1, 2, 2])", "1.5")]
    ),
    paired(
        "cov",
        "The covariance of two samples, over n - 1.",
        { a, b throws(Fault) in
            if a.count < 2 { throw .domain("a covariance needs two pairs or more") }
            return try centredProduct(try deviations(a), try deviations(b)) / Double(a.count - 1)
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
