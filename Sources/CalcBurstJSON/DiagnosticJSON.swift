public import CalcBurstFunctions
public import CalcBurstSource

/// Findings as JSON: the members that every error document has in common.
public enum DiagnosticJSON {
    /// The finding as a record; members that say nothing are left out.
    ///
    /// Ranges count UTF-16 units, as JavaScript and editors do; lines and columns begin at 1.
    public static func value(of diagnostic: Diagnostic, source: Source) -> Value {
        var members: [(name: String, value: Value)] = [
            ("severity", .string(diagnostic.severity.rawValue)),
            ("code", .string(diagnostic.code.rawValue)),
            ("message", .string(diagnostic.message)),
            ("range", range(diagnostic.range, in: source)),
        ]
        if let hint = diagnostic.hint ?? diagnostic.question {
            members.append(("hint", .string(hint)))
        }
        if !diagnostic.suggestions.isEmpty {
            members.append(("suggestions", .list(List(diagnostic.suggestions.map(Value.string)))))
        }
        if !diagnostic.labels.isEmpty {
            let labels = diagnostic.labels.map { label in
                record([("range", range(label.range, in: source)), ("text", .string(label.text))])
            }
            members.append(("labels", .list(List(labels))))
        }
        if let limit = diagnostic.limit {
            var facts: [(name: String, value: Value)] = [
                ("name", .string(limit.name)), ("maximum", .number(Double(limit.maximum))),
            ]
            if let actual = limit.actual { facts.append(("actual", .number(Double(actual)))) }
            members.append(("limit", record(facts)))
        }
        let snippet = DiagnosticRenderer().snippet(of: diagnostic, in: source)
        members.append(("snippet", .string(snippet)))
        return record(members)
    }

    /// All findings about a text, in their order.
    public static func value(of errors: SourceErrors) -> Value {
        .list(List(errors.diagnostics.map { value(of: $0, source: errors.source) }))
    }

    private static func range(_ range: SourceRange, in source: Source) -> Value {
        let position = source.position(of: range.start)
        return record([
            ("start", .number(Double(source.utf16Offset(of: range.start)))),
            ("end", .number(Double(source.utf16Offset(of: range.end)))),
            ("line", .number(Double(position.line))),
            ("column", .number(Double(position.column))),
        ])
    }

    private static func record(_ members: [(name: String, value: Value)]) -> Value {
        .record(Record(names: members.map(\.name), values: members.map(\.value)) ?? .empty)
    }
}
