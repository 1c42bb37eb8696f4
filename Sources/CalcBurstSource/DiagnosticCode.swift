/// The stable name of a kind of finding: part of the API, on every surface the same.
///
/// This is the one list of the codes. `calcburst explain` reads its pages from
/// `DiagnosticCode+Explanation.swift`, and a test holds the corpus to two lines for each code.
public enum DiagnosticCode: String, CaseIterable, Hashable, Sendable {
    // About the text, before it runs.
    case syntaxError = "syntax-error"
    case incomplete = "incomplete"
    case invalidLiteral = "invalid-literal"
    case inexactInteger = "inexact-integer"
    case comparisonChain = "comparison-chain"
    case unknownName = "unknown-name"
    case unknownField = "unknown-field"
    case duplicateName = "duplicate-name"
    case recursiveFunction = "recursive-function"
    case wrongArgumentCount = "wrong-argument-count"
    case typeMismatch = "type-mismatch"
    case mixedTypes = "mixed-types"
    case nullValue = "null-value"
    case unsupportedMode = "unsupported-mode"

    // About the data that comes along.
    case malformedJSON = "malformed-json"
    case missingInput = "missing-input"
    case nonFiniteInput = "non-finite-input"

    // While running.
    case divisionByZero = "division-by-zero"
    case domainError = "domain-error"
    case overflow = "overflow"
    case nonFiniteResult = "non-finite-result"
    case indexOutOfRange = "index-out-of-range"
    case emptyList = "empty-list"
    case lengthMismatch = "length-mismatch"
    case invalidNumber = "invalid-number"
    case noConvergence = "no-convergence"
    case pluginFailed = "plugin-failed"
    case cancelled = "cancelled"

    // At any time.
    case limitExceeded = "limit-exceeded"

    // Warnings: the text runs.
    case redundantCoalesce = "redundant-coalesce"
    case shadowedConstant = "shadowed-constant"
}

extension DiagnosticCode: CustomStringConvertible {
    public var description: String { rawValue }
}
