/// Everything that can be asked for, by its route: the one list, for routing, metrics and the
/// OpenAPI document.
public enum Endpoint: String, CaseIterable, Hashable, Sendable {
    case calculate = "/calculate"
    case evaluate = "/v1/evaluate"
    case inspect = "/v1/inspect"
    case batch = "/v1/batch"
    case calculation = "/v1/calculations/{id}"
    case calculations = "/v1/calculations"
    case operations = "/v1/operations"
    case operation = "/v1/operations/{name}"
    case functions = "/v1/functions"
    case limits = "/v1/limits"
    case health = "/health"
    case ready = "/ready"
    case metrics = "/metrics"
    case openAPI = "/openapi.json"
    case problem = "/problems/{code}"
    case index = "/"

    /// The methods that it takes; where it takes GET it takes HEAD, and all take OPTIONS.
    public var methods: [String] {
        switch self {
        case .calculate, .inspect, .batch: ["POST"]
        case .evaluate: ["GET", "POST"]
        case .calculation, .calculations, .operations, .operation, .functions, .limits, .health,
            .ready, .metrics, .openAPI, .problem, .index:
            ["GET"]
        }
    }

    /// Whether pages of any origin may call it: it shows nobody's data.
    var isOpenToAllOrigins: Bool {
        switch self {
        case .calculate, .evaluate, .inspect, .batch, .operations, .operation, .functions, .limits,
            .openAPI, .problem:
            true
        case .calculation, .calculations, .health, .ready, .metrics, .index: false
        }
    }

    /// Whether a request may take the time of an evaluation.
    public func evaluates(method: String) -> Bool {
        switch self {
        case .calculate, .evaluate, .inspect, .batch: method != "OPTIONS"
        case .calculation, .calculations, .operations, .operation, .functions, .limits, .health,
            .ready, .metrics, .openAPI, .problem, .index:
            false
        }
    }

    /// The media types of its successes, best first.
    var mediaTypes: [String] {
        switch self {
        case .evaluate: ["application/json", "text/plain"]
        case .metrics, .problem: ["text/plain"]
        case .calculate, .inspect, .batch, .calculation, .calculations, .operations, .operation,
            .functions, .limits, .health, .ready, .openAPI, .index:
            ["application/json"]
        }
    }

    /// An endpoint, and what stands in the place of its braces.
    public struct Match: Sendable {
        public let endpoint: Endpoint
        public let argument: String?
    }

    /// The endpoint of a path; nil if there is none.
    public static func match(_ path: String) -> Match? {
        if path == "/v1/calculate" { return Match(endpoint: .calculate, argument: nil) }
        if let endpoint = Endpoint(rawValue: path), !path.utf8.contains(UInt8(ascii: "{")) {
            return Match(endpoint: endpoint, argument: nil)
        }
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let endpoint: Endpoint
        switch path[...slash] {
        case "/v1/calculations/": endpoint = .calculation
        case "/v1/operations/": endpoint = .operation
        case "/problems/": endpoint = .problem
        case _: return nil
        }
        let last = path[path.utf8.index(after: slash)...]
        guard let argument = PercentEncoding.decoded(last), !argument.isEmpty else { return nil }
        return Match(endpoint: endpoint, argument: argument)
    }
}
