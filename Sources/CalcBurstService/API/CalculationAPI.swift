public import CalcBurst

/// The JSON API without a transport and without a store: requests to answers.
///
/// A transport calls `begin` with the request. Where the answer needs the store, it lets the store
/// perform the question and calls `finish` with the outcome. Neither call waits for anything; both
/// may take as long as the limits of the engine allow.
///
/// ```swift
/// switch api.begin(request) {
/// case .answer(let response): send(response)
/// case .ask(let question, let pending):
///     send(api.finish(pending, await store.perform(question)))
/// }
/// ```
public struct CalculationAPI: Sendable {
    public let engine: Engine
    public let configuration: APIConfiguration
    public let metrics: ServiceMetrics

    public init(
        engine: Engine = Engine(limits: .untrusted),
        configuration: APIConfiguration = APIConfiguration(),
        metrics: ServiceMetrics = ServiceMetrics()
    ) {
        self.engine = engine
        self.configuration = configuration
        self.metrics = metrics
    }

    /// What becomes of a request.
    public enum Step: Sendable {
        case answer(APIResponse)
        /// The store's outcome is needed for the answer.
        case ask(StoreRequest, Pending)
    }

    /// What is known about a request while the store works.
    public struct Pending: Sendable {
        var facts = APIResponse.Facts()
    }

    /// Answers a request, or says what the store must be asked.
    public func begin(_ request: APIRequest) -> Step {
        .answer(refusal(.notFound, "there is no \(request.path)", to: request))
    }

    /// Answers a request after the store has been asked.
    public func finish(_ pending: Pending, _ outcome: StoreOutcome) -> APIResponse {
        APIResponse(status: 500)
    }

    /// The answer of a transport that does not take a request: too large, too many, too slow.
    ///
    /// The request is nil where too little of it was read.
    public func refusal(
        _ code: ServiceCode,
        _ detail: String,
        to request: APIRequest?
    ) -> APIResponse {
        APIResponse(status: code.status)
    }
}

/// What an operator decides about the API.
public struct APIConfiguration: Sendable {
    /// What the `type` of a problem begins with, without a slash at its end.
    public var publicURL = "http://127.0.0.1:8080"
    /// The one other origin whose pages may read stored calculations; nil is none.
    public var corsOrigin: String?
    /// Whether a calculation that could not be stored is answered all the same, with
    /// `"stored": false`.
    public var answersDegraded = false
    /// Whether stored calculations can be read back.
    public var readsBack = true
    /// Whether `/metrics` is there.
    public var showsMetrics = true
    /// The most bytes of a body, and of the body of a batch.
    public var bodyBytes = 256 << 10
    public var batchBodyBytes = 1 << 20
    public var batchItems = 100
    /// Operands of `operands`.
    public var operands = 10_000
    /// Bytes of an answer to a calculation.
    public var outputBytes = 256 << 10
    /// The wall clock.
    public var now: @Sendable () -> Timestamp = { Timestamp.now() }

    public init() {}
}
