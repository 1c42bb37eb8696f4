/// Roots, exponentials, logarithms, and counting.
package let exponentialFunctions: [Function] = [
    .ofOne(
        "sqrt",
        .exponential,
        "The square root.",
        transparent: true,
        { x throws(Fault) in
            if x < 0, x.isFinite { throw .domain("a negative number has no square root") }
            return x.squareRoot()
        },
        examples: [Example("sqrt(16)", "4"), Example("sqrt([4, 2.25])", "[2, 1.5]")]
    ),
    .ofOne(
        "cbrt",
        .exponential,
        "The cube root.",
        transparent: true,
        { x in cubeRoot(x) },
        examples: [Example("cbrt(27)", "3"), Example("cbrt(-8)", "-2")]
    ),
    .ofTwo(
        "root",
        .exponential,
        "The n-th root; of a negative number only if n is odd.",
        parameters: ("x", "n"),
        { x, n throws(Fault) in try root(x, n) },
        examples: [Example("root(625, 4)", "5"), Example("root(-32, 5)", "-2")]
    ),
    .ofOne(
        "exp",
        .exponential,
        "The power of e.",
        { x in CMath.exp(x) },
        examples: [Example("exp(0)", "1"), Example("exp([0, 1])", "[1, 2.718281828459045]")]
    ),
    .ofOne(
        "expm1",
        .exponential,
        "The power of e less 1, exact also near 0.",
        { x in CMath.expm1(x) },
        examples: [Example("expm1(0)", "0"), Example("expm1(1e-20)", "1e-20")]
    ),
    .ofOne(
        "ln",
        .exponential,
        "The natural logarithm.",
        transparent: true,
        { x throws(Fault) in
            try requireLogarithm(x)
            return CMath.log(x)
        },
        examples: [Example("ln(1)", "0"), Example("ln(e)", "1")]
    ),
    .ofOne(
        "log2",
        .exponential,
        "The logarithm to the base 2.",
        transparent: true,
        { x throws(Fault) in
            try requireLogarithm(x)
            return CMath.log2(x)
        },
        examples: [Example("log2(1024)", "10"), Example("log2([1, 0.5])", "[0, -1]")]
    ),
    .ofOne(
        "log10",
        .exponential,
        "The logarithm to the base 10.",
        transparent: true,
        { x throws(Fault) in
            try requireLogarithm(x)
            return CMath.log10(x)
        },
        examples: [Example("log10(1000)", "3"), Example("log10(0.01)", "-2")]
    ),
    .ofOne(
        "log1p",
        .exponential,
        "The natural logarithm of 1 + x, exact also near 0.",
        transparent: true,
        { x throws(Fault) in
            if x <= -1, x.isFinite { throw .domain("the operand must be above -1") }
            return CMath.log1p(x)
        },
        examples: [Example("log1p(0)", "0"), Example("log1p(1e-20)", "1e-20")]
    ),
    .ofTwo(
        "log",
        .exponential,
        "The logarithm to a base; see also ln, log2 and log10.",
        parameters: ("x", "base"),
        { x, base throws(Fault) in try logarithm(x, base) },
        examples: [Example("log(125, 5)", "3"), Example("log(0.25, 2)", "-2")]
    ),
    .ofOne(
        "fact",
        .exponential,
        "The factorial of a whole number from 0 to 170.",
        parameter: "n",
        { n throws(Fault) in
            if n > 170, n == n.rounded(.towardZero) { throw .overflow }
            return factorials[try wholeNumber(n, in: 0...170, of: "n")]
        },
        examples: [Example("fact(5)", "120"), Example("fact([0, 20])", "[1, 2432902008176640000]")]
    ),
    .ofTwo(
        "choose",
        .exponential,
        "The number of ways to choose k of n things.",
        parameters: ("n", "k"),
        { n, k throws(Fault) in try binomialCoefficient(n, k) },
        examples: [Example("choose(5, 2)", "10"), Example("choose(52, 5)", "2598960")]
    ),
]

/// Refuses the numbers that have no logarithm; infinities and NaN go through to the result.
private func requireLogarithm(_ number: Double) throws(Fault) {
    if number <= 0, number.isFinite {
        throw .domain("only a number above 0 has a logarithm")
    }
}

