import CalcBurstSource

/// A rule of the grammar that the parser has begun and not yet ended.
///
/// The frames lie on an explicit stack, so that no text makes the parser recurse.
struct Frame {
    enum Rule: Hashable {
        // What operators wait for.
        case prefix(PrefixOperator)
        case infix(InfixOperator)
        /// Two operands without an operator between them; it has been reported.
        case gap
        case chain
        /// After `?`, before the colon.
        case then
        /// After the colon of `?:`.
        case otherwise

        // Brackets.
        case group
        case call
        case list
        case record
        case index

        case body

        // Statements and start rules.
        case binding
        case function
        case program
        case assignment
        case definition
        case selection
        case item
    }

    /// Which way a chain of comparisons goes.
    enum Direction: Hashable {
        case rising
        case falling
    }

    var rule: Rule
    /// What names the node: an operator, the name of a call, of an element, of a statement.
    var token: SourceRange
    /// What messages point at: the bracket, the `?`, the `let`.
    var opener: SourceRange
    /// Where the node begins.
    var start: Int
    /// How many operands, names and comparisons lay on the parser's stacks at the beginning.
    var operandBase: Int
    var nameBase: Int
    var comparisonBase: Int
    /// Something about the frame has been reported: its end is not reported too.
    var isFaulted = false
    /// An index has a colon, and so is a slice.
    var hasColon = false
    /// A slice has something before its colon.
    var hasStart = false
    /// Which way a chain goes; nil while it has only seen `==`.
    var direction: Direction?

    /// How tight a frame that waits for an operand binds; nil for all other frames.
    var level: OperatorLevel? {
        switch rule {
        case .prefix(let prefix): prefix.level
        case .infix(let infix): infix.level
        case .gap: .product
        case .chain: .comparison
        case .otherwise: .conditional
        case .then, .group, .call, .list, .record, .index, .body, .binding, .function, .program,
            .assignment, .definition, .selection, .item:
            nil
        }
    }

    /// Whether the frame counts for the limit of nesting.
    ///
    /// The other frames need no count: between two that count stands at most one for each level of
    /// the operator table.
    var nests: Bool {
        switch rule {
        case .prefix, .then, .otherwise, .group, .call, .list, .record, .index: true
        case .infix(let infix): infix.level.associativity == .right
        case .gap, .chain, .body, .binding, .function, .program, .assignment, .definition,
            .selection, .item:
            false
        }
    }

    /// What closes the frame, if it is a bracket.
    var closer: Symbol? {
        switch rule {
        case .group, .call: .closeParenthesis
        case .list, .index: .closeBracket
        case .record: .closeBrace
        case .prefix, .infix, .gap, .chain, .then, .otherwise, .body, .binding, .function,
            .program, .assignment, .definition, .selection, .item:
            nil
        }
    }
}

/// A node that waits for its parent, and where it stands with the parentheses around it.
struct Operand {
    var id: Syntax.ID
    var range: SourceRange
}
