/// Angles in radians and the hyperbolic functions.
package let trigonometricFunctions: [Function] = [
    .ofOne(
        "sin",
        .trigonometry,
        "The sine of an angle in radians.",
        transparent: true,
        { x in CMath.sin(x) },
        examples: [Example("sin(0)", "0"), Example("sin(pi / 2)", "1")]
    ),
    .ofOne(
        "cos",
        .trigonometry,
        "The cosine of an angle in radians.",
        transparent: true,
        { x in CMath.cos(x) },
        examples: [Example("cos(0)", "1"), Example("cos(pi)", "-1")]
    ),
    .ofOne(
        "tan",
        .trigonometry,
        "The tangent of an angle in radians.",
        transparent: true,
        { x in CMath.tan(x) },
        examples: [Example("tan(0)", "0"), Example("round(tan(pi / 4), 12)", "1")]
    ),
    .ofOne(
        "asin",
        .trigonometry,
        "The angle in radians of a sine.",
        transparent: true,
        { x throws(Fault) in
            try requireUnit(x)
            return CMath.asin(x)
        },
        examples: [Example("asin(0)", "0"), Example("asin(1)", "1.5707963267948966")]
    ),
    .ofOne(
        "acos",
        .trigonometry,
        "The angle in radians of a cosine.",
        transparent: true,
        { x throws(Fault) in
            try requireUnit(x)
            return CMath.acos(x)
        },
        examples: [Example("acos(1)", "0"), Example("acos(-1)", "3.141592653589793")]
    ),
    .ofOne(
        "atan",
        .trigonometry,
        "The angle in radians of a tangent.",
        { x in CMath.atan(x) },
        examples: [Example("atan(0)", "0"), Example("atan(1)", "0.7853981633974483")]
    ),
    .ofTwo(
        "atan2",
        .trigonometry,
        "The angle in radians of the point (x, y), from the positive x axis.",
        parameters: ("y", "x"),
        { y, x in CMath.atan2(y, x) },
        examples: [
            Example("atan2(0, 1)", "0"),
            Example("atan2(1, [0, 1])", "[1.5707963267948966, 0.7853981633974483]"),
        ]
    ),
    .ofOne(
        "sinh",
        .trigonometry,
        "The hyperbolic sine.",
        transparent: true,
        { x in CMath.sinh(x) },
        examples: [Example("sinh(0)", "0"), Example("sinh(1e-9)", "1e-9")]
    ),
    .ofOne(
        "cosh",
        .trigonometry,
        "The hyperbolic cosine.",
        transparent: true,
        { x in CMath.cosh(x) },
        examples: [Example("cosh(0)", "1"), Example("cosh(1e-9)", "1")]
    ),
    .ofOne(
        "tanh",
        .trigonometry,
        "The hyperbolic tangent.",
        { x in CMath.tanh(x) },
        examples: [Example("tanh(0)", "0"), Example("tanh([-800, 800])", "[-1, 1]")]
    ),
    .ofOne(
        "asinh",
        .trigonometry,
        "The number of a hyperbolic sine.",
        transparent: true,
        { x in CMath.asinh(x) },
        examples: [Example("asinh(0)", "0"), Example("asinh(1e-9)", "1e-9")]
    ),
    .ofOne(
        "acosh",
        .trigonometry,
        "The number of a hyperbolic cosine.",
        transparent: true,
        { x throws(Fault) in
            if x < 1, x.isFinite { throw .domain("the operand must be 1 or more") }
            return CMath.acosh(x)
        },
        examples: [Example("acosh(1)", "0"), Example("acosh([1, 1])", "[0, 0]")]
    ),
    .ofOne(
        "atanh",
        .trigonometry,
        "The number of a hyperbolic tangent.",
        transparent: true,
        { x throws(Fault) in
            if x.magnitude >= 1, x.isFinite {
                throw .domain("the operand must be between -1 and 1")
            }
            return CMath.atanh(x)
        },
        examples: [Example("atanh(0)", "0"), Example("atanh(1e-9)", "1e-9")]
    ),
    .ofOne(
        "deg",
        .trigonometry,
        "The degrees of an angle in radians.",
        transparent: true,
        { x in x * (180 / .pi) },
        examples: [Example("deg(pi)", "180"), Example("deg(pi / 2)", "90")]
    ),
    .ofOne(
        "rad",
        .trigonometry,
        "The radians of an angle in degrees.",
        transparent: true,
        { x in x * (.pi / 180) },
        examples: [
            Example("rad(180)", "3.141592653589793"), Example("rad(0)", "0"),
        ]
    ),
]

/// Refuses what is no sine or cosine; infinities and NaN go through to the result.
private func requireUnit(_ number: Double) throws(Fault) {
    if number.magnitude > 1, number.isFinite {
        throw .domain("the operand must be between -1 and 1")
    }
}
