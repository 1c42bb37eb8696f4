import CalcBurstSource

extension Lexer {
    /// Reads punctuation, the longest that fits.
    mutating func symbol() -> Token.Kind? {
        let start = offset
        let first = byte(at: offset)
        let second = byte(at: offset + 1)
        offset += 1
        switch first {
        case UInt8(ascii: "+"): return .symbol(take("+", .plusPlus) ?? .plus)
        case UInt8(ascii: "-"): return .symbol(take(">", .arrow) ?? .minus)
        case UInt8(ascii: "*"): return .symbol(take("*", .starStar) ?? .star)
        case UInt8(ascii: "%"): return .symbol(.percent)
        case UInt8(ascii: "^"): return .symbol(.caret)
        case UInt8(ascii: ","): return .symbol(.comma)
        case UInt8(ascii: ";"): return .symbol(.semicolon)
        case UInt8(ascii: "("): return .symbol(.openParenthesis)
        case UInt8(ascii: ")"): return .symbol(.closeParenthesis)
        case UInt8(ascii: "["): return .symbol(.openBracket)
        case UInt8(ascii: "]"): return .symbol(.closeBracket)
        case UInt8(ascii: "{"): return .symbol(.openBrace)
        case UInt8(ascii: "}"): return .symbol(.closeBrace)
        case UInt8(ascii: "/"):
            guard second == UInt8(ascii: "/") else { return .symbol(.slash) }
            offset += 1
            report(.doubleSlash(at: range(from: start)))
            // What follows may be the words of a comment.
            silenceRestOfLine()
            return .symbol(.slash)
        case UInt8(ascii: "."):
            guard second == UInt8(ascii: ".") else { return .symbol(.dot) }
            while byte(at: offset) == UInt8(ascii: ".") { offset += 1 }
            report(.foreignOperator("..", hint: "write `range(a, b)`", at: range(from: start)))
            return .symbol(.plus)
        case UInt8(ascii: "?"):
            if let symbol = take("?", .questionQuestion) { return .symbol(symbol) }
            let third = byte(at: start + 2)
            let isName =
                Self.isWordByte(third) && !Self.isDigit(third) || third == UInt8(ascii: "`")
            guard second == UInt8(ascii: "."), isName, lastEnd == start else {
                return .symbol(.question)
            }
            offset += 1
            return .symbol(.questionDot)
        case UInt8(ascii: ":"):
            guard second == UInt8(ascii: "=") else { return .symbol(.colon) }
            offset += 1
            report(.foreignOperator(":=", hint: "write `=`", at: range(from: start)))
            return .symbol(.equal)
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
            return comparison(from: start, first: first, second: second)
        case UInt8(ascii: "&"):
            if let symbol = take("&", .ampersands) { return .symbol(symbol) }
            report(.foreignOperator("&", hint: "write `and`", at: range(from: start)))
            return .symbol(.ampersands)
        case UInt8(ascii: "|"):
            if let symbol = take("|", .bars) { return .symbol(symbol) }
            let isPipe = take(">", .bars) != nil
            let hint = isPipe ? "write the call around its operand: `f(x)`" : "write `or`"
            report(.foreignOperator(isPipe ? "|>" : "|", hint: hint, at: range(from: start)))
            return .symbol(.bars)
        case UInt8(ascii: "~"), UInt8(ascii: "@"), UInt8(ascii: "$"), UInt8(ascii: "\\"):
            skipWordBytes()
            report(
                .foreignCharacters(
                    source.quote(range(from: start)),
                    hint: first == UInt8(ascii: "~") ? "write `not`" : nil,
                    at: range(from: start)
                )
            )
            return .invalid
        default:
            while offset < end, Self.isControl(byte(at: offset)) { offset += 1 }
            report(.controlCharacter(first, at: range(from: start)))
            return .invalid
        }
    }

