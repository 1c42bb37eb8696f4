/// A number as its shortest decimal text has it: `± coefficient × 10^exponent`.
///
/// Rounding, money and stepping by tenths work on this and not on the binary value, since 2.675 is
/// what was written and 2.67499999999999982236431605997495353221893310546875 is not.
struct DecimalNumber {
    let isNegative: Bool
    /// Below 10^17, and not a multiple of 10 unless it is 0.
    let coefficient: UInt64
    /// From -340 to 308.
    let exponent: Int

    /// The shortest decimal number that reads back as this finite number.
    init(_ number: Double) {
        var reader = DigitReader()
        number.magnitude.write(to: &reader)
        var coefficient = reader.coefficient
        var exponent =
            reader.exponent &+ (reader.powerIsNegative ? 0 &- reader.power : reader.power)
        while coefficient > 0, coefficient % 10 == 0 {
            coefficient /= 10
            exponent &+= 1
        }
        isNegative = number.sign == .minus
        self.coefficient = coefficient
        self.exponent = coefficient == 0 ? 0 : exponent
    }

    /// The number that is nearest to `± coefficient × 10^exponent`, halves to even; an infinity if
    /// it is out of range.
    static func nearest(
        _ coefficient: UInt128,
        exponent: Int,
        isNegative: Bool
    ) -> Double {
        let magnitude: Double
        if coefficient <= 1 << 53, abs(exponent) < powersOfTen.count {
            // Both are exact, so the one operation rounds once.
            let power = powersOfTen[abs(exponent)]
            magnitude = exponent < 0 ? Double(coefficient) / power : Double(coefficient) * power
        } else {
            magnitude = Double("\(coefficient)e\(exponent)") ?? .infinity
        }
        return isNegative ? -magnitude : magnitude
    }

    /// The number in units of `10^-places`, as for cents; nil if it has more places than that or
    /// there are 10^30 units or more.
    func units(places: Int) -> UInt128? {
        var zeros = exponent + places
        guard coefficient > 0 else { return 0 }
        guard zeros >= 0 else { return nil }
        var units = UInt128(coefficient)
        while zeros > 0 {
            guard units < tenToThe(29) else { return nil }
            units *= 10
            zeros -= 1
        }
        return units
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}

/// Takes a number apart while the standard library writes it, as `123.25`, `1e-05` or `1.5e+300`:
/// the shortest digits that read back.
private struct DigitReader: TextOutputStream {
    private(set) var coefficient: UInt64 = 0
    private(set) var exponent = 0
    private(set) var power = 0
    private(set) var powerIsNegative = false
    private var afterPoint = false
    private var afterE = false

    mutating func write(_ text: String) {
        for byte in text.utf8 { take(byte) }
    }

    /// The standard library's own way to write a number: it makes no string.
    ///
    /// Should it be gone one day, `write` does the same and allocates.
    // swift-format-ignore: NoLeadingUnderscores
    mutating func _writeASCII(_ bytes: UnsafeBufferPointer<UInt8>) {
        for index in bytes.indices { take(unsafe bytes[index]) }
    }

    private mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if afterE {
                power = power &* 10 &+ Int(byte &- UInt8(ascii: "0"))
            } else {
                coefficient = coefficient &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                if afterPoint { exponent &-= 1 }
            }
        case UInt8(ascii: "."): afterPoint = true
        case UInt8(ascii: "e"): afterE = true
        case UInt8(ascii: "-"): powerIsNegative = true
        case _: break
        }
    }
}

/// A power of ten; the exponent is held to what 128 bits can hold, 0 to 38.
func tenToThe(_ exponent: Int) -> UInt128 {
    var power: UInt128 = 1
    for _ in 0..<max(0, min(exponent, 38)) { power *= 10 }
    return power
}

/// A quotient cut to a whole number, and how much was cut.
struct WholeQuotient {
    enum Rest {
        case nothing
        case belowHalf
        case half
        case aboveHalf
    }

    let whole: UInt128
    let rest: Rest

