import Synchronization

/// What the service counts, for Prometheus to scrape.
///
/// Every value may be recorded from any thread. What is recorded has no word of a request in it:
/// labels have the values of `LabelSet` and no others.
public final class ServiceMetrics: Sendable {
    /// What an evaluation was asked as.
    public enum EvaluationKind: String, CaseIterable, Sendable {
        case expression
        case operation
    }

    private let requests = MetricTable(.requests)
    private let requestLatency = MetricTable(.requestLatency)
    private let errors = MetricTable(.errors)
    private let evaluations = MetricTable(.evaluations)
    private let evaluationDuration = MetricTable(.evaluationDuration)
    private let compileDuration = MetricTable(.compileDuration)
    private let cacheHits = MetricTable(.cacheHits)
    private let cacheMisses = MetricTable(.cacheMisses)
    private let limitHits = MetricTable(.limitHits)
    private let storeDuration = MetricTable(.storeDuration)
    private let storeErrors = MetricTable(.storeErrors)
    private let serverRequestDuration = MetricTable(.serverRequestDuration)
    private let activeRequests = Atomic<Int>(0)
    private let cacheEntries = Atomic<Int>(0)
    private let start: Timestamp

    public init() { start = .now() }

    /// A request came in.
    public func requestBegan() {
        activeRequests.wrappingAdd(1, ordering: .relaxed)
    }

    /// A request was answered; the endpoint is its route, nil where there is none.
    public func requestEnded(
        method: String,
        endpoint: String?,
        status: Int,
        code: String?,
        seconds: Double
    ) {
        activeRequests.wrappingSubtract(1, ordering: .relaxed)
        let route = LabelSet.endpoint.place(of: endpoint)
        requests.series(route, LabelSet.outcome.place(of: Self.outcome(of: status))).count()
        requestLatency.series(route).observe(seconds)
        if let code { errors.series(LabelSet.code.place(of: code)).count() }
        serverRequestDuration.series(
            LabelSet.method.place(of: method),
            route,
            LabelSet.status.place(of: String(status))
        ).observe(seconds)
    }

    private static func outcome(of status: Int) -> String {
        switch status {
        case ..<400: "ok"
        case ..<500: "client_error"
        default: "server_error"
        }
    }

    /// A calculation was worked out.
    public func evaluated(_ kind: EvaluationKind, seconds: Double) {
        let place = LabelSet.kind.place(of: kind.rawValue)
        evaluations.series(place).count()
        evaluationDuration.series(place).observe(seconds)
    }

    /// An expression was compiled.
    public func compiled(seconds: Double) {
        compileDuration.series().observe(seconds)
    }

    /// The program of an expression was looked up.
    public func lookedUpProgram(isHit: Bool) {
        (isHit ? cacheHits : cacheMisses).series().count()
    }

    /// So many programs are known now.
    public func cachedPrograms(_ count: Int) {
        cacheEntries.store(count, ordering: .relaxed)
    }

    /// A request was stopped at a limit.
    public func metLimit(_ name: String) {
        limitHits.series(LabelSet.limit.place(of: name)).count()
    }

    /// The store has done what it was asked, or has not.
    public func storePerformed(
        _ request: StoreRequest,
        backend: String,
        outcome: StoreOutcome,
        seconds: Double
    ) {
        let backend = LabelSet.backend.place(of: backend)
        let operation = LabelSet.operation.place(of: request.name)
        storeDuration.series(backend, operation).observe(seconds)
        // Also looked up where it is not counted, so that it begins at zero.
        let failures = storeErrors.series(backend, operation)
        if outcome.isFailure { failures.count() }
    }

    // MARK: Reading

    /// Everything in the text form of Prometheus, version 0.0.4.
    public func exposition() -> String {
        var text = MetricText()
        for metric in Metric.allCases {
            text.begin(metric)
            switch metric {
            case .requests: text.add(requests)
            case .requestLatency: text.add(requestLatency)
            case .errors: text.add(errors)
            case .activeRequests:
                text.add(metric, Double(activeRequests.load(ordering: .relaxed)))
            case .evaluations: text.add(evaluations)
            case .evaluationDuration: text.add(evaluationDuration)
            case .compileDuration: text.add(compileDuration)
            case .cacheHits: text.add(cacheHits)
            case .cacheMisses: text.add(cacheMisses)
            case .cacheEntries: text.add(metric, Double(cacheEntries.load(ordering: .relaxed)))
            case .limitHits: text.add(limitHits)
            case .storeDuration: text.add(storeDuration)
            case .storeErrors: text.add(storeErrors)
            case .buildInfo:
                text.add(
                    metric,
                    values: [LabelSet.version, LabelSet.swift].flatMap(\.values),
                    1
                )
            case .serverRequestDuration: text.add(serverRequestDuration)
            case .processStart: text.add(metric, Double(start.milliseconds) / 1000)
            }
        }
        return text.finished
    }
}

extension StoreOutcome {
    /// Whether something was not done.
    fileprivate var isFailure: Bool {
        switch self {
        case .failed: true
        case .inserted(let insertions):
            insertions.contains { insertion in
                switch insertion {
                case .failed: true
                case .stored, .taken: false
                }
            }
        case .found, .page, .ready: false
        }
    }
}
