public import CalcBurstFunctions
public import CalcBurstSource

/// Why an evaluation gave no answer: a code, the place in the text, and words for people.
public struct EvaluationError: Error, Sendable {
    /// Behind a reference, so that a function that may throw it stays as light as one that does not.
    private let facts: Facts

    private final class Facts: Sendable {
        let source: Source
        let diagnostic: Diagnostic
        let fault: Fault?

        init(_ source: Source, _ diagnostic: Diagnostic, _ fault: Fault?) {
            self.source = source
            self.diagnostic = diagnostic
            self.fault = fault
        }
    }

    /// The text.
    public var source: Source { facts.source }
    /// The finding, with its place.
    public var diagnostic: Diagnostic { facts.diagnostic }
    /// What the machine met; nil if the inputs were wrong and nothing ran.
    public var fault: Fault? { facts.fault }

    /// The stable name of the reason.
    public var code: DiagnosticCode { diagnostic.code }
    /// One line for people.
    public var message: String { diagnostic.message }
    /// The place, in UTF-8 bytes.
    public var range: SourceRange { diagnostic.range }

    package init(_ diagnostic: Diagnostic, _ source: Source, fault: Fault? = nil) {
        facts = Facts(source, diagnostic, fault)
    }

    /// A fault, with its place and what stood there.
    package init(_ fault: Fault, at site: Code.Site, operands: [Double], source: Source) {
        self.init(
            Diagnostic(fault, at: site, operands: operands, source: source),
            source,
            fault: fault
        )
    }
}

extension EvaluationError: Hashable {
    public static func == (left: EvaluationError, right: EvaluationError) -> Bool {
        left.diagnostic == right.diagnostic && left.source == right.source
            && left.fault == right.fault
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(diagnostic)
        hasher.combine(source)
    }
}

extension EvaluationError: CustomStringConvertible {
    /// The code and one line for people; `diagnostic` has the rest.
    public var description: String { "\(code): \(message)" }
}

/// The words of the machine: one function for each reason.
extension EvaluationError {
    static func missingInput(_ input: Program.Input, _ source: Source) -> EvaluationError {
        EvaluationError(
            Diagnostic(
                .missingInput,
                "'\(input.name)' has no value",
                at: input.firstUse ?? SourceRange(0, 0)
            ),
            source
        )
    }

    static func nonFiniteInput(_ input: Program.Input, _ source: Source) -> EvaluationError {
        EvaluationError(
            Diagnostic(
                .nonFiniteInput,
                "'\(input.name)' holds a number that is not finite",
                at: input.firstUse ?? SourceRange(0, 0)
            ),
            source
        )
    }

    static func inputMisfit(_ input: Program.Input, _ source: Source) -> EvaluationError {
        EvaluationError(
            Diagnostic(
                .typeMismatch,
                "'\(input.name)' is not of its type, \(input.type)",
                at: input.firstUse ?? SourceRange(0, 0)
            ),
            source
        )
    }

    static func inputTooDeep(
        _ input: Program.Input,
        _ limit: Int,
        _ source: Source
    ) -> EvaluationError {
        EvaluationError(
            Diagnostic(
                .limitExceeded,
                "lists and records in '\(input.name)' are more than \(limit) deep",
                at: input.firstUse ?? SourceRange(0, 0),
                limit: .init(name: "data-depth", maximum: limit)
            ),
            source
        )
    }

    static func strayInput(_ slot: Int, _ count: Int, _ source: Source) -> EvaluationError {
        EvaluationError(
            Diagnostic(
                .missingInput,
                "there is no input \(slot): the program has \(count)",
                at: SourceRange(0, 0)
            ),
            source
        )
    }

    static func notANumber(_ type: ValueType, _ source: Source) -> EvaluationError {
        EvaluationError(
            Diagnostic(
                .typeMismatch,
                "the answer is not a number: it is \(type)",
                at: SourceRange(0, source.bytes.count),
                hint: "evaluate() gives an answer of any type"
            ),
            source
        )
    }

    static func reentrant(_ source: Source) -> EvaluationError {
        EvaluationError(
            Diagnostic(
                .domainError,
                "the frame is already running",
                at: SourceRange(0, source.bytes.count),
                hint: "a function that evaluates needs a frame of its own"
            ),
            source
        )
    }
}

extension Diagnostic {
    /// The words for a fault.
    package init(_ fault: Fault, at site: Code.Site, operands: [Double], source: Source) {
        if case .inElement(let position, let inner) = fault {
            self.init(inner, at: site, operands: operands, source: source)
            message += ", in element \(position)"
            return
        }
        let name = site.function
        let shown = operands.map { NumberText.general($0, digits: 15) }
        var message: String
        var code: DiagnosticCode
        var labels: [Label] = []
        var hint: String?
        var limit: LimitFact?
        switch fault {
        case .divisionByZero:
            code = .divisionByZero
            message = "division by zero"
            if operands.count == 2, operands[1] == 0, site.operandRanges.count == 2 {
                labels = [Label(source.withParentheses(site.operandRanges[1]), "this is 0")]
            }
        case .domain(let reason):
            code = .domainError
            message = name.map { "\($0) has no answer" } ?? "there is no answer"
            if !shown.isEmpty { message += " for \(shown.joined(separator: ", "))" }
            hint = reason
        case .overflow:
            code = .overflow
            message = "the result is too large for a number"
            if let name, !shown.isEmpty { message += ": \(name)(\(shown.joined(separator: ", ")))" }
        case .nonFiniteResult:
            code = .nonFiniteResult
            message = "\(name ?? "the function") gave a number that is not finite"
        case .indexOutOfRange(let index, let count):
            code = .indexOutOfRange
            let position = NumberText.general(index, digits: 15)
            message = "there is no element \(position) in a list of \(count)"
            hint = count > 0 ? "elements are 0 to \(count - 1), and -1 is the last" : nil
        case .emptyList:
            code = .emptyList
            message = "\(name ?? "this") of an empty list has no answer"
            hint = "try(…, fallback) answers in its place"
        case .lengthMismatch(let left, let right):
            code = .lengthMismatch
            message = "the lists have \(left) and \(right) elements"
            hint = "lists work together element by element when they are of one length"
        case .invalidNumber(let text):
            code = .invalidNumber
            message = "this text is not a number: \(text)"
        case .noConvergence(let iterations):
            code = .noConvergence
            message = "\(name ?? "this") found no answer in \(iterations) steps"
        case .limit(let met):
            code = .limitExceeded
            message = "stopped at the limit of \(met.maximum) for \(met.name)"
            limit = LimitFact(name: met.name, maximum: met.maximum)
        case .pluginFailed(let plugin, let what):
            code = .pluginFailed
            message = "the plugin \(plugin) \(what)"
        case .cancelled:
            code = .cancelled
            message = "cancelled"
        case .inElement:
            code = .pluginFailed
            message = "an element of an element failed"
        }
        self.init(code, message, at: site.place, labels: labels, hint: hint, limit: limit)
    }
}

extension Source {
    /// The range with the parentheses around it: `(3 - 3)` for the difference in `10 / (3 - 3)`.
    fileprivate func withParentheses(_ range: SourceRange) -> SourceRange {
        var (start, end) = (range.start, range.end)
        while true {
            guard let open = bytes[..<min(start, bytes.count)].lastIndex(where: { !$0.isBlank }),
                let close = bytes[min(end, bytes.count)...].firstIndex(where: { !$0.isBlank }),
                bytes[open] == UInt8(ascii: "("), bytes[close] == UInt8(ascii: ")")
            else { return SourceRange(start, end) }
            (start, end) = (open, close + 1)
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\t")
    }
}
