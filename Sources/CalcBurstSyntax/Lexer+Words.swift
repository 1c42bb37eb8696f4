import CalcBurstSource

extension Lexer {
    /// Skips what separates tokens.
    ///
    ///     SPACE = #x20 | #x09 | #x0A | #x0D | COMMENT ;
    ///     COMMENT = "#" { NOT_NEWLINE } #x0A
    ///             | "/*" { NOT_STAR | "*" { "*" } NOT_STAR_OR_SLASH } "*" { "*" } "/" ;
    ///     NOT_NEWLINE = #x09 | #x0D | #x20..#x7E | #x80..#xD7FF | #xE000..#x10FFFF ;
    ///     NOT_STAR = #x09 | #x0A | #x0D | #x20..#x29 | #x2B..#x7E
    ///              | #x80..#xD7FF | #xE000..#x10FFFF ;
    ///     NOT_STAR_OR_SLASH = #x09 | #x0A | #x0D | #x20..#x29 | #x2B..#x2E | #x30..#x7E
    ///                       | #x80..#xD7FF | #xE000..#x10FFFF ;
    mutating func skipSpace() {
        while offset < end {
            switch byte(at: offset) {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                offset += 1
            case UInt8(ascii: "#"):
                lineComment()
            case UInt8(ascii: "/") where byte(at: offset + 1) == UInt8(ascii: "*"):
                blockComment()
            default:
                return
            }
        }
    }

    private mutating func lineComment() {
        while offset < end, byte(at: offset) != UInt8(ascii: "\n") { skipCommentScalar() }
    }

    private mutating func skipCommentScalar() {
        let byte = byte(at: offset)
        if Self.isControl(byte) {
            report(.controlCharacter(byte, at: SourceRange(offset, offset + 1)))
        }
        skipScalar()
    }

    private mutating func blockComment() {
        let opener = SourceRange(offset, offset + 2)
        offset += 2
        while offset < end {
            if byte(at: offset) == UInt8(ascii: "*"), byte(at: offset + 1) == UInt8(ascii: "/") {
                offset += 2
                return
            }
            skipCommentScalar()
        }
        report(.unterminatedComment(opener: opener, end: end))
    }

    /// Moves over one scalar, or over a run of bytes that are not UTF-8, which it reports.
    @discardableResult
    mutating func skipScalar() -> Bool {
        let byte = byte(at: offset)
        if byte < 0x80 {
            offset += 1
            return true
        }
        if let scalar = scalar(at: offset) {
            offset += scalar.length
            return true
        }
        let start = offset
        repeat {
            offset += 1
        } while offset < end && self.byte(at: offset) >= 0x80 && scalar(at: offset) == nil
        report(.invalidUTF8(at: range(from: start)))
        return false
    }

    /// Reads a word: a name, or a reserved word.
    ///
    ///     WORD = LETTER { LETTER | DIGIT } | "`" QUOTED { QUOTED } "`" ;
    ///     NAME = WORD - RESERVED ;
    ///     RESERVED = "let" | "fn" | "if" | "true" | "false" | "null" | "it" | "in" | "not"
    ///              | "and" | "or" | "as" ;
    ///     LETTER = "a".."z" | "A".."Z" | "_" ;
    mutating func word() -> Token.Kind {
        let start = offset
        skipWordBytes()
        if byte(at: offset) >= 0x80, let next = scalar(at: offset), Self.isLetter(next.value) {
            return foreignWord(from: start)
        }
        let count = offset - start
        guard count <= limits.nameLength else {
            reportLimit(
                .init(name: "name-length", maximum: limits.nameLength, actual: count),
                at: range(from: start)
            )
            return .invalid
        }
        if count <= 5, let word = ReservedWord(rawValue: source[range(from: start)]) {
            return .reserved(word)
        }
        return .name
    }

    /// Reads a name in backticks.
    ///
    ///     QUOTED = #x20..#x5F | #x61..#x7E | #x80..#xD7FF | #xE000..#x10FFFF ;
    mutating func quotedName() -> Token.Kind {
        let start = offset
        offset += 1
        var isValid = true
        while offset < end {
            let byte = byte(at: offset)
            if byte == UInt8(ascii: "`") {
                offset += 1
                return finishQuotedName(from: start, isValid: isValid)
            }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                report(.unterminatedName(at: range(from: start)))
                return .invalid
            }
            if byte < 0x20 || byte == 0x7F {
                if isValid { report(.controlCharacter(byte, at: SourceRange(offset, offset + 1))) }
                isValid = false
                offset += 1
            } else if !skipScalar() {
                isValid = false
            }
        }
        report(
            .incomplete(
                "the name is not closed with a backtick",
                end: end,
                opener: SourceRange(start, start + 1)
            )
        )
        return .invalid
    }

    private mutating func finishQuotedName(from start: Int, isValid: Bool) -> Token.Kind {
        let count = offset - start - 2
        if count > limits.nameLength {
            reportLimit(
                .init(name: "name-length", maximum: limits.nameLength, actual: count),
                at: range(from: start)
            )
            return .invalid
        }
        if count == 0 {
            report(.emptyName(at: range(from: start)))
            return .invalid
        }
        return isValid ? .quotedName : .invalid
    }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered
    }

    /// Reads a word with letters that are not ASCII, which must stand in backticks.
    mutating func foreignWord(from start: Int) -> Token.Kind {
        while offset < end {
            if Self.isWordByte(byte(at: offset)) {
                offset += 1
            } else if byte(at: offset) >= 0x80, let next = scalar(at: offset),
                Self.isLetter(next.value)
            {
                offset += next.length
            } else {
                break
            }
        }
        report(.foreignWord(source.quote(range(from: start)), at: range(from: start)))
        return .invalid
    }
}
