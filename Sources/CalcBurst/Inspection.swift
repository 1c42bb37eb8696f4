import CalcBurstCompiler
public import CalcBurstFunctions
public import CalcBurstMachine
public import CalcBurstSource
package import CalcBurstSyntax

/// A text in each of its forms, as far as it gets: for editors, tools and the curious.
public struct Inspection: Sendable {
    /// The text.
    public let source: Source
    /// Everything that is wrong with the text, and its warnings.
    public internal(set) var diagnostics: [Diagnostic]
    /// Whether the text is only wrong because it ends too early.
    public internal(set) var isIncomplete: Bool
    /// The names that the text uses as values and does not define itself, in the order of their use;
    /// the constants of the language left out.
    public internal(set) var names: [String]
    /// What was written, as a picture of its tree with ranges; of a wrong text with holes in it.
    public internal(set) var tree: String
    /// What was written, as nodes.
    package let syntax: Syntax
    /// What it means, as a picture with a type after every node; nil if the text is wrong.
    public let checked: String?
    /// The compiled text; nil if the text is wrong.
    public let program: Program?

    /// Whether the text can run.
    public var isRight: Bool { program != nil }
}

extension Engine {
    /// Takes a text through all stages without running it; it never throws.
    ///
    /// ```swift
    /// let inspection = engine.inspect("price * qty", inputs: ["price": .number, "qty": .number])
    /// inspection.program?.resultType     // number
    /// print(inspection.tree)
    /// ```
    public func inspect(
        _ text: String,
        inputs: KeyValuePairs<String, ValueType> = [:]
    ) -> Inspection {
        inspect(Source(text), inputs: inputs.map { (name: $0.key, type: $0.value) })
    }

    /// As `inspect(_:inputs:)`, for inputs that are only known when the program runs.
    public func inspect(
        _ source: Source,
        inputs: [(name: String, type: ValueType)]
    ) -> Inspection {
        let limits = limits.clamped
        let parsed = Parser.parse(source, as: .program, limits: limits.source)
        var diagnostics = parsed.diagnostics
        var checked: String?
        var program: Program?
        do throws(SourceErrors) {
            let outcome = try Checker.check(
                parsed,
                in: environment(inputs),
                limits: limits.source
            )
            diagnostics = outcome.warnings
            let compiled = try Compiler.compile(outcome, source: source, limits: limits.run)
            diagnostics = compiled.warnings
            checked = CheckedDump.dump(outcome.expression)
            program = compiled
        } catch {
            diagnostics = error.diagnostics
        }
        return Inspection(
            source: source,
            diagnostics: diagnostics,
            isIncomplete: parsed.isIncomplete,
            names: parsed.freeNames,
            tree: SyntaxDump.dump(parsed.tree, source: source),
            syntax: parsed.tree,
            checked: checked,
            program: program
        )
    }
}

extension ParsedSyntax {
    /// The names of values that nothing in the text defines, each once, in the order of the text.
    ///
    /// A name that one part of the text defines and another only uses counts as defined.
    var freeNames: [String] {
        var defined = Set(standardConstants.keys.map(ExactText.init))
        var used: [(name: String, start: Int)] = []
        for index in tree.nodes.indices {
            let id = Syntax.ID(index)
            let node = tree[id]
            switch node.kind {
            case .name: used.append((source.nameText(node.token), node.range.start))
            case .binding, .body: defined.insert(ExactText(source.nameText(node.token)))
            case .function, .definition:
                for name in tree.fieldNames(of: id) {
                    defined.insert(ExactText(source.nameText(name)))
                }
            case .number, .string, .bool, .null, .element, .missing, .prefix, .infix, .chain,
                .conditional, .call, .field, .optionalField, .elementField, .index, .slice,
                .list, .record, .program, .assignment, .selection, .item:
                break
            }
        }
        return used.sorted { $0.start < $1.start }.map(\.name)
            .filter { defined.insert(ExactText($0)).inserted }
    }
}
