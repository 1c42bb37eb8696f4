public import CalcBurst
import CalcBurstFunctions
import CalcBurstJSON

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
    let evaluator: Evaluator

    public init(
        engine: Engine = Engine(limits: .untrusted),
        configuration: APIConfiguration = APIConfiguration(),
        metrics: ServiceMetrics = ServiceMetrics()
    ) {
        self.engine = engine
        self.configuration = configuration
        self.metrics = metrics
        evaluator = Evaluator(engine: engine, metrics: metrics, programs: ProgramCache())
    }

    /// What becomes of a request.
    public enum Step: Sendable {
        case answer(APIResponse)
        /// The store's outcome is needed for the answer.
        case ask(StoreRequest, Pending)
    }

    /// What is known about a request while the store works.
    public struct Pending: Sendable {
        let exchange: Exchange
        let question: Question

        enum Question: Sendable {
            case calculation(BatchItem)
            case batch([BatchItem])
            case found
            case list(ListQuery)
            case ready(since: ContinuousClock.Instant)
        }
    }

    /// Answers a request, or says what the store must be asked.
    public func begin(_ request: APIRequest) -> Step {
        var exchange = Exchange(request, configuration)
        do throws(Problem) {
            return try route(&exchange)
        } catch {
            return .answer(answer(error, exchange))
        }
    }

    /// Answers a request after the store has been asked.
    public func finish(_ pending: Pending, _ outcome: StoreOutcome) -> APIResponse {
        let exchange = pending.exchange
        do throws(Problem) {
            switch pending.question {
            case .calculation(let item):
                return try finish(item, outcome, exchange)
            case .batch(let items):
                return finish(items, outcome, exchange)
            case .found:
                return try finishFinding(outcome, exchange)
            case .list(let list):
                return try finishList(list, outcome, exchange)
            case .ready(let start):
                return finishReady(outcome, since: start, exchange)
            }
        } catch {
            return answer(error, exchange)
        }
    }

    /// Answers a request with a store that can be awaited.
    public func respond(
        to request: APIRequest,
        store: any CalculationStore
    ) async -> APIResponse {
        switch begin(request) {
        case .answer(let response): response
        case .ask(let question, let pending): finish(pending, await store.perform(question))
        }
    }

    /// The answer of a transport that does not take a request: too large, too many, too slow.
    ///
    /// The request is nil where too little of it was read.
    public func refusal(
        _ code: ServiceCode,
        _ detail: String,
        to request: APIRequest?
    ) -> APIResponse {
        let request = request ?? APIRequest(method: "", path: "")
        var problem = Problem(code, detail)
        if code == .bodyTooLarge {
            problem = .bodyTooLarge(maximum: bodyLimit(for: request.path), actual: nil)
        }
        return answer(problem, Exchange(request, configuration))
    }

    /// The most bytes that the body of a request to a path may have.
    public func bodyLimit(for path: String) -> Int {
        Endpoint.match(path)?.endpoint == .batch
            ? configuration.batchBodyBytes : configuration.bodyBytes
    }

    // MARK: Routing

    private func route(_ exchange: inout Exchange) throws(Problem) -> Step {
        let request = exchange.request
        guard let match = exchange.match, isThere(match.endpoint) else {
            throw Problem(.notFound, "there is nothing at this path")
        }
        let method = request.method == "HEAD" ? "GET" : request.method
        if method == "OPTIONS" { return .answer(preflight(match.endpoint, exchange)) }
        guard match.endpoint.methods.contains(method) else {
            throw methodNotAllowed(match.endpoint, request.method)
        }
        exchange.mediaType = try negotiate(match.endpoint, method, request)
        switch (match.endpoint, method) {
        case (.calculate, _), (.evaluate, "POST"): return try calculate(&exchange)
        case (.evaluate, _): return .answer(try evaluateQuery(&exchange))
        case (.inspect, _): return .answer(try inspect(&exchange))
        case (.batch, _): return try batch(&exchange)
        case (.calculation, _):
            guard let id = match.argument, CalculationID.isValid(id) else {
                throw Problem(.notFound, "there is no such calculation")
            }
            return .ask(
                .find(id: id, now: configuration.now()),
                Pending(exchange: exchange, question: .found)
            )
        case (.calculations, _):
            let now = configuration.now()
            let list = try ListQuery(try QueryParameters(request.query), now: now)
            return .ask(
                .list(list.query, now: now),
                Pending(exchange: exchange, question: .list(list))
            )
        case (.ready, _):
            return .ask(
                .check,
                Pending(exchange: exchange, question: .ready(since: ContinuousClock.now))
            )
        case (.operations, _), (.operation, _), (.functions, _), (.limits, _), (.health, _),
            (.metrics, _), (.openAPI, _), (.problem, _), (.index, _):
            return .answer(try document(match, exchange))
        }
    }

    /// Whether the operator lets it be seen.
    private func isThere(_ endpoint: Endpoint) -> Bool {
        switch endpoint {
        case .calculation, .calculations: configuration.readsBack
        case .metrics: configuration.showsMetrics
        case .calculate, .evaluate, .inspect, .batch, .operations, .operation, .functions, .limits,
            .health, .ready, .openAPI, .problem, .index:
            true
        }
    }

    private func methodNotAllowed(_ endpoint: Endpoint, _ method: String) -> Problem {
        var allowed = endpoint.methods
        if allowed.contains("GET") { allowed.append("HEAD") }
        allowed.append("OPTIONS")
        var problem = Problem(
            .methodNotAllowed,
            "\(endpoint.rawValue) takes \(allowed.joined(separator: ", "))"
        )
        problem.headers.append(("Allow", allowed.joined(separator: ", ")))
        return problem
    }

    private func negotiate(
        _ endpoint: Endpoint,
        _ method: String,
        _ request: APIRequest
    ) throws(Problem) -> String {
        let offered = method == "POST" ? ["application/json"] : endpoint.mediaTypes
        guard let type = Negotiation.best(of: offered, for: request.headers.all("Accept")) else {
            throw Problem(
                .notAcceptable,
                "the answer is \(offered.joined(separator: " or ")), which Accept does not take"
            )
        }
        return type
    }
}