private func root(_ number: Double, _ degree: Double) throws(Fault) -> Double {
    if degree == 0 { throw .domain("there is no root of degree 0") }
    if degree < 0 {
        if number == 0 { throw .divisionByZero }
        return 1 / (try root(number, -degree))
    }
    if degree == 2, number >= 0 { return number.squareRoot() }
    if degree == 3 { return cubeRoot(number) }
    if number < 0 {
        guard CMath.fmod(degree, 2) == 1 else {
            throw .domain("a negative number has only roots of odd degree")
        }
        return -magnitudeRoot(-number, degree)
    }
    return magnitudeRoot(number, degree)
}

/// The cube root; the C library's may be off by one bit, also for 27, which a step of Newton's
/// method mends.
private func cubeRoot(_ number: Double) -> Double {
    let root = CMath.cbrt(number)
    // Below this the products of the step would lose bits themselves.
    guard number.isFinite, number.magnitude > 1e-250 else { return root }
    let square = root * root
    let squareError = (-square).addingProduct(root, root)
    let excess = (-number).addingProduct(root, square) + root * squareError
    return root - excess / (3 * square)
}

/// The root of a number that is not negative; exact if it is whole.
private func magnitudeRoot(_ number: Double, _ degree: Double) -> Double {
    let root = CMath.pow(number, 1 / degree)
    // The reciprocal has rounded, so 625 would have the fourth root 4.999999999999999.
    let whole = root.rounded()
    return CMath.pow(whole, degree) == number ? whole : root
}

private func logarithm(_ number: Double, _ base: Double) throws(Fault) -> Double {
    try requireLogarithm(number)
    guard base > 0, base != 1 else { throw .domain("the base must be above 0 and not 1") }
    if base == 2 { return CMath.log2(number) }
    if base == 10 { return CMath.log10(number) }
    let quotient = CMath.log(number) / CMath.log(base)
    let whole = quotient.rounded()
    return CMath.pow(base, whole) == number ? whole : quotient
}

/// The factorials of 0 to 170, each the nearest number to the true one.
private let factorials: [Double] = {
    var factorials = [1.0]
    var product = DoubleDouble(1)
    for factor in 1...170 {
        product.multiply(by: Double(factor))
        factorials.append(product.high)
    }
    return factorials
}()

/// The binomial coefficient, exact up to 2^53 and the nearest number beyond.
///
/// After i steps the product is the whole number "n - k + i over i". Above 1,024 steps it would be
/// beyond 2^1024, so the loop ends early.
private func binomialCoefficient(_ n: Double, _ k: Double) throws(Fault) -> Double {
    try requireExactInteger(n)
    try requireExactInteger(k)
    guard n >= 0, k >= 0 else { throw .domain("the operands must not be negative") }
    if k > n { return 0 }
    let steps = min(k, n - k)
    if steps > 1024 { throw .overflow }
    // A product just before its division may be too large where the quotient is not; a power of two
    // makes room and changes no digit.
    let room = 0x1p60
    var product = DoubleDouble(1 / room)
    var step = 1.0
    while step <= steps {
        product.multiply(by: n - steps + step)
        product.divide(by: step)
        if !product.high.isFinite { throw .overflow }
        step += 1
    }
    return try (product.high * room).finite()
}

/// A number of 106 bits, as the sum of two.
///
/// After Theodorus Dekker, "A floating-point technique for extending the available precision",
/// Numerische Mathematik 18, 1971.
private struct DoubleDouble {
    private(set) var high: Double
    private var low = 0.0

    init(_ number: Double) { high = number }

    mutating func multiply(by factor: Double) {
        let product = high * factor
        let error = (-product).addingProduct(high, factor)
        set(product, error + low * factor)
    }

    mutating func divide(by divisor: Double) {
        let quotient = high / divisor
        let remainder = high.addingProduct(-quotient, divisor)
        set(quotient, (remainder + low) / divisor)
    }

    private mutating func set(_ larger: Double, _ smaller: Double) {
        high = larger + smaller
        low = smaller - (high - larger)
    }
}
