/// How numbers are written and read: the one place where text becomes binary64 and back.
///
/// It knows no locale, and every step over a numeral is linear and bounded.
package enum NumberText {
    /// The shortest text that reads back to the same number, laid out as Python's `repr` does it but
    /// without `.0`.
    package static func shortest(_ value: Double) -> String {
        var bytes: [UInt8] = []
        writeShortest(value, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `shortest` gives.
    package static func writeShortest(_ value: Double, into bytes: inout [UInt8]) {
        if let integer = Int64(exactly: value), integer.magnitude < 10_000_000_000_000_000 {
            if integer == 0, value.sign == .minus { bytes.append(UInt8(ascii: "-")) }
            bytes.append(contentsOf: integer.description.utf8)
            return
        }
        guard value.isFinite else { return writeNonFinite(value, into: &bytes) }
        write(shortestDigits(value), negative: value.sign == .minus, fixedBelow: 16, into: &bytes)
    }

    /// The number rounded to so many significant digits, without trailing zeros: C's `%.15g`.
    ///
    /// The rounding is that of the exact binary value, halves to even.
    package static func general(_ value: Double, digits: Int = 15) -> String {
        let count = max(1, min(digits, 767))
        var bytes: [UInt8] = []
        if value.isFinite {
            write(
                exactDigits(value.magnitude).rounded(to: count),
                negative: value.sign == .minus,
                fixedBelow: count,
                into: &bytes
            )
        } else {
            writeNonFinite(value, into: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Values are finite; only a host's own number gets here.
    private static func writeNonFinite(_ value: Double, into bytes: inout [UInt8]) {
        let text = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
        bytes.append(contentsOf: text.utf8)
    }
}

// MARK: - Digits

/// A decimal number `d.ddd × 10^exponent`, its digits as ASCII without zeros at the end.
private struct DecimalDigits {
    var digits: [UInt8]
    var exponent: Int

    private static let zero = UInt8(ascii: "0")

    /// Takes digits that may begin and end with zeros; none but zeros make 0.
    init(_ all: some BidirectionalCollection<UInt8>, exponentOfFirst: Int) {
        let significant = all.drop { $0 == Self.zero }
        digits = Array(significant)
        exponent = exponentOfFirst - (all.count - significant.count)
        trim()
    }

    private mutating func trim() {
        while digits.last == Self.zero { digits.removeLast() }
        if digits.isEmpty {
            digits = [Self.zero]
            exponent = 0
        }
    }

    /// The number with at most `count` digits, halves to even.
    func rounded(to count: Int) -> DecimalDigits {
        guard digits.count > count else { return self }
        var result = self
        let next = digits[count]
        result.digits.removeLast(digits.count - count)
        let half = UInt8(ascii: "5")
        // There is no zero at the end, so a further digit means more than half.
        let isTie = next == half && digits.count == count + 1
        let lastIsOdd = (result.digits.last ?? Self.zero) & 1 == 1
        if next > half || (next == half && (!isTie || lastIsOdd)) {
            while result.digits.last == UInt8(ascii: "9") { result.digits.removeLast() }
            if let last = result.digits.last {
                result.digits[result.digits.count - 1] = last + 1
            } else {
                result.digits = [UInt8(ascii: "1")]
                result.exponent += 1
            }
        }
        result.trim()
        return result
    }
}

extension NumberText {
    /// The digits that Swift prints, which are the fewest that read back and of those the nearest.
    private static func shortestDigits(_ value: Double) -> DecimalDigits {
        var digits: [UInt8] = []
        var pointPosition: Int?
        var exponent = 0
        var exponentIsNegative = false
        var inExponent = false
        for byte in value.magnitude.description.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if inExponent {
                    exponent = exponent * 10 + Int(byte & 0x0F)
                } else {
                    digits.append(byte)
                }
            case UInt8(ascii: "."): pointPosition = digits.count
            case UInt8(ascii: "e"): inExponent = true
            case UInt8(ascii: "-"): exponentIsNegative = true
            default: break
            }
        }
        let first = (pointPosition ?? digits.count) - 1
        return DecimalDigits(
            digits,
            exponentOfFirst: first + (exponentIsNegative ? -exponent : exponent)
        )
    }

    /// All digits of a number that is finite and not negative; at most 767 are significant.
    private static func exactDigits(_ value: Double) -> DecimalDigits {
        guard value > 0 else { return DecimalDigits([], exponentOfFirst: 0) }
        // value = significand × 2^power, and for a negative power significand × 5^-power ÷ 10^-power.
        let isNormal = value.exponentBitPattern > 0
        var significand = value.significandBitPattern | (isNormal ? 1 << 52 : 0)
        var power = (isNormal ? Int(value.exponentBitPattern) : 1) - 1075
        let twos = min(significand.trailingZeroBitCount, max(0, -power))
        significand >>= UInt64(twos)
        power += twos

        // Limbs of nine decimal digits, the lowest first.
        var limbs = [significand % 1_000_000_000, significand / 1_000_000_000]
        let (base, step): (UInt64, Int) = power < 0 ? (5, 13) : (2, 32)
        var left = power.magnitude
        while left > 0 {
            let count = min(left, UInt(step))
            var factor: UInt64 = 1
            for _ in 0..<count { factor *= base }
            left -= count
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = limbs[index] * factor + carry
                limbs[index] = product % 1_000_000_000
                carry = product / 1_000_000_000
            }
            while carry > 0 {
                limbs.append(carry % 1_000_000_000)
                carry /= 1_000_000_000
            }
        }

        var digits: [UInt8] = []
        digits.reserveCapacity(limbs.count * 9)
        for limb in limbs.reversed() {
            var divisor: UInt64 = 100_000_000
            while divisor > 0 {
                digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: limb / divisor % 10))
                divisor /= 10
            }
        }
        return DecimalDigits(digits, exponentOfFirst: digits.count - 1 + min(power, 0))
    }

    /// Lays digits out plainly for exponents from -4 to below `fixedBelow`, else as `1.5e+16`.
    private static func write(
        _ number: DecimalDigits,
        negative: Bool,
        fixedBelow: Int,
        into bytes: inout [UInt8]
    ) {
        let zero = UInt8(ascii: "0")
        let point = UInt8(ascii: ".")
        let digits = number.digits
        let exponent = number.exponent
        if negative { bytes.append(UInt8(ascii: "-")) }
        if exponent < -4 || exponent >= fixedBelow {
            bytes.append(contentsOf: digits.prefix(1))
            if digits.count > 1 {
                bytes.append(point)
                bytes.append(contentsOf: digits.dropFirst())
            }
            bytes.append(UInt8(ascii: "e"))
            bytes.append(UInt8(ascii: exponent < 0 ? "-" : "+"))
            if exponent.magnitude < 10 { bytes.append(zero) }
            bytes.append(contentsOf: exponent.magnitude.description.utf8)
        } else if exponent < 0 {
            bytes.append(zero)
            bytes.append(point)
            for _ in 0..<(-exponent - 1) { bytes.append(zero) }
            bytes.append(contentsOf: digits)
        } else {
            let whole = exponent + 1
            bytes.append(contentsOf: digits.prefix(whole))
            for _ in digits.count..<max(digits.count, whole) { bytes.append(zero) }
            if digits.count > whole {
                bytes.append(point)
                bytes.append(contentsOf: digits.dropFirst(whole))
            }
        }
    }
}
