import Hummingbird
import Logging

/// The least that a Hummingbird server can do with a request: read its body, and say hello.
@main struct Hello {
    static func main() async throws {
        let router = Router()
        router.post("/calculate") { request, _ in
            _ = try await request.body.collect(upTo: 1 << 20)
            return "Hello"
        }
        var logger = Logger(label: "hello")
        logger.logLevel = .error
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8081
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        )
        try await application.runService()
    }
}
