#if Server
import CalcBurstService
import Logging

/// Notes requests: in the metrics, and as a line of the log.
struct Journal: Sendable {
    let metrics: ServiceMetrics
    let logger: Logger

    /// Notes that a request was answered; `since` is when it was whole, or refused.
    ///
    /// Nothing of what the request says is written: not its path, only its route.
    func note(_ method: String, _ response: APIResponse, since start: ContinuousClock.Instant) {
        let seconds = (ContinuousClock.now - start).inSeconds
        metrics.requestEnded(
            method: method,
            endpoint: response.facts.endpoint,
            status: response.status,
            code: response.facts.code,
            seconds: seconds
        )
        let level: Logger.Level = response.status < 500 ? .info : .warning
        guard level >= logger.logLevel else { return }
        var metadata: Logger.Metadata = [
            "request_id": .string(response.facts.requestID),
            "method": .string(Self.known(method)),
            "status": .stringConvertible(response.status),
            "duration_ms": .stringConvertible((seconds * 1e6).rounded() / 1e3),
            "fuel": .stringConvertible(response.facts.fuel),
        ]
        if let endpoint = response.facts.endpoint { metadata["endpoint"] = .string(endpoint) }
        if let code = response.facts.code { metadata["code"] = .string(code) }
        logger.log(level: level, "request", metadata: metadata)
    }

    /// A method of HTTP; others could be anything.
    private static func known(_ method: String) -> String {
        switch method {
        case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT": method
        default: "_OTHER"
        }
    }
}
#endif
