import CalcBurstFunctions
import CalcBurstSource

/// Numbers and strings.
extension JSONReader {
    // MARK: - Numbers

    mutating func number() throws(JSONError) -> Double {
        let start = index
        if peek() == UInt8(ascii: "-") { index += 1 }
        let whole = index
        skipDigits()
        if index == whole {
            throw malformed("a digit is expected after '-'", at: oneCharacter())
        }
        if bytes[whole] == UInt8(ascii: "0"), index > whole + 1 {
            throw malformed(
                "a number does not begin with 0",
                at: SourceRange(start, index),
                hint: "leave the 0 away, or write a string"
            )
        }
        if peek() == UInt8(ascii: ".") {
            index += 1
            let fraction = index
            skipDigits()
            if index == fraction {
                throw malformed("a digit is expected after the point", at: oneCharacter())
            }
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            index += 1
            if peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+") { index += 1 }
            let exponent = index
            skipDigits()
            if index == exponent {
                throw malformed("a digit is expected in the exponent", at: oneCharacter())
            }
        }
        if let next = peek(), isWordByte(next) || next == UInt8(ascii: ".") {
            while let next = peek(), isWordByte(next) || next == UInt8(ascii: ".") { index += 1 }
            throw malformed(
                "\(brief(start..<index)) is not a number of JSON",
                at: SourceRange(start, index)
            )
        }
        let range = SourceRange(start, index)
        guard index - start <= numeralLimit else {
            throw limit(
                "numeral-length",
                numeralLimit,
                index - start,
                "bytes of one number",
                at: range
            )
        }
        switch NumberText.read(bytes, in: start..<index) {
        case .success(let number): return number
        case .failure(.inexactInteger):
            throw error(
                .inexactInteger,
                "\(brief(start..<index)) has more digits than a number holds",
                at: range,
                hint: "whole numbers are exact up to 2^53 = 9007199254740992; write a string, or a "
                    + "fraction such as 1.0 to round"
            )
        case .failure(.outOfRange):
            throw malformed(
                "\(brief(start..<index)) is too large for a number",
                at: range,
                hint: "the largest is about 1.8e308"
            )
        case .failure(.notANumeral):
            throw malformed("\(brief(start..<index)) is not a number of JSON", at: range)
        }
    }

    private mutating func skipDigits() {
        while let byte = peek(), byte &- UInt8(ascii: "0") <= 9 { index += 1 }
    }

    // MARK: - Strings

    /// Reads a string from its opening quote on.
    mutating func string() throws(JSONError) -> String {
        let start = index
        index += 1
        // Most strings have no escape and become text at once.
        var text: [UInt8] = []
        var plain = index
        while true {
            guard index < bytes.count else {
                throw malformed("the string does not end", at: SourceRange(start, index))
            }
            let byte = bytes[index]
            guard index - plain + text.count <= limits.stringLength else {
                throw limit(
                    "string-length",
                    limits.stringLength,
                    nil,
                    "bytes of one string",
                    at: SourceRange(start, index)
                )
            }
            switch byte {
            case UInt8(ascii: "\""):
                text.append(contentsOf: bytes[plain..<index])
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text.append(contentsOf: bytes[plain..<index])
                try escape(into: &text)
                plain = index
            case 0..<0x20:
                throw malformed(
                    "a control character stands in a string",
                    at: SourceRange(index, index + 1),
                    hint: controlHint(byte)
                )
            case 0x20..<0x80: index += 1
            default:
                guard let length = scalarLength() else {
                    throw malformed("this is not UTF-8", at: SourceRange(index, index + 1))
                }
                index += length
            }
        }
    }

    /// Reads an escape from its backslash on.
    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let start = index
        index += 1
        guard let letter = peek() else {
            throw malformed("the string does not end", at: SourceRange(start, index))
        }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try escapedScalar(from: start).utf8)
        default:
            index -= 1
            let end = oneCharacter().end
            index = start
            throw malformed(
                "there is no such escape",
                at: SourceRange(start, end),
                hint: #"JSON has \" \\ \/ \b \f \n \r \t and \u with four digits"#
            )
        }
    }

    /// Reads the digits behind a `\u`, and those of the second half of a surrogate pair.
    private mutating func escapedScalar(from start: Int) throws(JSONError) -> String {
        let first = try fourDigits(from: start)
        var value = first
        switch first {
        case 0xD800..<0xDC00:
            guard peek() == UInt8(ascii: "\\"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "u")
            else { throw loneSurrogate(SourceRange(start, index)) }
            index += 2
            let second = try fourDigits(from: index - 2)
            guard (0xDC00..<0xE000).contains(second) else {
                throw loneSurrogate(SourceRange(start, start + 6))
            }
            value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        case 0xDC00..<0xE000: throw loneSurrogate(SourceRange(start, index))
        default: break
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw loneSurrogate(SourceRange(start, index))
        }
        return String(scalar)
    }

    private mutating func fourDigits(from start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = peek() ?? 0
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default:
                throw malformed(
                    #"\u takes four hexadecimal digits"#,
                    at: SourceRange(start, index)
                )
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private func loneSurrogate(_ range: SourceRange) -> JSONError {
        malformed("half of a surrogate pair is not a character", at: range)
    }

    private func controlHint(_ byte: UInt8) -> String {
        switch byte {
        case 0x0A: #"write it as \n"#
        case 0x0D: #"write it as \r"#
        case 0x09: #"write it as \t"#
        default: #"write it as \u00"# + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
        }
    }

    /// The length of the character of several bytes at the index; nil if it is not UTF-8.
    func scalarLength() -> Int? {
        let rest = bytes[index...].prefix(4)
        var iterator = rest.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        if case .valid(let scalar) = parser.parseScalar(from: &iterator) { return scalar.count }
        return nil
    }
}
