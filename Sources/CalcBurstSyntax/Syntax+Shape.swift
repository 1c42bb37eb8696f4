package import CalcBurstSource

extension Syntax {
    /// Whether two trees say the same: the same kinds, names, numerals and texts in the same order.
    ///
    /// Ranges do not count, nor the spelling of operators, names and texts. Nodes are laid down in
    /// the order of the text, so that equal trees are equal node by node.
    package func hasSameShape(as other: Syntax, source: Source, otherSource: Source) -> Bool {
        guard nodes.count == other.nodes.count else { return false }
        for index in nodes.indices {
            let id = ID(index)
            guard nodes[index].kind == other.nodes[index].kind,
                children(of: id) == other.children(of: id),
                text(of: id, in: source) == other.text(of: id, in: otherSource),
                fieldNames(of: id).map(source.nameText)
                    == other.fieldNames(of: id).map(otherSource.nameText)
            else { return false }
        }
        return true
    }

    /// What the token of a node adds to its kind.
    private func text(of id: ID, in source: Source) -> String {
        let node = self[id]
        switch node.kind {
        case .number: return source[node.token]
        case .string: return source.stringText(node.token)
        case .name, .call, .field, .optionalField, .elementField, .body, .binding, .function,
            .assignment, .definition, .item:
            return source.nameText(node.token)
        case .bool, .null, .element, .missing, .prefix, .infix, .chain, .conditional, .index,
            .slice, .list, .record, .program, .selection:
            return ""
        }
    }
}
