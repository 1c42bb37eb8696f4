#if Server
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Synchronization

/// One connection as Hummingbird serves it, with our own rules in its pipeline.
struct CalculationChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = AcceptedConnection

    let responder: HTTPChannelHandler.Responder
    let rules: RequestRules
    let journal: Journal
    let date: HTTPDate
    let connections: OpenConnections

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let connection = Connection(limits: rules.limits, eventLoop: channel.eventLoop)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(ByteGate(connection))
            // The decoder's limits only keep it from collecting without end; ours come behind it,
            // where the whole header is known and can be answered.
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize =
                max(rules.limits.requestLineBytes, rules.limits.headerBytes) * 2
            limits.maxHeaderListSize =
                (rules.limits.requestLineBytes + rules.limits.headersBytes) * 2
            limits.maxHeaderFieldCount = rules.limits.headerCount * 2
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true,
                withErrorHandling: false,
                withOutboundHeaderValidation: true,
                withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
                withDecoderLimitConfiguration: limits
            )
            try pipeline.addHandler(
                RequestGate(connection, rules: rules, journal: journal, date: date)
            )
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            connections.add(channel)
            return AcceptedConnection(
                try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)
                )
            )
        }
    }

    func handle(value: Value, logger: Logger) async {
        guard let channel = value.take() else { return }
        await handleHTTP(asyncChannel: channel, logger: logger)
    }
}

/// A connection that may never be served: it came while the server ended.
///
/// NIO ends the process when an asynchronous channel is forgotten without having been closed, and
/// Hummingbird forgets those that it has accepted when it stops to accept.
final class AcceptedConnection: ServerChildChannelValue {
    typealias Parts = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let channel: any Channel
    private let parts: Mutex<Parts?>

    init(_ parts: Parts) {
        channel = parts.channel
        self.parts = Mutex(parts)
    }

    /// The connection's parts, once.
    func take() -> Parts? {
        parts.withLock { parts in
            defer { parts = nil }
            return parts
        }
    }

    deinit {
        guard let parts = take() else { return }
        Task { try? await parts.executeThenClose { _, _ in } }
    }
}
#endif
