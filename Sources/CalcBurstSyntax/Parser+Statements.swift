import CalcBurstSource

// The start rules and the statements.
extension Parser {
    /// Begins the rule that the whole text must fit.
    ///
    ///     session = assignment | definition | program ;
    mutating func begin() {
        switch start {
        case .program: program()
        case .session:
            if token.isWord, next.isSymbol(.equal) {
                assignment()
            } else if isDefinition() {
                definition()
            } else {
                program()
            }
        case .selection: selection()
        }
    }

    /// Begins a program.
    ///
    ///     program = { binding | function } expression ;
    private mutating func program() {
        begin(.program, token: emptyRange, opener: emptyRange, start: token.range.start)
        state = .statement
    }

    private var emptyRange: SourceRange { SourceRange(token.range.start, token.range.start) }

    mutating func statement() {
        if token.isReserved(.let) {
            binding()
        } else if token.isReserved(.fn) {
            function()
        } else {
            state = .operand
        }
    }

    /// Reads `let`, its name and the sign after it.
    ///
    ///     binding = "let" NAME "=" expression ";" ;
    private mutating func binding() {
        let keyword = token.range
        advance()
        let name = self.name()
        begin(.binding, token: name, opener: keyword, start: keyword.start)
        equalSign()
    }

    /// Reads `fn`, its name and its parameters.
    ///
    ///     function = "fn" NAME "(" [ parameters ] ")" "=" expression ";" ;
    private mutating func function() {
        let keyword = token.range
        advance()
        let name = self.name()
        begin(.function, token: name, opener: keyword, start: keyword.start)
        if token.isSymbol(.openParenthesis) {
            advance()
            parameters()
        } else {
            reportExpected(.openParenthesis, hint: "a function is written `fn f(x) = …;`")
        }
        equalSign()
    }

    /// Reads the names of a function's operands and the parenthesis after them.
    ///
    ///     parameters = NAME { "," NAME } ;
    private mutating func parameters() {
        let base = names.count
        if token.isSymbol(.closeParenthesis) { return advance() }
        while true {
            guard names.count - base < limits.operands else {
                let fact = Diagnostic.LimitFact(
                    name: "operands",
                    maximum: limits.operands,
                    actual: limits.operands + 1
                )
                return lexer.reportLimit(fact, at: token.range)
            }
            names.append(name())
            guard token.isSymbol(.comma) else { break }
            advance()
        }
        if token.isSymbol(.closeParenthesis) {
            advance()
        } else {
            reportExpected(.closeParenthesis, hint: nil)
        }
    }

    /// Reads a name, or reports that it is missing and gives an empty range.
    private mutating func name() -> SourceRange {
        let range = token.range
        if token.isName {
            advance()
            return range
        }
        if case .reserved(let word) = token.kind, !next.isName {
            report(.reservedName(word, at: range))
            advance()
            return range
        }
        reportExpected(.name, hint: nil)
        return emptyRange
    }

    /// Reads the sign between a name and its value, or skips to where the value may begin.
    private mutating func equalSign() {
        state = .operand
        if token.isSymbol(.equal) {
            // A mistake in the head says nothing about the value.
            isQuiet = false
            return advance()
        }
        reportExpected(.equal, hint: nil)
        while true {
            switch token.kind {
            case .symbol(.equal), .symbol(.equalEqual):
                isQuiet = false
                return advance()
            case .symbol(.semicolon), .reserved(.let), .reserved(.fn), .end:
                return
            case .number, .string, .name, .quotedName, .reserved, .symbol, .invalid:
                advance()
            }
        }
    }

    /// Begins a line of the REPL that names a value.
    ///
    ///     assignment = NAME "=" expression ;
    private mutating func assignment() {
        let start = token.range.start
        let name = self.name()
        begin(.assignment, token: name, opener: name, start: start)
        equalSign()
    }

    /// Begins a line of the REPL that names a function.
    ///
    ///     definition = NAME "(" [ parameters ] ")" "=" expression ;
    private mutating func definition() {
        let start = token.range.start
        let name = self.name()
        begin(.definition, token: name, opener: name, start: start)
        advance()
        parameters()
        equalSign()
    }

    /// Whether the text begins with a name, names in parentheses, and an equals sign.
    private func isDefinition() -> Bool {
        guard token.isName, next.isSymbol(.openParenthesis) else { return false }
        var ahead = lexer
        var token = ahead.next()
        if !token.isSymbol(.closeParenthesis) {
            while true {
                guard token.isWord else { return false }
                token = ahead.next()
                guard token.isSymbol(.comma) else { break }
                token = ahead.next()
            }
        }
        return token.isSymbol(.closeParenthesis) && ahead.next().isSymbol(.equal)
    }

    // MARK: Selections

    /// Begins a selection of columns.
    ///
    ///     selection = item { "," item } ;
    private mutating func selection() {
        begin(.selection, token: emptyRange, opener: emptyRange, start: token.range.start)
        beginItem()
    }

    /// Begins one column.
    ///
    ///     item = expression [ "as" NAME ] ;
    mutating func beginItem() {
        begin(.item, token: emptyRange, opener: emptyRange, start: token.range.start)
        state = .operand
    }

    /// Reads `as` and the name of a column.
    mutating func alias() {
        settle()
        guard let top = frames.last, top.rule == .item else {
            report(.misplacedAs(at: token.range))
            return skipAsGap()
        }
        advance()
        frames[frames.count - 1].token = name()
        if token.kind == .end || token.isSymbol(.comma) { return }
        report(.afterAlias(quote(token), at: token.range))
        while token.kind != .end, !token.isSymbol(.comma) { advance() }
    }

    mutating func finishItem() {
        guard let frame = end(), let value = operands.popLast() else { return }
        let isNamed = frame.token.count > 0
        push(
            .item,
            isNamed ? SourceRange(value.range.start, frame.token.end) : value.range,
            token: isNamed ? frame.token : nil,
            children: CollectionOfOne(value.id)
        )
    }
}
