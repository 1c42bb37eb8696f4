public import CalcBurstSource

/// Why a JSON text gives no value, and where.
public struct JSONError: Error, Hashable, Sendable {
    /// `malformed-json`, `duplicate-name`, `inexact-integer` or `limit-exceeded`.
    public let code: DiagnosticCode
    /// One line.
    public let message: String
    /// The place, in bytes of the text.
    public let range: SourceRange
    /// The list or record element in which the place is, as RFC 6901 spells it: `/items/3/price`.
    public let pointer: String
    /// The limit, where the code is `limit-exceeded`.
    public let limit: Diagnostic.LimitFact?
    /// What to do about it.
    public let hint: String?

    /// The error as a finding about the JSON text.
    public var diagnostic: Diagnostic {
        Diagnostic(code, message, at: range, hint: hint, limit: limit)
    }
}
