import CalcBurstSource

// The ends of statements and of the text.
extension Parser {
    /// Reads a semicolon: the end of a `let` or a `fn`.
    mutating func semicolon() {
        settle()
        guard let top = frames.last else { return }
        switch top.rule {
        case .binding, .function:
            let end = token.range.end
            advance()
            isQuiet = false
            finishStatement(end: end)
        case .program, .assignment, .definition, .item:
            report(.misplacedSemicolon(at: token.range))
            advance()
        case .group, .call, .list, .record, .index:
            let isStatement = frames.count > 1 && frames[1].isStatement
            if isStatement, !top.isFaulted {
                lexer.report(.unclosedBeforeSemicolon(at: token.range, opener: top.opener))
                while frames.count > 2 {
                    close(end: token.range.start)
                    settle()
                }
                let end = token.range.end
                advance()
                isQuiet = false
                finishStatement(end: end)
            } else {
                report(.misplacedSemicolon(at: token.range))
                markFaulted()
                skipAsGap()
            }
        case .prefix, .infix, .gap, .chain, .then, .otherwise, .body, .selection:
            skipAsGap()
        }
    }

    private mutating func finishStatement(end: Int) {
        guard let frame = self.end(), let value = operands.popLast() else { return }
        let parameters = Array(names[min(frame.nameBase, names.count)...])
        names.removeLast(parameters.count)
        push(
            frame.rule == .function ? .function : .binding,
            SourceRange(frame.start, max(end, value.range.end)),
            token: frame.token,
            children: CollectionOfOne(value.id),
            names: parameters
        )
        state = .statement
    }

    /// Ends a statement whose semicolon is missing, if a statement may begin at the token.
    mutating func endsStatement() -> Bool {
        let open = frames.last { $0.level == nil && $0.rule != .then }
        guard let open, open.isStatement else { return false }
        settle()
        report(.missingSemicolon(before: quote(token), at: token.range, statement: open.opener))
        isQuiet = false
        finishStatement(end: previous?.range.end ?? token.range.start)
        return true
    }

    /// Ends a statement whose semicolon is missing, if the token is the first of its line.
    mutating func beginsStatement() -> Bool {
        guard let previous else { return false }
        let gap = SourceRange(previous.range.end, token.range.start)
        guard source.bytes[gap.start..<gap.end].contains(UInt8(ascii: "\n")) else { return false }
        return endsStatement()
    }

    /// Reports a `let` or a `fn` inside an expression and goes on with what it holds.
    mutating func misplacedStatement(_ word: ReservedWord) {
        report(.misplacedStatement(word, at: token.range))
        if state == .continuation { gap() }
        markFaulted()
        advance()
        if token.isName, next.isSymbol(.equal) {
            advance()
            advance()
        }
        state = .operand
    }

    /// Ends everything that is open at the end of the text.
    mutating func endOfText() {
        settle()
        while let top = frames.last, top.closer != nil {
            if !top.isFaulted {
                lexer.report(.unclosed(end: token.range.end, opener: top.opener, source))
            }
            close(end: token.range.end)
            settle()
        }
        state = .finished
        guard let top = frames.last else { return }
        if top.isStatement {
            lexer.report(.statementWithoutEnd(source.quote(top.opener), end: token.range.end))
            finishStatement(end: token.range.end)
            pushMissing(at: token.range.end)
            state = .finished
        }
        if top.rule == .item { finishItem() }
        finishRoot()
    }

    private mutating func finishRoot() {
        guard let frame = end() else { return }
        let parts = popOperands(from: frame.operandBase)
        let start = frame.start
        let end = parts.last?.range.end ?? start
        let range = SourceRange(min(start, parts.first?.range.start ?? start), end)
        let children = parts.map(\.id)
        let parameters = Array(names[min(frame.nameBase, names.count)...])
        let kind: Syntax.Kind =
            switch frame.rule {
            case .assignment: .assignment
            case .definition: .definition
            case .selection: .selection
            case .program, .prefix, .infix, .gap, .chain, .then, .otherwise, .group, .call,
                .list, .record, .index, .body, .binding, .function, .item:
                .program
            }
        push(kind, range, token: frame.token, children: children, names: parameters)
    }
}

extension Frame {
    /// Whether the frame is a `let` or a `fn`, which a semicolon ends.
    fileprivate var isStatement: Bool { rule == .binding || rule == .function }
}
