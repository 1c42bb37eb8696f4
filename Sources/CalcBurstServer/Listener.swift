#if Server
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// One address that is listened on.
struct Listener: Sendable {
    let port: Int
    private let server: Server<CalculationChannel>
    /// Ends when the last connection has.
    private let run: Task<(any Error)?, Never>

    /// Begins to listen, and to serve.
    static func start(
        _ channel: CalculationChannel,
        host: String,
        port: Int,
        logger: Logger
    ) async throws(ServerError) -> Listener {
        let (events, sender) = AsyncStream.makeStream(of: Result<Int, any Error>.self)
        let server = Server(
            childChannelSetup: channel,
            configuration: HummingbirdCore.ServerConfiguration(
                address: .hostname(host, port: port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    channel.rules.limits.connections,
                    logger: logger
                )
            ),
            onServerRunning: { sender.yield(.success($0.localAddress?.port ?? port)) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        let run = Task<(any Error)?, Never> {
            do {
                try await server.run()
                sender.finish()
                return nil
            } catch {
                sender.yield(.failure(error))
                return error
            }
        }
        for await event in events {
            switch event {
            case .success(let port): return Listener(port: port, server: server, run: run)
            case .failure(let error): throw ServerError(listeningOn: host, port, error)
            }
        }
        throw .cannotListen(host: host, port: port, reason: "it ended at once")
    }

    /// Accepts no more connections, and returns when the last one has ended.
    func end() async {
        try? await server.shutdownGracefully()
        _ = await run.value
    }

    /// Returns if it ends by itself, with the reason.
    func failure() async -> String {
        await run.value.map { "\($0)" } ?? "no more connections are accepted"
    }
}

/// Whether one thing or another happens first.
enum Race {
    /// Does both, and returns what the first gives; the other is cancelled, but not waited for.
    static func first<T: Sendable>(
        _ one: @escaping @Sendable () async -> T,
        _ other: @escaping @Sendable () async -> T
    ) async -> T? {
        let (results, sender) = AsyncStream.makeStream(of: T.self)
        let tasks = [one, other].map { work in Task { sender.yield(await work()) } }
        defer { for task in tasks { task.cancel() } }
        for await result in results { return result }
        return nil
    }
}
#endif
