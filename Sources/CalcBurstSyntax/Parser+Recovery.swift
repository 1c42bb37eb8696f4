import CalcBurstSource

// Where an operand follows an operand.
extension Parser {
    /// Goes on where an operand follows an operand.
    mutating func missingOperator() {
        if beginsStatement() { return }
        guard let frame = innermost else { return }
        let isField = (token.isWord || token.kind == .string) && next.isSymbol(.colon)
        switch frame.rule {
        case .record where isField:
            settle()
            reportMissingComma(frame)
            state = .field
        case .list where !isAdjacent, .call where !isAdjacent:
            settle()
            reportMissingComma(frame)
            if exceedsLength() { return }
            state = .operand
        case .list, .call, .record, .prefix, .infix, .gap, .chain, .then, .otherwise, .group,
            .index, .body, .binding, .function, .program, .assignment, .definition, .selection,
            .item:
            report(
                .missingOperator(
                    left: previous.map(quote) ?? "",
                    right: quote(token),
                    hint: missingOperatorHint(),
                    at: token.range
                )
            )
            gap()
        }
    }

    private mutating func reportMissingComma(_ frame: Frame) {
        report(
            .missingComma(
                left: previous.map(quote) ?? "",
                right: quote(token),
                at: token.range,
                opener: frame.opener
            )
        )
    }

    /// The innermost frame that is a bracket or a statement.
    private var innermost: Frame? {
        frames.last { $0.level == nil && $0.rule != .then && $0.rule != .body }
    }

    /// Whether the token stands right after the one before it.
    private var isAdjacent: Bool { previous?.range.end == token.range.start }

    private func missingOperatorHint() -> String? {
        guard let previous else { return nil }
        let left = quote(previous)
        let right = token.isSymbol(.openParenthesis) ? "(…)" : quote(token)
        switch (previous.kind, token.kind) {
        case (.number, .name), (.number, .quotedName), (.number, .symbol(.openParenthesis)):
            return "write `\(left) * \(right)`"
        case (.symbol(.closeParenthesis), .symbol(.openParenthesis)),
            (.symbol(.closeParenthesis), .name), (.symbol(.closeParenthesis), .number),
            (.number, .number):
            return "write `*` to multiply"
        case (.name, .name):
            return "a name with a space stands in backticks: `\(left) \(right)`"
        case (_, .symbol(.exclamation)):
            return "`!` stands before a boolean; a factorial is `fact(…)`"
        case (_, .symbol(.openParenthesis)):
            return "only a name can be called"
        case (.string, .string):
            return "write `+` to join two texts"
        case (_, _):
            return nil
        }
    }
}
