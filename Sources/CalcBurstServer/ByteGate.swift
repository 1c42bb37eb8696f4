#if Server
import NIOCore
import NIOHTTP1

/// Stands before the HTTP decoder: sees when bytes come, and holds the connection's deadlines.
final class ByteGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: Connection
    /// Bytes that were thrown away after the last answer.
    private var waste = 0

    init(_ connection: Connection) { self.connection = connection }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((gate: self, context: context), eventLoop: context.eventLoop)
        connection.onTimer = { bound.value.gate.expire(bound.value.context) }
        if context.channel.isActive { connection.opened() }
    }

    func handlerRemoved(context: ChannelHandlerContext) { connection.closed() }

    func channelActive(context: ChannelHandlerContext) {
        connection.opened()
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.closed()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch connection.phase {
        case .lingering, .closed:
            // The client may not read its answer before it has sent everything; not without end.
            waste += unwrapInboundIn(data).readableBytes
            if waste > 1 << 22 { context.close(promise: nil) }
        case .idle, .header:
            let buffer = unwrapInboundIn(data)
            connection.received(
                hasLineFeed: buffer.readableBytesView.contains(UInt8(ascii: "\n"))
            )
            context.fireChannelRead(data)
        case .body, .answering:
            context.fireChannelRead(data)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection.arm()
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            // Further handlers would close at once.
            connection.drain()
        case ChannelEvent.inputClosed where connection.phase == .lingering:
            context.close(promise: nil)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func expire(_ context: ChannelHandlerContext) {
        let unsent =
            (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        switch connection.expire(unsent: unsent) {
        case .nothing: break
        case .close: context.close(promise: nil)
        case .refuse(let detail):
            // As an error it comes to the handler of requests through the one that keeps their
            // order, which then expects an answer.
            connection.lateness = detail
            context.fireErrorCaught(HTTPParserError.unknown)
        }
    }
}
#endif
