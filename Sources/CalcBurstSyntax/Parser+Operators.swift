import CalcBurstSource

// What may follow an operand.
extension Parser {
    /// Reads what follows an operand: an operator, or the end of what the operand is in.
    ///
    /// All infix operators are read here and in `infix`. Their levels are the rows of
    /// `OperatorLevel`, loosest first.
    ///
    ///     expression = conditional ;
    ///     or = and { ( "or" | "||" ) and } ;
    ///     and = not { ( "and" | "&&" ) not } ;
    ///     comparison = coalesce [ ( "!=" | "in" | "not" "in" ) coalesce
    ///                | ( "<" | "<=" | "==" ) coalesce { ( "<" | "<=" | "==" ) coalesce }
    ///                | ( ">" | ">=" | "==" ) coalesce { ( ">" | ">=" | "==" ) coalesce } ] ;
    ///     coalesce = sum [ "??" coalesce ] ;
    ///     sum = product { ( "+" | "-" | "++" ) product } ;
    ///     product = unary { ( "*" | "/" | "%" ) unary } ;
    ///     power = postfix [ ( "^" | "**" ) unary ] ;
    mutating func continuation() {
        switch token.kind {
        case .symbol(let symbol):
            if let infix = symbol.infix {
                self.infix(infix, token.range)
                advance()
            } else {
                continuationSymbol(symbol)
            }
        case .reserved(let word):
            continuationWord(word)
        case .number, .string, .name, .quotedName:
            missingOperator()
        case .invalid:
            isQuiet = true
            gap()
        case .end:
            endOfText()
        }
    }

    private mutating func continuationSymbol(_ symbol: Symbol) {
        switch symbol {
        case .dot, .questionDot: fieldAccess(isOptional: symbol == .questionDot)
        case .openBracket: index()
        case .question: conditional()
        case .colon: colon()
        case .comma: comma()
        case .semicolon: semicolon()
        case .closeParenthesis, .closeBracket, .closeBrace: closer(symbol)
        case .openParenthesis, .openBrace, .exclamation: missingOperator()
        case .equal:
            report(.equalInExpression(isStatement: frames.count <= 2, at: token.range))
            infix(.equal, token.range)
            isQuiet = true
            advance()
        case .arrow:
            report(.misplacedArrow(at: token.range))
            skipAsGap()
        case .plus, .minus, .star, .slash, .percent, .caret, .starStar, .plusPlus,
            .questionQuestion, .equalEqual, .notEqual, .less, .lessOrEqual, .greater,
            .greaterOrEqual, .ampersands, .bars:
            // `continuation` reads the operators.
            skipAsGap()
        }
    }

    private mutating func continuationWord(_ word: ReservedWord) {
        if let infix = word.infix {
            self.infix(infix, token.range)
            advance()
            return
        }
        switch word {
        case .not:
            if next.kind == .end {
                advance()
                return reportExpected(.in, hint: nil)
            }
            guard next.isReserved(.in) else { return missingOperator() }
            infix(.isNotIn, token.range.joined(with: next.range))
            advance()
            advance()
        case .let, .fn:
            if endsStatement() { return }
            misplacedStatement(word)
        case .as: alias()
        case .if, .true, .false, .null, .it, .in, .and, .or: missingOperator()
        }
    }

    // MARK: Infix operators

    /// Takes up an operator: ends the frames that bind tighter, then waits for its right operand.
    mutating func infix(_ infix: InfixOperator, _ range: SourceRange) {
        let level = infix.level
        // An operator whose left operand is missing may lack the right one too: one mistake.
        let isAfterHole = operands.last?.range == SourceRange(range.start, range.start)
        if !isAfterHole { isQuiet = false }
        reduce(to: level, keepsEqual: level.associativity != .left)
        if level == .comparison, frames.last?.level == .comparison {
            extendChain(infix, range)
        } else {
            beginInfix(.infix(infix), range)
        }
        state = .operand
    }

    mutating func beginInfix(_ rule: Frame.Rule, _ range: SourceRange) {
        guard let left = operands.last else { return }
        begin(rule, token: range, opener: range, start: left.range.start, operandsBefore: 1)
    }

    /// Joins what stands on both sides of a mistake.
    mutating func gap() {
        reduce(to: .product, keepsEqual: false)
        beginInfix(.gap, SourceRange(token.range.start, token.range.start))
        state = .operand
    }

    /// Reads a token that does not fit, as if it joined what stands on its sides.
    mutating func skipAsGap() {
        gap()
        advance()
    }

    /// Ends the frames on the top of the stack that bind tighter than a level.
    private mutating func reduce(to level: OperatorLevel, keepsEqual: Bool) {
        while let top = frames.last?.level, top > level || top == level && !keepsEqual {
            finishOperator()
        }
    }

