// What the statistics compute; `Statistics.swift` names the sources.

func mean(_ numbers: [Double]) throws(Fault) -> Double {
    if numbers.isEmpty { throw .emptyList }
    return try orderedSum(numbers).finite() / Double(numbers.count)
}

/// The sum of the products of two lists of one length; each product is rounded first.
func sumOfProducts(_ a: [Double], _ b: [Double]) throws(Fault) -> Double {
    guard a.count == b.count else { throw .lengthMismatch(a.count, b.count) }
    return try orderedSum(count: a.count) { a[$0] * b[$0] }.finite()
}

func deviations(_ numbers: [Double]) throws(Fault) -> [Double] {
    let mean = try mean(numbers)
    return numbers.map { $0 - mean }
}

/// The sum of the products of deviations, less what the rounding of the means has added to it.
func centredProduct(_ a: [Double], _ b: [Double]) throws(Fault) -> Double {
    try sumOfProducts(a, b) - orderedSum(a) * orderedSum(b) / Double(a.count)
}

/// The squared deviations over n - 1 or n.
func variance(_ numbers: [Double], isSample: Bool) throws(Fault) -> Double {
    let deviations = try deviations(numbers)
    if isSample, numbers.count < 2 { throw .domain("a sample needs two elements or more") }
    let squares = max(0, try centredProduct(deviations, deviations))
    return squares / Double(isSample ? numbers.count - 1 : numbers.count)
}

func correlation(_ a: [Double], _ b: [Double]) throws(Fault) -> Double {
    let (a, b) = (try deviations(a), try deviations(b))
    let spreadA = max(0, try centredProduct(a, a))
    let spreadB = max(0, try centredProduct(b, b))
    if spreadA == 0 || spreadB == 0 { throw .domain("all elements of a list are equal") }
    // One root rounds less than two, unless the product leaves the range.
    let product = spreadA * spreadB
    let spread =
        product.isNormal ? product.squareRoot() : spreadA.squareRoot() * spreadB.squareRoot()
    return min(max(try centredProduct(a, b) / spread, -1), 1)
}

func sorted(_ numbers: [Double], _ meter: inout Meter) throws(Fault) -> [Double] {
    if numbers.isEmpty { throw .emptyList }
    try meter.sort(count: numbers.count)
    return numbers.sorted()
}

func middle(of sorted: [Double]) throws(Fault) -> Double {
    let half = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[half] }
    let sum = sorted[half - 1] + sorted[half]
    return sum.isFinite ? sum / 2 : sorted[half - 1] / 2 + sorted[half] / 2
}

/// The value at a position between the elements of a sorted list that is not empty.
func quantile(_ sorted: [Double], at position: Double) throws(Fault) -> Double {
    let last = sorted.count - 1
    let lower = try wholeNumber(position.rounded(.down), in: 0...last, of: "the position")
    let fraction = position - Double(lower)
    let a = sorted[lower]
    let b = sorted[min(lower + 1, last)]
    let distance = b - a
    return distance.isFinite ? a + fraction * distance : (1 - fraction) * a + fraction * b
}

func mostFrequent(_ numbers: [Double]) throws(Fault) -> Double {
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
func geometricMean(_ numbers: [Double]) throws(Fault) -> Double {
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
func ranks(_ numbers: [Double]) -> [Double] {
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
