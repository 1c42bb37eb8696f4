import CalcBurstSource

// What an operand may begin with.
extension Parser {
    /// Reads what an operand begins with.
    ///
    ///     primary = NUMBER | STRING | "true" | "false" | "null" | "it" | "." WORD | NAME | call
    ///             | "(" expression ")" | list | record ;
    mutating func primary() {
        if closesEmptyBracket() { return }
        switch token.kind {
        case .number: leaf(.number, token: token.range)
        case .string: leaf(.string, token: token.range)
        case .name, .quotedName: nameOrCall()
        case .reserved(let word): reservedWord(word)
        case .symbol(let symbol): primarySymbol(symbol)
        case .invalid:
            // The lexer has reported it.
            leaf(.missing, token: nil)
            isQuiet = true
        case .end: missingOperand()
        }
    }

    private mutating func leaf(_ kind: Syntax.Kind, token name: SourceRange?) {
        push(kind, token.range, token: name)
        advance()
        state = .continuation
    }

    private mutating func reservedWord(_ word: ReservedWord) {
        switch word {
        case .true: leaf(.bool(true), token: nil)
        case .false: leaf(.bool(false), token: nil)
        case .null: leaf(.null, token: nil)
        case .it: leaf(.element, token: nil)
        case .if:
            if next.isSymbol(.openParenthesis) {
                call(path: [token.range])
            } else {
                let word = token.range
                leaf(.missing, token: nil)
                if token.kind == .end {
                    reportExpected(.openParenthesis, hint: nil)
                } else {
                    report(.ifWithoutParenthesis(at: word))
                }
            }
        case .not: not()
        case .let, .fn: misplacedStatement(word)
        case .in, .and, .or, .as: missingOperand()
        }
    }

    private mutating func primarySymbol(_ symbol: Symbol) {
        switch symbol {
        case .openParenthesis: bracket(.group)
        case .openBracket: list()
        case .openBrace: record()
        case .plus: unary(.plus)
        case .minus: unary(.negate)
        case .exclamation: unary(.negateBool)
        case .dot:
            guard next.isWord || next.kind == .end else { return missingOperand() }
            let start = token.range.start
            advance()
            if token.kind == .end {
                reportExpected(.fieldName, hint: nil)
                pushMissing(at: start)
                state = .continuation
                return
            }
            push(.elementField, SourceRange(start, token.range.end), token: token.range)
            advance()
            state = .continuation
        case .colon:
            guard let frame = frames.last, frame.rule == .index, !frame.hasColon else {
                return missingOperand()
            }
            sliceColon(hasStart: false)
        case .star, .slash, .percent, .caret, .starStar, .plusPlus, .questionQuestion,
            .equalEqual, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .ampersands,
            .bars, .question, .questionDot, .comma, .semicolon, .closeParenthesis,
            .closeBracket, .closeBrace, .equal, .arrow:
            missingOperand()
        }
    }

    /// Ends a bracket that may be empty here: `f()`, `[]`, `[1,]`, `xs[1:]`.
    private mutating func closesEmptyBracket() -> Bool {
        guard let frame = frames.last, let closer = frame.closer, token.isSymbol(closer) else {
            return false
        }
        let isEmpty = operands.count == frame.operandBase
        switch frame.rule {
        case .call: guard isEmpty else { return false }
        case .list: break
        case .index: guard frame.hasColon else { return false }
        case .prefix, .infix, .gap, .chain, .then, .otherwise, .group, .record, .body, .binding,
            .function, .program, .assignment, .definition, .selection, .item:
            return false
        }
        let end = token.range.end
        advance()
        close(end: end)
        return true
    }

    private mutating func missingOperand() {
        let isAfterOperator = frames.last?.level != nil
        reportExpected(isAfterOperator ? .operand : .expression, hint: missingOperandHint())
        pushMissing(at: token.range.start)
        state = .continuation
    }

    private func missingOperandHint() -> String? {
        switch token.kind {
        case .reserved(let word):
            return "`\(word.rawValue)` is a reserved word; as a name it stands in backticks"
        case .symbol(.closeParenthesis) where previous?.isSymbol(.comma) == true:
            return "remove the comma"
        case .symbol(.plusPlus):
            return "`++` joins two lists"
        case .number, .string, .name, .quotedName, .symbol, .invalid, .end:
            return nil
        }
    }

    // MARK: Prefix operators

