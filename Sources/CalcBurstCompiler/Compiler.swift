package import CalcBurstFunctions
package import CalcBurstMachine
package import CalcBurstSource

/// From what a text means to how to do it: folding, then code, then proof.
package enum Compiler {
    /// Compiles a checked text.
    ///
    /// Without the optimiser every operation stays where it stands; answers, faults and fuel are the
    /// same. Throws `limit-exceeded` if the program needs more room than one has.
    package static func compile(
        _ outcome: Checker.Outcome,
        source: Source,
        limits: RunLimits,
        optimised: Bool = true
    ) throws(SourceErrors) -> Program {
        let expression =
            optimised ? ConstantFolding.fold(outcome.expression) : outcome.expression
        var generator = CodeGenerator(expression, optimised: optimised)
        let code = try generator.run(limits, source: source, warnings: outcome.warnings)
        let flaws = Verifier.flaws(in: code)
        guard flaws.isEmpty else {
            // Only a mistake of ours comes here; refusing is better than running what is wrong.
            throw SourceErrors(
                source: source,
                diagnostics: [
                    Diagnostic(
                        .syntaxError,
                        "a bug in CalcBurst: \(flaws[0])",
                        at: SourceRange(0, source.bytes.count)
                    )
                ]
            )
        }
        return Program(code)
    }
}
