import CalcBurstSource

/// What the parser looks for and does not find.
enum Expected: Hashable {
    case operand
    case expression
    case fieldName
    case name
    case colon
    case equal
    case openParenthesis
    case closeParenthesis
    case `in`

    var text: String {
        switch self {
        case .operand: "an operand"
        case .expression: "an expression"
        case .fieldName: "a field's name"
        case .name: "a name"
        case .colon: "`:`"
        case .equal: "`=`"
        case .openParenthesis: "`(`"
        case .closeParenthesis: "`,` or `)`"
        case .in: "`in`"
        }
    }
}

extension Parser {
    /// Reports what should stand at the token, or after the end of the text.
    mutating func reportExpected(_ expected: Expected, hint: String?) {
        let what = "expected \(expected.text)" + (previous.map { " after `\(quote($0))`" } ?? "")
        guard token.kind == .end else {
            let message = what + ", not `\(quote(token))`"
            return report(Diagnostic(.syntaxError, message, at: token.range, hint: hint))
        }
        let message = what + (previous == nil ? ", but the text is empty" : ", but the text ends")
        report(.incomplete(message, end: token.range.end, opener: openBracket?.opener))
    }
}

/// The sentences of the parser.
extension Diagnostic {
    private static func syntax(
        _ message: String,
        at range: SourceRange,
        labels: [Label] = [],
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(.syntaxError, message, at: range, labels: labels, hint: hint)
    }

    // MARK: Operators

    static func missingOperator(
        left: String,
        right: String,
        hint: String?,
        at range: SourceRange
    ) -> Diagnostic {
        syntax("an operator is missing between `\(left)` and `\(right)`", at: range, hint: hint)
    }

    static func missingComma(
        left: String,
        right: String,
        at range: SourceRange,
        opener: SourceRange
    ) -> Diagnostic {
        syntax(
            "a comma or an operator is missing between `\(left)` and `\(right)`",
            at: range,
            labels: [Label(opener, "opened here")]
        )
    }

    static func brokenChain(
        first: String,
        second: String,
        middle: String,
        at range: SourceRange,
        firstAt: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .comparisonChain,
            "`\(second)` cannot follow `\(first)` in a chain of comparisons",
            at: range,
            labels: [Label(firstAt, "the comparison before it")],
            hint: "split it with `and`: `… \(first) \(middle) and \(middle) \(second) …`"
        )
    }

    static func misplacedNot(after operation: String, at range: SourceRange) -> Diagnostic {
        syntax(
            "`not` cannot stand after `\(operation)`, which binds tighter",
            at: range,
            hint: "put parentheses around it: `(not …)`"
        )
    }

    static func equalInExpression(isStatement: Bool, at range: SourceRange) -> Diagnostic {
        syntax(
            "`=` cannot stand in an expression",
            at: range,
            hint: "write `==` to compare"
                + (isStatement ? ", or `let name = value;` to name a value" : "")
        )
    }

    static func misplacedArrow(at range: SourceRange) -> Diagnostic {
        syntax(
            "`->` stands only after one name that begins an operand of a call",
            at: range,
            hint: "name the element, as in `map(xs, x -> x + 1)`"
        )
    }

    static func misplacedColon(isSlice: Bool, at range: SourceRange) -> Diagnostic {
        syntax(
            isSlice ? "a slice has one `:` only" : "`:` has no `?` that it belongs to",
            at: range
        )
    }

    static func conditionalWithoutColon(
        _ instead: String,
        at range: SourceRange,
        open: SourceRange
    ) -> Diagnostic {
        syntax(
            "expected `:` and what holds otherwise, not `\(instead)`",
            at: range,
            labels: [Label(open, "`?` asks for it")],
            hint: "a choice is written `condition ? then : otherwise`"
        )
    }

    static func conditionalWithoutColon(end: Int, at open: SourceRange) -> Diagnostic {
        incomplete(
            "expected `:` and what holds otherwise, but the text ends",
            end: end,
            opener: open
        )
    }

    static func ifWithoutParenthesis(at range: SourceRange) -> Diagnostic {
        syntax(
            "`if` is written like a call",
            at: range,
            hint: "write `if(condition, then, otherwise)` or `condition ? then : otherwise`"
        )
    }

    // MARK: Brackets

    static func mismatch(
        _ symbol: Symbol,
        at range: SourceRange,
        opener: SourceRange,
        _ source: Source
    ) -> Diagnostic {
        syntax(
            "`\(symbol.rawValue)` does not close `\(source.quote(opener))`",
            at: range,
            labels: [Label(opener, "opened here")]
        )
    }

    static func strayCloser(_ symbol: Symbol, at range: SourceRange) -> Diagnostic {
        syntax("`\(symbol.rawValue)` closes nothing", at: range, hint: "remove it")
    }

    static func unclosed(end: Int, opener: SourceRange, _ source: Source) -> Diagnostic {
        incomplete("`\(source.quote(opener))` is not closed", end: end, opener: opener)
    }

    static func unclosedBeforeSemicolon(
        at range: SourceRange,
        opener: SourceRange
    ) -> Diagnostic {
        syntax(
            "`;` stands before a bracket is closed",
            at: range,
            labels: [Label(opener, "opened here")]
        )
    }

    static func misplacedComma(
        at range: SourceRange,
        opener: SourceRange?,
        hint: String?
    ) -> Diagnostic {
        syntax(
            opener == nil ? "`,` cannot stand here" : "`,` cannot stand in these brackets",
            at: range,
            labels: opener.map { [Label($0, "opened here")] } ?? [],
            hint: hint
        )
    }

    static func duplicateField(
        _ name: String,
        at range: SourceRange,
        first: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .duplicateName,
            "the record has the field `\(name)` already",
            at: range,
            labels: [Label(first, "the first one")]
        )
    }

    // MARK: Statements

    static func reservedName(_ word: ReservedWord, at range: SourceRange) -> Diagnostic {
        syntax(
            "`\(word.rawValue)` is a reserved word",
            at: range,
            hint: "as a name it stands in backticks"
        )
    }

    static func misplacedStatement(_ word: ReservedWord, at range: SourceRange) -> Diagnostic {
        syntax(
            "`\(word.rawValue)` cannot stand inside an expression",
            at: range,
            hint: "put it at the beginning of the text"
        )
    }

    static func misplacedSemicolon(at range: SourceRange) -> Diagnostic {
        syntax("`;` ends only `let` and `fn`", at: range, hint: "remove it")
    }

    static func missingSemicolon(
        before token: String,
        at range: SourceRange,
        statement: SourceRange
    ) -> Diagnostic {
        syntax(
            "expected `;` before `\(token)`",
            at: range,
            labels: [Label(statement, "it ends this statement")]
        )
    }

    static func statementWithoutEnd(_ keyword: String, end: Int) -> Diagnostic {
        incomplete(
            "expected `;` after the `\(keyword)`, and then an expression, but the text ends",
            end: end,
            opener: nil
        )
    }

    static func misplacedAs(at range: SourceRange) -> Diagnostic {
        syntax("`as` names a column and cannot stand here", at: range)
    }

    static func afterAlias(_ token: String, at range: SourceRange) -> Diagnostic {
        syntax("expected `,` after the name of a column, not `\(token)`", at: range)
    }
}
