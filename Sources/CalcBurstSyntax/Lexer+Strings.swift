import CalcBurstSource

extension Lexer {
    /// Reads a text in quotes.
    ///
    ///     STRING = #x22 { PLAIN | "'" | ESCAPE } #x22 | "'" { PLAIN | #x22 | ESCAPE } "'" ;
    ///     PLAIN = #x09 | #x20..#x21 | #x23..#x26 | #x28..#x5B | #x5D..#x7E
    ///           | #x80..#xD7FF | #xE000..#x10FFFF ;
    mutating func string(quote: UInt8) -> Token.Kind {
        let start = offset
        offset += 1
        var isValid = true
        while offset < end {
            let byte = byte(at: offset)
            if byte == quote {
                offset += 1
                return isValid ? .string : .invalid
            }
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if !hasOpenText { report(.unterminatedString(at: range(from: start))) }
                hasOpenText = true
                return .invalid
            case UInt8(ascii: "\\"):
                if !escape() { isValid = false }
            case 0x00...0x08, 0x0B...0x1F, 0x7F:
                if isValid { report(.controlCharacter(byte, at: SourceRange(offset, offset + 1))) }
                isValid = false
                offset += 1
            default:
                if !skipScalar() { isValid = false }
            }
        }
        if hasOpenText { return .invalid }
        report(
            .incomplete(
                "the text is not closed with \(quote == UInt8(ascii: "'") ? "'" : "\"")",
                end: end,
                opener: SourceRange(start, start + 1)
            )
        )
        return .invalid
    }

    /// Reads an escape and says whether it is one.
    ///
    ///     ESCAPE = #x5C ( #x22 | #x5C | "/" | "'" | "b" | "f" | "n" | "r" | "t" )
    ///            | #x5C "u" UNIT | #x5C "u" HIGH #x5C "u" LOW | #x5C "u{" SCALAR "}" ;
    ///     UNIT = "0".."9" HEX HEX HEX | ( "a".."c" | "A".."C" | "e".."f" | "E".."F" ) HEX HEX HEX
    ///          | ( "d" | "D" ) "0".."7" HEX HEX ;
    ///     HIGH = ( "d" | "D" ) ( "8" | "9" | "a" | "b" | "A" | "B" ) HEX HEX ;
    ///     LOW = ( "d" | "D" ) ( "c".."f" | "C".."F" ) HEX HEX ;
    ///     SCALAR = HEX [ HEX [ HEX ] ] | [ "0" ] [ "0" ] UNIT | "10" HEX HEX HEX HEX
    ///            | [ "0" ] ( "1".."9" | "a".."f" | "A".."F" ) HEX HEX HEX HEX ;
    private mutating func escape() -> Bool {
        let start = offset
        switch StringLiteral.escape(in: source.bytes, at: start, end: end) {
        case .scalar(_, let length):
            offset += length
            return true
        case .unknown(let length):
            offset += length
            // The end of the text or of the line is the caller's to report.
            if length > 1 {
                // A scalar that is not ASCII belongs to the escape as a whole.
                if byte(at: start + 1) >= 0x80 {
                    offset = start + 1
                    skipScalar()
                }
                report(.unknownEscape(source.quote(range(from: start)), at: range(from: start)))
            }
            return false
        case .loneSurrogate(let length):
            offset += length
            report(.loneSurrogate(source[range(from: start)], at: range(from: start)))
            return false
        case .badUnicode(let length):
            offset += length
            report(.badUnicodeEscape(source.quote(range(from: start)), at: range(from: start)))
            return false
        }
    }
}
