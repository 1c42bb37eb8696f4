import CalcBurstFunctions
import CalcBurstSource

/// Draws what a text means as a picture, one node a line, each with its type.
package enum CheckedDump {
    /// Deeper nodes are left out: a picture of a sum of 10,000 terms would be a staircase.
    private static let maximumDepth = 200

    /// The picture of a checked text, and below it one of each `fn` for each kind of call.
    ///
    /// A call shows the signature that was chosen for it. Ranges are left out: they stand in the
    /// picture of the tree.
    package static func dump(_ expression: CheckedExpression) -> String {
        guard expression.nodes.indices.contains(Int(expression.root)) else { return "" }
        var picture = ""
        draw(expression.root, of: expression, into: &picture)
        for instance in expression.instances
        where expression.nodes.indices.contains(Int(instance.root)) {
            let parameters = instance.parameters.map { parameter in
                "\(variable(parameter, expression)): \(type(of: parameter, expression))"
            }
            picture +=
                "\nfn \(NameText.quoted(instance.name))(\(parameters.joined(separator: ", ")))\n"
            draw(instance.root, of: expression, into: &picture)
        }
        return picture
    }

    /// A node that is still to be drawn.
    private struct Line {
        let node: CheckedExpression.ID
        let prefix: String
        let branch: String
        let depth: Int
    }

    private static func draw(
        _ root: CheckedExpression.ID,
        of expression: CheckedExpression,
        into picture: inout String
    ) {
        var stack = [Line(node: root, prefix: "", branch: "", depth: 0)]
        while let line = stack.popLast() {
            picture += line.prefix + line.branch
            guard line.depth < maximumDepth else {
                picture += "…\n"
                continue
            }
            let node = expression[line.node]
            picture += "\(label(of: node, expression)) : \(node.type)\n"
            let below: String
            switch line.branch {
            case "": below = ""
            case "├─ ": below = "│  "
            default: below = "   "
            }
            for (place, child) in expression.children(of: line.node).reversed().enumerated() {
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
    }

    private static func label(
        of node: CheckedExpression.Node,
        _ expression: CheckedExpression
    ) -> String {
        switch node.kind {
        case .constant(let value): return "constant \(brief(value))"
        case .input(let slot):
            guard expression.inputs.indices.contains(slot) else { return "input" }
            return "input \(NameText.quoted(expression.inputs[slot].name))"
        case .variable(let id): return "variable \(variable(id, expression))"
        case .call(let call):
            let lifted = call.isLifted ? "each " : ""
            return "\(lifted)\(call.function)\(call.overload.signatureText)"
        case .invoke(let instance):
            guard expression.instances.indices.contains(instance) else { return "fn" }
            return "fn \(NameText.quoted(expression.instances[instance].name))"
        case .conditional: return "if"
        case .and: return "and"
        case .or: return "or"
        case .coalesce: return "??"
        case .attempt: return "try"
        case .maskedConditional: return "each if"
        case .maskedAnd: return "each and"
        case .maskedOr: return "each or"
        case .maskedCoalesce: return "each ??"
        case .field(let name, let levels):
            return (levels > 0 ? "each field " : "field ") + NameText.quoted(name)
        case .index: return "index"
        case .slice(let hasStart, let hasEnd):
            return "slice \(hasStart ? "start" : ""):\(hasEnd ? "end" : "")"
        case .filter: return "filter"
        case .position: return "position"
        case .list: return "list"
        case .record(let names):
            return "record" + names.map { " " + NameText.quoted($0) }.joined()
        case .map(let id): return "map \(variable(id, expression))"
        case .capture(let id): return "let \(variable(id, expression))"
        case .sequence: return "sequence"
        case .widen: return "widen"
        case .segment: return "segment"
        }
    }

    private static func variable(
        _ id: CheckedExpression.VariableID,
        _ expression: CheckedExpression
    ) -> String {
        guard expression.variables.indices.contains(id) else { return "?" }
        // The element of a body has no name of its own.
        let name = expression.variables[id].name
        return name == "it" ? name : NameText.quoted(name)
    }

    private static func type(
        of id: CheckedExpression.VariableID,
        _ expression: CheckedExpression
    ) -> ValueType {
        guard expression.variables.indices.contains(id) else { return .never }
        return expression.variables[id].type
    }

    /// The value as JSON, cut to forty characters.
    private static func brief(_ value: Value) -> String {
        let text = ValueText.json(value)
        return text.utf8.count > 40 ? String(text.prefix(39)) + "…" : text
    }
}
