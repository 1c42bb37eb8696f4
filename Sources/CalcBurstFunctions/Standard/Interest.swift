/// The value of money over time, with the signs of the spreadsheets: what is paid is negative.
///
/// All solve the annuity equation of OpenFormula 1.2 (OASIS, "Recalculated formula format", the
/// function PV): pv·(1 + r)^n + pmt·(1 + r·type)·((1 + r)^n - 1)/r + fv = 0, where for a rate of 0
/// the middle term is pmt·n. `type` is 1 if payments are due when a period begins, else 0.
package let interestFunctions: [Function] = [
    annuity(
        "pmt",
        "The payment for each of n periods that pays a loan of pv at a rate per period.",
        "(rate: number, n: number, pv: number, fv: number = 0, type: number = 0) -> number",
        { annuity, pv, fv throws(Fault) in
            if annuity.periods == 0 { throw .divisionByZero }
            return -(pv * annuity.growth + fv * annuity.scale) / annuity.series
        },
        [
            Example("round(pmt(0.05 / 12, 360, 200000), 2)", "-1073.64"),
            Example("pmt(0, 10, 1000)", "-100"),
        ]
    ),
    annuity(
        "fv",
        "What n payments of pmt and a first amount of pv come to at a rate per period.",
        "(rate: number, n: number, pmt: number, pv: number = 0, type: number = 0) -> number",
        { annuity, pmt, pv in
            -(pv * annuity.growth + pmt * annuity.series) / annuity.scale
        },
        [Example("round(fv(0.5, 2, -100), 10)", "250"), Example("fv(0, 10, -100)", "1000")]
    ),
    annuity(
        "pv",
        "What n payments of pmt and a last amount of fv are worth now at a rate per period.",
        "(rate: number, n: number, pmt: number, fv: number = 0, type: number = 0) -> number",
        { annuity, pmt, fv in
            -(fv * annuity.scale + pmt * annuity.series) / annuity.growth
        },
        [Example("round(pv(0.25, 2, -100), 10)", "144"), Example("pv(0, 10, -100)", "1000")]
    ),
    .ofValues(
        "npv",
        .money,
        "What payments at the end of each period are worth now; the first is discounted once.",
        "(rate: number, values: [number]) -> number",
        { operands, _ throws(Fault) in
            let values = operands[1].elements.numbers ?? []
            if values.isEmpty { throw .emptyList }
            let growth = 1 + operands[0].double
            if growth == 0 { throw .divisionByZero }
            // Horner's rule from the last payment.
            let worth = values.reversed().reduce(0) { ($0 + $1) / growth }
            return .number(try worth.finite())
        },
        examples: [Example("npv(0.25, [100, 100])", "144"), Example("npv(0, [1, 2, 3])", "6")]
    ),
    .ofValues(
        "irr",
        .money,
        "The rate at which payments, the first of them now, are worth nothing together.",
        "(values: [number], guess: number = 0.1) -> number",
        { operands, meter throws(Fault) in
            let values = operands[0].elements.numbers ?? []
            if values.isEmpty { throw .emptyList }
            guard values.contains(where: { $0 > 0 }), values.contains(where: { $0 < 0 }) else {
                throw .domain("there must be payments in and payments out")
            }
            guard operands[1].double > -1 else { throw .domain("the guess must be above -1") }
            return .number(try internalRate(values, guess: operands[1].double, &meter))
        },
        examples: [
            Example("round(irr([-100, 60, 60]), 10)", "0.1306623863"),
            Example("round(irr([-100, 110]), 12)", "0.1"),
        ]
    ),
]

/// The two factors of the annuity equation, both over a common scale that keeps them in range.
private struct Annuity: Sendable {
    let periods: Double
    /// The growth of an amount: (1 + r)^n.
    let growth: Double
    /// The worth of payments of 1: (1 + r·type)·((1 + r)^n - 1)/r.
    let series: Double
    /// What growth and series are multiples of: 1, or (1 + r)^-n for growing amounts.
    let scale: Double

    init(rate: Double, periods: Double, type: Double) throws(Fault) {
        guard rate > -1 else { throw .domain("the rate must be above -1") }
        guard type == 0 || type == 1 else { throw .domain("type must be 0 or 1") }
        self.periods = periods
        if rate == 0 {
            (growth, series, scale) = (1, periods, 1)
            return
        }
        let due = 1 + rate * type
        let exponent = periods * CMath.log1p(rate)
        if exponent > 0 {
            // Over (1 + r)^n, which may be too large for binary64.
            growth = 1
            series = -due * CMath.expm1(-exponent) / rate
            scale = CMath.exp(-exponent)
        } else {
            growth = CMath.exp(exponent)
            series = due * CMath.expm1(exponent) / rate
            scale = 1
        }
    }
}

private func annuity(
    _ name: String,
    _ summary: String,
    _ signature: String,
    _ solve: @escaping @Sendable (Annuity, Double, Double) throws(Fault) -> Double,
    _ examples: [Example]
) -> Function {
    Function(
        name,
        .money,
        summary,
        [
            Overload(
                signature,
                .lifted,
                .quinary { rate, periods, amount, other, type throws(Fault) in
                    let annuity = try Annuity(rate: rate, periods: periods, type: type)
                    return try solve(annuity, amount, other)
                }
            )
        ],
        examples: examples
    )
}

/// The worth of payments at a rate, and how it changes with the rate.
private func worth(_ values: [Double], at rate: Double) -> (value: Double, slope: Double) {
    let growth = 1 + rate
    var value = 0.0
    var slope = 0.0
    // Horner's rule in 1 / growth, and its derivative.
    for payment in values.reversed() {
        slope = (slope - value / growth) / growth
        value = value / growth + payment
    }
    return (value, slope)
}

/// Newton's method from the guess, and where that leads nowhere, halving between two rates of a
/// fixed ladder with worths of different sign.
private func internalRate(
    _ values: [Double],
    guess: Double,
    _ meter: inout Meter
) throws(Fault) -> Double {
    var rate = guess
    for _ in 0..<50 {
        try meter.visit(count: values.count)
        let (value, slope) = worth(values, at: rate)
        let next = rate - value / slope
        guard next.isFinite, next > -1 else { break }
        let step = (next - rate).magnitude
        rate = next
        if step <= 1e-15 * max(1, rate.magnitude) { return rate }
    }
    let ladder = [
        -0.999_999, -0.9999, -0.99, -0.9, -0.75, -0.5, -0.25, -0.1, 0, 0.1, 0.25, 0.5, 1, 2, 5, 10,
        100, 1000, 1e6,
    ]
    var worths: [Double] = []
    for rate in ladder {
        try meter.visit(count: values.count)
        worths.append(worth(values, at: rate).value)
    }
    let changes = ladder.indices.dropLast().filter { (worths[$0] < 0) != (worths[$0 + 1] < 0) }
    let nearest = changes.min { (ladder[$0] - guess).magnitude < (ladder[$1] - guess).magnitude }
    guard let nearest else { throw .noConvergence(iterations: 50) }
    var (low, high) = (ladder[nearest], ladder[nearest + 1])
    let lowIsNegative = worths[nearest] < 0
    for _ in 0..<100 {
        try meter.visit(count: values.count)
        let middle = low + (high - low) / 2
        if (worth(values, at: middle).value < 0) == lowIsNegative {
            low = middle
        } else {
            high = middle
        }
    }
    return low + (high - low) / 2
}
