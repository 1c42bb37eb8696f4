import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSource

extension Session {
    /// The text that is compiled for a line: the definitions that it needs, then the line.
    ///
    /// A line `f(x) = e` becomes `fn f(x) = e;` and a line `x = e` becomes `let x = e; x`. Whoever
    /// reads an error must not see that, so the script finds places in its parts again.
    struct Script {
        /// How the line is written in the script.
        enum Form {
            case expression
            case assignment(String)
            case definition
        }

        /// A part of the script that somebody has entered.
        private struct Part {
            /// Where the entered text begins in the script, and where it ends.
            let start: Int
            let end: Int
            let source: Source
            let definition: String?
        }

        private(set) var source: Source
        private(set) var preludeLength: Int
        private(set) var preludeNodes = 0
        private var parts: [Part]
        /// Where the line itself begins and ends.
        private var entry: Part

        init(entry line: Source, as form: Form) {
            let opening: String
            let closing: String
            switch form {
            case .expression: (opening, closing) = ("", "")
            // A new line ends a comment at the end of what was entered.
            case .assignment(let name): (opening, closing) = ("let ", "\n;\n`\(name)`")
            case .definition: (opening, closing) = ("fn ", "\n;\n0")
            }
            source = Source(
                bytes: Array(opening.utf8) + line.bytes + Array(closing.utf8)
            )
            preludeLength = opening.utf8.count + closing.utf8.count
            parts = []
            let start = opening.utf8.count
            entry = Part(
                start: start,
                end: start + line.bytes.count,
                source: line,
                definition: nil
            )
        }

        /// Puts definitions before the line.
        mutating func prepend(_ definitions: [Definition]) {
            var prelude: [UInt8] = []
            for definition in definitions {
                prelude.append(contentsOf: "fn ".utf8)
                let text = Source(definition.text)
                parts.append(
                    Part(
                        start: prelude.count,
                        end: prelude.count + text.bytes.count,
                        source: text,
                        definition: definition.name
                    )
                )
                prelude.append(contentsOf: text.bytes)
                prelude.append(contentsOf: "\n;\n".utf8)
                preludeNodes += definition.nodeCount
            }
            entry = Part(
                start: entry.start + prelude.count,
                end: entry.end + prelude.count,
                source: entry.source,
                definition: nil
            )
            preludeLength += prelude.count
            source = Source(bytes: prelude + source.bytes)
        }

        // MARK: Places

        /// The findings with their places in what was entered: those in the line itself, or else
        /// those in the first definition that has one.
        func located(_ findings: [Diagnostic]) -> (source: Source, diagnostics: [Diagnostic]) {
            let found = findings.map { finding in
                let part = part(at: finding.range)
                return (part: part, finding: located(finding, in: part))
            }
            func isError(_ finding: Diagnostic) -> Bool { finding.severity == .error }
            let hasErrors = found.contains { isError($0.finding) }
            let chosen =
                found.first { $0.part.definition == nil && (isError($0.finding) || !hasErrors) }
                ?? found.first { isError($0.finding) || !hasErrors }
            guard let chosen else { return (entry.source, []) }
            return (
                chosen.part.source,
                found.filter { $0.part.start == chosen.part.start }.map(\.finding)
            )
        }

        func located(_ errors: SourceErrors) -> SourceErrors {
            let (source, diagnostics) = located(errors.diagnostics)
            return SourceErrors(source: source, diagnostics: diagnostics)
        }

        func located(_ error: EvaluationError) -> EvaluationError {
            let (source, diagnostics) = located([error.diagnostic])
            return EvaluationError(
                diagnostics.first ?? error.diagnostic,
                source,
                fault: error.fault
            )
        }

        private func part(at range: SourceRange) -> Part {
            parts.first { range.start >= $0.start - 3 && range.start <= $0.end + 2 } ?? entry
        }

        private func located(_ finding: Diagnostic, in part: Part) -> Diagnostic {
            var finding = finding
            func moved(_ range: SourceRange) -> SourceRange {
                SourceRange(
                    min(max(range.start - part.start, 0), part.source.bytes.count),
                    min(max(range.end - part.start, 0), part.source.bytes.count)
                )
            }
            finding.labels = finding.labels
                .filter { $0.range.start >= part.start && $0.range.start <= part.end }
                .map { Diagnostic.Label(moved($0.range), $0.text) }
            finding.range = moved(finding.range)
            if let name = part.definition, finding.hint == nil {
                finding.hint = "this is in the definition of '\(name)'"
            }
            return finding
        }
    }
}
