package import CalcBurstSource

/// What a text was parsed into: always a tree, and what is wrong with the text.
package struct ParsedSyntax: Sendable {
    package let source: Source
    package let tree: Syntax
    /// In the order of the text; at most 20.
    package let diagnostics: [Diagnostic]

    /// Whether the text is only wrong because it ends too early: a REPL asks for another line.
    package var isIncomplete: Bool {
        !diagnostics.isEmpty && diagnostics.allSatisfy { $0.code == .incomplete }
    }
}

/// Turns a text into a tree, in one loop over an explicit stack of frames.
///
/// The functions that are named after rules of `Grammar/CalcBurst.ebnf` quote them; a test compares
/// the two. A rule that the parser has begun is a `Frame`; nothing recurses. A mistake is reported
/// once, and parsing goes on as if the text were right: what is missing becomes a node of kind
/// `missing`, which also holds two operands that no operator joins.
package struct Parser {
    /// What a text as a whole may be.
    package enum Start: Hashable, Sendable {
        /// Statements and an expression.
        case program
        /// A line of the REPL: `x = e`, `f(x) = e`, or a program.
        case session
        /// Columns: `e as name, …`.
        case selection
    }

    /// What the parser looks for next.
    enum State: Hashable {
        /// `let`, `fn`, or the expression that ends a program.
        case statement
        case operand
        /// The name of a record's field.
        case field
        /// After an operand: an operator, or the end of what the operand is in.
        case continuation
        case finished
    }

    let start: Start
    let limits: SourceLimits
    var lexer: Lexer
    var tree = Syntax()
    /// The token to be read, the one after it, and the one before it.
    var token: Token
    var next: Token
    var previous: Token?
    var state = State.statement
    var frames: [Frame] = []
    var operands: [Operand] = []
    /// The names of parameters and of fields.
    var names: [SourceRange] = []
    /// The operators of the chains that are open.
    var comparisons: [(infix: InfixOperator, range: SourceRange)] = []
    /// The fields of the records that are open, each with its first place.
    var fields: [[String: SourceRange]] = []
    var nesting = 0
    /// A mistake has been reported and nothing that is surely right has followed.
    var isQuiet = false

    package static func parse(
        _ source: Source,
        as start: Start = .program,
        limits: SourceLimits = SourceLimits()
    ) -> ParsedSyntax {
        let limits = limits.withinCeilings
        let count = source.bytes.count
        guard count <= limits.sourceLength else {
            let fact = Diagnostic.LimitFact(
                name: "source-length",
                maximum: limits.sourceLength,
                actual: count
            )
            let range = SourceRange(limits.sourceLength, count)
            return ParsedSyntax(
                source: source,
                tree: emptyTree(start),
                diagnostics: [.limit(fact, at: range)]
            )
        }
        var parser = Parser(source, start, limits)
        parser.parse()
        return ParsedSyntax(
            source: source,
            tree: parser.lexer.hasReachedLimit ? emptyTree(start) : parser.tree,
            // The lexer is a token ahead of the parser.
            diagnostics: parser.lexer.diagnostics.sorted { $0.range.start < $1.range.start }
        )
    }

    private init(_ source: Source, _ start: Start, _ limits: SourceLimits) {
        self.start = start
        self.limits = limits
        lexer = Lexer(source, limits: limits)
        token = lexer.next()
        next = lexer.next()
    }

    /// The tree of a text that was given up: one hole.
    private static func emptyTree(_ start: Start) -> Syntax {
        var tree = Syntax()
        let place = SourceRange(0, 0)
        let hole = tree.add(.missing, place)
        switch start {
        case .program, .session:
            _ = tree.add(.program, place, children: [hole])
        case .selection:
            let item = tree.add(.item, place, children: [hole])
            _ = tree.add(.selection, place, children: [item])
        }
        return tree
    }

    private mutating func parse() {
        begin()
        // Each step reads a token, ends a frame, or leads to a step that does.
        while state != .finished, !lexer.hasReachedLimit {
            switch state {
            case .statement: statement()
            case .operand: primary()
            case .field: field()
            case .continuation: continuation()
            case .finished: break
            }
        }
    }

    // MARK: Tokens

    mutating func advance() {
        previous = token
        token = next
        next = lexer.next()
    }

    var source: Source { lexer.source }

    /// The text of a token for a message.
    func quote(_ token: Token) -> String { source.quote(token.range) }

    // MARK: Nodes and operands

    /// Adds a node; the parser stops when there are too many.
    mutating func add(
        _ kind: Syntax.Kind,
        _ range: SourceRange,
        token: SourceRange? = nil,
        children: some Collection<Syntax.ID> = EmptyCollection<Syntax.ID>(),
        names: [SourceRange] = [],
        operators: [SourceRange] = []
    ) -> Syntax.ID {
        if tree.nodes.count >= limits.nodes {
            let fact = Diagnostic.LimitFact(name: "nodes", maximum: limits.nodes)
            lexer.reportLimit(fact, at: range)
        }
        return tree.add(
            kind,
            range,
            token: token,
            children: children,
            names: names,
            operators: operators
        )
    }

    mutating func push(
        _ kind: Syntax.Kind,
        _ range: SourceRange,
        token: SourceRange? = nil,
        children: some Collection<Syntax.ID> = EmptyCollection<Syntax.ID>(),
        names: [SourceRange] = [],
        operators: [SourceRange] = []
    ) {
        let id = add(
            kind,
            range,
            token: token,
            children: children,
            names: names,
            operators: operators
        )
        operands.append(Operand(id: id, range: range))
    }

    /// Puts a hole where an operand is missing.
    mutating func pushMissing(at offset: Int) {
        push(.missing, SourceRange(offset, offset))
    }

    /// Takes the operands from a place on the stack to its top.
    mutating func popOperands(from base: Int) -> [Operand] {
        let taken = Array(operands[min(base, operands.count)...])
        operands.removeLast(taken.count)
        return taken
    }

    // MARK: Frames

    mutating func begin(
        _ rule: Frame.Rule,
        token: SourceRange,
        opener: SourceRange,
        start: Int,
        operandsBefore: Int = 0
    ) {
        let frame = Frame(
            rule: rule,
            token: token,
            opener: opener,
            start: start,
            operandBase: operands.count - operandsBefore,
            nameBase: names.count,
            comparisonBase: comparisons.count
        )
        if frame.nests {
            guard nesting < limits.nesting else {
                let fact = Diagnostic.LimitFact(
                    name: "nesting",
                    maximum: limits.nesting,
                    actual: nesting + 1
                )
                lexer.reportLimit(fact, at: opener)
                return
            }
            nesting += 1
        }
        frames.append(frame)
    }

    /// Takes the top frame away.
    mutating func end() -> Frame? {
        guard let frame = frames.popLast() else { return nil }
        if frame.nests { nesting -= 1 }
        return frame
    }

    /// Marks the innermost bracket or statement: what is wrong with its end follows from this.
    mutating func markFaulted() {
        if let index = frames.lastIndex(where: { $0.level == nil }) {
            frames[index].isFaulted = true
        }
    }

    /// The innermost bracket that is open.
    var openBracket: Frame? { frames.last { $0.closer != nil } }

    // MARK: Findings

    /// Reports a mistake, unless it follows from one that has been reported.
    mutating func report(_ diagnostic: Diagnostic) {
        if !isQuiet { lexer.report(diagnostic) }
        isQuiet = true
    }
}
