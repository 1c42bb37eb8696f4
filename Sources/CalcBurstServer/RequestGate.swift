#if Server
import CalcBurstService
import NIOCore
import NIOHTTP1

/// Lets only whole requests through that keep the rules, answers the others, and decides when the
/// connection ends.
///
/// The handler before it lets the next request come only after the answer to the one before.
final class RequestGate: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let connection: Connection
    private let rules: RequestRules
    private let journal: Journal
    private let date: HTTPDate
    private var requests = 0
    /// The request that is arriving or being answered.
    private var head: HTTPRequestHead?
    private var body: ByteBuffer?
    private var bodyLimit = 0
    /// Whether the rest of a request is to be thrown away.
    private var isRefused = false
    private var isInputClosed = false
    /// The answer that is being put together, and the answers that are being sent.
    private var answer: HTTPResponseHead?
    private var answerBody: [IOData] = []
    private var unsent = 0

    init(_ connection: Connection, rules: RequestRules, journal: Journal, date: HTTPDate) {
        self.connection = connection
        self.rules = rules
        self.journal = journal
        self.date = date
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if connection.isClosing || connection.phase == .closed { return }
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes): add(bytes, context)
        case .end: end(context)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var head = head
        requests += 1
        isRefused = false
        body = nil
        connection.receivedHeader()
        do throws(RequestRules.Refusal) {
            if connection.isDraining {
                throw RequestRules.Refusal(.shuttingDown, "the server is ending")
            }
            let rest = try rules.check(&head, local: context.localAddress?.ipAddress)
            self.head = head
            bodyLimit = rest.bodyLimit
            if rest.awaitsContinue {
                let go = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
            }
        } catch {
            self.head = head
            refuse(error.code, error.detail, context)
        }
    }

    private func add(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        guard !isRefused, head != nil else { return }
        connection.bodyBytes += bytes.readableBytes
        guard connection.bodyBytes <= bodyLimit else {
            return refuse(.bodyTooLarge, "the body is too large", context)
        }
        body.setOrWriteImmutableBuffer(bytes)
    }

    private func end(_ context: ChannelHandlerContext) {
        guard !isRefused, let head else { return }
        connection.receivedRequest()
        context.fireChannelRead(wrapInboundOut(.head(head)))
        if let body { context.fireChannelRead(wrapInboundOut(.body(body))) }
        body = nil
        context.fireChannelRead(wrapInboundOut(.end(nil)))
    }

    // MARK: Refusals

    /// Answers without passing the request on, and ends the connection: what comes next may be the
    /// rest of this request.
    private func refuse(_ code: ServiceCode, _ detail: String, _ context: ChannelHandlerContext) {
        let start = ContinuousClock.now
        isRefused = true
        body = nil
        let request = head.map { rules.request($0) }
        journal.metrics.requestBegan()
        let response = rules.api.refusal(code, detail, to: request)
        journal.note(request?.method ?? "", response, since: start)
        var answer = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: response.status)
        )
        for (name, value) in response.headers.fields {
            answer.headers.add(name: name, value: value)
        }
        answer.headers.replaceOrAdd(name: "Content-Length", value: String(response.body.count))
        let hasBody = head?.method != .HEAD && !response.body.isEmpty
        connection.isClosing = true
        send(
            answer,
            hasBody ? [.byteBuffer(ByteBuffer(bytes: response.body))] : [],
            nil,
            nil,
            context
        )
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return context.close(promise: nil) }
        if connection.isClosing || connection.phase == .closed { return }
        // A request that is being answered is not the one that is wrong.
        if connection.phase != .body { head = nil }
        if let lateness = connection.lateness {
            refuse(.requestTimeout, lateness, context)
        } else if isInputClosed, connection.phase != .body {
            // The client has gone; nobody reads an answer.
            context.close(promise: nil)
        } else if case .headerOverflow? = error as? HTTPParserError {
            if connection.hasRequestLine {
                refuse(.headersTooLarge, "the header of the request is too large", context)
            } else {
                refuse(.uriTooLong, "the first line of the request is too long", context)
            }
        } else {
            refuse(.invalidRequest, "the request is not HTTP/1.1 as RFC 9112 has it", context)
        }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // What is collected here is sent in one piece.
        switch unwrapOutboundIn(data) {
        case .head(let head):
            answer = head
            promise?.succeed()
        case .body(let bytes):
            answerBody.append(bytes)
            promise?.succeed()
        case .end(let trailers):
            guard let head = answer, !connection.isClosing else {
                promise?.fail(ChannelError.ioOnClosedChannel)
                return
            }
            let bytes = answerBody
            answer = nil
            answerBody = []
            if ends(context) { connection.isClosing = true }
            send(head, bytes, trailers, promise, context)
        }
    }

    func flush(context: ChannelHandlerContext) {
        // `send` does it.
    }

    /// Whether the connection ends with the answer to the request at hand.
    private func ends(_ context: ChannelHandlerContext) -> Bool {
        guard let head else { return true }
        return !head.isKeepAlive || requests >= rules.limits.requestsPerConnection
            || connection.isDraining || isInputClosed || head.method == .CONNECT
            || head.headers.contains(name: "Upgrade")
    }

    private func send(
        _ head: HTTPResponseHead,
        _ body: [IOData],
        _ trailers: HTTPHeaders?,
        _ promise: EventLoopPromise<Void>?,
        _ context: ChannelHandlerContext
    ) {
        var head = head
        head.headers.replaceOrAdd(name: "Date", value: date.text)
        if connection.isClosing {
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        } else if self.head?.version == .http1_0 {
            head.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
        }
        let isLast = connection.isClosing
        let size = body.reduce(0) { $0 + $1.readableBytes }
        unsent += 1
        self.head = nil
        connection.answered()
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        for bytes in body { context.write(wrapOutboundOut(.body(bytes)), promise: nil) }
        let sent = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((gate: self, context: context), eventLoop: context.eventLoop)
        sent.futureResult.whenComplete { _ in
            let (gate, context) = bound.value
            gate.unsent -= 1
            if gate.unsent == 0 { gate.connection.sent() }
            if isLast { gate.finish(context) }
        }
        // The next request may come during this call.
        context.write(wrapOutboundOut(.end(trailers)), promise: sent)
        context.flush()
        if unsent > 0 { connection.awaitsSending(size) }
        connection.arm()
    }

    /// Ends the connection after its last answer: half of it, so that the answer is not lost when
    /// the client is still sending.
    private func finish(_ context: ChannelHandlerContext) {
        guard connection.phase != .closed, connection.phase != .lingering else { return }
        if isInputClosed {
            context.close(promise: nil)
        } else {
            connection.lingers()
            context.close(mode: .output, promise: nil)
        }
    }

    // MARK: The end

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .output:
            // Whoever answers requests has no more to say; if the last answer is on its way, the
            // end follows it anyway.
            promise?.succeed()
            if unsent == 0 { finish(context) }
        case .input, .all:
            context.close(mode: mode, promise: promise)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            isInputClosed = true
            let awaitsNothing = connection.phase != .answering && unsent == 0
            context.fireUserInboundEventTriggered(event)
            if awaitsNothing { context.close(promise: nil) }
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
#endif
