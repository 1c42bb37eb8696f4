#if Command && Server
import CalcBurst
import CalcBurstServer
import CalcBurstService
import CalcBurstSQLite
import CalcBurstSource
import Logging

/// One run of `serve`: the parts of the service, put together as the options say.
struct Serving {
    private let server: HTTPServer
    private let store: SQLiteStore
    private let host: String

    init(_ command: ServeCommand) throws(Failure) {
        // Whoever knows the seed of the hashes can send names that all fall into one bucket.
        guard System.environment("SWIFT_DETERMINISTIC_HASHING") == nil else {
            throw .usage(
                "SWIFT_DETERMINISTIC_HASHING is set, which lets strangers slow the service down",
                help: "unset it, and start the service again"
            )
        }
        var configuration = ServerConfiguration()
        configuration.host = command.host
        guard (0...65_535).contains(command.port) else {
            throw .usage("a port is 0 to 65535, not \(command.port)")
        }
        configuration.port = command.port
        configuration.allowedHosts = command.allowHost
        try Self.set(&configuration, command)

        guard let level = Logger.Level(rawValue: command.logLevel) else {
            let levels = Logger.Level.allCases.map(\.rawValue)
            let guess = Suggestion.best(for: command.logLevel, among: levels, limit: 1).first
            throw .usage(
                "there is no log level '\(command.logLevel)'",
                help: guess.map { "did you mean '\($0)'?" }
                    ?? "the levels are \(levels.joined(separator: ", "))"
            )
        }
        var logger = Logger(label: "calcburst") { _ in JSONLogHandler() }
        logger.logLevel = level

        var api = APIConfiguration()
        api.corsOrigin = try command.corsOrigin.map(Self.origin)
        api.answersDegraded = command.degraded
        api.publicURL = try command.publicUrl.map(Self.publicURL)

        if let path = command.database.database?.text {
            store = SQLiteStore(path: path)
        } else {
            store = SQLiteStore(path: try DataFile.standard())
        }
        host = command.host
        var engine = Engine(limits: .untrusted)
        try command.plugins.load(into: &engine, isIsolated: true)
        server = HTTPServer(
            api: CalculationAPI(
                engine: engine,
                configuration: api,
                metrics: ServiceMetrics()
            ),
            store: store,
            configuration: configuration,
            logger: logger
        )
    }

    /// What the options say of times and numbers.
    private static func set(
        _ configuration: inout ServerConfiguration,
        _ command: ServeCommand
    ) throws(Failure) {
        if let text = command.headerTimeout?.text {
            configuration.limits.headerTime =
                try SecondsSetting.duration(text, of: "--header-timeout")
        }
        if let text = command.bodyTimeout?.text {
            configuration.limits.bodyTime = try SecondsSetting.duration(text, of: "--body-timeout")
        }
        if let text = command.idleTimeout?.text {
            configuration.limits.idleTime = try SecondsSetting.duration(text, of: "--idle-timeout")
        }
        if let count = command.maxConnections {
            guard count > 0 else { throw .usage("--max-connections is at least 1, not \(count)") }
            configuration.limits.connections = count
        }
    }

    /// An origin as browsers send it: a scheme, a host and perhaps a port, nothing behind them.
    private static func origin(_ text: String) throws(Failure) -> String {
        let scheme = ["http://", "https://"].first { text.hasPrefix($0) }
        let place = text.dropFirst(scheme?.count ?? 0)
        guard scheme != nil, !place.isEmpty, !place.contains(where: { "/?#* ".contains($0) }) else {
            throw .usage(
                "--cors-origin takes an origin such as https://calc.example, not '\(text)'"
            )
        }
        return text
    }

    /// What links begin with, without the slashes at its end.
    private static func publicURL(_ told: String) throws(Failure) -> String {
        guard told.hasPrefix("http://") || told.hasPrefix("https://") else {
            throw .usage(
                "--public-url takes an address such as https://calc.example, not '\(told)'"
            )
        }
        var url = told
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }

    /// The address of the service as a client writes it.
    private static func address(_ host: String, _ port: Int) -> String {
        switch host {
        // These stand for every address of the machine; this one works on it.
        case "0.0.0.0", "::": "http://127.0.0.1:\(port)"
        default: host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        }
    }

    /// Serves until a signal ends it.
    func run() throws(Failure) {
        let (server, store, host) = (server, store, host)
        let failure: Failure? = Waiting.wait {
            var failure: Failure?
            do {
                try await server.run { port in
                    let outcome = await store.perform(.check)
                    Self.greet(address: Self.address(host, port), store: store)
                    Self.warn(of: outcome)
                }
            } catch {
                failure = Self.failure(error)
            }
            await store.close()
            // The last lines of the log; who does not read them is not waited for.
            await LogOutput.standardError.flush(within: .seconds(1))
            return failure
        }
        if let failure { throw failure }
    }

    private static func failure(_ error: any Error) -> Failure {
        switch error as? ServerError {
        case .cannotListen:
            Failure(.unavailable, "\(error)", help: "--port 0 takes any free port")
        case .stopped, nil:
            Failure(.unavailable, "\(error)")
        }
    }

    /// Says at the start if nothing can be stored; the service is up all the same.
    private static func warn(of outcome: StoreOutcome) {
        guard case .failed(let error) = outcome else { return }
        say(
            "warning: calculations cannot be stored now (\(error.reason.rawValue)): "
                + TerminalText.visible(error.detail)
        )
    }

    /// Says where the service is and what to try.
    private static func greet(address: String, store: SQLiteStore) {
        let lines = [
            "CalcBurst \(Main.version) is listening on \(address)",
            "  calculate   curl -H 'Content-Type: application/json' "
                + #"-d '{"operation":"add","operands":[10,20,30]}' \#(address)/calculate"#,
            "  evaluate    curl '\(address)/v1/evaluate?expr=1+2'",
            "  read back   curl \(address)/v1/calculations",
            "  database    \(TerminalText.visible(store.path))",
            "Ctrl-C stops it when requests are done, twice stops it at once.",
        ]
        say(lines.joined(separator: "\n"))
    }

    private static func say(_ text: String) {
        do throws(Failure) {
            try Console().message(text)
        } catch {
            // There is nobody to tell; the service serves.
        }
    }
}
#endif