    /// `numerator ÷ denominator × 10^shift`; nil if it is 10^36 or more.
    ///
    /// The denominator is above 0 and at most 10^37.
    init?(_ numerator: UInt128, _ denominator: UInt128, shift: Int) {
        guard denominator > 0, denominator <= tenToThe(37) else { return nil }
        var whole = numerator / denominator
        var remainder = numerator % denominator
        guard shift < 0 else {
            for _ in 0..<shift {
                if whole == 0, remainder == 0 { break }
                guard whole < tenToThe(35) else { return nil }
                whole = whole * 10 + remainder * 10 / denominator
                remainder = remainder * 10 % denominator
            }
            guard whole < tenToThe(36) else { return nil }
            self.whole = whole
            rest = Self.rest(remainder, of: denominator, andMore: false)
            return
        }
        guard shift >= -38 else {
            // Below a half of 10^39.
            self.whole = 0
            rest = numerator == 0 ? .nothing : .belowHalf
            return
        }
        let power = tenToThe(-shift)
        self.whole = whole / power
        rest = Self.rest(whole % power, of: power, andMore: remainder > 0)
    }

    /// How much a part of a whole is, where `andMore` says that a part below 1 was cut too.
    private static func rest(_ part: UInt128, of whole: UInt128, andMore: Bool) -> Rest {
        let other = whole - part
        if part == 0, !andMore { return .nothing }
        if part < other { return .belowHalf }
        if part == other, !andMore { return .half }
        return .aboveHalf
    }
}

/// Which of its two neighbours a number is rounded to.
enum RoundingMode: String, CaseIterable {
    case halfAway = "half-away"
    case halfEven = "half-even"
    case halfDown = "half-down"
    case up = "up"
    case down = "down"
    case ceiling = "ceiling"
    case floor = "floor"

    /// The mode of a name.
    init(named name: String) throws(Fault) {
        guard let mode = RoundingMode(rawValue: name) else {
            let names = Self.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw .domain("the mode must be one of \(names)")
        }
        self = mode
    }

    /// The magnitude of the rounded number.
    func round(_ quotient: WholeQuotient, isNegative: Bool) -> UInt128 {
        let isCut = quotient.rest != .nothing
        let goesAway =
            switch self {
            case .up: isCut
            case .down: false
            case .ceiling: isCut && !isNegative
            case .floor: isCut && isNegative
            case .halfAway: quotient.rest == .half || quotient.rest == .aboveHalf
            case .halfDown: quotient.rest == .aboveHalf
            case .halfEven:
                quotient.rest == .aboveHalf || (quotient.rest == .half && quotient.whole % 2 == 1)
            }
        return quotient.whole + (goesAway ? 1 : 0)
    }
}

/// The number rounded to decimal places on its shortest decimal text, as Python's
/// `Decimal(repr(x)).quantize(…)` does it.
func rounded(_ number: Double, places: Int, _ mode: RoundingMode) -> Double {
    let decimal = DecimalNumber(number)
    guard number.isFinite, decimal.exponent + places < 0,
        let quotient = WholeQuotient(
            UInt128(decimal.coefficient),
            1,
            shift: decimal.exponent + places
        )
    else { return number }
    return DecimalNumber.nearest(
        mode.round(quotient, isNegative: decimal.isNegative),
        exponent: -places,
        isNegative: decimal.isNegative
    )
}

/// The multiple of `step` that is next to the number, both as their decimal texts have them.
func rounded(_ number: Double, toMultipleOf step: Double, _ mode: RoundingMode) -> Double {
    let decimal = DecimalNumber(number)
    let unit = DecimalNumber(step)
    // Beyond 2^60 steps the multiples lie closer than binary64's numbers.
    guard
        let quotient = WholeQuotient(
            UInt128(decimal.coefficient),
            UInt128(unit.coefficient),
            shift: decimal.exponent - unit.exponent
        ),
        quotient.whole < 1 << 60
    else { return number }
    return DecimalNumber.nearest(
        mode.round(quotient, isNegative: decimal.isNegative) * UInt128(unit.coefficient),
        exponent: unit.exponent,
        isNegative: decimal.isNegative
    )
}
