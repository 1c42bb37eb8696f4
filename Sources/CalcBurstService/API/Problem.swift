import CalcBurst
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstMachine
import CalcBurstSource

/// Why a request is refused: the facts of its problem document (RFC 9457).
struct Problem: Error, Sendable {
    let code: Code
    /// One line for people.
    let detail: String
    /// The places in the request, as JSON pointers into its body.
    var errors: [Place] = []
    /// Members that only some problems have, such as `range` and `hint`, in their order.
    var facts: [(name: String, value: Value)] = []
    var headers: [(name: String, value: String)] = []

    /// A code of the service, or one of the language.
    enum Code: Hashable, Sendable {
        case service(ServiceCode)
        case language(DiagnosticCode)

        var name: String {
            switch self {
            case .service(let code): code.rawValue
            case .language(let code): code.rawValue
            }
        }

        /// Everything that the caller can mend in the body is 400; what a plugin did is 502.
        var status: Int {
            switch self {
            case .service(let code): code.status
            case .language(let code): code == .pluginFailed ? 502 : 400
            }
        }

        var title: String {
            switch self {
            case .service(let code): code.title
            case .language(let code): code.explanation.title
            }
        }
    }

    /// One place that is wrong.
    struct Place: Sendable {
        let pointer: String
        let code: Code
        let detail: String
    }

    init(_ code: Code, _ detail: String, at pointer: String? = nil, _ place: String? = nil) {
        self.code = code
        self.detail = detail
        if let pointer {
            errors = [Place(pointer: pointer, code: code, detail: place ?? detail)]
        }
        if case .service(let code) = code, let seconds = code.retryAfter {
            headers = [("Retry-After", String(seconds))]
            facts = [("retry_after_ms", .count(seconds * 1000))]
        }
    }

    init(_ code: ServiceCode, _ detail: String, at pointer: String? = nil, _ place: String? = nil) {
        self.init(.service(code), detail, at: pointer, place)
    }

    // MARK: From the errors of other floors

    /// A body that is not JSON as we read it.
    init(_ error: JSONError, in body: [UInt8]) {
        self.init(.language(error.code), error.message, at: "#" + error.pointer)
        add(error.diagnostic, in: Source(bytes: body))
    }

    /// A text that has no answer; the pointer leads to the text.
    init(_ error: CalculationError, at pointer: String) {
        let diagnostics = error.diagnostics
        let first = diagnostics.first { $0.severity == .error } ?? diagnostics.first
        self.init(.language(error.code), first?.message ?? error.code.rawValue)
        errors = diagnostics.filter { $0.severity == .error }.map {
            Place(pointer: pointer, code: .language($0.code), detail: $0.message)
        }
        if let first { add(first, in: error.source) }
        if diagnostics.count > 1 {
            facts.append(
                (
                    "diagnostics",
                    .array(
                        diagnostics.map { DiagnosticJSON.value(of: $0, source: error.source) }
                    )
                )
            )
        }
    }

    init(_ error: StoreError) {
        switch error.reason {
        case .full:
            self.init(.storeFull, "there is no room to store the calculation")
        case .busy, .corrupt, .newerSchema, .readOnly, .unavailable:
            self.init(.storeUnavailable, "the store cannot be used now")
        }
    }

    /// The members of a finding that problems have too.
    private mutating func add(_ diagnostic: Diagnostic, in source: Source) {
        guard case .record(let record) = DiagnosticJSON.value(of: diagnostic, source: source) else {
            return
        }
        for name in ["range", "snippet", "hint", "suggestions", "labels", "limit"] {
            if let value = record[name] { facts.append((name, value)) }
        }
    }

    // MARK: As a document

    /// The document; `type` begins with the public URL.
    func document(publicURL: String, requestID: String) -> Value {
        var members: [(name: String, value: Value)] = [
            ("type", .string("\(publicURL)/problems/\(code.name)")),
            ("title", .string(code.title)),
            ("status", .count(code.status)),
            ("detail", .string(detail)),
            // What clients of the Python service read.
            ("error", .string(detail)),
            ("code", .string(code.name)),
            ("instance", .string("urn:request:\(requestID)")),
            ("request_id", .string(requestID)),
        ]
        for fact in facts {
            // A fact may be told better by what was added later.
            members.removeAll { $0.name == fact.name }
            members.append(fact)
        }
        if !errors.isEmpty {
            let places = errors.map { place in
                Value.object([
                    ("pointer", .string(place.pointer)), ("code", .string(place.code.name)),
                    ("detail", .string(place.detail)),
                ])
            }
            members.append(("errors", .array(places)))
        }
        return .object(members)
    }
}

/// The words of requests that are not right, one function for each mistake.
extension Problem {
    /// A mistake of ours, of which the caller learns no more than the request's id.
    static let bug = Problem(.internalError, "the service made a mistake")

    static func badlyEncoded(_ name: String) -> Problem {
        Problem(.invalidField, "'\(name)' in the query is not percent-encoded UTF-8")
    }

    static func invalidParameter(_ name: String, _ detail: String) -> Problem {
        var problem = Problem(.invalidField, detail)
        problem.facts.append(("parameter", .string(name)))
        return problem
    }

    static func limit(
        _ limit: ServiceLimit,
        _ configuration: APIConfiguration,
        actual: Int,
        _ detail: (Int) -> String,
        at pointer: String
    ) -> Problem {
        let maximum = limit.maximum(configuration)
        return .limit(
            limit.rawValue,
            maximum: maximum,
            actual: actual,
            detail(maximum),
            at: pointer
        )
    }

    static func limit(
        _ name: String,
        maximum: Int,
        actual: Int? = nil,
        _ detail: String,
        at pointer: String? = nil
    ) -> Problem {
        var problem = Problem(.language(.limitExceeded), detail, at: pointer)
        problem.add(name, maximum, actual)
        return problem
    }

    static func bodyTooLarge(maximum: Int, actual: Int?) -> Problem {
        var problem = Problem(.bodyTooLarge, "the body has more than \(maximum) bytes")
        problem.add(ServiceLimit.bodyBytes.rawValue, maximum, actual)
        return problem
    }

    private mutating func add(_ name: String, _ maximum: Int, _ actual: Int?) {
        var limit: [(name: String, value: Value)] = [
            ("name", .string(name)), ("maximum", .count(maximum)),
        ]
        if let actual { limit.append(("actual", .count(actual))) }
        facts.append(("limit", .object(limit)))
    }

    /// The name of the limit that was met; nil if none was.
    var limitName: String? {
        guard case .record(let limit)? = facts.first(where: { $0.name == "limit" })?.value,
            case .string(let name)? = limit["name"]
        else { return nil }
        return name
    }
}
