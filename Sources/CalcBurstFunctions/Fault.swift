/// Why an evaluation stops: facts only.
///
/// The machine adds the place, and the words come last.
public enum Fault: Error, Hashable, Sendable {
    // Faults of values: `try` catches these.
    case divisionByZero
    /// The operation has no answer for these operands; a few words say which it needs.
    case domain(String)
    /// The result is finite in mathematics but not in binary64.
    case overflow
    /// A host's or a plugin's function gave NaN or an infinity.
    case nonFiniteResult
    case indexOutOfRange(index: Double, count: Int)
    case emptyList
    case lengthMismatch(Int, Int)
    /// A text that does not spell a number, cut to 40 characters.
    case invalidNumber(String)
    case noConvergence(iterations: Int)

    /// A fault of one element of a list, counted from 0; never inside another.
    indirect case inElement(Int, Fault)

    // Nothing catches these.
    case limit(Limit)
    /// A plugin crashed, did not answer, or broke its rules: its name and what it did.
    case pluginFailed(plugin: String, String)
    case cancelled

    /// A limit that was met: its name, as in `/v1/limits`, and what is allowed.
    public struct Limit: Hashable, Sendable {
        public let name: String
        public let maximum: Int

        public init(_ name: String, _ maximum: Int) {
            self.name = name
            self.maximum = maximum
        }
    }

    /// Whether the place where it was met says nothing: fuel, time, cancellation.
    package var isOfWholeText: Bool {
        switch self {
        case .limit(let limit): limit.name == "fuel" || limit.name == "time-ms"
        case .cancelled: true
        case .inElement(_, let fault): fault.isOfWholeText
        case .divisionByZero, .domain, .overflow, .nonFiniteResult, .indexOutOfRange, .emptyList,
            .lengthMismatch, .invalidNumber, .noConvergence, .pluginFailed:
            false
        }
    }

    /// Whether `try` may answer in its place.
    package var isCatchable: Bool {
        switch self {
        case .divisionByZero, .domain, .overflow, .nonFiniteResult, .indexOutOfRange, .emptyList,
            .lengthMismatch, .invalidNumber, .noConvergence:
            true
        case .inElement(_, let fault): fault.isCatchable
        case .limit, .cancelled, .pluginFailed: false
        }
    }
}

extension Double {
    /// The number itself if it is finite; an infinity is an overflow and NaN lies outside the domain.
    package func finite() throws(Fault) -> Double {
        if isFinite { return self }
        throw isNaN ? Fault.domain("there is no such number") : Fault.overflow
    }
}
