import CalcBurstFunctions
import CalcBurstSource
import CalcBurstSyntax

/// Calls: of functions, of operators, and of the forms that are part of the language.
extension Checker {
    mutating func enterCall(_ id: Syntax.ID) {
        let children = Array(tree.children(of: id))
        steps.append(.exit(id))
        let name = name(tree[id].token)
        let isFree = scope.functions[ExactText(name)] == nil
        if isFree, environment.library[name]?.takesBody(count: children.count) == true {
            var body = children[1]
            if case .body = tree[body].kind, let inner = tree.children(of: body).first {
                body = inner
            }
            for child in children.dropFirst(2).reversed() { steps.append(.enter(child)) }
            steps.append(.closeBody)
            steps.append(.enter(body))
            steps.append(.openBody(call: id))
            steps.append(.enter(children[0]))
        } else {
            for child in children.reversed() { steps.append(.enter(child)) }
        }
    }

    mutating func exitCall(_ id: Syntax.ID) {
        let name = name(tree[id].token)
        let values = take(tree.children(of: id).count)
        if let template = scope.functions[ExactText(name)] {
            invoke(template, values, id)
            return
        }
        let takesBody = environment.library[name]?.takesBody(count: values.count) == true
        let bodyVariable = takesBody ? bodyVariables.popLast() ?? nil : nil
        if takesBody {
            operands.append(bodyCall(name, values, bodyVariable, id))
        } else {
            operands.append(call(name, values, id, place: tree[id].range, isOperator: false))
        }
    }

    /// A call by name; forms go their own ways.
    mutating func call(
        _ name: String,
        _ values: [Operand],
        _ id: Syntax.ID,
        place: SourceRange,
        isOperator: Bool
    ) -> Operand {
        guard let function = environment.library[name] else {
            reportUnknownFunction(name, at: tree[id].token)
            return nil
        }
        guard checkCount(of: function, values.count, id) else { return nil }
        switch name {
        case "if": return conditional(values, id)
        case "and": return logical(.and, values, id, place: place)
        case "or": return logical(.or, values, id, place: place)
        case "coalesce": return coalesce(values, id, place: place)
        case "try": return attempt(values, id)
        case "switch": return selectCase(values, id)
        case "is_in", "is_not_in":
            return membership(function, values, id, place: place, isOperator: isOperator)
        case _: break
        }
        let whole = values.compactMap { $0 }
        guard whole.count == values.count else { return nil }
        return resolved(function, whole, ranges(id), place: place, isOperator: isOperator)
    }

    /// The places of a node's operands.
    func ranges(_ id: Syntax.ID) -> [SourceRange] {
        tree.children(of: id).map { tree[$0].range }
    }

    /// Chooses the overload and adds the call; a fold over n operands becomes n - 1 calls.
    mutating func resolved(
        _ function: Function,
        _ values: [ID],
        _ ranges: [SourceRange],
        place: SourceRange,
        isOperator: Bool
    ) -> Operand {
        let types = values.map(type)
        guard let resolution = function.resolve(types, literals: values.map(literal)) else {
            reportMisfit(
                function,
                types,
                values.map(literal),
                ranges,
                place: place,
                isOperator: isOperator
            )
            return nil
        }
        if case .fold = resolution.overload.implementation, values.count > 2 {
            var folded: ID = values[0]
            for value in values.dropFirst() {
                guard
                    let step = function.resolve([type(folded), type(value)], literals: [nil, nil])
                else { return nil }
                guard let next = addCall(function, step, [folded, value], place: place) else {
                    return nil
                }
                folded = next
            }
            return folded
        }
        return addCall(function, resolution, values, place: place)
    }

    private mutating func addCall(
        _ function: Function,
        _ resolution: Resolution,
        _ values: [ID],
        place: SourceRange
    ) -> Operand {
        var operands = values
        var excess = resolution.excess
        for parameter in resolution.overload.signature?.parameters.dropFirst(values.count) ?? [] {
            guard let value = parameter.defaultValue,
                let constant = add(.constant(value), ValueType(of: value), at: place)
            else { continue }
            operands.append(constant)
            excess.append(0)
        }
        return add(
            .call(.init(function: function.name, overload: resolution.overload, excess: excess)),
            resolution.result,
            at: place,
            cost: 1,
            operands
        )
    }

    /// A call whose second operand is a body: the list of the body's results is the operand.
    private mutating func bodyCall(
        _ name: String,
        _ values: [Operand],
        _ variable: CheckedExpression.VariableID?,
        _ id: Syntax.ID
    ) -> Operand {
        let whole = values.compactMap { $0 }
        guard let function = environment.library[name], let variable, whole.count == values.count
        else { return nil }
        let place = tree[id].range
        let types = whole.map(type)
        guard let resolution = function.resolve(types, literals: whole.map(literal)) else {
            reportMisfit(
                function,
                types,
                whole.map(literal),
                ranges(id),
                place: place,
                isOperator: false
            )
            return nil
        }
        guard let (operand, again) = twice(whole[0]),
            let mapped = add(.map(variable), .list(types[1]), at: place, [again, whole[1]])
        else { return nil }
        return addCall(
            function,
            resolution,
            [operand, mapped] + whole.dropFirst(2),
            place: place
        )
    }

