import CalcBurstFunctions
import CalcBurstSource
import CalcBurstSyntax

/// `let`, `fn`, and bodies: what brings names into sight.
extension Checker {
    /// Binds a `let` whose value has just been checked.
    mutating func bind(_ statement: Syntax.ID) {
        let token = tree[statement].token
        let name = name(token)
        let key = ExactText(name)
        let value = take(1)[0]
        if scope.variables[key] != nil {
            report(.duplicateName(name, at: token))
            return
        }
        guard canDeclare(at: token) else { return }
        if standardConstants[name] != nil { report(.shadowedConstant(name, at: token)) }
        guard let value else {
            scope.variables[key] = .hole
            return
        }
        let variable = variable(name, type(value))
        scope.variables[key] = .known(variable)
        if let capture = add(.capture(variable), type(value), at: expression[value].place, [value])
        {
            statements.append(capture)
        }
    }

    /// Declares a `fn`; its body is tried once without types, so that unknown names are found even
    /// if nothing calls it.
    mutating func define(_ statement: Syntax.ID) {
        let token = tree[statement].token
        let name = name(token)
        let key = ExactText(name)
        let parameters = tree.fieldNames(of: statement)
        guard let body = tree.children(of: statement).first, canDeclare(at: token) else { return }
        if scope.functions[key] != nil || environment.library[name] != nil {
            report(.duplicateName(name, at: token))
            return
        }
        var seen: Set<ExactText> = []
        var inner = scope
        inner.elements = []
        for parameter in parameters where !seen.insert(ExactText(self.name(parameter))).inserted {
            report(.duplicateName(self.name(parameter), at: parameter))
            // Calls of it are holes: the mistake is reported here alone.
            templates.append(
                Template(
                    name: name,
                    parameters: parameters.map(self.name),
                    body: body,
                    scope: inner,
                    isBroken: true
                )
            )
            scope.functions[key] = templates.count - 1
            return
        }
        templates.append(
            Template(
                name: name,
                parameters: parameters.map(self.name),
                body: body,
                scope: inner
            )
        )
        scope.functions[key] = templates.count - 1

        steps.append(.closeTrial(saved: scope, diagnosticCount: diagnostics.count))
        steps.append(.enter(body))
        scope = inner
        for parameter in parameters {
            scope.variables[ExactText(self.name(parameter))] = .hole
        }
    }

    mutating func closeTrial(saved: Scope, diagnosticCount: Int) {
        _ = take(1)
        scope = saved
        let found = diagnostics[diagnosticCount...]
        if let last = templates.indices.last, found.contains(where: { $0.severity == .error }) {
            templates[last].isBroken = true
        }
    }

    private mutating func canDeclare(at token: SourceRange) -> Bool {
        guard scope.variables.count + scope.functions.count < limits.names else {
            report(.tooManyNames(limits.names, at: token))
            stopped = true
            return false
        }
        return true
    }

    mutating func exitProgram(_ id: Syntax.ID) {
        guard let result = take(1)[0] else {
            operands.append(nil)
            return
        }
        guard !statements.isEmpty else {
            operands.append(result)
            return
        }
        operands.append(
            add(.sequence, type(result), at: tree[id].range, statements + [result])
        )
    }

    // MARK: Calls of a `fn`

    mutating func invoke(_ template: Int, _ values: [Operand], _ id: Syntax.ID) {
        let declared = templates[template]
        guard values.count == declared.parameters.count else {
            report(
                .wrongCount(
                    of: declared.name,
                    given: values.count,
                    wanted: "\(declared.parameters.count)",
                    signatures: [
                        "\(declared.name)(\(declared.parameters.joined(separator: ", ")))"
                    ],
                    at: misplaced(declared.parameters.count, id)
                )
            )
            operands.append(nil)
            return
        }
        let whole = values.compactMap { $0 }
        guard whole.count == values.count else {
            operands.append(nil)
            return
        }
        guard !declared.isBroken else {
            operands.append(nil)
            return
        }
        operands.append(contentsOf: whole)
        let types = whole.map(type)
        if let known = declared.instances[types] {
            finishInvoke(known, id)
            return
        }
        let saved = scope
        scope = declared.scope
        var parameters: [CheckedExpression.VariableID] = []
        for (name, type) in zip(declared.parameters, types) {
            let variable = variable(name, type)
            scope.variables[ExactText(name)] = .known(variable)
            parameters.append(variable)
        }
        expression.instances.append(
            .init(name: declared.name, parameters: parameters, root: -1)
        )
        let instance = expression.instances.count - 1
        templates[template].instances[types] = .some(.some(instance))
        steps.append(.closeInstance(instance, call: id, saved: saved))
        steps.append(.enter(declared.body))
    }

    mutating func closeInstance(_ instance: Int, call id: Syntax.ID, saved: Scope) {
        let body = take(1)[0]
        scope = saved
        guard let body else {
            // Later calls with these types are holes too, and the mistakes are reported once.
            for template in templates.indices {
                for (types, known) in templates[template].instances where known == instance {
                    templates[template].instances[types] = .some(nil)
                }
            }
            finishInvoke(nil, id)
            return
        }
        expression.instances[instance].root = body
        finishInvoke(instance, id)
    }

    private mutating func finishInvoke(_ instance: Int?, _ id: Syntax.ID) {
        let whole = take(tree.children(of: id).count).compactMap { $0 }
        guard let instance else {
            operands.append(nil)
            return
        }
        let root = expression.instances[instance].root
        guard root >= 0 else {
            operands.append(nil)
            return
        }
        operands.append(
            add(.invoke(instance), type(root), at: tree[id].range, cost: 1, whole)
        )
    }

    // MARK: Bodies

    /// The list of a call is checked and its body comes next.
    mutating func openBody(of call: Syntax.ID) {
        let list = operands.last ?? nil
        var variable: CheckedExpression.VariableID?
        let children = Array(tree.children(of: call))
        var elementName: String?
        if children.count > 1, case .body = tree[children[1]].kind {
            elementName = name(tree[children[1]].token)
        }
        if let list {
            if type(list) == .never {
                variable = self.variable(elementName ?? "it", .never)
            } else if case .list(let element) = type(list) {
                variable = self.variable(elementName ?? "it", element)
            } else {
                reportNotAList(list, call)
                operands.removeLast()
                operands.append(nil)
            }
        }
        if let elementName {
            let key = ExactText(elementName)
            shadowed.append((key, scope.variables[key]))
            scope.variables[key] = variable.map(VariableState.known) ?? .hole
        } else {
            shadowed.append((ExactText(""), nil))
        }
        // A named element is `it` too.
        scope.elements.append(variable)
        bodyVariables.append(variable)
    }

    mutating func closeBody() {
        scope.elements.removeLast(min(1, scope.elements.count))
        guard let (key, state) = shadowed.popLast(), !key.text.isEmpty else { return }
        scope.variables[key] = state
    }
}
