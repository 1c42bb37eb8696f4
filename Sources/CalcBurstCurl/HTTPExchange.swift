#if Client
/// One request to a service.
public struct HTTPRequest: Sendable {
    /// `GET`, `POST`, … in capitals.
    public var method: String
    /// An address that begins with `http://` or `https://`.
    public var url: String
    /// The header fields in their order.
    public var headers: [(name: String, value: String)]
    /// The body; nil if there is none.
    public var body: [UInt8]?
    /// How long it may take to reach the service.
    public var connectTimeout: Duration
    /// How long the whole exchange may take.
    public var timeout: Duration

    public init(
        method: String,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        connectTimeout: Duration = .seconds(5),
        timeout: Duration = .seconds(10)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.timeout = timeout
    }
}

/// One answer of a service, whatever its status.
public struct HTTPAnswer: Sendable {
    public let status: Int
    /// The header fields in their order.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    /// The value of the first field of a name, which compares without case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why there is no answer.
public struct CurlError: Error, Hashable, Sendable {
    public enum Code: String, CaseIterable, Hashable, Sendable {
        /// libcurl is not on this machine.
        case libraryMissing = "library-missing"
        /// The address cannot be one of http or https.
        case invalidURL = "invalid-url"
        /// The method or a header field cannot be sent.
        case invalidRequest = "invalid-request"
        case cannotResolve = "cannot-resolve"
        case cannotConnect = "cannot-connect"
        case timedOut = "timed-out"
        /// The other side is not who it says, or speaks no TLS.
        case tls = "tls"
        case answerTooLarge = "answer-too-large"
        /// The exchange broke off, or the answer is not HTTP.
        case broken = "broken"
    }

    public let code: Code
    /// One line for people.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
#endif
