/// Everything that the service counts: the one list of metrics, for recording, for the exposition
/// and for whoever draws them.
///
/// The raw value is the name. Four of them keep the names of the Python service.
public enum Metric: String, CaseIterable, Hashable, Sendable {
    case requests = "calcburst_requests_total"
    case requestLatency = "calcburst_request_latency_seconds"
    case errors = "calcburst_errors_total"
    case activeRequests = "calcburst_active_requests"
    case evaluations = "calcburst_evaluations_total"
    case evaluationDuration = "calcburst_evaluation_duration_seconds"
    case compileDuration = "calcburst_compile_duration_seconds"
    case cacheHits = "calcburst_formula_cache_hits_total"
    case cacheMisses = "calcburst_formula_cache_misses_total"
    case cacheEntries = "calcburst_formula_cache_entries"
    case limitHits = "calcburst_limit_hits_total"
    case storeDuration = "calcburst_store_operation_duration_seconds"
    case storeErrors = "calcburst_store_errors_total"
    case buildInfo = "calcburst_build_info"
    case serverRequestDuration = "http_server_request_duration_seconds"
    case processStart = "process_start_time_seconds"

    /// The kind of a metric, as TYPE lines name it.
    public enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    public var kind: Kind {
        switch self {
        case .requests, .errors, .evaluations, .cacheHits, .cacheMisses, .limitHits, .storeErrors:
            .counter
        case .activeRequests, .cacheEntries, .buildInfo, .processStart:
            .gauge
        case .requestLatency, .evaluationDuration, .compileDuration, .storeDuration,
            .serverRequestDuration:
            .histogram
        }
    }

    /// The line of HELP.
    public var help: String {
        switch self {
        case .requests: "Requests that were answered, by endpoint and outcome."
        case .requestLatency: "Time from a whole request to its answer."
        case .errors: "Requests that were refused, by the code of the refusal."
        case .activeRequests: "Requests that are being answered."
        case .evaluations: "Calculations that were worked out."
        case .evaluationDuration: "Time to work one calculation out."
        case .compileDuration: "Time to compile one expression."
        case .cacheHits: "Expressions whose program was known."
        case .cacheMisses: "Expressions that had to be compiled."
        case .cacheEntries: "Programs that are known."
        case .limitHits: "Requests that were stopped at a limit, by its name."
        case .storeDuration: "Time of one operation of the store."
        case .storeErrors: "Operations of the store that failed."
        case .buildInfo: "Always 1; the labels say what is running."
        case .serverRequestDuration: "Duration of HTTP server requests."
        case .processStart: "When the service began, in seconds since 1970."
        }
    }

    /// The names of its labels, in their order; `le` of a histogram's buckets comes behind them.
    public var labels: [String] {
        sets.map(\.name)
    }

    /// Its labels with the values that they may have.
    var sets: [LabelSet] {
        switch self {
        case .requests: [.endpoint, .outcome]
        case .requestLatency: [.endpoint]
        case .errors: [.code]
        case .evaluations, .evaluationDuration: [.kind]
        case .limitHits: [.limit]
        case .storeDuration, .storeErrors: [.backend, .operation]
        case .buildInfo: [.version, .swift]
        case .serverRequestDuration: [.method, .route, .status]
        case .activeRequests, .compileDuration, .cacheHits, .cacheMisses, .cacheEntries,
            .processStart:
            []
        }
    }

    /// The upper bounds of a histogram's buckets, in seconds; empty for other kinds.
    ///
    /// The bucket without a bound comes behind them.
    public var buckets: [Double] {
        switch self {
        case .requestLatency, .storeDuration, .serverRequestDuration:
            [
                0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
                1, 2.5, 5, 10,
            ]
        case .evaluationDuration, .compileDuration:
            [
                0.000001, 0.0000025, 0.000005, 0.00001, 0.000025, 0.00005, 0.0001, 0.00025,
                0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
            ]
        case .requests, .errors, .activeRequests, .evaluations, .cacheHits, .cacheMisses,
            .cacheEntries, .limitHits, .storeErrors, .buildInfo, .processStart:
            []
        }
    }

    /// When a series is there.
    enum Presence {
        /// From the start with a zero, so that the first event is a rise.
        case always
        /// Once one that differs in the last label only has been recorded.
        case byRow
        /// Once it has been recorded itself: there are too many of them.
        case single
    }

    var presence: Presence {
        switch self {
        case .storeDuration, .storeErrors: .byRow
        case .serverRequestDuration: .single
        case .requests, .requestLatency, .errors, .activeRequests, .evaluations,
            .evaluationDuration, .compileDuration, .cacheHits, .cacheMisses, .cacheEntries,
            .limitHits, .buildInfo, .processStart:
            .always
        }
    }
}
