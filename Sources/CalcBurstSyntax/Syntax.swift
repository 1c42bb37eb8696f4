package import CalcBurstSource

/// What was written: the tree of a text as a flat array, children before parents.
///
/// Links are indexes, so that no pass over a tree recurses and freeing one is freeing arrays. The
/// parser always gives a tree; what is missing in the text is a node of kind `missing`.
package struct Syntax: Sendable {
    package typealias ID = Int32

    package struct Node: Hashable, Sendable {
        package var kind: Kind
        /// Everything that belongs to the node, parentheses around it not included.
        package var range: SourceRange
        /// What names the node: an operator, a name, the digits of a number; else empty at the start.
        package var token: SourceRange
        fileprivate var firstChild: Int32
        fileprivate var childCount: Int32
    }

    /// Every kind of node, on one page.
    ///
    /// The remark beside a kind names its children in order and what its token is.
    package enum Kind: Hashable, Sendable {
        // Leaves.
        case number  // token: the numeral as written
        case string  // token: with its quotes
        case bool(Bool)
        case null
        case name  // token: the name, with its backticks if it has them
        case element  // `it`
        /// A hole where something is missing; a diagnostic has been given.
        case missing

        // Operators.
        case prefix(PrefixOperator)  // operand
        case infix(InfixOperator)  // left, right; comparisons, `in`, `and`, `or`, `??` included
        /// `a < b <= c`: n operands, n - 1 comparison operators, which stand between them.
        case chain([InfixOperator])
        case conditional  // condition, then, otherwise; written with `?:` (token: the `?`)

        // Postfix.
        case call  // operands; token: the name, dots included
        case field  // record; token: the name
        case optionalField  // record; token: the name
        case elementField  // `.f`: no children; token: the name
        case index  // list, position
        case slice(hasStart: Bool, hasEnd: Bool)  // list, then the start and the end that are there
        /// `o -> body` as an operand.
        case body  // body; token: the name of the element

        // Collections.
        case list  // elements
        case record  // values; the names are `fieldNames` of the node
        // Statements.
        case binding  // `let`: value; token: the name
        case function  // body; the parameters are `fieldNames` of the node; token: the name
        /// `let` and `fn` in order, then the expression.
        case program
        // The start rule `session`: `x = e`, `f(x) = e`, or an expression.
        case assignment  // value; token: the name
        case definition  // body; the parameters are `fieldNames` of the node; token: the name
        // The start rule `selection`.
        case selection  // items
        case item  // expression; token: the name after `as`, or empty
    }

    /// The nodes, children before parents; the last is the root.
    package private(set) var nodes: [Node] = []
    private var links: [ID] = []
    private var names: [ID: [SourceRange]] = [:]
    /// The ranges of operators of a chain, by node.
    private var operatorRanges: [ID: [SourceRange]] = [:]

    package init() {}

    /// The node that holds all others; nil for a tree without nodes.
    package var root: ID? { nodes.isEmpty ? nil : ID(nodes.count - 1) }

    package subscript(id: ID) -> Node { nodes[Int(id)] }

    /// The children of a node, in order.
    package func children(of id: ID) -> ArraySlice<ID> {
        let node = nodes[Int(id)]
        return links[Int(node.firstChild)..<Int(node.firstChild + node.childCount)]
    }

    /// The names of a record's fields, or the parameters of a `fn`, in order.
    package func fieldNames(of id: ID) -> [SourceRange] { names[id] ?? [] }

    /// The places of a chain's operators, in order.
    package func operatorRanges(of id: ID) -> [SourceRange] { operatorRanges[id] ?? [] }

    /// Adds a node after its children.
    package mutating func add(
        _ kind: Kind,
        _ range: SourceRange,
        token: SourceRange? = nil,
        children: some Collection<ID> = EmptyCollection<ID>(),
        names: [SourceRange] = [],
        operators: [SourceRange] = []
    ) -> ID {
        let id = ID(nodes.count)
        nodes.append(
            Node(
                kind: kind,
                range: range,
                token: token ?? SourceRange(range.start, range.start),
                firstChild: Int32(links.count),
                childCount: Int32(children.count)
            )
        )
        links.append(contentsOf: children)
        if !names.isEmpty { self.names[id] = names }
        if !operators.isEmpty { operatorRanges[id] = operators }
        return id
    }
}
