public import CalcBurstMachine
public import CalcBurstSource

/// Why a text gave no answer: it is wrong before it runs, or its evaluation stopped.
public enum CalculationError: Error, Hashable, Sendable {
    case source(SourceErrors)
    case evaluation(EvaluationError)

    /// The text.
    public var source: Source {
        switch self {
        case .source(let errors): errors.source
        case .evaluation(let error): error.source
        }
    }

    /// The findings, at least one of them an error.
    public var diagnostics: [Diagnostic] {
        switch self {
        case .source(let errors): errors.diagnostics
        case .evaluation(let error): [error.diagnostic]
        }
    }

    /// The code of the first error.
    public var code: DiagnosticCode {
        let first = diagnostics.first { $0.severity == .error } ?? diagnostics.first
        return first?.code ?? .syntaxError
    }

    /// The picture with carets, for people.
    public var rendered: String {
        DiagnosticRenderer().render(diagnostics, in: source)
    }
}

extension SourceErrors {
    /// The picture with carets, for people.
    public var rendered: String { CalculationError.source(self).rendered }
    /// The code of the first error.
    public var code: DiagnosticCode { CalculationError.source(self).code }
}

extension EvaluationError {
    /// The picture with carets, for people.
    public var rendered: String { CalculationError.evaluation(self).rendered }
}
