import CalcBurstSource

// Commas and closers.
extension Parser {
    /// Reads a comma: the end of an operand, an element, a field or an item.
    mutating func comma() {
        settle()
        guard let top = frames.last else { return }
        switch top.rule {
        case .call, .list:
            advance()
            if exceedsLength() { return }
            isQuiet = false
            state = .operand
        case .record:
            advance()
            if !token.isSymbol(.closeBrace), exceedsLength() { return }
            isQuiet = false
            state = .field
        case .item:
            finishItem()
            advance()
            isQuiet = false
            beginItem()
        case .group, .index, .binding, .function, .program, .assignment, .definition, .selection,
            .prefix, .infix, .gap, .chain, .then, .otherwise, .body:
            misplacedComma(top)
        }
    }

    private mutating func misplacedComma(_ top: Frame) {
        // `1,000`: the lexer has reported the zeros.
        let isGroup = next.kind == .invalid && next.range.start == token.range.end
        let isThousands =
            previous?.kind == .number && next.kind == .number && next.range.count == 3
            && previous?.range.end == token.range.start && next.range.start == token.range.end
        if isGroup {
            isQuiet = true
        } else {
            report(
                .misplacedComma(
                    at: token.range,
                    opener: top.closer == nil ? nil : top.opener,
                    hint: isThousands
                        ? "write the number without commas"
                        : top.rule == .index ? "write `xs[i][j]`" : nil
                )
            )
        }
        markFaulted()
        skipAsGap()
    }

    /// Stops if the call or the literal on the top of the stack is full and one more comes.
    mutating func exceedsLength() -> Bool {
        guard let top = frames.last else { return false }
        let isCall = top.rule == .call
        let maximum = isCall ? limits.operands : limits.literalLength
        let count = operands.count - top.operandBase
        let isTrailing = top.closer.map(token.isSymbol) ?? false
        guard count >= maximum, !isTrailing else { return false }
        let fact = Diagnostic.LimitFact(
            name: isCall ? "operands" : "literal-length",
            maximum: maximum,
            actual: count + 1
        )
        lexer.reportLimit(fact, at: token.range)
        return true
    }

    /// Reads a closer: of the innermost bracket, or of one around it, or of none.
    mutating func closer(_ symbol: Symbol) {
        settle()
        let end = token.range.end
        guard let top = frames.last, let expected = top.closer else {
            strayCloser(symbol)
            return
        }
        if expected != symbol {
            reportMismatch(top, symbol)
            // The inner brackets end here too if a bracket around them is meant.
            if let match = frames.lastIndex(where: { $0.closer == symbol }) {
                while frames.count - 1 > match {
                    close(end: token.range.start)
                    settle()
                }
            }
        } else {
            isQuiet = top.isFaulted
        }
        advance()
        close(end: end)
    }

    private mutating func reportMismatch(_ top: Frame, _ symbol: Symbol) {
        if !top.isFaulted {
            lexer.report(.mismatch(symbol, at: token.range, opener: top.opener, source))
        }
        isQuiet = true
    }

    private mutating func strayCloser(_ symbol: Symbol) {
        if previous?.isStrayCloser(after: symbol, isQuiet: isQuiet) != true {
            lexer.report(.strayCloser(symbol, at: token.range))
        }
        isQuiet = true
        advance()
    }

    /// Ends the bracket on the top of the stack, whose operands are complete.
    mutating func close(end: Int) {
        guard let frame = self.end() else { return }
        let range = SourceRange(frame.start, end)
        let brackets = SourceRange(frame.opener.start, end)
        let parts = popOperands(from: frame.operandBase)
        let children = parts.map(\.id)
        state = .continuation
        switch frame.rule {
        case .group:
            guard let inner = parts.last else { return pushMissing(at: frame.start) }
            operands.append(Operand(id: inner.id, range: range))
        case .call:
            push(.call, range, token: frame.token, children: children)
        case .list:
            push(.list, range, children: children)
        case .record:
            let fieldNames = Array(names[min(frame.nameBase, names.count)...])
            names.removeLast(fieldNames.count)
            _ = fields.popLast()
            push(.record, range, children: children, names: fieldNames)
        case .index:
            let hasEnd = children.count > (frame.hasStart ? 2 : 1)
            let kind: Syntax.Kind =
                frame.hasColon ? .slice(hasStart: frame.hasStart, hasEnd: hasEnd) : .index
            push(kind, range, token: brackets, children: children)
        case .prefix, .infix, .gap, .chain, .then, .otherwise, .body, .binding, .function,
            .program, .assignment, .definition, .selection, .item:
            // Not a bracket.
            push(.missing, range, children: children)
        }
    }
}

extension Token {
    /// Whether the token is a closer that has been reported, so that one more says nothing new.
    fileprivate func isStrayCloser(after symbol: Symbol, isQuiet: Bool) -> Bool {
        isQuiet && isSymbol(symbol)
    }
}
