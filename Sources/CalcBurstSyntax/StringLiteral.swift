package import CalcBurstSource

/// What the quotes, the backticks and the underscores of tokens stand for.
package enum StringLiteral {
    /// The text that a token of kind `string` stands for.
    package static func decode(_ range: SourceRange, in source: Source) -> String {
        let bytes = source.bytes
        let end = min(range.end, bytes.count) - 1
        var offset = range.start + 1
        var text: [UInt8] = []
        while offset < end {
            let byte = bytes[offset]
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                offset += 1
                continue
            }
            switch escape(in: bytes, at: offset, end: end) {
            case .scalar(let scalar, let length):
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                offset += length
            case .unknown(let length), .loneSurrogate(let length), .badUnicode(let length):
                // The lexer has reported it.
                offset += max(length, 1)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What a backslash and the bytes after it are, and how many bytes that takes.
    enum Escape: Hashable {
        case scalar(Unicode.Scalar, length: Int)
        case unknown(length: Int)
        case loneSurrogate(length: Int)
        case badUnicode(length: Int)
    }

    static func escape(in bytes: [UInt8], at start: Int, end: Int) -> Escape {
        guard start + 1 < end else { return .unknown(length: 1) }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): return .scalar("\"", length: 2)
        case UInt8(ascii: "'"): return .scalar("'", length: 2)
        case UInt8(ascii: "\\"): return .scalar("\\", length: 2)
        case UInt8(ascii: "/"): return .scalar("/", length: 2)
        case UInt8(ascii: "b"): return .scalar("\u{8}", length: 2)
        case UInt8(ascii: "f"): return .scalar("\u{C}", length: 2)
        case UInt8(ascii: "n"): return .scalar("\n", length: 2)
        case UInt8(ascii: "r"): return .scalar("\r", length: 2)
        case UInt8(ascii: "t"): return .scalar("\t", length: 2)
        case UInt8(ascii: "u"): return unicodeEscape(in: bytes, at: start, end: end)
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return .unknown(length: 1)
        default: return .unknown(length: 2)
        }
    }

    private static func unicodeEscape(in bytes: [UInt8], at start: Int, end: Int) -> Escape {
        let digits = start + 2
        if digits < end, bytes[digits] == UInt8(ascii: "{") {
            let (value, count) = hexadecimal(in: bytes, at: digits + 1, end: end, atMost: 6)
            let close = digits + 1 + count
            guard close < end, bytes[close] == UInt8(ascii: "}"), count > 0 else {
                return .badUnicode(length: close - start)
            }
            guard let scalar = Unicode.Scalar(value) else {
                return value < 0x1_0000
                    ? .loneSurrogate(length: close + 1 - start)
                    : .badUnicode(length: close + 1 - start)
            }
            return .scalar(scalar, length: close + 1 - start)
        }
        let (unit, count) = hexadecimal(in: bytes, at: digits, end: end, atMost: 4)
        guard count == 4 else { return .badUnicode(length: 2 + count) }
        if let scalar = Unicode.Scalar(unit) { return .scalar(scalar, length: 6) }
        guard unit < 0xDC00, digits + 5 < end, bytes[digits + 4] == UInt8(ascii: "\\"),
            bytes[digits + 5] == UInt8(ascii: "u")
        else { return .loneSurrogate(length: 6) }
        let (low, lowCount) = hexadecimal(in: bytes, at: digits + 6, end: end, atMost: 4)
        guard lowCount == 4, low >= 0xDC00, low <= 0xDFFF,
            let scalar = Unicode.Scalar(0x1_0000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { return .loneSurrogate(length: 6) }
        return .scalar(scalar, length: 12)
    }

    /// The value of the hexadecimal digits at an offset, and how many there are.
    private static func hexadecimal(
        in bytes: [UInt8],
        at start: Int,
        end: Int,
        atMost count: Int
    ) -> (value: UInt32, count: Int) {
        var value: UInt32 = 0
        var index = start
        while index < end, index < start + count {
            let byte = bytes[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return (value, index - start)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return (value, index - start)
    }
}

extension Source {
    /// The name that a range spells: without backticks, a dotted name with its dots only.
    ///
    /// It also reads the name of a record's field that is written as a text.
    package func nameText(_ range: SourceRange) -> String {
        let end = min(range.end, bytes.count)
        let start = min(range.start, end)
        guard !bytes[start..<end].allSatisfy(Lexer.isWordByte) else { return self[range] }
        var lexer = Lexer(self, in: range)
        var name = ""
        while true {
            let token = lexer.next()
            switch token.kind {
            case .name, .reserved:
                name += self[token.range]
            case .quotedName:
                name += self[SourceRange(token.range.start + 1, token.range.end - 1)]
            case .string:
                name += StringLiteral.decode(token.range, in: self)
            case .symbol(.dot):
                name += "."
            case .number, .symbol, .invalid, .end:
                return name
            }
        }
    }

    /// The text that a string's token stands for.
    package func stringText(_ range: SourceRange) -> String {
        StringLiteral.decode(range, in: self)
    }

    /// A numeral without its underscores.
    package func withoutUnderscores(_ range: SourceRange) -> String {
        let text = self[range]
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
        return String(decoding: text.utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    }

    /// The text of a range for a message: at most 40 bytes of it, cut between scalars.
    func quote(_ range: SourceRange) -> String {
        guard range.count > 40 else { return self[range] }
        var end = range.start + 40
        while end > range.start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return self[SourceRange(range.start, end)] + "…"
    }
}
