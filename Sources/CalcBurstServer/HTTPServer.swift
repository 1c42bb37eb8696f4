#if Server
public import CalcBurstService
import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
import NIOPosix

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
    /// Calls `onListening` with the port once connections are accepted.
    public func run(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let pool = NIOThreadPool(numberOfThreads: System.coreCount)
        pool.start()
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                try await respond(to: request, pool)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port)
            ),
            onServerRunning: { await onListening($0.localAddress?.port ?? 0) },
            logger: Logger(label: "calcburst") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
        try await pool.shutdownGracefully()
    }

    private func respond(to request: Request, _ pool: NIOThreadPool) async throws -> Response {
        var request = request
        let body = try await request.collectBody(upTo: api.configuration.batchBodyBytes)
        var headers = APIHeaders()
        for field in request.headers { headers.append(field.name.rawName, field.value) }
        let sides = (request.head.path ?? "/").split(
            separator: "?",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let question = APIRequest(
            method: request.method.rawValue,
            path: String(sides[0]),
            query: sides.count > 1 ? String(sides[1]) : nil,
            headers: headers,
            body: Array(buffer: body)
        )
        let answer: APIResponse
        switch try await pool.runIfActive({ api.begin(question) }) {
        case .answer(let response): answer = response
        case .ask(let wish, let pending):
            answer = api.finish(pending, await store.perform(wish))
        }
        var fields = HTTPFields()
        for (name, value) in answer.headers.fields {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return Response(
            status: .init(code: answer.status),
            headers: fields,
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }
}

/// Where the server listens and what it allows.
public struct ServerConfiguration: Sendable {
    public var host = "127.0.0.1"
    /// 0 is any free port.
    public var port = 8080
    /// Names besides the loopback's and the bound one that `Host` may have, with or without a port.
    public var allowedHosts: [String] = []

    public init() {}
}
#endif