    /// Reads an operator that stands before its operand.
    ///
    ///     unary = ( "-" | "+" | "!" ) unary | power ;
    private mutating func unary(_ prefix: PrefixOperator) {
        let range = token.range
        begin(.prefix(prefix), token: range, opener: range, start: range.start)
        advance()
    }

    /// Reads `not`, which may stand wherever no operator waits that binds tighter.
    ///
    ///     not = "not" not | comparison ;
    private mutating func not() {
        if let level = frames.last?.level, level > .not {
            report(.misplacedNot(after: previous.map(quote) ?? "", at: token.range))
        }
        unary(.not)
    }

    // MARK: Names and calls

    /// Reads a name with the names after its dots: a call if a parenthesis follows.
    private mutating func nameOrCall() {
        if next.isSymbol(.arrow), frames.last?.rule == .call { return body() }
        var path = [token.range]
        while next.isSymbol(.dot) || next.isSymbol(.openParenthesis) {
            if next.isSymbol(.openParenthesis) { return call(path: path) }
            advance()
            guard next.isWord else {
                finishName(path)
                return
            }
            advance()
            path.append(token.range)
        }
        advance()
        finishName(path)
    }

    /// Makes the nodes of `a.b.c`.
    private mutating func finishName(_ path: [SourceRange]) {
        guard let first = path.first else { return }
        var id = add(.name, first, token: first)
        var range = first
        for name in path.dropFirst() where !lexer.hasReachedLimit {
            range = SourceRange(first.start, name.end)
            id = add(.field, range, token: name, children: CollectionOfOne(id))
        }
        operands.append(Operand(id: id, range: range))
        state = .continuation
    }

    /// Begins a call; the token is the last of its name.
    ///
    ///     call = ( NAME { "." WORD } | "if" ) "(" [ operand { "," operand } ] ")" ;
    ///     operand = body | expression ;
    private mutating func call(path: [SourceRange]) {
        let start = path.first?.start ?? token.range.start
        let name = SourceRange(start, token.range.end)
        advance()
        begin(.call, token: name, opener: token.range, start: start)
        advance()
        state = .operand
    }

    /// Begins a body that names its element.
    ///
    ///     body = NAME "->" expression ;
    private mutating func body() {
        begin(.body, token: token.range, opener: next.range, start: token.range.start)
        advance()
        advance()
        state = .operand
    }

    // MARK: Brackets

    private mutating func bracket(_ rule: Frame.Rule) {
        let range = token.range
        begin(rule, token: range, opener: range, start: range.start)
        advance()
        state = .operand
    }

    /// Begins a list.
    ///
    ///     list = "[" [ expression { "," expression } [ "," ] ] "]" ;
    private mutating func list() {
        bracket(.list)
    }

    /// Begins a record.
    ///
    ///     record = "{" [ field { "," field } [ "," ] ] "}" ;
    private mutating func record() {
        bracket(.record)
        fields.append([:])
        state = .field
    }

    /// Reads the name of a field and its colon, or the end of the record.
    ///
    ///     field = ( WORD | STRING ) ":" expression ;
    mutating func field() {
        if token.isSymbol(.closeBrace) {
            let end = token.range.end
            advance()
            return close(end: end)
        }
        let isName = token.isWord || token.kind == .string
        if isName, next.isSymbol(.colon) {
            fieldName(token.range)
            advance()
            advance()
            state = .operand
            return
        }
        if isName {
            fieldName(token.range)
            advance()
            reportExpected(.colon, hint: "a field is written `name: value`")
            if token.isSymbol(.equal) || token.isSymbol(.equalEqual) { advance() }
            state = .operand
        } else {
            reportExpected(.fieldName, hint: "a field is written `name: value`")
            fieldWithoutName()
        }
    }

    /// Goes on where a field's name should stand: with its value, if one follows.
    private mutating func fieldWithoutName() {
        let place = SourceRange(token.range.start, token.range.start)
        markFaulted()
        if token.isSymbol(.comma) {
            advance()
            return
        }
        names.append(place)
        if token.kind != .end, next.isSymbol(.colon) {
            advance()
            advance()
        }
        state = .operand
    }

    private mutating func fieldName(_ range: SourceRange) {
        names.append(range)
        guard !fields.isEmpty else { return }
        let name = source.nameText(range)
        if let first = fields[fields.count - 1][name] {
            lexer.report(.duplicateField(name, at: range, first: first))
        } else {
            fields[fields.count - 1][name] = range
        }
    }
}
