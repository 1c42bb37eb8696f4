import CalcBurstSource

/// What `explain` says.
enum Explanations {
    /// The page of a code, or the list of all codes.
    static func text(for code: String?, width: Int) throws(Failure) -> String {
        guard let code else {
            let codes = DiagnosticCode.allCases
            let width = codes.map(\.rawValue.utf8.count).max() ?? 0
            return codes.map { code in
                let gap = String(repeating: " ", count: width - code.rawValue.utf8.count + 2)
                return code.rawValue + gap + code.explanation.title
            }.joined(separator: "\n")
        }
        guard let known = DiagnosticCode(rawValue: code) else {
            let guess = Suggestion.best(
                for: code,
                among: DiagnosticCode.allCases.map(\.rawValue),
                limit: 1
            ).first
            throw .usage(
                "there is no code '\(code)'",
                help: guess.map { "did you mean '\($0)'?" } ?? "calcburst explain lists all"
            )
        }
        return known.page(width: width)
    }
}
