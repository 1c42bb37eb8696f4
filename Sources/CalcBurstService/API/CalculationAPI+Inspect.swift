import CalcBurst
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstMachine
import CalcBurstSource
import CalcBurstSyntax

/// `POST /v1/inspect`: everything about a text without its value, for editors and playgrounds.
///
/// A wrong text is not a failed request: the answer is 200 and says what is wrong.
extension CalculationAPI {
    private enum Part: String, CaseIterable {
        case ast
        case bytecode
        case checked
    }

    func inspect(_ exchange: inout Exchange) throws(Problem) -> APIResponse {
        guard case .record(let members) = try body(of: exchange.request) else {
            throw Problem(.invalidBody, "the body is not a JSON object", at: "#")
        }
        let message = try message(.record(members.without(["include"])), form: .expression, at: "#")
        guard case .expression(let text, let variables) = message.work else {
            throw .missing("expression", at: "#")
        }
        let parts = try CalculationMessage.inclusions(members["include"], Part.self, at: "#")
        let plot = try members["plot"].flatMap { value throws(Problem) in
            try PlotRequest(value, at: "#/plot")
        }
        let source = Source(text)
        var inputs: [(name: String, type: ValueType)]
        do throws(SourceErrors) {
            inputs = try engine.types(
                of: variables.fields.map { (name: $0.name, value: $0.value) },
                for: source
            )
        } catch {
            throw Problem(.source(error), at: "#/variables")
        }
        if let plot, !inputs.contains(where: { $0.name.hasSameBytes(as: plot.variable) }) {
            inputs.append((name: plot.variable, type: .number))
        }
        let inspection = engine.inspect(source, inputs: inputs)
        var document = summary(inspection)
        for part in Part.allCases where parts.contains(part) {
            document.append((part.rawValue, value(of: part, inspection)))
        }
        if let plot, let program = inspection.program {
            var budget = Budget(engine.limits.run)
            document.append(("plot", try plot.samples(program, variables, &budget)))
            exchange.fuel = budget.used
        }
        return respond(200, .object(document), exchange)
    }

    private func summary(_ inspection: Inspection) -> [(name: String, value: Value)] {
        let findings = inspection.diagnostics.map {
            DiagnosticJSON.value(of: $0, source: inspection.source)
        }
        var document: [(name: String, value: Value)] = [
            ("ok", .bool(inspection.isRight)), ("incomplete", .bool(inspection.isIncomplete)),
            ("diagnostics", .array(findings)),
            ("names", .array(inspection.names.map(Value.string))),
        ]
        if let program = inspection.program {
            document.append(("type", .string(program.resultType.description)))
            document.append(
                ("cost", .object([("fuel", program.cost.map(Value.count) ?? .null)]))
            )
        }
        return document
    }

    private func value(of part: Part, _ inspection: Inspection) -> Value {
        switch part {
        case .ast: SyntaxDocument.nodes(inspection.syntax, inspection.source)
        case .bytecode: inspection.program.map(CalculationDocument.listing) ?? .null
        case .checked:
            inspection.checked.map {
                .array($0.split(separator: "\n").map { .string(String($0)) })
            } ?? .null
        }
    }
}

/// A curve to sample: a variable, where it begins and ends, and in how many points.
struct PlotRequest {
    static let mostPoints = 1_000

    let variable: String
    let from: Double
    let to: Double
    let points: Int

    init?(_ value: Value, at pointer: String) throws(Problem) {
        if case .null = value { return nil }
        guard case .record(let members) = value else {
            throw Problem(.invalidField, "'plot' is an object", at: pointer)
        }
        guard case .string(let variable)? = members["variable"], !variable.isEmpty else {
            throw .invalid("variable", "is the name of the variable", at: pointer)
        }
        guard case .number(let from)? = members["from"] else {
            throw .invalid("from", "is a number", at: pointer)
        }
        guard case .number(let to)? = members["to"], to > from, (to - from).isFinite else {
            throw .invalid("to", "is a number above 'from'", at: pointer)
        }
        var points = 320
        switch members["points"] {
        case nil, .null?: break
        case .number(let number)?:
            guard let count = Int(exactly: number), (2...Self.mostPoints).contains(count) else {
                throw .invalid("points", "is a number from 2 to \(Self.mostPoints)", at: pointer)
            }
            points = count
        case .bool?, .string?, .list?, .record?:
            throw .invalid("points", "is a number from 2 to \(Self.mostPoints)", at: pointer)
        }
        self.variable = variable
        self.from = from
        self.to = to
        self.points = points
    }

    /// The values of a program along the curve; null is a gap, where it has no value.
    func samples(
        _ program: Program,
        _ variables: Record,
        _ budget: inout Budget
    ) throws(Problem) -> Value {
        var values: [Value] = []
        for point in 0..<points {
            if let exhaustion = budget.exhaustion { throw exhaustion }
            let x = from + (to - from) * (Double(point) / Double(points - 1))
            let frame = program.makeFrame(limits: program.limits, of: budget.allowance)
            do throws(EvaluationError) {
                for (slot, input) in program.inputs.enumerated() where input.firstUse != nil {
                    if input.name.hasSameBytes(as: variable) {
                        try frame.set(slot, to: .number(x))
                    } else if let value = variables[input.name] {
                        try frame.set(slot, to: value)
                    }
                }
                let value = try frame.evaluate()
                if case .number = value { values.append(value) } else { values.append(.null) }
            } catch {
                guard error.code != .limitExceeded else {
                    throw Problem(.evaluation(error), at: "#/expression")
                }
                values.append(.null)
            }
            budget.use(frame.fuelUsed)
        }
        return .object([("x", .list(List([from, to]))), ("y", .array(values))])
    }
}

extension Record {
    /// The fields but those of some names.
    fileprivate func without(_ left: [String]) -> Record {
        let kept = fields.filter { !left.contains($0.name) }
        return Record(names: kept.map(\.name), values: kept.map(\.value)) ?? .empty
    }
}
