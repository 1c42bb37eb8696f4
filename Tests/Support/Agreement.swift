package import CalcBurst
package import CalcBurstCompiler
package import CalcBurstFunctions
import CalcBurstMachine
package import CalcBurstSource
import CalcBurstSyntax

/// Runs one text in every executor and holds the outcomes against each other.
package struct Agreement {
    /// What one executor came to.
    package enum Outcome {
        case value(Value)
        case fault(Fault, SourceRange)
        /// Nothing ran: an input was wrong.
        case refused(Diagnostic)

        package var description: String {
            switch self {
            case .value(let value): ValueText.json(value)
            case .fault(let fault, let place): "\(fault) @ \(place)"
            case .refused(let diagnostic): "\(diagnostic.code) @ \(diagnostic.range)"
            }
        }
    }

    package let text: String
    /// The mistakes of a text that does not compile.
    package private(set) var errors: [Diagnostic] = []
    package private(set) var warnings: [Diagnostic] = []
    /// The outcome of the machine, as hosts run it.
    package private(set) var outcome: Outcome?
    /// Where executors differ, in words; none if all is well.
    package private(set) var differences: [String] = []
    package private(set) var program: Program?
    /// What the text means.
    package private(set) var expression: CheckedExpression?

    /// Runs a text with inputs of the types of their values.
    package init(
        _ text: String,
        given: [(name: String, value: Value)] = [],
        engine: Engine = .standard
    ) {
        self.init(
            text,
            inputs: given.map { (name: $0.name, type: ValueType(of: $0.value), value: $0.value) },
            engine: engine
        )
    }

    /// Runs a text with inputs of declared types.
    package init(
        _ text: String,
        inputs: [(name: String, type: ValueType, value: Value)],
        engine: Engine = .standard
    ) {
        self.text = text
        let source = Source(text)
        let limits = engine.limits.clamped
        let types = inputs.map { (name: $0.name, type: $0.type) }
        let values = inputs.map(\.value)
        do throws(SourceErrors) {
            let parsed = Parser.parse(source, limits: limits.source)
            let checked = try Checker.check(
                parsed,
                in: engine.environment(types),
                limits: limits.source
            )
            warnings = checked.warnings
            expression = checked.expression
            let programs = [
                try Compiler.compile(checked, source: source, limits: limits.run),
                try Compiler.compile(checked, source: source, limits: limits.run, optimised: false),
            ]
            program = programs[0]
            compare(programs, checked.expression, values, source)
            comparePrinted(parsed, engine, types, values)
        } catch {
            errors = error.diagnostics
        }
    }

    private mutating func compare(
        _ programs: [Program],
        _ expression: CheckedExpression,
        _ inputs: [Value],
        _ source: Source
    ) {
        let walked = TreeWalker.walk(
            expression,
            inputs: inputs,
            limits: programs[0].limits,
            source: source
        )
        let reference: Outcome =
            switch walked.outcome {
            case .value(let value): .value(value)
            case .stop(let stop): .fault(stop.fault, stop.place)
            }
        for (program, name) in zip(programs, ["optimised", "plain"]) {
            let fast = Self.run(program, inputs) { frame throws(EvaluationError) in
                try frame.evaluate()
            }
            var fuel = 0
            let checked = Self.run(program, inputs) { frame throws(EvaluationError) in
                defer { fuel = frame.fuelUsed }
                return try frame.evaluateChecked()
            }
            if outcome == nil { outcome = fast }
            // What a host hands over wrongly never runs.
            if case .refused = fast { continue }
            for (other, form) in [(fast, "fast"), (checked, "checked")]
            where !other.isSame(as: reference) {
                differences.append(
                    "\(name) \(form): \(other.description); walker: \(reference.description)"
                )
            }
            // After a limit there is nothing left to compare.
            if case .fault(.limit, _) = reference { continue }
            if fuel != walked.fuel {
                differences.append("\(name): fuel \(fuel); walker: \(walked.fuel)")
            }
            if let cost = program.cost, cost < fuel {
                differences.append("\(name): fuel \(fuel) is more than the cost \(cost)")
            }
        }
    }

    /// The text as the printer writes it must be the same tree and give the same answer.
    private mutating func comparePrinted(
        _ parsed: ParsedSyntax,
        _ engine: Engine,
        _ types: [(name: String, type: ValueType)],
        _ inputs: [Value]
    ) {
        let printed = Source(SyntaxPrinter.print(parsed.tree, source: parsed.source))
        let again = Parser.parse(printed, limits: engine.limits.clamped.source)
        guard Self.shape(again.tree, printed) == Self.shape(parsed.tree, parsed.source) else {
            differences.append("printed as another tree: \(printed.text)")
            return
        }
        let program: Program
        do throws(SourceErrors) {
            program = try engine.compile(printed, inputs: types)
        } catch {
            differences.append("printed as a text that does not compile: \(printed.text)")
            return
        }
        let outcome = Self.run(program, inputs) { frame throws(EvaluationError) in
            try frame.evaluate()
        }
        let isSame =
            switch (outcome, self.outcome) {
            // The printed text has its places elsewhere.
            case (.fault(let a, _), .fault(let b, _)?): a == b
            case (.refused, .refused?): true
            case (.value, let first?): outcome.isSame(as: first)
            case (.value, _), (.fault, _), (.refused, _): false
            }
        if !isSame { differences.append("printed \(printed.text): \(outcome.description)") }
    }

    /// Everything of a tree but its ranges.
    private static func shape(_ tree: Syntax, _ source: Source) -> [String] {
        tree.nodes.indices.map { index in
            let id = Syntax.ID(index)
            let node = tree[id]
            var token = ""
            switch node.kind {
            case .number, .string, .name, .call, .field, .optionalField, .elementField, .body,
                .binding, .function, .assignment, .definition, .item:
                token = source.nameText(node.token)
            case .bool, .null, .element, .missing, .prefix, .infix, .chain, .conditional, .index,
                .slice, .list, .record, .program, .selection:
                break
            }
            let names = tree.fieldNames(of: id).map { source.nameText($0) }
            return "\(node.kind) \(token) \(names) \(Array(tree.children(of: id)))"
        }
    }

    private static func run(
        _ program: Program,
        _ inputs: [Value],
        _ evaluate: (Frame) throws(EvaluationError) -> Value
    ) -> Outcome {
        let frame = program.makeFrame()
        do throws(EvaluationError) {
            for (slot, value) in inputs.enumerated() { try frame.set(slot, to: value) }
            return .value(try evaluate(frame))
        } catch {
            guard let fault = error.fault else { return .refused(error.diagnostic) }
            return .fault(fault, error.range)
        }
    }
}

