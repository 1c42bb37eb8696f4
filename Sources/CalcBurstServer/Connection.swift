#if Server
import NIOCore

/// What the handlers of one connection know together, and its deadlines.
///
/// It belongs to the connection's event loop; nothing else may touch it.
final class Connection {
    let limits: ServerLimits
    private(set) var phase = Phase.idle
    /// Whether no further request will be answered.
    var isClosing = false
    /// Whether the server is ending.
    private(set) var isDraining = false
    /// Whether the first line of the request that is arriving is complete.
    private(set) var hasRequestLine = false
    /// Bytes of the body so far.
    var bodyBytes = 0
    /// What took too long; nil if nothing did.
    var lateness: String?
    /// The bytes of the answer that is being sent and those that were left when last looked at.
    private var unsent: Int?

    /// Where a connection is between two requests.
    enum Phase {
        /// Nothing of a request has come.
        case idle
        /// Bytes of its header are coming.
        case header
        /// Its header is there, its body is coming.
        case body
        /// It is whole and has no answer yet.
        case answering
        /// The last answer was sent; what still comes is thrown away.
        case lingering
        case closed
    }

    /// What is to be done when a deadline is over.
    enum Expiry {
        case nothing
        case close
        case refuse(String)
    }

    private var phaseStart: NIODeadline
    private var deadline: NIODeadline?
    private var writeDeadline: NIODeadline?
    private var timer: (at: NIODeadline, task: Scheduled<Void>)?
    /// Called on the event loop when a deadline may be over.
    var onTimer: (() -> Void)?
    private let eventLoop: any EventLoop

    init(limits: ServerLimits, eventLoop: any EventLoop) {
        self.limits = limits
        self.eventLoop = eventLoop
        phaseStart = .now()
    }

    // MARK: What happens

    /// The connection was made: its first byte is awaited like a header.
    func opened() {
        enter(.idle, for: limits.headerTime)
        arm()
    }

    /// Bytes have come; `hasLineFeed` says whether a line feed is among them.
    func received(hasLineFeed: Bool) {
        if phase == .idle {
            enter(.header, for: limits.headerTime)
            hasRequestLine = false
        }
        if phase == .header, hasLineFeed { hasRequestLine = true }
    }

    /// The header of a request is whole.
    func receivedHeader() {
        bodyBytes = 0
        enter(.body, for: limits.bodyTime)
    }

    /// All of a request is there.
    func receivedRequest() { enter(.answering, for: nil) }

    /// An answer was written; it may not be sent yet.
    func answered() {
        if phase == .answering || phase == .body || phase == .header {
            enter(.idle, for: isDraining ? limits.quietTime : limits.idleTime)
        }
    }

    /// Bytes of answers are waiting for the client.
    func awaitsSending(_ bytes: Int) {
        unsent = bytes
        writeDeadline = .now() + TimeAmount(limits.writeTime)
        arm()
    }

    /// All answers were sent.
    func sent() {
        unsent = nil
        writeDeadline = nil
    }

    func lingers() {
        isClosing = true
        enter(.lingering, for: limits.lingerTime)
        arm()
    }

    func closed() {
        phase = .closed
        deadline = nil
        writeDeadline = nil
        timer?.task.cancel()
        timer = nil
        onTimer = nil
    }

    /// The server is ending: a connection that waits for nothing but a request has little time.
    func drain() {
        isDraining = true
        if phase == .idle {
            let end = NIODeadline.now() + TimeAmount(limits.quietTime)
            deadline = min(deadline ?? end, end)
            arm()
        }
    }

    // MARK: Deadlines

    private func enter(_ phase: Phase, for time: Duration?) {
        guard self.phase != .closed else { return }
        self.phase = phase
        phaseStart = .now()
        deadline = time.map { phaseStart + TimeAmount($0) }
        if phase == .body {
            // Half of the time is the client's own; then it is looked whether it makes progress.
            deadline = phaseStart + TimeAmount(limits.bodyTime / 2)
        }
    }

    /// Sees to it that the timer comes no later than the next deadline.
    ///
    /// A timer that comes too early is set again then; so most requests set none.
    func arm() {
        guard let next = [deadline, writeDeadline].compactMap({ $0 }).min(), phase != .closed,
            timer.map({ next < $0.at }) ?? true
        else { return }
        timer?.task.cancel()
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        timer = (
            next,
            eventLoop.scheduleTask(deadline: next) {
                bound.value.timer = nil
                bound.value.onTimer?()
            }
        )
    }

    /// What is to be done now; `unsent` are the bytes that wait for the client.
    func expire(unsent now: Int) -> Expiry {
        defer { arm() }
        let time = NIODeadline.now()
        if let writeDeadline, time >= writeDeadline {
            let taken = (unsent ?? 0) - now
            let least = limits.bytesPerSecond * Int(limits.writeTime.components.seconds)
            if taken <= 0 || taken < min(least, unsent ?? 0) { return .close }
            unsent = now
            self.writeDeadline = time + TimeAmount(limits.writeTime)
        }
        guard let deadline, time >= deadline else { return .nothing }
        self.deadline = nil
        switch phase {
        case .idle, .lingering: return .close
        case .header: return .refuse("the header of the request took too long")
        case .body: return expireBody(time)
        case .answering, .closed: return .nothing
        }
    }

    private func expireBody(_ time: NIODeadline) -> Expiry {
        let total = TimeAmount(limits.bodyTime)
        let gone = time - phaseStart
        guard gone < total else { return .refuse("the body of the request took too long") }
        // From half of the time on, so many bytes each second.
        let tenths = (gone.nanoseconds - total.nanoseconds / 2) / 100_000_000
        guard Int64(bodyBytes) >= tenths * Int64(limits.bytesPerSecond) / 10, bodyBytes > 0 else {
            return .refuse("the body of the request comes too slowly")
        }
        deadline = min(phaseStart + total, time + .seconds(1))
        return .nothing
    }
}
#endif