    static func isControl(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): false
        default: byte < 0x20 || byte == 0x7F
        }
    }

    /// Moves over one more byte if it is the one that makes a symbol longer.
    private mutating func take(_ byte: Unicode.Scalar, _ symbol: Symbol) -> Symbol? {
        guard self.byte(at: offset) == UInt8(ascii: byte) else { return nil }
        offset += 1
        return symbol
    }

    private mutating func comparison(from start: Int, first: UInt8, second: UInt8) -> Token.Kind {
        let isThree = byte(at: start + 2) == UInt8(ascii: "=")
        switch (first, second) {
        case (UInt8(ascii: "="), UInt8(ascii: "=")):
            offset += isThree ? 2 : 1
            if isThree {
                report(.foreignOperator("===", hint: "write `==`", at: range(from: start)))
            }
            return .symbol(.equalEqual)
        case (UInt8(ascii: "!"), UInt8(ascii: "=")):
            offset += isThree ? 2 : 1
            if isThree {
                report(.foreignOperator("!==", hint: "write `!=`", at: range(from: start)))
            }
            return .symbol(.notEqual)
        case (UInt8(ascii: "="), UInt8(ascii: ">")):
            offset += 1
            report(
                .foreignOperator(
                    "=>",
                    hint: "write `>=` to compare, `->` to name the element of a body",
                    at: range(from: start)
                )
            )
            return .symbol(.arrow)
        case (UInt8(ascii: "<"), UInt8(ascii: ">")):
            offset += 1
            report(.foreignOperator("<>", hint: "write `!=`", at: range(from: start)))
            return .symbol(.notEqual)
        case (UInt8(ascii: "="), _): return .symbol(.equal)
        case (UInt8(ascii: "!"), _): return .symbol(.exclamation)
        case (UInt8(ascii: "<"), _): return .symbol(take("=", .lessOrEqual) ?? .less)
        case (_, _): return .symbol(take("=", .greaterOrEqual) ?? .greater)
        }
    }

    /// Reads what is not ASCII: bytes that are not UTF-8, symbols of mathematics, letters.
    mutating func foreign() -> Token.Kind? {
        let start = offset
        guard let scalar = scalar(at: offset) else {
            skipScalar()
            return .invalid
        }
        offset += scalar.length
        if let (symbol, spelling) = Self.meaning(of: scalar.value) {
            report(
                .foreignOperator(
                    source[range(from: start)],
                    hint: "write `\(spelling)`",
                    at: range(from: start)
                )
            )
            return .symbol(symbol)
        }
        switch scalar.value {
        case "\u{A0}", "\u{1680}", "\u{2000}"..."\u{200D}", "\u{2028}", "\u{2029}", "\u{202F}",
            "\u{205F}", "\u{2060}", "\u{3000}", "\u{FEFF}":
            report(.foreignSpace(scalar.value, at: range(from: start)))
            return nil
        case "\u{201C}"..."\u{201F}", "\u{2018}"..."\u{201B}", "«", "»", "„":
            return smartString(from: start)
        case "π", "τ":
            guard !Self.isWordByte(byte(at: offset)) else { return foreignWord(from: start) }
            report(
                .foreignCharacters(
                    source[range(from: start)],
                    hint: "write `\(scalar.value == "π" ? "pi" : "tau")`",
                    at: range(from: start)
                )
            )
            return .invalid
        case "²", "³", "¹", "⁰", "⁴"..."⁹":
            return superscript(from: start)
        case "√":
            report(.foreignCharacters("√", hint: "write `sqrt(…)`", at: range(from: start)))
            return .symbol(.plus)
        default:
            if Self.isLetter(scalar.value) { return foreignWord(from: start) }
            report(
                .foreignCharacters(source[range(from: start)], hint: nil, at: range(from: start))
            )
            return .invalid
        }
    }

    /// The operator that a character of mathematics or of a word processor was meant as.
    private static func meaning(of scalar: Unicode.Scalar) -> (Symbol, String)? {
        switch scalar {
        case "×", "·", "∙", "⋅", "∗": (.star, "*")
        case "÷", "∕", "⁄": (.slash, "/")
        case "−", "–", "—", "‐", "‑": (.minus, "-")
        case "≤": (.lessOrEqual, "<=")
        case "≥": (.greaterOrEqual, ">=")
        case "≠": (.notEqual, "!=")
        case "∧": (.ampersands, "and")
        case "∨": (.bars, "or")
        case "¬": (.exclamation, "not")
        case "→": (.arrow, "->")
        default: nil
        }
    }

    /// Reads a text in quotes that a word processor made round, to its end or that of the line.
    private mutating func smartString(from start: Int) -> Token.Kind {
        while offset < end, byte(at: offset) != UInt8(ascii: "\n") {
            let next = scalar(at: offset)?.value
            skipScalar()
            switch next {
            case "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}", "»", "«":
                report(.smartQuotes(source.quote(range(from: start)), at: range(from: start)))
                return .invalid
            default:
                continue
            }
        }
        report(.smartQuotes(source.quote(range(from: start)), at: range(from: start)))
        return .invalid
    }

    private mutating func superscript(from start: Int) -> Token.Kind {
        let digits: [Unicode.Scalar: Character] = [
            "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7",
            "⁸": "8", "⁹": "9",
        ]
        var exponent = ""
        offset = start
        while offset < end, let next = scalar(at: offset), let digit = digits[next.value] {
            exponent.append(digit)
            offset += next.length
        }
        report(
            .foreignCharacters(
                source.quote(range(from: start)),
                hint: "write `^\(exponent.prefix(20))`",
                at: range(from: start)
            )
        )
        return .invalid
    }
}
