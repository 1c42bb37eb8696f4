/// One answer, for any transport to send.
public struct APIResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The header fields; `Content-Length` and `Date` are the transport's.
    public var headers: APIHeaders
    /// The body, whole.
    public var body: [UInt8]
    /// What the log line says about it; no user data.
    public var facts: Facts

    /// What is known about an answer besides the answer.
    public struct Facts: Sendable {
        /// The endpoint by its route, such as `/v1/calculations/{id}`; nil if there is none.
        public var endpoint: String?
        /// The id under which the caller can ask about the request.
        public var requestID = ""
        /// The code of a refusal; nil for a success.
        public var code: String?
        /// The fuel that was used.
        public var fuel = 0

        public init() {}
    }

    public init(
        status: Int,
        headers: APIHeaders = [:],
        body: [UInt8] = [],
        facts: Facts = Facts()
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.facts = facts
    }
}
