import CalcBurst
import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSource

/// Works out what messages ask for, within the budget of their request.
struct Evaluator: Sendable {
    let engine: Engine
    let metrics: ServiceMetrics
    let programs: ProgramCache

    /// A result, and what is known about how it came.
    struct Answer: Sendable {
        var request: Calculation.Request
        var value: Value
        var type: String
        var fuel: Int
        var milliseconds: Double
        /// Nil for an operation.
        var program: Program?
        var source = Source("")
    }

    func answer(
        _ message: CalculationMessage,
        _ budget: inout Budget,
        at pointer: String = "#"
    ) throws(Problem) -> Answer {
        if let exhaustion = budget.exhaustion { throw exhaustion }
        let clock = ContinuousClock()
        let start = clock.now
        var answer: Answer
        switch message.work {
        case .operation(let name, let operands):
            answer = try operate(name, operands, message.limits, &budget, at: pointer)
            metrics.evaluated(.operation, seconds: (clock.now - start).inSeconds)
        case .expression(let text, let variables):
            answer = try evaluate(
                Source(text),
                variables,
                message.limits,
                &budget,
                at: pointer + "/expression"
            )
        }
        // Whole microseconds: the clock knows no more.
        answer.milliseconds = ((clock.now - start).inSeconds * 1e6).rounded() / 1e3
        return answer
    }

    // MARK: Expressions

    func evaluate(
        _ source: Source,
        _ variables: Record,
        _ limits: Limits,
        _ budget: inout Budget,
        at pointer: String
    ) throws(Problem) -> Answer {
        let program = try program(of: source, variables, limits, at: pointer)
        let frame = program.makeFrame(limits: limits.run, of: budget.allowance)
        defer { budget.use(frame.fuelUsed) }
        let clock = ContinuousClock()
        let start = clock.now
        defer { metrics.evaluated(.expression, seconds: (clock.now - start).inSeconds) }
        do throws(EvaluationError) {
            // What the text does not name need not be looked at.
            for (slot, input) in program.inputs.enumerated() where input.firstUse != nil {
                if let value = variables[input.name] { try frame.set(slot, to: value) }
            }
            let value = try frame.evaluate()
            return Answer(
                request: .expression(source.text, variables),
                value: value,
                type: program.resultType.description,
                fuel: frame.fuelUsed,
                milliseconds: 0,
                program: program,
                source: source
            )
        } catch {
            throw Problem(.evaluation(error), at: pointer)
        }
    }

    private func program(
        of source: Source,
        _ variables: Record,
        _ limits: Limits,
        at pointer: String
    ) throws(Problem) -> Program {
        var engine = engine
        do throws(SourceErrors) {
            let inputs = try engine.types(
                of: variables.fields.map { (name: $0.name, value: $0.value) },
                for: source
            )
            let isOrdinary =
                limits.source == engine.limits.source
                && limits.dataDepth == engine.limits.dataDepth
                && source.bytes.count <= limits.source.sourceLength
            let key = ProgramCache.Key(
                text: isOrdinary ? source.bytes : [],
                names: inputs.map { ExactText($0.name) },
                types: inputs.map(\.type)
            )
            if isOrdinary {
                let known = programs.program(of: key)
                metrics.lookedUpProgram(isHit: known != nil)
                if let known { return known }
            }
            let clock = ContinuousClock()
            let start = clock.now
            engine.limits.source = limits.source
            engine.limits.dataDepth = limits.dataDepth
            let program = try engine.compile(source, inputs: inputs)
            metrics.compiled(seconds: (clock.now - start).inSeconds)
            if isOrdinary {
                programs.keep(program, as: key)
                metrics.cachedPrograms(programs.count)
            }
            return program
        } catch {
            throw Problem(.source(error), at: pointer)
        }
    }
}

extension Duration {
    /// The time as a number, for metrics and documents.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
