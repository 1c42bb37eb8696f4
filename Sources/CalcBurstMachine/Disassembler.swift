import CalcBurstFunctions

/// Writes a program as a listing: address, instruction, operands, and the text that it comes from.
package enum Disassembler {
    package static func listing(of code: Code) -> String {
        var lines: [String] = []
        for (address, instruction) in code.instructions.enumerated() {
            if let instance = code.instances.first(where: { $0.start == address }) {
                lines.append("\(instance.name):")
            }
            let text = "\(instruction.opcode)"
            let operands = operands(of: instruction, code)
            let padding = String(repeating: " ", count: max(1, 18 - text.utf8.count))
            let number = String(address)
            let gutter = String(repeating: " ", count: max(0, 3 - number.utf8.count)) + number
            lines.append("\(gutter)  \(text)\(operands.isEmpty ? "" : padding + operands)")
        }
        for handler in code.handlers {
            lines.append("try \(handler.start)..\(handler.end) else \(handler.target)")
        }
        return lines.joined(separator: "\n")
    }

    /// The operands of an instruction in words: the names of inputs, the values of constants.
    private static func operands(of i: Instruction, _ code: Code) -> String {
        switch i.opcode {
        case .load, .store, .storeFinite, .addSlot, .subtractSlot, .subtractInto, .multiplySlot,
            .divideSlot, .divideInto, .moduloSlot, .moduloInto, .powerSlot, .powerInto,
            .minimumSlot, .minimumInto, .maximumSlot, .maximumInto, .lessSlot, .lessOrEqualSlot,
            .greaterSlot, .greaterOrEqualSlot, .equalSlot, .notEqualSlot:
            slot(Int(i.a), code)
        case .addSlots, .subtractSlots, .multiplySlots, .divideSlots, .lessSlots,
            .lessOrEqualSlots, .equalSlots, .notEqualSlots:
            "\(slot(Int(i.a), code)), \(slot(Int(i.b), code))"
        case .call1: callee(i.wide, code)
        case .call2: "\(callee(i.wide, code)), \(slot(Int(i.a), code))"
        case .call3: "\(callee(i.wide, code)), \(slot(Int(i.a), code)), \(slot(Int(i.a) + 1, code))"
        case .call5:
            "\(callee(i.wide, code)), \(slot(Int(i.a), code)) to \(slot(Int(i.a) + 3, code))"
        case .jump, .jumpIfFalse, .jumpIfTrue: "to \(i.wide)"
        case .charge: "\(i.wide)"
        case .invoke:
            "\(code.instances.indices.contains(Int(i.a)) ? code.instances[Int(i.a)].name : "?") at \(i.wide)"
        case .operate:
            code.operations.indices.contains(i.wide) ? describe(code.operations[i.wide], code) : "?"
        case .check, .square, .negate, .not, .absolute, .squareRoot, .floor, .ceiling, .sine,
            .cosine, .tangent, .arcsine, .arccosine, .logarithm, .logarithm2, .logarithm10,
            .arctangent, .hyperbolicTangent, .exponential, .leave, .finish:
            ""
        }
    }

    private static func slot(_ slot: Int, _ code: Code) -> String {
        if slot < code.inputs.count { return NameText.quoted(code.inputs[slot].name) }
        let constant = slot - code.inputs.count
        if constant < code.constants.count {
            return NumberText.shortest(code.constants[constant])
        }
        return "t\(constant - code.constants.count)"
    }

    private static func reference(_ slot: Int, _ code: Code) -> String {
        if slot < code.inputs.count { return NameText.quoted(code.inputs[slot].name) }
        let constant = slot - code.inputs.count
        if constant < code.references.count {
            let text = ValueText.json(code.references[constant])
            return text.utf8.count > 24 ? String(text.prefix(23)) + "…" : text
        }
        return "r\(constant - code.references.count)"
    }

    private static func callee(_ index: Int, _ code: Code) -> String { "#\(index)" }

    private static func describe(_ operation: Operation, _ code: Code) -> String {
        func r(_ slot: Int) -> String { reference(slot, code) }
        func to(_ destination: Operation.Destination) -> String {
            switch destination {
            case .accumulator: "A"
            case .slot(let slot): self.slot(slot, code)
            case .reference(let slot): r(slot)
            }
        }
        func site(_ site: Operation.CallSite) -> String {
            "\(site.function)(\(site.operands.map(r).joined(separator: ", ")))"
        }
        return switch operation {
        case .box(let slot, _): "\(r(slot)) = A"
        case .unbox(let slot): "A = \(r(slot))"
        case .copy(let from, let slot): "\(r(slot)) = \(r(from))"
        case .isNull(let slot): "A = \(r(slot)) is null"
        case .call(let call, let destination): "\(to(destination)) = \(site(call))"
        case .lift(let call, let mask, let slot):
            "\(r(slot)) = each \(site(call))" + (mask.map { " where \(r($0))" } ?? "")
        case .list(let elements, let slot):
            "\(r(slot)) = [\(elements.map(r).joined(separator: ", "))]"
        case .record(let shape, let fields, let slot):
            "\(r(slot)) = {"
                + zip(shape.names, fields).map { "\(NameText.quoted($0)): \(r($1))" }
                .joined(separator: ", ") + "}"
        case .field(let name, _, let from, let destination):
            "\(to(destination)) = \(r(from)).\(NameText.quoted(name))"
        case .index(let list, let destination): "\(to(destination)) = \(r(list))[A]"
        case .position: "whole A"
        case .slice(let list, let start, let end, let slot):
            "\(r(slot)) = \(r(list))[\(start.map { self.slot($0, code) } ?? ""):"
                + "\(end.map { self.slot($0, code) } ?? "")]"
        case .filter(let list, let mask, let slot): "\(r(slot)) = \(r(list))[\(r(mask))]"
        case .beginMap(let loop, let list): "loop \(loop) over \(r(list))"
        case .nextElement(let loop, let destination): "\(to(destination)) = next of loop \(loop)"
        case .append(let loop, .number), .append(let loop, .bool): "loop \(loop) gives A"
        case .append(let loop, .reference(let slot)): "loop \(loop) gives \(r(slot))"
        case .endMap(let loop, let slot): "\(r(slot)) = results of loop \(loop)"
        case .lanes(let mask, let selection, let outer, let slot):
            "\(r(slot)) = lanes of \(r(mask)) \(selection)"
                + (outer.map { " within \(r($0))" } ?? "")
        case .anyLane(let mask, let slot): "A = any of \(r(mask)), else \(r(slot)) = null"
        case .maskedAnd(let left, let right, let slot): "\(r(slot)) = \(r(left)) and \(r(right))"
        case .maskedOr(let left, let right, let slot): "\(r(slot)) = \(r(left)) or \(r(right))"
        case .select(let mask, let then, let otherwise, let slot):
            "\(r(slot)) = \(r(mask)) ? \(r(then)) : \(r(otherwise))"
        case .fillNulls(let values, let fallbacks, let slot):
            "\(r(slot)) = \(r(values)) ?? \(r(fallbacks))"
        }
    }
}
