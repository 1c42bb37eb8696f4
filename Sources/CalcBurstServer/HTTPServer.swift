#if Server
public import CalcBurstService
public import Logging

/// The service on a local socket, over HTTP/1.1.
public struct HTTPServer: Sendable {
    public var api: CalculationAPI
    public var store: any CalculationStore
    public var configuration: ServerConfiguration
    public var logger: Logger

    public init(
        api: CalculationAPI,
        store: any CalculationStore,
        configuration: ServerConfiguration = ServerConfiguration(),
        logger: Logger
    ) {
        self.api = api
        self.store = store
        self.configuration = configuration
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT; a second one ends the process at once.
    ///
    /// Calls `onListening` with the port once connections are accepted. It throws `ServerError` if
    /// it cannot listen. After a signal it returns once requests under way are answered, and within
    /// `ServerLimits.drainTime` in any case; then the store can be closed.
    public func run(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let signals = StopSignals()
        try await serve(until: { await signals.wait() }, onListening: onListening)
    }
}

/// Where the server listens and what it allows.
public struct ServerConfiguration: Sendable {
    /// An address or a name; `localhost` is both of its addresses.
    public var host = "127.0.0.1"
    /// 0 is any free port.
    public var port = 8080
    /// Names besides the loopback's and the bound one that `Host` may have, with or without a port.
    public var allowedHosts: [String] = []
    public var limits = ServerLimits()

    public init() {}
}
#endif
