/// One finding about a text: what is wrong, where, why, and what to do.
///
/// A diagnostic holds facts and one sentence; `DiagnosticRenderer` draws the picture with carets.
public struct Diagnostic: Hashable, Sendable {
    /// How bad a finding is: an error stops the text from running, a warning does not.
    public enum Severity: String, Hashable, Sendable {
        case error
        case warning
    }

    /// A second place that explains the first.
    public struct Label: Hashable, Sendable {
        /// The place, in UTF-8 bytes.
        public var range: SourceRange
        /// A few words, such as `this is 0`.
        public var text: String

        public init(_ range: SourceRange, _ text: String) {
            self.range = range
            self.text = text
        }
    }

    /// A limit that was met: its name, what is allowed, and what was asked for if that is known.
    public struct LimitFact: Hashable, Sendable {
        public var name: String
        public var maximum: Int
        public var actual: Int?

        public init(name: String, maximum: Int, actual: Int? = nil) {
            self.name = name
            self.maximum = maximum
            self.actual = actual
        }
    }

    public var severity: Severity
    /// The stable name of the kind of finding; wording may change, codes do not.
    public var code: DiagnosticCode
    /// One line that names the user's own text.
    public var message: String
    /// The place, in UTF-8 bytes.
    public var range: SourceRange
    /// At most two further places.
    public var labels: [Label]
    /// What to do about it.
    public var hint: String?
    /// Names that may have been meant, best first.
    public var suggestions: [String]
    /// The limit, where the code is `limit-exceeded`.
    public var limit: LimitFact?

    public init(
        _ code: DiagnosticCode,
        _ message: String,
        at range: SourceRange,
        severity: Severity = .error,
        labels: [Label] = [],
        hint: String? = nil,
        suggestions: [String] = [],
        limit: LimitFact? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.range = range
        self.labels = labels
        self.hint = hint
        self.suggestions = suggestions
        self.limit = limit
    }
}

/// Everything that is wrong with a text before it runs, in the order of the text.
public struct SourceErrors: Error, Hashable, Sendable {
    /// The text.
    public let source: Source
    /// The findings, errors and warnings; at least one is an error.
    public let diagnostics: [Diagnostic]

    public init(source: Source, diagnostics: [Diagnostic]) {
        self.source = source
        self.diagnostics = diagnostics
    }
}
