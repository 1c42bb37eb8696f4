package import CalcBurstCompiler
import CalcBurstFunctions

/// Writes what a text means: calls with their types, for the stage files of the corpus.
package enum CheckedText {
    /// The instances of every `fn`, then the expression, each on a line.
    package static func text(of expression: CheckedExpression) -> String {
        var lines: [String] = []
        for (index, instance) in expression.instances.enumerated() {
            let parameters = instance.parameters.map { name($0, expression) }
            lines.append(
                "\(instance.name)#\(index)(\(parameters.joined(separator: ", "))) = "
                    + text(of: instance.root, expression)
            )
        }
        lines.append(text(of: expression.root, expression))
        return lines.joined(separator: "\n")
    }

    /// A node with its operands and its type.
    private static func text(
        of id: CheckedExpression.ID,
        _ expression: CheckedExpression
    ) -> String {
        let node = expression[id]
        let children = expression.children(of: id).map { text(of: $0, expression) }
        let list = children.joined(separator: ", ")
        switch node.kind {
        case .constant(let value): return ValueText.json(value)
        case .input(let slot): return NameText.quoted(expression.inputs[slot].name)
        case .variable(let variable): return name(variable, expression)
        case .call(let call):
            let each = call.isLifted ? " each" : ""
            return "\(call.function)\(each)(\(list)): \(node.type)"
        case .invoke(let instance):
            return "\(expression.instances[instance].name)#\(instance)(\(list)): \(node.type)"
        case .conditional: return "if(\(list)): \(node.type)"
        case .and: return "and(\(list)): \(node.type)"
        case .or: return "or(\(list)): \(node.type)"
        case .coalesce: return "coalesce(\(list)): \(node.type)"
        case .attempt: return "try(\(list)): \(node.type)"
        case .maskedConditional: return "if each(\(list)): \(node.type)"
        case .maskedAnd: return "and each(\(list)): \(node.type)"
        case .maskedOr: return "or each(\(list)): \(node.type)"
        case .maskedCoalesce: return "coalesce each(\(list)): \(node.type)"
        case .field(let name, let levels):
            return
                "field \(NameText.quoted(name))\(levels > 0 ? " each" : "")(\(list)): \(node.type)"
        case .index: return "index(\(list)): \(node.type)"
        case .slice(let hasStart, let hasEnd):
            return "slice \(hasStart ? "start" : ""):\(hasEnd ? "end" : "")(\(list)): \(node.type)"
        case .filter: return "where(\(list)): \(node.type)"
        case .position: return "whole(\(list))"
        case .list: return "[\(list)]: \(node.type)"
        case .record(let names):
            let fields = zip(names, children).map { "\(NameText.quoted($0)): \($1)" }
            return "{\(fields.joined(separator: ", "))}: \(node.type)"
        case .map(let variable):
            return "map \(name(variable, expression))(\(list)): \(node.type)"
        case .capture(let variable): return "\(name(variable, expression)) = \(list)"
        case .sequence: return "(\(children.joined(separator: "; ")))"
        case .widen: return "optional(\(list))"
        case .segment: return "segment(\(list))"
        }
    }

    /// A variable's name with its number, since several may be called `it`.
    private static func name(
        _ variable: CheckedExpression.VariableID,
        _ expression: CheckedExpression
    ) -> String {
        "\(expression.variables[variable].name)#\(variable)"
    }
}
