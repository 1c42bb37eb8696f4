public import CalcBurstFunctions
import CalcBurstSource

extension Program {
    /// Runs the program with inputs by name.
    ///
    /// A convenience: it makes a frame for the one run. Names that the program does not have are
    /// ignored, so that one set of variables may serve many programs.
    ///
    /// - Throws: `missing-input`, `type-mismatch` or `non-finite-input` of an input, or the fault of
    ///   the run.
    public func evaluate(
        _ variables: [String: any ValueRepresentable] = [:]
    ) throws(EvaluationError) -> Value {
        let frame = makeFrame()
        for (slot, input) in inputs.enumerated() {
            if let value = variables[input.name] { try frame.set(slot, to: value.value) }
        }
        return try frame.evaluate()
    }

    /// Runs the program with all inputs, in the order of their slots.
    public func evaluate(slots values: [Value]) throws(EvaluationError) -> Value {
        let frame = makeFrame()
        for (slot, value) in values.enumerated() { try frame.set(slot, to: value) }
        return try frame.evaluate()
    }

    /// Runs a program of numbers with numbers, in the order of their slots.
    public func callAsFunction(_ numbers: Double...) throws(EvaluationError) -> Double {
        let frame = makeFrame()
        for (slot, number) in numbers.enumerated() { frame[slot] = number }
        return try frame.run()
    }
}