    /// A value for two places: the list of a body is an operand, and the loop runs over it.
    ///
    /// It is evaluated once, under a name, unless it has one already.
    private mutating func twice(_ value: ID) -> (first: ID, second: ID)? {
        let node = expression[value]
        switch node.kind {
        case .input, .variable:
            return add(node.kind, node.type, at: node.place).map { (value, $0) }
        case .constant, .call, .invoke, .conditional, .and, .or, .coalesce, .attempt,
            .maskedConditional, .maskedAnd, .maskedOr, .maskedCoalesce, .field, .index, .slice,
            .filter, .position, .list, .record, .map, .capture, .sequence, .widen, .segment:
            let name = variable("list", node.type)
            guard let capture = add(.capture(name), node.type, at: node.place, [value]),
                let read = add(.variable(name), node.type, at: node.place)
            else { return nil }
            return (capture, read)
        }
    }

    /// The list operand of a body function is something else.
    mutating func reportNotAList(_ operand: ID, _ call: Syntax.ID) {
        let range = tree.children(of: call).first.map { tree[$0].range } ?? tree[call].range
        let name = name(tree[call].token)
        if type(operand).admitsNull {
            report(.nullValue(type(operand), for: name, at: range))
        } else {
            report(.notAList(type(operand), for: name, at: range))
        }
    }

    // MARK: What goes wrong

    private mutating func checkCount(of function: Function, _ count: Int, _ id: Syntax.ID) -> Bool {
        let signatures = function.overloads.compactMap(\.signature)
        if signatures.contains(where: { $0.takes(count: count) }) { return true }
        let fewest = signatures.map(\.minimumCount).min() ?? 0
        let counts = signatures.map(\.maximumCount)
        let most = counts.contains(nil) ? nil : counts.compactMap { $0 }.max()
        let wanted: String
        switch most {
        case nil: wanted = "\(fewest) or more"
        case .some(let most) where most == fewest: wanted = "\(fewest)"
        case .some(let most): wanted = "\(fewest) to \(most)"
        }
        report(
            .wrongCount(
                of: function.name,
                given: count,
                wanted: wanted,
                signatures: function.overloads.map { "\(function.name)\($0.signatureText)" },
                at: misplaced(most ?? count, id)
            )
        )
        return false
    }

    /// The first operand too many, or the whole call.
    func misplaced(_ most: Int, _ id: Syntax.ID) -> SourceRange {
        let children = Array(tree.children(of: id))
        return children.count > most ? tree[children[most]].range : tree[id].range
    }

    private mutating func reportUnknownFunction(_ name: String, at token: SourceRange) {
        if allFunctionNames.contains(ExactText(name)) {
            report(.recursiveFunction(name, at: token))
            return
        }
        let names = scope.functions.keys.map(\.text).sorted() + environment.library.names
        let isVariable =
            scope.variables[ExactText(name)] != nil || inputSlots[ExactText(name)] != nil
        report(.unknownFunction(name, isVariable: isVariable, among: names, at: token))
    }

    /// The operand that should be a field of the record before it and is not, as in `pick`.
    private func unknownFieldName(
        _ function: Function,
        _ types: [ValueType],
        _ literals: [Value?]
    ) -> Int? {
        guard ["pick", "omit"].contains(function.name), case .record(let record)? = types.first
        else { return nil }
        return literals.indices.dropFirst().first { position in
            if case .string(let name)? = literals[position] { record[name] == nil } else { false }
        }
    }

    mutating func reportMisfit(
        _ function: Function,
        _ types: [ValueType],
        _ literals: [Value?],
        _ ranges: [SourceRange],
        place: SourceRange,
        isOperator: Bool
    ) {
        let shown = isOperator ? "'\(source[place])'" : function.name
        // If the operands would fit without null, null is what is wrong.
        let solid = types.map(\.withoutNull)
        if solid != types || types.contains(.null) {
            let position = types.firstIndex { $0 != $0.withoutNull || $0 == .null }
            let fits =
                types.contains(.null)
                || function.resolve(solid, literals: types.map { _ in nil }) != nil
            let comparesNull = isOperator && ["equal", "not_equal"].contains(function.name)
            if fits, !comparesNull, let position, position < ranges.count {
                report(.nullValue(types[position], for: shown, at: ranges[position]))
                return
            }
        }
        let signatures = function.overloads.map { "\(function.name)\($0.signatureText)" }
        if isOperator {
            report(.operatorMisfit(shown, types, ranges, signatures, at: place))
            return
        }
        if let position = unknownFieldName(function, types, literals) {
            guard case .string(let name)? = literals[position], case .record(let record) = types[0]
            else { return }
            let names = record.fields.map(\.name)
            report(.unknownField(name, of: types[0], among: names, at: ranges[position]))
            return
        }
        let position = function.firstMisfit(types, literals) ?? 0
        let range = position < ranges.count ? ranges[position] : place
        report(.misfit(function.name, position, types, signatures, at: range))
    }
}

extension ValueType {
    /// The type with null taken out of it and of its elements.
    var withoutNull: ValueType {
        switch self {
        case .optional(let type): type.withoutNull
        case .list(let element): .list(element.withoutNull)
        case .never, .null, .bool, .number, .string, .record, .mixed: self
        }
    }
}
