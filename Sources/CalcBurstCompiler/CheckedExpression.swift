package import CalcBurstFunctions
package import CalcBurstSource

/// What a text means: every name resolved, every type known, every operator a call.
///
/// A flat array of nodes, children before parents. After the optimiser has run, a node may be the
/// child of several.
package struct CheckedExpression: Sendable {
    package typealias ID = Int32
    package typealias VariableID = Int

    package struct Node: Sendable {
        package var kind: Kind
        package var type: ValueType
        /// Where a fault of this node is shown: an operator, a whole call, a position.
        package var place: SourceRange
        /// The whole of what was written, for a label that points at an operand.
        package var range: SourceRange
        /// Fuel for the node itself, its operands not counted: 1 for an operator or a call.
        package var cost: Int32
        package var firstChild: Int32
        package var childCount: Int32
    }

    /// Every kind of node, on one page.
    ///
    /// The remark names the children in order. *Lazy* children are evaluated only if needed and
    /// their fuel is charged when they are.
    package enum Kind: Sendable {
        case constant(Value)
        case input(Int)
        case variable(VariableID)
        /// A call of an overload.  // operands
        case call(Call)
        /// A call of a `fn`, by its instance.  // operands
        case invoke(Int)

        // Choice. The lazy ones decide on one value, the masked ones lane by lane.
        case conditional  // condition, then (lazy), otherwise (lazy)
        case and  // left, right (lazy)
        case or  // left, right (lazy)
        case coalesce  // value, fallback (lazy)
        case attempt  // value (lazy), fallback (lazy)
        case maskedConditional  // mask, then, otherwise
        case maskedAnd  // left, right
        case maskedOr  // left, right
        case maskedCoalesce  // values, fallbacks

        // Parts.
        /// A field, mapped through that many lists; null gives null.
        case field(String, levels: Int)  // record
        case index  // list, position
        case slice(hasStart: Bool, hasEnd: Bool)  // list, start, end
        case filter  // list, mask
        /// A slice's start or end, which must be a whole number.
        case position  // number

        // Making.
        case list  // elements
        case record([String])  // values
        /// Evaluates a body once for each element, which is in the variable.
        case map(VariableID)  // list, body (lazy)

        // Naming.
        case capture(VariableID)  // value, which is also the result
        case sequence  // values; the last is the result
        /// The same value where null may be too: a scalar becomes a reference.
        case widen  // value
        /// What is left of a choice that was already known: its fuel is charged as the choice's.
        case segment  // value (lazy)
    }

    /// Which code a call runs.
    package struct Call: Sendable {
        package let function: String
        package let overload: Overload
        /// For each operand, how many lists the call works through.
        package let excess: [Int]

        package var isLifted: Bool { excess.contains { $0 > 0 } }
    }

    package struct Input: Hashable, Sendable {
        package let name: String
        package let type: ValueType
        /// The first place where the text names it; nil if it does not.
        package var firstUse: SourceRange?
    }

    package struct Variable: Sendable {
        package let name: String
        package let type: ValueType
    }

    /// A `fn` for the types of one kind of call.
    package struct Instance: Sendable {
        package let name: String
        package let parameters: [VariableID]
        package var root: ID
    }

    package var nodes: [Node] = []
    package var links: [ID] = []
    package var inputs: [Input] = []
    package var variables: [Variable] = []
    package var instances: [Instance] = []
    package var root: ID = 0

    package init() {}

    package subscript(id: ID) -> Node { nodes[Int(id)] }

    package func children(of id: ID) -> ArraySlice<ID> {
        let node = nodes[Int(id)]
        return links[Int(node.firstChild)..<Int(node.firstChild + node.childCount)]
    }

    package mutating func add(
        _ kind: Kind,
        _ type: ValueType,
        at place: SourceRange,
        range: SourceRange,
        cost: Int32,
        children: some Collection<ID>
    ) -> ID {
        let id = ID(nodes.count)
        nodes.append(
            Node(
                kind: kind,
                type: type,
                place: place,
                range: range,
                cost: cost,
                firstChild: Int32(links.count),
                childCount: Int32(children.count)
            )
        )
        links.append(contentsOf: children)
        return id
    }
}

extension ValueType {
    /// Whether the machine keeps its values as plain 8-byte slots.
    package var isScalar: Bool {
        switch self {
        case .number, .bool: true
        case .never, .null, .string, .list, .record, .optional, .mixed: false
        }
    }
}

extension CheckedExpression.Kind {
    /// The positions of the children that are evaluated only if needed.
    package var lazyChildren: Range<Int> {
        switch self {
        case .conditional: 1..<3
        case .and, .or, .coalesce, .map: 1..<2
        case .attempt: 0..<2
        case .segment: 0..<1
        case .constant, .input, .variable, .call, .invoke, .maskedConditional, .maskedAnd,
            .maskedOr, .maskedCoalesce, .field, .index, .slice, .filter, .position, .list, .record,
            .capture,
            .sequence, .widen:
            0..<0
        }
    }
}

extension CheckedExpression {
    /// The fuel of a straight-line segment: the node and all below it, lazy children left out.
    ///
    /// The machine charges it in one sum when the segment begins; so does every other executor.
    package func segmentCost(of id: ID) -> Int {
        var total = 0
        var pending = [id]
        while let next = pending.popLast() {
            let node = self[next]
            total += Int(node.cost)
            let lazy = node.kind.lazyChildren
            for (position, child) in children(of: next).enumerated()
            where !lazy.contains(position) {
                pending.append(child)
            }
        }
        return total
    }
}
