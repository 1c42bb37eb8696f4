/// Why a text gives no number.
package enum NumeralProblem: Error, Hashable, Sendable {
    /// The text is not a numeral of the language.
    case notANumeral
    /// A numeral of nothing but digits, or `0x`, `0b`, `0o`, that binary64 cannot hold exactly.
    case inexactInteger
    /// The number would be infinite.
    case outOfRange
}

extension NumberText {
    /// Reads a numeral of the language or of JSON, rounding correctly.
    ///
    /// The grammar is the language's, with an optional sign before: `12`, `1_000`, `1.5`, `.5`,
    /// `1e-3`, `0x1F`, `0b101`, `0o17`; not `5.`, `010`, `1__0`, and no space. JSON's is a part of it.
    package static func read(_ numeral: some Collection<UInt8>) -> Result<Double, NumeralProblem> {
        let bytes = Array(numeral)
        return read(bytes, in: 0..<bytes.count)
    }

    /// Reads the numeral in a range of a text; a range that reaches outside holds no numeral.
    package static func read(
        _ bytes: [UInt8],
        in range: Range<Int>
    ) -> Result<Double, NumeralProblem> {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            return .failure(.notANumeral)
        }
        var start = range.lowerBound
        var isNegative = false
        if start < range.upperBound,
            bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "+")
        {
            isNegative = bytes[start] == UInt8(ascii: "-")
            start += 1
        }
        let magnitude = readMagnitude(bytes, in: start..<range.upperBound)
        return isNegative ? magnitude.map { -$0 } : magnitude
    }

    private static func readMagnitude(
        _ bytes: [UInt8],
        in range: Range<Int>
    ) -> Result<Double, NumeralProblem> {
        guard let first = range.first else { return .failure(.notANumeral) }
        if bytes[first] == UInt8(ascii: "0"), range.count > 1 {
            let digits = (first + 2)..<range.upperBound
            switch bytes[first + 1] {
            case UInt8(ascii: "x"), UInt8(ascii: "X"): return integer(bytes, in: digits, radix: 16)
            case UInt8(ascii: "o"), UInt8(ascii: "O"): return integer(bytes, in: digits, radix: 8)
            case UInt8(ascii: "b"), UInt8(ascii: "B"): return integer(bytes, in: digits, radix: 2)
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): break
            default: return .failure(.notANumeral)
            }
        }
        guard let numeral = DecimalNumeral(bytes, in: range) else { return .failure(.notANumeral) }
        if numeral.isInteger {
            guard numeral.isCut else {
                return Double(exactly: numeral.leading).map(Result.success)
                    ?? .failure(.inexactInteger)
            }
            return integer(bytes, in: range, radix: 10)
        }
        return numeral.nearest(bytes, in: range)
    }
}

// MARK: - Fractions and exponents

/// A decimal numeral taken apart: `leading × 10^exponent`, if it is not cut.
private struct DecimalNumeral {
    /// The first nineteen digits after leading zeros.
    var leading: UInt64 = 0
    /// The number of digits in `leading`.
    var count = 0
    /// Whether digits that are not 0, or whole places, came after those in `leading`.
    var isCut = false
    /// The power of ten that `leading` stands for.
    var exponent = 0
    /// Whether there is neither a point nor an exponent.
    var isInteger = true

