import CalcBurstFunctions
import CalcBurstSource
import CalcBurstSyntax

/// One step down and one step up for each kind of node.
extension Checker {
    mutating func enter(_ id: Syntax.ID) {
        let node = tree[id]
        range = node.range
        switch node.kind {
        case .missing:
            operands.append(nil)
        case .number:
            operands.append(number(node))
        case .string:
            let text = StringLiteral.decode(node.range, in: source)
            operands.append(add(.constant(.string(text)), .string, at: node.range))
        case .bool(let value):
            operands.append(add(.constant(.bool(value)), .bool, at: node.range))
        case .null:
            operands.append(add(.constant(.null), .null, at: node.range))
        case .name:
            operands.append(mixedChecked(read(node), id))
        case .element:
            operands.append(mixedChecked(element(node), id))
        case .elementField:
            let element = element(node)
            operands.append(
                mixedChecked(
                    field(of: element, name(node.token), at: node.token, optional: false),
                    id
                )
            )
        case .call:
            enterCall(id)
        case .body:
            report(.bodyOutsideCall(at: node.range))
            operands.append(nil)
        case .program:
            let children = tree.children(of: id)
            steps.append(.exit(id))
            if let result = children.last { steps.append(.enter(result)) }
            for statement in children.dropLast().reversed() {
                switch tree[statement].kind {
                case .binding: steps.append(.bind(statement))
                case .function: steps.append(.define(statement))
                case .number, .string, .bool, .null, .name, .element, .missing, .prefix, .infix,
                    .chain, .conditional, .call, .field, .optionalField, .elementField, .index,
                    .slice, .body, .list, .record, .program, .assignment, .definition, .selection,
                    .item:
                    break
                }
                // The value of a `let` is checked before its name is bound.
                if case .binding = tree[statement].kind,
                    let value = tree.children(of: statement).first
                {
                    steps.append(.enter(value))
                }
            }
        case .definition:
            steps.append(.exit(id))
            steps.append(.define(id))
        case .prefix, .infix, .chain, .conditional, .field, .optionalField, .index, .slice, .list,
            .record, .binding, .function, .assignment, .selection, .item:
            steps.append(.exit(id))
            for child in tree.children(of: id).reversed() { steps.append(.enter(child)) }
        }
    }

    mutating func exit(_ id: Syntax.ID) {
        let node = tree[id]
        range = node.range
        switch node.kind {
        case .prefix(let symbol):
            let values = take(1)
            operands.append(
                call(symbol.function, values, id, place: node.token, isOperator: true)
            )
        case .infix(let symbol):
            let values = take(2)
            // A lone `=` was read as `==` after it was reported; what it means is not known.
            let isGuess = symbol == .equal && node.token.count == 1
            operands.append(isGuess ? nil : infix(symbol, values, id, place: node.token))
        case .chain(let symbols):
            let values = take(symbols.count + 1)
            operands.append(chain(symbols, values, id))
        case .conditional:
            let values = take(3)
            operands.append(conditional(values, id))
        case .call:
            exitCall(id)
        case .field, .optionalField:
            let base = take(1)[0]
            let isOptional = node.kind == .optionalField
            operands.append(
                mixedChecked(
                    field(of: base, name(node.token), at: node.token, optional: isOptional),
                    id
                )
            )
        case .index:
            let values = take(2)
            operands.append(mixedChecked(index(values, id), id))
        case .slice(let hasStart, let hasEnd):
            let values = take(1 + (hasStart ? 1 : 0) + (hasEnd ? 1 : 0))
            operands.append(slice(values, hasStart, hasEnd, id))
        case .list:
            let values = take(tree.children(of: id).count)
            operands.append(list(values, id))
        case .record:
            let values = take(tree.children(of: id).count)
            operands.append(record(values, id))
        case .program:
            exitProgram(id)
        case .assignment, .item:
            break  // The value is the result.
        case .definition:
            operands.append(add(.constant(.null), .null, at: node.range))
        case .selection:
            let values = take(tree.children(of: id).count)
            operands.append(selection(values, id))
        case .number, .string, .bool, .null, .name, .element, .missing, .elementField, .body,
            .binding, .function:
            break
        }
    }

    /// Pops operands, in the order in which they were checked.
    mutating func take(_ count: Int) -> [Operand] {
        let taken = Array(operands.suffix(count))
        operands.removeLast(min(count, operands.count))
        // A pass that keeps its own stack right never comes here short; holes are safe if not.
        return taken + Array(repeating: nil, count: count - taken.count)
    }

