package import CalcBurstSource

/// One word, numeral, text or symbol of a source.
package struct Token: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case number
        case string
        /// A word that is not reserved.
        case name
        /// A name in backticks.
        case quotedName
        case reserved(ReservedWord)
        case symbol(Symbol)
        /// Something that has been reported and stands where an operand may stand.
        case invalid
        case end
    }

    package let kind: Kind
    package let range: SourceRange
}

extension Token {
    func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }

    func isReserved(_ word: ReservedWord) -> Bool { kind == .reserved(word) }

    /// Whether the token is a name: a word that is not reserved, or a name in backticks.
    var isName: Bool {
        switch kind {
        case .name, .quotedName: true
        case .number, .string, .reserved, .symbol, .invalid, .end: false
        }
    }

    /// Whether the token is a word of any kind, which after a dot is a name.
    var isWord: Bool {
        switch kind {
        case .name, .quotedName, .reserved: true
        case .number, .string, .symbol, .invalid, .end: false
        }
    }

    /// Whether a value may end with the token, so that a dot after it asks for a field.
    var endsValue: Bool {
        switch kind {
        case .number, .string, .name, .quotedName, .invalid: true
        case .reserved(let word): word.isValue
        case .symbol(let symbol):
            switch symbol {
            case .closeParenthesis, .closeBracket, .closeBrace: true
            case .plus, .minus, .star, .slash, .percent, .caret, .starStar, .plusPlus,
                .questionQuestion, .equalEqual, .notEqual, .less, .lessOrEqual, .greater,
                .greaterOrEqual, .ampersands, .bars, .exclamation, .question, .questionDot, .dot,
                .colon, .comma, .semicolon, .openParenthesis, .openBracket, .openBrace, .equal,
                .arrow:
                false
            }
        case .end: false
        }
    }
}

/// The words that are not names unless they stand in backticks, after a dot or before a colon.
package enum ReservedWord: String, CaseIterable, Hashable, Sendable {
    case `let`
    case fn
    case `if`
    case `true`
    case `false`
    case null
    case it
    case `in`
    case not
    case and
    case or
    case `as`

    /// Whether the word is a value by itself.
    var isValue: Bool {
        switch self {
        case .true, .false, .null, .it: true
        case .let, .fn, .if, .in, .not, .and, .or, .as: false
        }
    }

    /// The operator that the word is between two operands; `not in` is two words.
    package var infix: InfixOperator? {
        switch self {
        case .in: .isIn
        case .and: .and
        case .or: .or
        case .let, .fn, .if, .true, .false, .null, .it, .not, .as: nil
        }
    }
}

/// Everything that is written with punctuation.
package enum Symbol: String, CaseIterable, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case caret = "^"
    case starStar = "**"
    case plusPlus = "++"
    case questionQuestion = "??"
    case equalEqual = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case ampersands = "&&"
    case bars = "||"
    case exclamation = "!"
    case question = "?"
    case questionDot = "?."
    case dot = "."
    case colon = ":"
    case comma = ","
    case semicolon = ";"
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
    case equal = "="
    case arrow = "->"

    /// The operator that the symbol is between two operands; a test holds it to the operator table.
    package var infix: InfixOperator? {
        switch self {
        case .plus: .add
        case .minus: .subtract
        case .star: .multiply
        case .slash: .divide
        case .percent: .modulo
        case .caret, .starStar: .power
        case .plusPlus: .concatenate
        case .questionQuestion: .coalesce
        case .equalEqual: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .ampersands: .and
        case .bars: .or
        case .exclamation, .question, .questionDot, .dot, .colon, .comma, .semicolon,
            .openParenthesis, .closeParenthesis, .openBracket, .closeBracket, .openBrace,
            .closeBrace, .equal, .arrow:
            nil
        }
    }
}
