package import CalcBurstSource

/// Writes a tree as text that parses back to the same tree.
///
/// The text has no parentheses that it can do without, one spelling for each operator, and one
/// statement a line. Numerals, texts and names stay as they were written; comments are not in a
/// tree and so not in the text.
package enum SyntaxPrinter {
    package static func print(_ tree: Syntax, source: Source) -> String {
        guard let root = tree.root else { return "" }
        var printer = Printer(tree: tree, source: source)
        printer.print(root)
        return printer.text
    }
}

/// What is still to be written, last first, so that no tree makes the printer recurse.
private struct Printer {
    private enum Piece {
        case text(String)
        /// A node, in parentheses if it binds looser than the level.
        case node(Syntax.ID, OperatorLevel)
    }

    let tree: Syntax
    let source: Source
    private(set) var text = ""
    private var stack: [Piece] = []
    /// The pieces of the node at hand, in order.
    private var pieces: [Piece] = []

    init(tree: Syntax, source: Source) {
        self.tree = tree
        self.source = source
    }

    mutating func print(_ root: Syntax.ID) {
        stack = [.node(root, .conditional)]
        while let piece = stack.popLast() {
            switch piece {
            case .text(let more): text += more
            case .node(let id, let level):
                pieces.removeAll(keepingCapacity: true)
                let needsParentheses = Self.level(of: tree[id].kind) < level
                if needsParentheses { write("(") }
                expand(id)
                if needsParentheses { write(")") }
                stack.append(contentsOf: pieces.reversed())
            }
        }
    }

    /// How tight a node binds.
    private static func level(of kind: Syntax.Kind) -> OperatorLevel {
        switch kind {
        case .prefix(let prefix): prefix.level
        case .infix(let infix): infix.level
        case .chain: .comparison
        case .conditional: .conditional
        case .number, .string, .bool, .null, .name, .element, .missing, .call, .field,
            .optionalField, .elementField, .index, .slice, .body, .list, .record, .binding,
            .function, .program, .assignment, .definition, .selection, .item:
            .postfix
        }
    }

    private mutating func write(_ text: String) { pieces.append(.text(text)) }

    private mutating func write(_ id: Syntax.ID, _ level: OperatorLevel = .conditional) {
        pieces.append(.node(id, level))
    }

    private mutating func write(_ ids: ArraySlice<Syntax.ID>, separator: String = ", ") {
        for (place, id) in ids.enumerated() {
            if place > 0 { write(separator) }
            write(id)
        }
    }

    private mutating func expand(_ id: Syntax.ID) {
        let node = tree[id]
        let children = tree.children(of: id)
        let token = source[node.token]
        switch node.kind {
        case .number, .string, .name: write(token)
        case .bool(let bool): write(bool ? "true" : "false")
        case .null: write("null")
        case .element: write("it")
        case .missing: write(children, separator: " ")
        case .prefix(let prefix): expandPrefix(prefix, children)
        case .infix(let infix): expandInfix(infix, children)
        case .chain(let infixes):
            for (place, child) in children.enumerated() {
                if place > 0, place <= infixes.count {
                    write(" \(infixes[place - 1].rawValue) ")
                }
                write(child, .coalesce)
            }
        case .conditional:
            for (place, child) in children.enumerated() {
                if place > 0 { write(place == 1 ? " ? " : " : ") }
                write(child, place == 0 ? .or : .conditional)
            }
        case .call:
            write(source.writtenName(node.token) + "(")
            write(children)
            write(")")
        case .field, .optionalField:
            for child in children {
                // `5.f` would be read as a numeral.
                let isNumber = node.kind == .field && tree[child].kind == .number
                if isNumber { write("(") }
                write(child, .postfix)
                if isNumber { write(")") }
            }
            write((node.kind == .field ? "." : "?.") + token)
        case .elementField: write("." + token)
        case .index, .slice: expandIndex(node.kind, children)
        case .body:
            write(token + " -> ")
            write(children)
        case .list:
            write("[")
            write(children)
            write("]")
        case .record: expandRecord(tree.fieldNames(of: id), children)
        case .binding:
            write("let \(token) = ")
            write(children)
            write(";\n")
        case .function:
            write("fn \(token)(\(parameters(of: id))) = ")
            write(children)
            write(";\n")
        case .program: write(children, separator: "")
        case .assignment:
            write(token + " = ")
            write(children)
        case .definition:
            write("\(token)(\(parameters(of: id))) = ")
            write(children)
        case .selection: write(children)
        case .item:
            write(children)
            if !token.isEmpty { write(" as " + token) }
        }
    }

    private func parameters(of id: Syntax.ID) -> String {
        tree.fieldNames(of: id).map { source[$0] }.joined(separator: ", ")
    }

    private mutating func expandPrefix(
        _ prefix: PrefixOperator,
        _ children: ArraySlice<Syntax.ID>
    ) {
        switch prefix {
        case .not: write("not ")
        case .plus:
            // `++x` would be read as `++`.
            let isDoubled = children.first.map { tree[$0].kind } == .prefix(.plus)
            write(isDoubled ? "+ " : "+")
        case .negate, .negateBool: write(prefix.rawValue)
        }
        for child in children { write(child, prefix.level) }
    }

    private mutating func expandInfix(
        _ infix: InfixOperator,
        _ children: ArraySlice<Syntax.ID>
    ) {
        let level = infix.level
        let tighter = OperatorLevel(rawValue: level.rawValue + 1) ?? .postfix
        let left: OperatorLevel
        let right: OperatorLevel
        switch level.associativity {
        case .left: (left, right) = (level, tighter)
        // The right operand of a power may be any prefix operator.
        case .right: (left, right) = (tighter, infix == .power ? .unary : level)
        case .chain, .prefix: (left, right) = (tighter, tighter)
        }
        for (place, child) in children.enumerated() {
            if place > 0 { write(" \(infix.rawValue) ") }
            write(child, place == 0 ? left : right)
        }
    }

    private mutating func expandIndex(_ kind: Syntax.Kind, _ children: ArraySlice<Syntax.ID>) {
        guard let list = children.first else { return }
        write(list, .postfix)
        write("[")
        let parts = children.dropFirst()
        if case .slice(let hasStart, let hasEnd) = kind {
            if hasStart { write(parts.prefix(1)) }
            write(":")
            if hasEnd { write(parts.dropFirst(hasStart ? 1 : 0)) }
        } else {
            write(parts)
        }
        write("]")
    }

    private mutating func expandRecord(
        _ names: [SourceRange],
        _ children: ArraySlice<Syntax.ID>
    ) {
        write("{")
        for (name, child) in zip(names, children) {
            if child != children.first { write(", ") }
            write(source[name] + ": ")
            write(child)
        }
        write("}")
    }
}

extension Source {
    /// A name as it was written, without what stands between its dots.
    fileprivate func writtenName(_ range: SourceRange) -> String {
        var lexer = Lexer(self, in: range)
        var name = ""
        while true {
            let token = lexer.next()
            guard token.kind != .end else { return name }
            name += self[token.range]
        }
    }
}
