package import CalcBurstSource

/// Draws a tree as a picture, one node a line, for people and for the stage files of the corpus.
package enum SyntaxDump {
    /// Deeper nodes are left out: a picture of a sum of 10,000 terms would be a staircase.
    private static let maximumDepth = 200

    /// The picture of a tree: its kinds, names and ranges, counted in UTF-8 bytes.
    package static func dump(_ tree: Syntax, source: Source) -> String {
        guard let root = tree.root else { return "" }
        var picture = ""
        var stack = [Line(node: root, prefix: "", branch: "", depth: 0)]
        while let line = stack.popLast() {
            picture += line.prefix + line.branch
            guard line.depth < maximumDepth else {
                picture += "…\n"
                continue
            }
            let node = tree[line.node]
            picture += "\(label(of: line.node, in: tree, source))  \(node.range)\n"
            let below: String
            switch line.branch {
            case "": below = ""
            case "├─ ": below = "│  "
            default: below = "   "
            }
            for (place, child) in tree.children(of: line.node).reversed().enumerated() {
                stack.append(
                    Line(
                        node: child,
                        prefix: line.prefix + below,
                        branch: place == 0 ? "└─ " : "├─ ",
                        depth: line.depth + 1
                    )
                )
            }
        }
        return picture
    }

    /// A node that is still to be drawn.
    private struct Line {
        let node: Syntax.ID
        let prefix: String
        let branch: String
        let depth: Int
    }

    private static func label(of id: Syntax.ID, in tree: Syntax, _ source: Source) -> String {
        let (kind, text) = words(for: id, in: tree, source)
        return text.isEmpty ? kind : "\(kind) \(text)"
    }

    /// The word for a node's kind, and what was written of it: an operator, a name, a numeral.
    package static func words(
        for id: Syntax.ID,
        in tree: Syntax,
        _ source: Source
    ) -> (kind: String, text: String) {
        let node = tree[id]
        let token = source[node.token]
        let names = tree.fieldNames(of: id).map { source[$0] }.joined(separator: " ")
        switch node.kind {
        case .number: return ("number", token)
        case .string: return ("string", token)
        case .bool(let bool): return ("bool", bool ? "true" : "false")
        case .null: return ("null", "")
        case .name: return ("name", token)
        case .element: return ("it", "")
        case .missing: return ("missing", "")
        case .prefix(let prefix): return ("prefix", prefix.rawValue)
        case .infix(let infix): return ("infix", infix.rawValue)
        case .chain(let infixes): return ("chain", infixes.map(\.rawValue).joined(separator: " "))
        case .conditional: return ("conditional", "")
        case .call: return ("call", source.nameText(node.token))
        case .field: return ("field", token)
        case .optionalField: return ("optional field", token)
        case .elementField: return ("element field", token)
        case .index: return ("index", "")
        case .slice(let hasStart, let hasEnd):
            return ("slice", "\(hasStart ? "start" : ""):\(hasEnd ? "end" : "")")
        case .body: return ("body", token)
        case .list: return ("list", "")
        case .record: return ("record", names)
        case .binding: return ("let", token)
        case .function: return ("fn", names.isEmpty ? token : "\(token) \(names)")
        case .program: return ("program", "")
        case .assignment: return ("assignment", token)
        case .definition: return ("definition", names.isEmpty ? token : "\(token) \(names)")
        case .selection: return ("selection", "")
        case .item: return ("item", token)
        }
    }
}
