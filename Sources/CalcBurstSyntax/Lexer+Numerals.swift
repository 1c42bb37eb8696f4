import CalcBurstSource

extension Lexer {
    /// Reads a numeral; its value is for later, since a numeral keeps its digits until then.
    ///
    ///     NUMBER = INTEGER [ "." DIGITS ] [ EXPONENT ] | "." DIGITS [ EXPONENT ]
    ///            | "0x" HEX { [ "_" ] HEX } | "0b" BIT { [ "_" ] BIT } | "0o" OCTAL { [ "_" ] OCTAL } ;
    ///     INTEGER = "0" | "1".."9" { [ "_" ] DIGIT } ;
    ///     DIGITS = DIGIT { [ "_" ] DIGIT } ;
    ///     EXPONENT = ( "e" | "E" ) [ "+" | "-" ] DIGITS ;
    ///     DIGIT = "0".."9" ;
    ///     HEX = "0".."9" | "a".."f" | "A".."F" ;
    ///     BIT = "0" | "1" ;
    ///     OCTAL = "0".."7" ;
    mutating func number() -> Token.Kind {
        let start = offset
        let problem = radixNumeral() ?? decimalNumeral()
        let range = range(from: start)
        guard range.count <= limits.numeralLength else {
            reportLimit(
                .init(name: "numeral-length", maximum: limits.numeralLength, actual: range.count),
                at: range
            )
            return .invalid
        }
        switch problem {
        case .none:
            return .number
        case .some(let problem):
            report(.invalidNumeral(source.quote(range), problem, at: range))
            return .invalid
        }
    }

    /// What can be wrong with a numeral.
    enum NumeralProblem: Hashable {
        /// `5.`: holds `5`.
        case noFraction(String)
        /// `1.2.3`
        case secondPoint
        /// `1e`: holds `1`.
        case noExponent(String)
        /// `1__0`, `1_`: holds the digits without underscores.
        case underscore(String)
        /// `010`: holds `10`.
        case leadingZero(String, isOctal: Bool, isGroup: Bool)
        /// `0x`
        case noDigits(prefix: String)
        /// `0x1G`
        case wrongDigit(String, prefix: String)
        /// `0X1`
        case capitalPrefix(String)
    }

    /// Reads `0x1F`, `0b101` or `0o17`; nil if the numeral has no such prefix.
    ///
    /// The inner optional is the problem, if there is one.
    private mutating func radixNumeral() -> NumeralProblem?? {
        guard byte(at: offset) == UInt8(ascii: "0") else { return nil }
        let letter = byte(at: offset + 1) | 0x20
        guard "xbo".utf8.contains(letter) else { return nil }
        let start = offset
        offset += 2
        let digits = offset
        skipWordBytes()
        let digitsEnd = offset
        if byte(at: offset) == UInt8(ascii: "."), Self.isDigit(byte(at: offset + 1)) {
            skipNumeralBytes()
            return .some(.secondPoint)
        }
        let prefix = "0" + String(Unicode.Scalar(letter))
        if digits == digitsEnd { return .some(.noDigits(prefix: prefix)) }
        for index in digits..<digitsEnd
        where byte(at: index) != UInt8(ascii: "_") && !Self.isDigit(byte(at: index), after: letter)
        {
            return .some(
                .wrongDigit(source[SourceRange(index, index + 1)], prefix: prefix)
            )
        }
        if hasStrayUnderscore(digits, digitsEnd) {
            return .some(.underscore(source.withoutUnderscores(range(from: start))))
        }
        if byte(at: start + 1) != letter {
            return .some(
                .capitalPrefix(prefix + source[SourceRange(digits, digitsEnd)])
            )
        }
        return .some(nil)
    }

    private static func isDigit(_ byte: UInt8, after prefix: UInt8) -> Bool {
        switch prefix {
        case UInt8(ascii: "b"):
            return byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1")
        case UInt8(ascii: "o"):
            return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "7")
        default:
            let lower = byte | 0x20
            return isDigit(byte) || lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f")
        }
    }

    private mutating func decimalNumeral() -> NumeralProblem? {
        let start = offset
        skipDigits()
        let integerEnd = offset
        var isUnderscored = hasStrayUnderscore(start, integerEnd)
        if byte(at: offset) == UInt8(ascii: ".") {
            let after = byte(at: offset + 1)
            if Self.isDigit(after) {
                offset += 1
                let fraction = offset
                skipDigits()
                isUnderscored = isUnderscored || hasStrayUnderscore(fraction, offset)
            } else if after != UInt8(ascii: ".") {
                let written = source.withoutUnderscores(range(from: start))
                offset += 1
                skipWordBytes()
                return .noFraction(written)
            }
        }
        if byte(at: offset) | 0x20 == UInt8(ascii: "e") {
            let sign = byte(at: offset + 1)
            let isSigned = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
            if Self.isDigit(byte(at: offset + (isSigned ? 2 : 1))) {
                offset += isSigned ? 2 : 1
                let exponent = offset
                skipDigits()
                isUnderscored = isUnderscored || hasStrayUnderscore(exponent, offset)
            } else if !Self.isWordByte(sign) {
                let written = source.withoutUnderscores(range(from: start))
                offset += 1
                return .noExponent(written)
            }
        }
        if byte(at: offset) == UInt8(ascii: "."), Self.isDigit(byte(at: offset + 1)) {
            skipNumeralBytes()
            return .secondPoint
        }
        if isUnderscored {
            skipWordBytes()
            return .underscore(source.withoutUnderscores(range(from: start)))
        }
        guard integerEnd - start > 1, byte(at: start) == UInt8(ascii: "0") else { return nil }
        return leadingZero(start, integerEnd)
    }

    private func leadingZero(_ start: Int, _ integerEnd: Int) -> NumeralProblem {
        let digits = source.withoutUnderscores(SourceRange(start, integerEnd)).utf8
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        let rest = source[SourceRange(integerEnd, offset)]
        let isOctal =
            rest.isEmpty && !significant.isEmpty
            && significant.allSatisfy { $0 < UInt8(ascii: "8") }
        return .leadingZero(
            (significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)) + rest,
            isOctal: isOctal,
            // `1,000`: a group of thousands.
            isGroup: integerEnd - start == 3 && byte(at: start - 1) == UInt8(ascii: ",")
                && Self.isDigit(byte(at: start - 2))
        )
    }

    private mutating func skipDigits() {
        while Self.isDigit(byte(at: offset)) || byte(at: offset) == UInt8(ascii: "_") {
            offset += 1
        }
    }

    /// Moves on over everything that could be meant as a part of a numeral.
    private mutating func skipNumeralBytes() {
        while Self.isWordByte(byte(at: offset)) || byte(at: offset) == UInt8(ascii: ".") {
            offset += 1
        }
    }

    /// Whether an underscore in the range does not stand between two digits.
    private func hasStrayUnderscore(_ start: Int, _ end: Int) -> Bool {
        for index in start..<max(start, end) where byte(at: index) == UInt8(ascii: "_") {
            if index == start || index + 1 == end { return true }
            if byte(at: index + 1) == UInt8(ascii: "_") { return true }
        }
        return false
    }
}
