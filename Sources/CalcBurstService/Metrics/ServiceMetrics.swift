/// What the service counts, for Prometheus to scrape.
///
/// Every value may be recorded from any thread.
public final class ServiceMetrics: Sendable {
    /// What an evaluation was asked as.
    public enum EvaluationKind: String, CaseIterable, Sendable {
        case expression
        case operation
    }

    public init() {}

    /// A request came in.
    public func requestBegan() {}
    /// A request was answered. The endpoint is its route, nil where there is none.
    public func requestEnded(
        method: String,
        endpoint: String?,
        status: Int,
        code: String?,
        seconds: Double
    ) {}
    public func evaluated(_ kind: EvaluationKind, seconds: Double) {}
    public func compiled(seconds: Double) {}
    public func lookedUpProgram(isHit: Bool) {}
    public func cachedPrograms(_ count: Int) {}
    public func metLimit(_ name: String) {}
    public func storePerformed(
        _ request: StoreRequest,
        backend: String,
        outcome: StoreOutcome,
        seconds: Double
    ) {}

    /// Everything in the text form of Prometheus.
    public func exposition() -> String { "" }
}
