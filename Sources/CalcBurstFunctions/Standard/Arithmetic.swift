/// Arithmetic beyond the six operations.
package let arithmeticFunctions: [Function] = [
    .ofOne(
        "abs",
        .arithmetic,
        "The number without its sign.",
        transparent: true,
        { x in x.magnitude },
        examples: [Example("abs(-3.5)", "3.5"), Example("abs([-1, 2])", "[1, 2]")]
    ),
    .ofOne(
        "sign",
        .arithmetic,
        "1 for a number above 0, -1 for one below, 0 for 0.",
        { x in x > 0 ? 1 : x < 0 ? -1 : 0 },
        examples: [Example("sign(-12)", "-1"), Example("sign([3, 0])", "[1, 0]")]
    ),
    .ofOne(
        "neg",
        .arithmetic,
        "The number with the other sign; the operator `-` before one operand.",
        transparent: true,
        { x in -x },
        examples: [Example("neg(3)", "-3"), Example("-[1, -2]", "[-1, 2]")]
    ),
    .ofOne(
        "plus",
        .arithmetic,
        "The number as it is; the operator `+` before one operand.",
        transparent: true,
        { x in x },
        examples: [Example("plus(3)", "3"), Example("+[1, -2]", "[1, -2]")]
    ),
    .ofTwo(
        "div",
        .arithmetic,
        "The quotient rounded down to a whole number, so that a is div(a, b) * b + a % b.",
        { dividend, divisor throws(Fault) in
            if divisor == 0 { throw .divisionByZero }
            return flooredQuotient(dividend, divisor)
        },
        examples: [Example("div(7, 2)", "3"), Example("div(-7, 2)", "-4")]
    ),
    .ofTwo(
        "rem",
        .arithmetic,
        "The remainder of division rounded towards 0; it has the sign of the dividend.",
        { dividend, divisor throws(Fault) in
            if divisor == 0 { throw .divisionByZero }
            return CMath.fmod(dividend, divisor)
        },
        examples: [Example("rem(-7, 3)", "-1"), Example("rem(7, -3)", "1")]
    ),
    .ofTwo(
        "gcd",
        .arithmetic,
        "The greatest common divisor of two whole numbers.",
        { a, b throws(Fault) in
            try requireExactInteger(a)
            try requireExactInteger(b)
            return greatestCommonDivisor(a, b)
        },
        examples: [Example("gcd(12, 18)", "6"), Example("gcd(0, -5)", "5")]
    ),
    .ofTwo(
        "lcm",
        .arithmetic,
        "The least common multiple of two whole numbers.",
        { a, b throws(Fault) in
            try requireExactInteger(a)
            try requireExactInteger(b)
            if a == 0 || b == 0 { return 0 }
            return (a / greatestCommonDivisor(a, b)).magnitude * b.magnitude
        },
        examples: [Example("lcm(4, 6)", "12"), Example("lcm(-3, 5)", "15")]
    ),
    .ofTwo(
        "hypot",
        .arithmetic,
        "The length of the hypotenuse, without overflow on the way.",
        { a, b in CMath.hypot(a, b) },
        examples: [Example("hypot(3, 4)", "5"), Example("hypot([5, 8], [12, 15])", "[13, 17]")]
    ),
    Function(
        "clamp",
        .arithmetic,
        "The number, held between a lowest and a highest one.",
        [
            Overload(
                "(x: number, lowest: number, highest: number) -> number",
                .lifted,
                .ternary { x, lowest, highest throws(Fault) in
                    if lowest > highest { throw .domain("the lowest is above the highest") }
                    return x < lowest ? lowest : x > highest ? highest : x
                }
            )
        ],
        examples: [Example("clamp(12, 0, 10)", "10"), Example("clamp([-1, 5], 0, 10)", "[0, 5]")]
    ),
    Function(
        "lerp",
        .arithmetic,
        "The number a fraction t of the way from a to b.",
        [
            Overload(
                "(a: number, b: number, t: number) -> number",
                .lifted,
                .ternary { a, b, t in
                    // Both ends are exact, and a and b of different sign do not overflow.
                    t == 1 ? b : (a < 0) == (b < 0) ? a + t * (b - a) : t * b + (1 - t) * a
                }
            )
        ],
        examples: [Example("lerp(10, 20, 0.25)", "12.5"), Example("lerp(0, 8, [0, 1])", "[0, 8]")]
    ),
    Function(
        "fma",
        .arithmetic,
        "The sum a * b + c, rounded once.",
        [
            Overload(
                "(a: number, b: number, c: number) -> number",
                [.lifted, .transparent],
                .ternary { a, b, c in c.addingProduct(a, b) }
            )
        ],
        examples: [Example("fma(2, 3, 4)", "10"), Example("fma([1, 2], 3, 1)", "[4, 7]")]
    ),
    .ofTwo(
        "percent",
        .arithmetic,
        "How many hundredths of the whole the part is.",
        parameters: ("part", "whole"),
        { part, whole throws(Fault) in
            if whole == 0 { throw .divisionByZero }
            let hundredfold = part * 100
            return hundredfold.isFinite ? hundredfold / whole : part / whole * 100
        },
        examples: [Example("percent(7, 100)", "7"), Example("percent(3, [4, 8])", "[75, 37.5]")]
    ),
    .ofOne(
        "isint",
        .arithmetic,
        "Whether the number is whole.",
        result: "bool",
        { x in x == x.rounded(.towardZero) ? 1 : 0 },
        examples: [Example("isint(3)", "true"), Example("isint([2.5, -1])", "[false, true]")]
    ),
    Function(
        "near",
        .arithmetic,
        "Whether two numbers differ by a tolerance or less.",
        [
            Overload(
                "(a: number, b: number, tolerance: number) -> bool",
                .lifted,
                .ternary { a, b, tolerance throws(Fault) in
                    if tolerance < 0 { throw .domain("the tolerance must not be negative") }
                    return (a - b).magnitude <= tolerance ? 1 : 0
                }
            )
        ],
        examples: [
            Example("near(0.1 + 0.2, 0.3, 1e-9)", "true"),
            Example("near(1, [1, 2], 0)", "[true, false]"),
        ]
    ),
]

/// The quotient of floored division for a divisor that is not 0, exactly as Python's `//` gives it.
package func flooredQuotient(_ dividend: Double, _ divisor: Double) -> Double {
    let remainder = CMath.fmod(dividend, divisor)
    var quotient = (dividend - remainder) / divisor
    if remainder != 0, (remainder < 0) != (divisor < 0) { quotient -= 1 }
    if quotient == 0 { return dividend.sign == divisor.sign ? 0 : -0.0 }
    // The subtraction and the division have rounded, so the quotient may miss a whole number.
    let whole = quotient.rounded(.down)
    return quotient - whole > 0.5 ? whole + 1 : whole
}

/// Refuses what is not a whole number that binary64 holds among all its neighbours.
func requireExactInteger(_ number: Double) throws(Fault) {
    guard number == number.rounded(.towardZero), number.magnitude <= 9_007_199_254_740_992 else {
        throw .domain("the operands must be whole numbers up to 2^53")
    }
}

/// Euclid's algorithm; its remainders are exact, and there are at most 78.
private func greatestCommonDivisor(_ a: Double, _ b: Double) -> Double {
    var (a, b) = (a.magnitude, b.magnitude)
    while b != 0 { (a, b) = (b, CMath.fmod(a, b)) }
    return a
}
