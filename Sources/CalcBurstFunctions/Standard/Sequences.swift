/// Lists of numbers that are made by rule, and sums and tables over them.
package let sequenceFunctions: [Function] = [
    Function(
        "range",
        .lists,
        "The numbers from a, or 0, in steps of 1, or step, up to b, which is left out.",
        [
            Overload(
                "(count: number) -> [number]",
                [],
                .values { operands, meter throws(Fault) in
                    try steps(from: 0, to: operands[0].double, by: 1, &meter)
                }
            ),
            Overload(
                "(a: number, b: number, step: number = 1) -> [number]",
                [],
                .values { operands, meter throws(Fault) in
                    let (a, b) = (operands[0].double, operands[1].double)
                    return try steps(from: a, to: b, by: operands[2].double, &meter)
                }
            ),
        ],
        examples: [
            Example("range(3)", "[0, 1, 2]"), Example("range(2, 5)", "[2, 3, 4]"),
            Example("range(0, 0.4, 0.1)", "[0, 0.1, 0.2, 0.3]"),
            Example("range(3, 0, -1)", "[3, 2, 1]"),
        ]
    ),
    .ofValues(
        "linspace",
        .lists,
        "As many numbers as n says, at equal distances from a to b, both included.",
        "(a: number, b: number, n: number) -> [number]",
        { operands, meter throws(Fault) in
            let (a, b) = (operands[0].double, operands[1].double)
            let count = try wholeCount(operands[2].double, of: "n")
            try meter.makeList(count: count)
            if count < 2 { return .list(List(count == 0 ? [] : [a])) }
            let step = (try (b - a).finite()) / Double(count - 1)
            var numbers = (0..<count).map { a + Double($0) * step }
            numbers[count - 1] = b
            return .list(List(numbers))
        },
        examples: [
            Example("linspace(0, 1, 5)", "[0, 0.25, 0.5, 0.75, 1]"),
            Example("linspace(2, 3, 1)", "[2]"),
        ]
    ),
    .ofValues(
        "repeat",
        .lists,
        "A list of n times the value.",
        "(value: T, n: number) -> [T]",
        { operands, meter throws(Fault) in
            let count = try wholeCount(operands[1].double, of: "n")
            try meter.makeList(count: count)
            if case .number(let number) = operands[0] {
                return .list(List([Double](repeating: number, count: count)))
            }
            return .list(List([Value](repeating: operands[0], count: count)))
        },
        examples: [Example("repeat(7, 3)", "[7, 7, 7]"), Example("repeat('a', 2)", "['a', 'a']")]
    ),
    .ofValues(
        "dot",
        .lists,
        "The sum of the products of two lists of one length.",
        "(a: [number], b: [number]) -> number",
        { operands, _ throws(Fault) in
            let a = operands[0].elements.numbers ?? []
            return .number(try sumOfProducts(a, operands[1].elements.numbers ?? []))
        },
        examples: [Example("dot([1, 2], [3, 4])", "11"), Example("dot([], [])", "0")]
    ),
    .ofValues(
        "histogram",
        .lists,
        "How many elements lie between neighbouring edges: from the lower one up to the upper one, "
            + "which only the last bin includes.",
        "(list: [number], edges: [number]) -> [number]",
        { operands, meter throws(Fault) in
            let numbers = operands[0].elements.numbers ?? []
            let edges = operands[1].elements.numbers ?? []
            try requireRising(edges, "edges")
            try meter.makeList(count: edges.count - 1)
            try meter.sort(count: numbers.count)
            return .list(List(histogram(numbers, edges)))
        },
        examples: [
            Example("histogram([1, 2, 2, 3, 9], [1, 2, 3])", "[1, 3]"),
            Example("histogram([], [0, 1])", "[0]"),
        ]
    ),
    .ofValues(
        "interp",
        .lists,
        "The value at x of the line through the points; beyond its ends, the value at the end.",
        "(x: number, xs: [number], ys: [number]) -> number",
        marks: .lifted,
        { operands, _ throws(Fault) in
            let xs = operands[1].elements.numbers ?? []
            let ys = operands[2].elements.numbers ?? []
            guard xs.count == ys.count else { throw .lengthMismatch(xs.count, ys.count) }
            if xs.isEmpty { throw .emptyList }
            if xs.count > 1 { try requireRising(xs, "xs") }
            return .number(try interpolate(operands[0].double, xs, ys).finite())
        },
        examples: [
            Example("interp(1.5, [1, 2], [10, 20])", "15"),
            Example("interp([0, 9], [1, 2], [10, 20])", "[10, 20]"),
        ]
    ),
]

