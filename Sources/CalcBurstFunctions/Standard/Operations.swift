/// The six documented operations, which the operators call.
package let operations: [Function] = [
    Function(
        "add",
        .operations,
        "The sum of the operands, from the left; two strings are joined.",
        [
            Overload(
                "(a: number, b: number, more: number...) -> number",
                [.lifted, .transparent],
                .fold { a, b in a + b }
            ),
            Overload(
                "(a: string, b: string, more: string...) -> string",
                .lifted,
                .values { operands, meter throws(Fault) in
                    let texts = operands.map(\.text)
                    try meter.makeString(bytes: texts.reduce(0) { $0 + $1.utf8.count })
                    return .string(texts.joined())
                }
            ),
        ],
        examples: [
            Example("add(10, 20, 30)", "60"), Example("'a' + 'b'", "'ab'"),
            Example("[1, 2] + 10", "[11, 12]"),
        ]
    ),
    Function(
        "subtract",
        .operations,
        "The first operand less each of the others in turn.",
        [
            Overload(
                "(a: number, b: number, more: number...) -> number",
                [.lifted, .transparent],
                .fold { a, b in a - b }
            )
        ],
        examples: [Example("subtract(10, 3, 2)", "5"), Example("[5, 7] - 2", "[3, 5]")]
    ),
    Function(
        "multiply",
        .operations,
        "The product of the operands, from the left.",
        [
            Overload(
                "(a: number, b: number, more: number...) -> number",
                [.lifted, .transparent],
                .fold { a, b in a * b }
            )
        ],
        examples: [Example("multiply(2, 3, 4)", "24"), Example("[2, 3] * [4, 5]", "[8, 15]")]
    ),
    Function(
        "divide",
        .operations,
        "The first operand divided by each of the others in turn.",
        [
            Overload(
                "(a: number, b: number, more: number...) -> number",
                .lifted,
                .fold { dividend, divisor throws(Fault) in
                    if divisor == 0 { throw .divisionByZero }
                    return dividend / divisor
                }
            )
        ],
        examples: [Example("divide(12, 2, 3)", "2"), Example("5 / 2", "2.5")]
    ),
    Function(
        "power",
        .operations,
        "The first operand raised to the second; anything to the power 0 is 1.",
        [
            Overload(
                "(base: number, exponent: number) -> number",
                .lifted,
                .binary { base, exponent throws(Fault) in
                    if exponent == 2 { return base * base }
                    if base == 0, exponent < 0 { throw .divisionByZero }
                    let result = CMath.pow(base, exponent)
                    if result.isNaN {
                        throw .domain("a negative number has no power that is not whole")
                    }
                    return result
                }
            )
        ],
        examples: [Example("power(2, 10)", "1024"), Example("2 ^ -1", "0.5")]
    ),
    Function(
        "modulo",
        .operations,
        "The remainder of floored division; it has the sign of the divisor.",
        [
            Overload(
                "(a: number, b: number) -> number",
                .lifted,
                .binary { dividend, divisor throws(Fault) in
                    if divisor == 0 { throw .divisionByZero }
                    return flooredRemainder(dividend, divisor)
                }
            )
        ],
        examples: [Example("modulo(-7, 3)", "2"), Example("7 % -3", "-2")]
    ),
]

/// The remainder of floored division for a divisor that is not 0, exactly as Python's `%` gives it.
package func flooredRemainder(_ dividend: Double, _ divisor: Double) -> Double {
    let remainder = CMath.fmod(dividend, divisor)
    if remainder == 0 { return divisor < 0 ? -0.0 : 0.0 }
    return (remainder < 0) == (divisor < 0) ? remainder : remainder + divisor
}