    /// Nil if the text is no decimal numeral.
    init?(_ bytes: [UInt8], in range: Range<Int>) {
        var index = range.lowerBound
        let whole = scan(bytes, &index, range.upperBound, isFraction: false)
        var fraction = 0
        guard let whole else { return nil }
        if index < range.upperBound, bytes[index] == UInt8(ascii: ".") {
            index += 1
            isInteger = false
            guard let places = scan(bytes, &index, range.upperBound, isFraction: true), places > 0
            else { return nil }
            fraction = places
        }
        guard whole + fraction > 0 else { return nil }
        if index < range.upperBound, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            isInteger = false
            var isNegative = false
            if index < range.upperBound,
                bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+")
            {
                isNegative = bytes[index] == UInt8(ascii: "-")
                index += 1
            }
            guard let power = Self.power(bytes, &index, range.upperBound) else { return nil }
            exponent += isNegative ? -power : power
        }
        guard index == range.upperBound else { return nil }
    }

    /// Takes digits and single underscores between them; gives how many digits, nil if misplaced.
    private mutating func scan(
        _ bytes: [UInt8],
        _ index: inout Int,
        _ end: Int,
        isFraction: Bool
    ) -> Int? {
        var digits = 0
        var afterDigit = false
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "_") {
                guard afterDigit else { return nil }
                afterDigit = false
                index += 1
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            guard digit <= 9 else { break }
            afterDigit = true
            digits += 1
            index += 1
            if count < 19 {
                leading = leading * 10 + UInt64(digit)
                if leading > 0 { count += 1 }
                if isFraction { exponent -= 1 }
            } else {
                if digit != 0 || isInteger { isCut = true }
                if !isFraction { exponent += 1 }
            }
        }
        return digits == 0 || afterDigit ? digits : nil
    }

    /// The digits of an exponent, held to a size that nothing can overflow.
    private static func power(_ bytes: [UInt8], _ index: inout Int, _ end: Int) -> Int? {
        var power = 0
        var afterDigit = false
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "_") {
                guard afterDigit else { return nil }
                afterDigit = false
            } else {
                let digit = byte &- UInt8(ascii: "0")
                guard digit <= 9 else { break }
                afterDigit = true
                power = min(power * 10 + Int(digit), 1 << 40)
            }
            index += 1
        }
        return afterDigit ? power : nil
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The number that is nearest, halves to even.
    func nearest(_ bytes: [UInt8], in range: Range<Int>) -> Result<Double, NumeralProblem> {
        if leading == 0 { return .success(0) }
        // Both operands are exact, so the one operation rounds once.
        if !isCut, leading <= 1 << 53, abs(exponent) < Self.powersOfTen.count {
            let power = Self.powersOfTen[abs(exponent)]
            let whole = Double(leading)
            return .success(exponent < 0 ? whole / power : whole * power)
        }
        // The number is below 10^(count + exponent).
        if count + exponent > 310 { return .failure(.outOfRange) }
        if count + exponent < -330 { return .success(0) }
        // The standard library reads exactly this grammar without a locale, and correctly.
        let digits = bytes[range].filter { $0 != UInt8(ascii: "_") }
        guard let number = Double(String(decoding: digits, as: UTF8.self)) else {
            return .failure(.notANumeral)
        }
        return number.isFinite ? .success(number) : .failure(.outOfRange)
    }
}

// MARK: - Integers

extension NumberText {
    /// Reads an integer of digits and single underscores between them, which must be exact.
    private static func integer(
        _ bytes: [UInt8],
        in range: Range<Int>,
        radix: UInt64
    ) -> Result<Double, NumeralProblem> {
        // Limbs of 32 bits, the lowest first; 2^1024 and above is refused, so there are at most 33.
        var limbs: [UInt64] = []
        var chunk: UInt64 = 0
        var factor: UInt64 = 1
        var afterDigit = false
        var isTooLarge = false
        for index in range {
            if bytes[index] == UInt8(ascii: "_") {
                guard afterDigit else { return .failure(.notANumeral) }
                afterDigit = false
                continue
            }
            guard let digit = digitValue(bytes[index]), digit < radix else {
                return .failure(.notANumeral)
            }
            afterDigit = true
            if isTooLarge { continue }
            chunk = chunk * radix + digit
            factor *= radix
            if factor > 100_000_000 {
                multiply(&limbs, by: factor, adding: chunk)
                (chunk, factor) = (0, 1)
                isTooLarge = limbs.count > 32
            }
        }
        guard afterDigit else { return .failure(.notANumeral) }
        if !isTooLarge { multiply(&limbs, by: factor, adding: chunk) }
        return exactly(limbs)
    }

    private static func multiply(_ limbs: inout [UInt64], by factor: UInt64, adding: UInt64) {
        // factor < 2^32 and carry < 2^32, so nothing overflows.
        var carry = adding
        for index in limbs.indices {
            let product = limbs[index] * factor + carry
            limbs[index] = product & 0xFFFF_FFFF
            carry = product >> 32
        }
        if carry > 0 { limbs.append(carry) }
    }

    /// The number that limbs of 32 bits spell, if binary64 has it.
    private static func exactly(_ limbs: [UInt64]) -> Result<Double, NumeralProblem> {
        guard limbs.count <= 32 else { return .failure(.outOfRange) }
        var number = 0.0
        var bits = 0
        var lowest = 0
        for (index, limb) in limbs.enumerated() where limb > 0 {
            if bits == 0 { lowest = index * 32 + limb.trailingZeroBitCount }
            bits = index * 32 + 64 - limb.leadingZeroBitCount
            // Exact wherever the whole is: every part lies within the same 53 bits.
            number += Double(sign: .plus, exponent: index * 32, significand: Double(limb))
        }
        if bits - lowest <= 53 { return .success(number) }
        // The highest 54 bits all set round up to 2^1024.
        if bits == 1024, let top = limbs.last, limbs.count == 32 {
            let next = limbs[30]
            if top == 0xFFFF_FFFF, next >> 10 == 0x3F_FFFF { return .failure(.outOfRange) }
        }
        return .failure(.inexactInteger)
    }

    private static func digitValue(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte &- UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte &- UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
