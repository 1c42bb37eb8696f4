/// Amounts of money, in decimals, so that the cents add up.
///
/// `allocate` is the largest-remainder method (Hamilton's apportionment, 1792): each part is cut to
/// whole units, and the units that are left go to the parts that lost most, the first of equal ones
/// first.
package let moneyFunctions: [Function] = [
    .ofValues(
        "allocate",
        .money,
        "The total cut into parts in proportion to the weights, which add up to the last unit.",
        "(total: number, weights: [number], places: number = 2) -> [number]",
        { operands, meter throws(Fault) in
            let weights = operands[1].elements.numbers ?? []
            let places = try moneyPlaces(operands[2].double)
            if weights.isEmpty { throw .emptyList }
            try meter.makeList(count: weights.count)
            try meter.sort(count: weights.count)
            let total = try Amount(operands[0].double, places: places)
            let parts = try apportion(total.units, among: try wholeWeights(weights))
            return .list(List(parts.map(total.number)))
        },
        examples: [
            Example("allocate(100, [1, 1, 1])", "[33.34, 33.33, 33.33]"),
            Example("allocate(10, [3, 1], 0)", "[8, 2]"),
        ]
    ),
    .ofValues(
        "split_amount",
        .money,
        "The total cut into n equal parts, which add up to the last unit.",
        "(total: number, n: number, places: number = 2) -> [number]",
        { operands, meter throws(Fault) in
            let count = try wholeCount(operands[1].double, of: "n")
            if count == 0 { throw .domain("n must be 1 or more") }
            let places = try moneyPlaces(operands[2].double)
            try meter.makeList(count: count)
            let total = try Amount(operands[0].double, places: places)
            let (part, more) = total.units.quotientAndRemainder(dividingBy: UInt128(count))
            return .list(
                List((0..<count).map { total.number(part + (UInt128($0) < more ? 1 : 0)) })
            )
        },
        examples: [
            Example("split_amount(100, 3)", "[33.34, 33.33, 33.33]"),
            Example("split_amount(-10, 4, 0)", "[-3, -3, -2, -2]"),
        ]
    ),
    Function(
        "tax_in",
        .money,
        "The tax that a gross amount contains, at a rate such as 0.19, rounded to places.",
        [
            Overload(
                "(gross: number, rate: number, places: number) -> number",
                .lifted,
                .ternary { gross, rate, places throws(Fault) in
                    try tax(gross, rate, places, isContained: true)
                }
            )
        ],
        examples: [Example("tax_in(119, 0.19, 2)", "19"), Example("tax_in(10, 0.07, 2)", "0.65")]
    ),
    Function(
        "tax_add",
        .money,
        "The tax that is added to a net amount, at a rate such as 0.19, rounded to places.",
        [
            Overload(
                "(net: number, rate: number, places: number) -> number",
                .lifted,
                .ternary { net, rate, places throws(Fault) in
                    try tax(net, rate, places, isContained: false)
                }
            )
        ],
        examples: [
            Example("tax_add(100, 0.19, 2)", "19"), Example("tax_add(0.5, 0.05, 2)", "0.03"),
        ]
    ),
]

private func moneyPlaces(_ places: Double) throws(Fault) -> Int {
    try wholeNumber(places, in: 0...15, of: "places")
}

/// An amount in its smallest units.
private struct Amount {
    let units: UInt128
    private let places: Int
    private let isNegative: Bool

    init(_ amount: Double, places: Int) throws(Fault) {
        let decimal = DecimalNumber(amount)
        guard let units = decimal.units(places: places) else {
            throw .domain(
                decimal.exponent + places < 0
                    ? "the total has more than \(places) places" : "the total has too many digits"
            )
        }
        self.units = units
        self.places = places
        isNegative = decimal.isNegative && units > 0
    }

    func number(_ units: UInt128) -> Double {
        DecimalNumber.nearest(units, exponent: -places, isNegative: isNegative && units > 0)
    }
}

/// The weights as whole numbers in the same proportion.
private func wholeWeights(_ weights: [Double]) throws(Fault) -> [UInt128] {
    let decimals = weights.map(DecimalNumber.init)
    guard weights.allSatisfy({ $0 >= 0 }) else {
        throw .domain("the weights must not be negative")
    }
    guard let least = decimals.filter({ $0.coefficient > 0 }).map(\.exponent).min() else {
        throw .domain("the weights must not all be 0")
    }
    var wholes: [UInt128] = []
    var sum: UInt128 = 0
    for decimal in decimals {
        let whole = decimal.units(places: -least)
        guard let whole, sum <= tenToThe(36) else {
            throw .domain("the weights lie too far apart")
        }
        wholes.append(whole)
        sum += whole
    }
    return wholes
}

/// Cuts units into parts in proportion to weights, of which one at least is not 0.
private func apportion(_ units: UInt128, among weights: [UInt128]) throws(Fault) -> [UInt128] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { throw .domain("the weights must not all be 0") }
    var parts: [UInt128] = []
    var remainders: [UInt128] = []
    var left = units
    for weight in weights {
        // A weight is at most the sum, so the quotient is at most the units and fits.
        let (part, remainder) = sum.dividingFullWidth(units.multipliedFullWidth(by: weight))
        parts.append(part)
        remainders.append(remainder)
        left -= part
    }
    let order = remainders.indices.sorted { remainders[$0] > remainders[$1] }
    for position in order {
        if left == 0 { break }
        parts[position] += 1
        left -= 1
    }
    return parts
}

/// The tax on a net amount, or in a gross one, exact in decimals and then rounded once.
private func tax(
    _ amount: Double,
    _ rate: Double,
    _ places: Double,
    isContained: Bool
) throws(Fault) -> Double {
    let places = try moneyPlaces(places)
    if rate < 0 { throw .domain("the rate must not be negative") }
    let amount = DecimalNumber(amount)
    let decimalRate = DecimalNumber(rate)
    // The rate is ratePart / 10^ratePlaces, and rate / (1 + rate) = ratePart / (10^ratePlaces + ratePart).
    let ratePlaces = max(0, -decimalRate.exponent)
    guard ratePlaces <= 36, let ratePart = decimalRate.units(places: ratePlaces),
        ratePart < tenToThe(20)
    else { throw .domain("the rate has too many digits") }
    let divisor = isContained ? tenToThe(ratePlaces) + ratePart : 1
    let shift = amount.exponent + places - (isContained ? 0 : ratePlaces)
    let numerator = UInt128(amount.coefficient) * ratePart
    guard let quotient = WholeQuotient(numerator, divisor, shift: shift) else {
        throw .domain("the amount has too many digits")
    }
    return DecimalNumber.nearest(
        RoundingMode.halfAway.round(quotient, isNegative: amount.isNegative),
        exponent: -places,
        isNegative: amount.isNegative
    )
}