extension Agreement.Outcome {
    /// Whether both are the same to the last bit, or the same fault at the same place.
    package func isSame(as other: Agreement.Outcome) -> Bool {
        switch (self, other) {
        case (.value(let a), .value(let b)): a.isIdentical(to: b)
        case (.fault(let a, let here), .fault(let b, let there)): a == b && here == there
        case (.refused(let a), .refused(let b)): a == b
        case (.value, _), (.fault, _), (.refused, _): false
        }
    }
}

extension Value {
    /// Whether two values are the same to the last bit: the sign of zero and the order of fields
    /// included.
    package func isIdentical(to other: Value) -> Bool {
        agrees(with: other) { $0.bitPattern == $1.bitPattern }
    }

    /// Whether two values differ at most in the last places of their numbers.
    package func isWithin(ulps: Int, of other: Value) -> Bool {
        sortedFields.agrees(with: other.sortedFields) { a, b in
            abs(a - b) <= Double(ulps) * Swift.max(a.ulp, b.ulp)
        }
    }

    /// As `isIdentical(to:)`, but for the order of fields.
    package func isEqual(to other: Value) -> Bool {
        sortedFields.isIdentical(to: other.sortedFields)
    }

    private var sortedFields: Value {
        switch self {
        case .null, .bool, .number, .string: return self
        case .list(let list): return .list(List(list.map(\.sortedFields)))
        case .record(let record):
            let fields = record.fields.sorted {
                Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8)
            }
            return .record(
                Record(names: fields.map(\.name), values: fields.map(\.value.sortedFields))
                    ?? .empty
            )
        }
    }

    private func agrees(with other: Value, _ sameNumber: (Double, Double) -> Bool) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): sameNumber(a, b)
        case (.string(let a), .string(let b)): Array(a.utf8) == Array(b.utf8)
        case (.list(let a), .list(let b)):
            a.count == b.count
                && zip(a, b).allSatisfy { $0.agrees(with: $1, sameNumber) }
        case (.record(let a), .record(let b)):
            a.names.map { Array($0.utf8) } == b.names.map { Array($0.utf8) }
                && zip(a.values, b.values).allSatisfy { $0.agrees(with: $1, sameNumber) }
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _), (.record, _): false
        }
    }
}

extension Fault {
    /// The code that hosts see.
    package var code: DiagnosticCode {
        Diagnostic(self, at: .init(place: SourceRange(0, 0)), operands: [], source: Source("")).code
    }
}
