import CalcBurstSource

/// The sentences of the lexer and the parser: they hand over facts, the words stand here.
extension Diagnostic {
    static func limit(_ fact: LimitFact, at range: SourceRange) -> Diagnostic {
        let subject =
            switch fact.name {
            case "source-length": "the text is longer than \(fact.maximum) bytes"
            case "nesting": "the text is nested deeper than \(fact.maximum) levels"
            case "nodes": "the text has more than \(fact.maximum) parts"
            case "numeral-length": "the numeral is longer than \(fact.maximum) bytes"
            case "name-length": "the name is longer than \(fact.maximum) bytes"
            case "operands": "the call has more than \(fact.maximum) operands"
            default: "the literal has more than \(fact.maximum) elements"
            }
        return Diagnostic(.limitExceeded, subject, at: range, limit: fact)
    }

    static func incomplete(
        _ message: String,
        end: Int,
        opener: SourceRange?,
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            .incomplete,
            message,
            at: SourceRange(end, end),
            labels: opener.map { [Label($0, "opened here")] } ?? [],
            hint: hint
        )
    }

    private static func syntax(
        _ message: String,
        at range: SourceRange,
        labels: [Label] = [],
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(.syntaxError, message, at: range, labels: labels, hint: hint)
    }

    // MARK: Characters

    static func invalidUTF8(at range: SourceRange) -> Diagnostic {
        syntax("the text is not valid UTF-8 here", at: range)
    }

    static func controlCharacter(_ byte: UInt8, at range: SourceRange) -> Diagnostic {
        let digits = String(byte, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return syntax(
            "the control character U+\(code) cannot stand here",
            at: range,
            hint: "remove it, or write `\\u\(code)` inside a text"
        )
    }

    static func foreignOperator(
        _ spelling: String,
        hint: String,
        at range: SourceRange
    ) -> Diagnostic {
        syntax("`\(spelling)` is not an operator", at: range, hint: hint)
    }

    static func foreignCharacters(
        _ spelling: String,
        hint: String?,
        at range: SourceRange
    ) -> Diagnostic {
        syntax("`\(spelling)` is not part of the language", at: range, hint: hint)
    }

    static func foreignSpace(_ scalar: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
        let code = String(scalar.value, radix: 16, uppercase: true)
        return syntax(
            "the space U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) "
                + "is not an ordinary space",
            at: range,
            hint: "write an ordinary space"
        )
    }

    static func foreignWord(_ word: String, at range: SourceRange) -> Diagnostic {
        syntax(
            "`\(word)` has letters that a name without backticks cannot have",
            at: range,
            hint: "write the name in backticks: `\(word)`"
        )
    }

    static func smartQuotes(_ text: String, at range: SourceRange) -> Diagnostic {
        syntax("\(text) stands in round quotes", at: range, hint: "use straight quotes: \" or '")
    }

    static func doubleSlash(at range: SourceRange) -> Diagnostic {
        syntax(
            "`//` is neither a comment nor an operator",
            at: range,
            hint: "`#` begins a comment, `div(a, b)` divides and rounds down"
        )
    }

    static func unterminatedComment(opener: SourceRange, end: Int) -> Diagnostic {
        incomplete("the comment is not closed with `*/`", end: end, opener: opener)
    }

    // MARK: Texts and names

    static func unterminatedString(at range: SourceRange) -> Diagnostic {
        syntax(
            "the text is not closed on its line",
            at: range,
            hint: "close it with the quote that opened it; `\\n` is a new line"
        )
    }

    static func unterminatedName(at range: SourceRange) -> Diagnostic {
        syntax("the name is not closed on its line", at: range, hint: "close it with a backtick")
    }

    static func emptyName(at range: SourceRange) -> Diagnostic {
        syntax("a name in backticks is not empty", at: range)
    }

    static func unknownEscape(_ escape: String, at range: SourceRange) -> Diagnostic {
        syntax(
            "`\(escape)` is not an escape",
            at: range,
            hint: "write `\\\\` for a backslash; escapes are \\\" \\' \\\\ \\/ \\b \\f \\n \\r \\t "
                + "\\uXXXX \\u{…}"
        )
    }

    static func loneSurrogate(_ escape: String, at range: SourceRange) -> Diagnostic {
        syntax(
            "`\(escape)` is half of a surrogate pair",
            at: range,
            hint: "write both halves, or the character as \\u{…}"
        )
    }

    static func badUnicodeEscape(_ escape: String, at range: SourceRange) -> Diagnostic {
        syntax(
            "`\(escape)` is not a character",
            at: range,
            hint: "write four hexadecimal digits (\\u00E9) or one to six in braces (\\u{1F600})"
        )
    }

    static func invalidNumeral(
        _ numeral: String,
        _ problem: Lexer.NumeralProblem,
        at range: SourceRange
    ) -> Diagnostic {
        let message: String
        let hint: String
        switch problem {
        case .noFraction(let digits):
            message = "`\(numeral)` has no digit after its point"
            hint = "write `\(digits).0`"
        case .secondPoint:
            message = "`\(numeral)` has a point too many"
            hint = "write one point, before the fraction"
        case .noExponent(let digits):
            message = "`\(numeral)` has no exponent"
            hint = "write the exponent, as in `\(digits)e3`"
        case .underscore(let digits):
            message = "an underscore stands only between two digits, not as in `\(numeral)`"
            hint = "write `\(digits)`"
        case .leadingZero(let digits, let isOctal, let isGroup):
            message = "`\(numeral)` begins with a zero too many"
            hint =
                isGroup
                ? "write the number without commas"
                : "write `\(digits)`" + (isOctal ? ", or `0o\(digits)` for octal" : "")
        case .noDigits(let prefix):
            message = "`\(numeral)` has no digits"
            hint = "write digits, as in `\(prefix)1`"
        case .wrongDigit(let digit, let prefix):
            let base =
                switch prefix {
                case "0b": "binary"
                case "0o": "octal"
                default: "hexadecimal"
                }
            message = "`\(digit)` in `\(numeral)` is not a \(base) digit"
            hint =
                "\(base) digits are 0 to "
                + (prefix == "0b" ? "1" : prefix == "0o" ? "7" : "9 and a to f")
        case .capitalPrefix(let digits):
            message = "`\(numeral)` has a capital letter in its prefix"
            hint = "write `\(digits)`"
        }
        return Diagnostic(.invalidLiteral, message, at: range, hint: hint)
    }
}
