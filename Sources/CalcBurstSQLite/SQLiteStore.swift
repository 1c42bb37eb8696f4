#if Server
public import CalcBurstService

/// Calculations in a SQLite file.
///
/// It opens the file when it is first asked, and again after a failure, so that the service is up
/// while the file is not.
public final class SQLiteStore: CalculationStore {
    /// The path of the file; it is made if it is not there.
    public let path: String
    public var backend: String { "sqlite" }

    public init(path: String) { self.path = path }

    public func perform(_ request: StoreRequest) async -> StoreOutcome {
        .failed(StoreError(.unavailable, "not written yet"))
    }

    /// Closes the file after what was asked before is done.
    public func close() async {}
}
#endif
