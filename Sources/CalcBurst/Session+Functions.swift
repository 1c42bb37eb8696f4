import CalcBurstFunctions
import CalcBurstSource
import CalcBurstSyntax

/// The functions that a session holds: which of them a line needs, and where a new one stands.
extension Session {
    /// Keeps a function, in place of one of the same name; gives the warnings about it.
    mutating func define(
        _ definition: Definition,
        _ parsed: ParsedSyntax
    ) throws(CalculationError) -> [Diagnostic] {
        let key = ExactText(definition.name)
        let needed = functions(neededFor: definition.calls)
        if let loop = needed.first(where: { $0.calls.contains(key) }),
            !definition.calls.contains(key)
        {
            throw .source(recursion(of: definition, by: loop, parsed))
        }
        let (program, script) = try compile(
            Script(entry: parsed.source, as: .definition),
            parsed,
            without: definition.name
        )
        if let place = functions.firstIndex(where: { ExactText($0.name) == key }) {
            functions[place] = definition
            functions = sorted(functions)
        } else {
            try makeRoom(in: parsed.source)
            functions.append(definition)
        }
        return script.located(program.warnings).diagnostics
    }

    /// The functions that are called by these names, and those that they call, in order.
    func functions(neededFor names: Set<ExactText>, without name: String? = nil) -> [Definition] {
        var needed = names
        // A function stands after those that it calls, so that one pass from the end finds all.
        for function in functions.reversed() where needed.contains(ExactText(function.name)) {
            needed.formUnion(function.calls)
        }
        return functions.filter { function in
            needed.contains(ExactText(function.name))
                && !(name.map { function.name.hasSameBytes(as: $0) } ?? false)
        }
    }

    /// The functions that neither have one of these names nor call, by any way, one that has.
    func functions(independentOf names: Set<ExactText>) -> [Definition] {
        var excluded = names
        return functions.filter { function in
            let key = ExactText(function.name)
            if excluded.contains(key) || !excluded.isDisjoint(with: function.calls) {
                excluded.insert(key)
                return false
            }
            return true
        }
    }

    /// The functions so that each stands after those that it calls, otherwise in their order.
    private func sorted(_ functions: [Definition]) -> [Definition] {
        let known = Set(functions.map { ExactText($0.name) })
        var placed: Set<ExactText> = []
        var result: [Definition] = []
        var waiting = functions
        while !waiting.isEmpty {
            // There is no circle, so one of those that wait can always be placed.
            let next =
                waiting.firstIndex {
                    $0.calls.intersection(known).isSubset(of: placed)
                } ?? waiting.startIndex
            let function = waiting.remove(at: next)
            placed.insert(ExactText(function.name))
            result.append(function)
        }
        return result
    }

    private func recursion(
        of definition: Definition,
        by loop: Definition,
        _ parsed: ParsedSyntax
    ) -> SourceErrors {
        let call = parsed.tree.nodes.first { node in
            guard case .call = node.kind else { return false }
            return functions(neededFor: [ExactText(parsed.source.nameText(node.token))])
                .contains { $0.name.hasSameBytes(as: loop.name) }
        }
        let whole = SourceRange(0, parsed.source.bytes.count)
        return SourceErrors(
            source: parsed.source,
            diagnostics: [
                Diagnostic(
                    .recursiveFunction,
                    "'\(definition.name)' would call itself, since '\(loop.name)' calls it",
                    at: call?.range ?? whole,
                    hint: "'\(loop.name)' was defined as \(loop.text)"
                )
            ]
        )
    }
}

extension ParsedSyntax {
    /// What a line of a session is.
    enum LineKind {
        case assignment(String)
        case definition(String)
        case expression
    }

    var kind: LineKind {
        guard let root = tree.root else { return .expression }
        switch tree[root].kind {
        case .assignment: return .assignment(source.nameText(tree[root].token))
        case .definition: return .definition(source.nameText(tree[root].token))
        case .number, .string, .bool, .null, .name, .element, .missing, .prefix, .infix, .chain,
            .conditional, .call, .field, .optionalField, .elementField, .index, .slice, .body,
            .list, .record, .binding, .function, .program, .selection, .item:
            return .expression
        }
    }

    /// The names of the functions that the text calls and does not declare itself.
    var calls: Set<ExactText> {
        var names: Set<ExactText> = []
        for node in tree.nodes {
            if case .call = node.kind { names.insert(ExactText(source.nameText(node.token))) }
        }
        return names.subtracting(declaredFunctions)
    }

    /// The names of the functions that the text declares with `fn`.
    var declaredFunctions: Set<ExactText> {
        var names: Set<ExactText> = []
        for node in tree.nodes {
            if case .function = node.kind { names.insert(ExactText(source.nameText(node.token))) }
        }
        return names
    }

    /// The line as a definition, which its root is.
    func definition(_ name: String, text: String) -> Session.Definition {
        Session.Definition(
            name: name,
            parameters: tree.root.map { tree.fieldNames(of: $0).map(source.nameText) } ?? [],
            text: text,
            calls: calls,
            nodeCount: tree.nodes.count
        )
    }
}
