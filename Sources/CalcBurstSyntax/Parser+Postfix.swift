import CalcBurstSource

// What binds tightest: fields, positions and slices.
extension Parser {
    /// Reads a field of the operand before it.
    ///
    ///     postfix = primary { "." WORD | "?." WORD | "[" index "]" } ;
    mutating func fieldAccess(isOptional: Bool) {
        let dot = token.range
        advance()
        guard token.isWord else {
            let isNumber = token.kind == .number && token.range.start == dot.end
            reportExpected(
                .fieldName,
                hint: isNumber
                    ? "an element of a list is written `[\(quote(token))]`; "
                        + "a field's name does not begin with a digit" : nil
            )
            if isNumber { advance() }
            return
        }
        guard let record = operands.popLast() else { return }
        push(
            isOptional ? .optionalField : .field,
            SourceRange(record.range.start, token.range.end),
            token: token.range,
            children: CollectionOfOne(record.id)
        )
        advance()
    }

    /// Begins what stands in brackets after a list: a position, a mask or a slice.
    ///
    ///     index = expression | [ expression ] ":" [ expression ] ;
    mutating func index() {
        beginInfix(.index, token.range)
        advance()
        state = .operand
    }

    mutating func sliceColon(hasStart: Bool) {
        frames[frames.count - 1].hasColon = true
        frames[frames.count - 1].hasStart = hasStart
        advance()
        state = .operand
    }
}