    private mutating func number(_ node: Syntax.Node) -> Operand {
        switch NumberText.read(source.bytes[node.range.start..<node.range.end]) {
        case .success(let value):
            return add(.constant(.number(value)), .number, at: node.range)
        case .failure(let problem):
            report(.numeral(problem, source[node.range], at: node.range))
            return nil
        }
    }

    private mutating func read(_ node: Syntax.Node) -> Operand {
        let name = name(node.token)
        let key = ExactText(name)
        switch scope.variables[key] {
        case .hole: return nil
        case .known(let variable):
            let type = expression.variables[variable].type
            return add(.variable(variable), type, at: node.range)
        case nil: break
        }
        if let slot = inputSlots[key] {
            if expression.inputs[slot].firstUse == nil {
                expression.inputs[slot].firstUse = node.range
            }
            return add(.input(slot), expression.inputs[slot].type, at: node.range)
        }
        if let value = standardConstants[name] {
            return add(.constant(.number(value)), .number, at: node.range)
        }
        var names = scope.variables.keys.map(\.text)
        names += environment.inputs.map(\.name)
        report(
            .unknownName(
                name,
                isFunction: isFunction(name),
                among: names + standardConstants.keys.sorted(),
                at: node.token
            )
        )
        return nil
    }

    private mutating func element(_ node: Syntax.Node) -> Operand {
        guard let innermost = scope.elements.last else {
            report(.elementOutsideBody(at: node.range))
            return nil
        }
        guard let variable = innermost else { return nil }
        return add(.variable(variable), expression.variables[variable].type, at: node.range)
    }

    /// Refuses data whose elements have no type in common, unless only a part of it is named.
    private mutating func mixedChecked(_ operand: Operand, _ id: Syntax.ID) -> Operand {
        guard let operand, !pathBases.contains(id), type(operand).containsMixed else {
            return operand
        }
        report(.mixedData(source[tree[id].range], at: tree[id].range))
        return nil
    }

    func isFunction(_ name: String) -> Bool {
        environment.library[name] != nil || allFunctionNames.contains(ExactText(name))
    }

    private mutating func list(_ values: [Operand], _ id: Syntax.ID) -> Operand {
        let children = Array(tree.children(of: id))
        var element = ValueType.never
        var elements: [ID] = []
        var isWhole = true
        for (position, value) in values.enumerated() {
            guard let value else {
                isWhole = false
                continue
            }
            guard let joined = element.joined(with: type(value)) else {
                report(
                    .mixedElements(
                        element,
                        type(value),
                        at: tree[children[position]].range,
                        first: tree[children[0]].range
                    )
                )
                return nil
            }
            element = joined
            elements.append(value)
        }
        guard isWhole else { return nil }
        return add(
            .list,
            .list(element),
            at: tree[id].range,
            cost: Int32(clamping: elements.count),
            elements
        )
    }

    private mutating func record(_ values: [Operand], _ id: Syntax.ID) -> Operand {
        let names = tree.fieldNames(of: id).map(fieldName)
        let whole = values.compactMap { $0 }
        guard whole.count == values.count, names.count == values.count else { return nil }
        let fields = zip(names, whole).map { (name: $0, type: type($1)) }
        return add(
            .record(names),
            .record(RecordType(fields)),
            at: tree[id].range,
            cost: Int32(clamping: names.count),
            whole
        )
    }

    private mutating func selection(_ values: [Operand], _ id: Syntax.ID) -> Operand {
        let whole = values.compactMap { $0 }
        guard whole.count == values.count else { return nil }
        var names: [String] = []
        var seen: Set<ExactText> = []
        for item in tree.children(of: id) {
            let token = tree[item].token
            let name = token.count > 0 ? name(token) : source[tree[item].range]
            guard seen.insert(ExactText(name)).inserted else {
                report(.duplicateName(name, at: token.count > 0 ? token : tree[item].range))
                return nil
            }
            names.append(name)
        }
        let fields = zip(names, whole).map { (name: $0, type: type($1)) }
        return add(.record(names), .record(RecordType(fields)), at: tree[id].range, whole)
    }

    /// The name of a record literal's field: a word, a name in backticks, or a string.
    private func fieldName(_ range: SourceRange) -> String {
        switch source.bytes[range.start..<range.end].first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): StringLiteral.decode(range, in: source)
        case .some, nil: name(range)
        }
    }
}