    /// Ends the frame on the top of the stack, whose operands are complete.
    private mutating func finishOperator() {
        guard let frame = end() else { return }
        let isPrefix = if case .prefix = frame.rule { true } else { false }
        let parts = popOperands(from: frame.operandBase)
        guard let first = parts.first, let last = parts.last else { return }
        let range = SourceRange(isPrefix ? frame.start : first.range.start, last.range.end)
        let children = parts.map(\.id)
        switch frame.rule {
        case .prefix(let prefix):
            push(.prefix(prefix), range, token: frame.token, children: children)
        case .infix(let infix):
            push(.infix(infix), range, token: frame.token, children: children)
        case .otherwise:
            push(.conditional, range, token: frame.token, children: children)
        case .chain:
            let links = comparisons[min(frame.comparisonBase, comparisons.count)...]
            let infixes = links.map(\.infix)
            let ranges = links.map(\.range)
            comparisons.removeLast(infixes.count)
            if frame.isFaulted {
                push(.missing, range, children: children)
            } else {
                push(.chain(infixes), range, children: children, operators: ranges)
            }
        case .gap, .then, .group, .call, .list, .record, .index, .body, .binding, .function,
            .program, .assignment, .definition, .selection, .item:
            push(.missing, range, children: children)
        }
    }

    /// Adds a comparison to the comparison on the top of the stack.
    private mutating func extendChain(_ infix: InfixOperator, _ range: SourceRange) {
        let top = frames.count - 1
        if case .infix(let first) = frames[top].rule {
            comparisons.append((first, frames[top].token))
            frames[top].rule = .chain
            frames[top].direction = Self.direction(of: first)
        }
        let first = comparisons[min(frames[top].comparisonBase, comparisons.count - 1)].infix
        comparisons.append((infix, range))
        let direction = Self.direction(of: infix)
        let fits =
            Self.chains(first) && Self.chains(infix)
            && (direction == nil || frames[top].direction == nil
                || direction == frames[top].direction)
        frames[top].direction = frames[top].direction ?? direction
        guard !fits, !frames[top].isFaulted else { return }
        frames[top].isFaulted = true
        let middle = operands.last.map { source.quote($0.range) } ?? ""
        lexer.report(
            .brokenChain(
                first: source.quote(comparisons[comparisons.count - 2].range),
                second: source.quote(range),
                middle: middle,
                at: range,
                firstAt: comparisons[comparisons.count - 2].range
            )
        )
    }

    private static func chains(_ infix: InfixOperator) -> Bool {
        direction(of: infix) != nil || infix == .equal
    }

    private static func direction(of infix: InfixOperator) -> Frame.Direction? {
        switch infix {
        case .less, .lessOrEqual: .rising
        case .greater, .greaterOrEqual: .falling
        case .power, .multiply, .divide, .modulo, .add, .subtract, .concatenate, .coalesce,
            .equal, .notEqual, .isIn, .isNotIn, .and, .or:
            nil
        }
    }

    // MARK: Conditionals

    /// Begins `? :`, of which the colon is still to come.
    ///
    ///     conditional = or [ "?" expression ":" conditional ] ;
    private mutating func conditional() {
        reduce(to: .conditional, keepsEqual: true)
        beginInfix(.then, token.range)
        isQuiet = false
        advance()
        state = .operand
    }

    private mutating func colon() {
        while frames.last?.level != nil { finishOperator() }
        guard let top = frames.last else { return }
        if top.rule == .then {
            frames[frames.count - 1].rule = .otherwise
            isQuiet = false
            advance()
            state = .operand
        } else if top.rule == .index, !top.hasColon {
            isQuiet = false
            sliceColon(hasStart: true)
        } else {
            report(.misplacedColon(isSlice: top.rule == .index, at: token.range))
            markFaulted()
            skipAsGap()
        }
    }

    /// Ends everything up to the innermost bracket or statement.
    mutating func settle() {
        while let top = frames.last {
            if top.level != nil {
                finishOperator()
            } else if top.rule == .then {
                if token.kind == .end {
                    lexer.report(.conditionalWithoutColon(end: token.range.end, at: top.opener))
                } else if !isQuiet {
                    lexer.report(
                        .conditionalWithoutColon(quote(token), at: token.range, open: top.opener)
                    )
                }
                pushMissing(at: token.range.start)
                frames[frames.count - 1].rule = .otherwise
            } else if top.rule == .body {
                guard let frame = end(), let value = operands.popLast() else { return }
                let range = SourceRange(frame.start, value.range.end)
                push(.body, range, token: frame.token, children: CollectionOfOne(value.id))
            } else {
                return
            }
        }
    }
}
