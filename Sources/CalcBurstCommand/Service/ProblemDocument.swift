#if Command && Client
import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// An error of the JSON API as it came over the wire, on its way back to what `eval` would show.
struct ProblemDocument {
    private let members: Record
    private let status: Int
    private let code: String
    private let detail: String

    /// Nil if the document is none of CalcBurst's.
    init?(_ members: Record, status: Int) {
        guard case .string(let code)? = members["code"],
            case .string(let detail)? = members["detail"]
        else { return nil }
        self.members = members
        self.status = status
        self.code = code
        self.detail = detail
    }

    /// What is wrong with the text, and what the exit status says of it; nil if it is something else
    /// that is wrong.
    func findings(in source: Source) -> (diagnostics: [Diagnostic], status: ExitStatus)? {
        guard status == 400, let code = DiagnosticCode(rawValue: code),
            Self.records(members["errors"]).first?["pointer"] == .string("#/expression")
        else { return nil }
        // Several findings stand in a list; one is told by the members of the document.
        var diagnostics = Self.diagnostics(members["diagnostics"], in: source)
        if diagnostics.isEmpty {
            guard let only = Self.diagnostic(members, message: detail, in: source) else {
                return nil
            }
            diagnostics = [only]
        }
        return (diagnostics, Self.status(of: code, limit: diagnostics.first?.limit?.name))
    }

    /// Why nothing came of the request, where it is not the text.
    var failure: Failure {
        if status >= 500 || status == 408 || status == 429 {
            return Failure(.unavailable, "the service cannot answer now (\(code)): \(detail)")
        }
        switch code {
        case "id-conflict":
            return Failure(.data, "\(detail) (\(code))", help: "use another --id")
        case "wrong-host":
            return Failure(
                .unavailable,
                "\(detail) (\(code))",
                help: "the service must be started with --allow-host NAME"
            )
        case "not-found", "method-not-allowed":
            return Failure(
                .unavailable,
                "\(detail) (\(code))",
                help: "an address without a path gets /v1/evaluate"
            )
        case "invalid-id": return Failure(.usage, "\(detail) (\(code))")
        default:
            let hint: String? = if case .string(let hint)? = members["hint"] { hint } else { nil }
            let isOurs = status == 400 || status == 413
            return Failure(isOurs ? .data : .unavailable, "\(detail) (\(code))", help: hint)
        }
    }

    // MARK: Findings

    /// The findings of a list of them; those without a place in the text are left out.
    static func diagnostics(_ value: Value?, in source: Source) -> [Diagnostic] {
        guard case .list(let list)? = value else { return [] }
        return list.compactMap { element in
            guard case .record(let members) = element else { return nil }
            return text(members["message"]).flatMap { diagnostic(members, message: $0, in: source) }
        }
    }

    private static func diagnostic(
        _ members: Record,
        message: String,
        in source: Source
    ) -> Diagnostic? {
        guard let code = text(members["code"]).flatMap(DiagnosticCode.init(rawValue:)),
            let range = range(members["range"], in: source)
        else { return nil }
        return Diagnostic(
            code,
            message,
            at: range,
            severity: text(members["severity"]) == "warning" ? .warning : .error,
            labels: records(members["labels"]).compactMap { label in
                guard let range = Self.range(label["range"], in: source),
                    let text = text(label["text"])
                else { return nil }
                return Diagnostic.Label(range, text)
            },
            hint: hint(members),
            suggestions: suggestions(members),
            limit: limit(members["limit"])
        )
    }

    /// The hint, unless it is the question that the suggestions make of themselves.
    private static func hint(_ members: Record) -> String? {
        let hint = text(members["hint"])
        let question = Diagnostic(
            .unknownName,
            "",
            at: SourceRange(0, 0),
            suggestions: suggestions(members)
        ).question
        return hint == question ? nil : hint
    }

    private static func suggestions(_ members: Record) -> [String] {
        guard case .list(let list)? = members["suggestions"] else { return [] }
        return list.compactMap(text)
    }

    private static func limit(_ value: Value?) -> Diagnostic.LimitFact? {
        guard case .record(let members)? = value, let name = text(members["name"]),
            let maximum = count(members["maximum"])
        else { return nil }
        return Diagnostic.LimitFact(
            name: name,
            maximum: maximum,
            actual: count(members["actual"])
        )
    }

    private static func range(_ value: Value?, in source: Source) -> SourceRange? {
        guard case .record(let members)? = value, let start = count(members["start"]),
            let end = count(members["end"])
        else { return nil }
        return SourceRange(source.offset(ofUTF16: start), source.offset(ofUTF16: end))
    }

    private static func records(_ value: Value?) -> [Record] {
        guard case .list(let list)? = value else { return [] }
        return list.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }

    private static func text(_ value: Value?) -> String? {
        if case .string(let text)? = value { text } else { nil }
    }

    private static func count(_ value: Value?) -> Int? {
        if case .number(let number)? = value { Int(exactly: number) } else { nil }
    }

    // MARK: Exit status

    /// What the exit status of `eval` says of a code: whether the text is wrong before it runs, or
    /// its evaluation failed.
    private static func status(of code: DiagnosticCode, limit: String?) -> ExitStatus {
        switch code {
        case .syntaxError, .incomplete, .invalidLiteral, .inexactInteger, .comparisonChain,
            .unknownName, .unknownField, .duplicateName, .recursiveFunction, .wrongArgumentCount,
            .typeMismatch, .mixedTypes, .nullValue, .unsupportedMode, .malformedJSON,
            .redundantCoalesce, .shadowedConstant:
            .data
        case .missingInput, .nonFiniteInput, .divisionByZero, .domainError, .overflow,
            .nonFiniteResult, .indexOutOfRange, .emptyList, .lengthMismatch, .invalidNumber,
            .noConvergence, .pluginFailed, .cancelled:
            .evaluation
        case .limitExceeded:
            limitsOfRunning.contains(limit ?? "") ? .evaluation : .data
        }
    }

    /// The limits that are met while an expression runs; the others are met before.
    private static let limitsOfRunning: Set<String> = [
        "fuel", "time-ms", "memory", "list-length", "string-length",
    ]
}

extension Source {
    /// The UTF-8 offset of a place that is given in UTF-16 units, as JSON documents give it.
    func offset(ofUTF16 units: Int) -> Int {
        var seen = 0
        var offset = 0
        for scalar in text.unicodeScalars {
            guard seen < units else { break }
            seen += UTF16.width(scalar)
            offset += UTF8.width(scalar)
        }
        return offset
    }
}
#endif
