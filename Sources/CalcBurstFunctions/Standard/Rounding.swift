/// Rounding, on the shortest decimal text of a number.
///
/// `round(2.675, 2)` is 2.68 although the binary value lies below the half: what counts is what was
/// written. The modes are those of the General Decimal Arithmetic Specification (M. Cowlishaw),
/// whose "half-up" is called "half-away" here, since it rounds -2.5 to -3.
package let roundingFunctions: [Function] = [
    Function(
        "round",
        .rounding,
        "The number rounded to decimal places; halves go away from 0 unless a mode says otherwise.",
        [
            Overload(
                "(x: number) -> number",
                [.lifted, .transparent],
                .unary { x in x.rounded(.toNearestOrAwayFromZero) }
            ),
            Overload(
                "(x: number, places: number) -> number",
                .lifted,
                .binary { x, places throws(Fault) in
                    rounded(x, places: try decimalPlaces(places), .halfAway)
                }
            ),
            Overload(
                "(x: number, places: number, mode: string) -> number",
                .lifted,
                .values { operands, _ throws(Fault) in
                    let mode = try RoundingMode(named: operands[2].text)
                    let places = try decimalPlaces(operands[1].double)
                    return .number(try rounded(operands[0].double, places: places, mode).finite())
                }
            ),
        ],
        examples: [
            Example("round(2.5)", "3"), Example("round(2.675, 2)", "2.68"),
            Example("round(-1250, -2)", "-1300"), Example("round(2.5, 0, 'half-even')", "2"),
        ]
    ),
    rounding("floor", "The number rounded down", .floor, .down, "-3", "1.23"),
    rounding("ceil", "The number rounded up", .ceiling, .up, "-2", "1.24"),
    rounding("trunc", "The number rounded towards 0", .down, .towardZero, "-2", "1.23"),
    .ofOne(
        "frac",
        .rounding,
        "What is left of the number without its whole part; it has the number's sign.",
        { x in x - x.rounded(.towardZero) },
        examples: [Example("frac(2.75)", "0.75"), Example("frac(-1.5)", "-0.5")]
    ),
    Function(
        "quantize",
        .rounding,
        "The multiple of a step that is nearest; halves go away from 0 unless a mode says otherwise.",
        [
            Overload(
                "(x: number, step: number) -> number",
                .lifted,
                .binary { x, step throws(Fault) in try multiple(x, step, .halfAway) }
            ),
            Overload(
                "(x: number, step: number, mode: string) -> number",
                .lifted,
                .values { operands, _ throws(Fault) in
                    let mode = try RoundingMode(named: operands[2].text)
                    let result = try multiple(operands[0].double, operands[1].double, mode)
                    return .number(try result.finite())
                }
            ),
        ],
        examples: [
            Example("quantize(7.33, 0.05)", "7.35"), Example("quantize(17, 5)", "15"),
            Example("quantize(17, 5, 'up')", "20"),
        ]
    ),
]

/// `floor`, `ceil` and `trunc`: of one operand, and with places.
private func rounding(
    _ name: String,
    _ summary: String,
    _ mode: RoundingMode,
    _ rule: FloatingPointRoundingRule,
    _ example: String,
    _ placesExample: String
) -> Function {
    Function(
        name,
        .rounding,
        "\(summary) to a whole number, or to decimal places.",
        [
            Overload(
                "(x: number) -> number",
                [.lifted, .transparent],
                .unary { x in x.rounded(rule) }
            ),
            Overload(
                "(x: number, places: number) -> number",
                .lifted,
                .binary { x, places throws(Fault) in
                    rounded(x, places: try decimalPlaces(places), mode)
                }
            ),
        ],
        examples: [
            Example("\(name)(-2.5)", example), Example("\(name)(1.2345, 2)", placesExample),
        ]
    )
}

/// Decimal places, which may be negative for tens and hundreds.
private func decimalPlaces(_ places: Double) throws(Fault) -> Int {
    guard let whole = Int(exactly: places), (-400...400).contains(whole) else {
        // A text without parts: a fault that `try` catches allocates nothing.
        throw .domain("places must be a whole number from -400 to 400")
    }
    return whole
}

private func multiple(
    _ number: Double,
    _ step: Double,
    _ mode: RoundingMode
) throws(Fault) -> Double {
    guard step > 0 else { throw .domain("the step must be above 0") }
    return rounded(number, toMultipleOf: step, mode)
}