/// The numbers of `range`, computed on their decimal texts, so that the third step of 0.1 is 0.3.
private func steps(
    from start: Double,
    to end: Double,
    by step: Double,
    _ meter: inout Meter
) throws(Fault) -> Value {
    if step == 0 { throw .domain("the step must not be 0") }
    // Numbers too far apart for one scale are stepped through in binary64.
    guard let scale = Scale(start, end, step) else {
        let count = try wholeCount(max(0, ((end - start) / step).rounded(.up)), of: "the count")
        try meter.makeList(count: count)
        return try finiteList((0..<count).map { start + Double($0) * step })
    }
    let distance = scale.units[1] - scale.units[0]
    let unit = scale.units[2]
    if distance == 0 || (distance < 0) != (unit < 0) { return .list(.empty) }
    let (quotient, remainder) = distance.magnitude.quotientAndRemainder(dividingBy: unit.magnitude)
    let count = Int(clamping: remainder == 0 ? quotient : quotient + 1)
    try meter.makeList(count: count)
    return .list(List((0..<count).map { scale.number(scale.units[0] + Int128($0) * unit) }))
}

/// Decimal numbers as whole numbers of one power of ten.
private struct Scale {
    private(set) var units: [Int128] = []
    private var exponent = 0

    /// Nil if a number would have more than 37 digits.
    init?(_ numbers: Double...) {
        let decimals = numbers.map(DecimalNumber.init)
        exponent = decimals.filter { $0.coefficient > 0 }.map(\.exponent).min() ?? 0
        for decimal in decimals {
            let zeros = decimal.coefficient == 0 ? 0 : decimal.exponent - exponent
            guard zeros <= 20 else { return nil }
            let magnitude = Int128(decimal.coefficient) * Int128(tenToThe(zeros))
            units.append(decimal.isNegative ? -magnitude : magnitude)
        }
    }

    func number(_ units: Int128) -> Double {
        DecimalNumber.nearest(units.magnitude, exponent: exponent, isNegative: units < 0)
    }
}

private func requireRising(_ numbers: [Double], _ name: String) throws(Fault) {
    if numbers.count < 2 { throw .domain("there must be two \(name) or more") }
    for (next, previous) in zip(numbers.dropFirst(), numbers) where next <= previous {
        throw .domain("the \(name) must rise")
    }
}

/// The position of the last of rising numbers that is not above x; nil if x is below all.
private func lastPosition(notAbove x: Double, in rising: [Double]) -> Int? {
    var low = 0
    var high = rising.count
    while low < high {
        let middle = (low + high) / 2
        if rising[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
}

private func histogram(_ numbers: [Double], _ edges: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: edges.count - 1)
    for number in numbers {
        guard let bin = lastPosition(notAbove: number, in: edges) else { continue }
        if bin < counts.count {
            counts[bin] += 1
        } else if number == edges[bin] {
            counts[counts.count - 1] += 1
        }
    }
    return counts
}

private func interpolate(_ x: Double, _ xs: [Double], _ ys: [Double]) -> Double {
    guard let left = lastPosition(notAbove: x, in: xs) else { return ys[0] }
    guard left + 1 < xs.count else { return ys[xs.count - 1] }
    let fraction = (x - xs[left]) / (xs[left + 1] - xs[left])
    return ys[left] + fraction * (ys[left + 1] - ys[left])
}
