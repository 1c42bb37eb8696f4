#if Server
import NIOCore

/// What one client, and all clients together, may use of the server.
///
/// Every wait for a client ends: none of these can be switched off.
public struct ServerLimits: Sendable {
    /// Bytes of the first line of a request; more is 414.
    public var requestLineBytes = 8 << 10
    /// Bytes of one header field, of all of them, and their number; more is 431.
    public var headerBytes = 8 << 10
    public var headersBytes = 16 << 10
    public var headerCount = 64

    /// The time from the first byte of a request to the end of its header, and from the opening of
    /// a connection to its first byte.
    public var headerTime: Duration = .seconds(5)
    /// The time from the end of the header to the end of the body.
    public var bodyTime: Duration = .seconds(10)
    /// Bytes a second that a body must bring once half of its time is over, and that a client must
    /// take of an answer.
    public var bytesPerSecond = 1 << 10
    /// The time that a connection may wait for its next request.
    public var idleTime: Duration = .seconds(30)
    /// The time after which a client must have taken some of its answer.
    public var writeTime: Duration = .seconds(10)
    /// The time that a connection stays half open after its last answer, so that a client that is
    /// still sending can read it.
    public var lingerTime: Duration = .seconds(2)

    /// Requests of one connection; the last one is answered with `Connection: close`.
    public var requestsPerConnection = 1_000
    /// Connections at one time; others wait to be accepted.
    public var connections = 512

    /// Evaluations at one time, and requests that wait for one; more is 503.
    public var evaluations = System.coreCount
    public var queuedEvaluations = 64

    /// The time from the first signal to the end of the server, whatever clients do.
    public var drainTime: Duration = .seconds(10)
    /// How much of that time idle connections stay open, to be told that it is over.
    public var quietTime: Duration = .milliseconds(300)

    public init() {}
}
#endif
