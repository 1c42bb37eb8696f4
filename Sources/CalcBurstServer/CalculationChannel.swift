#if Server
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// One connection as Hummingbird serves it, with our own rules in its pipeline.
struct CalculationChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

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
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
#endif
