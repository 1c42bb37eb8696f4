/// What an operator decides about the API.
public struct APIConfiguration: Sendable {
    /// What links and the `type` of a problem begin with, without a slash at its end; nil is
    /// `http://` and the host that the request names.
    public var publicURL: String?
    /// The one other origin whose pages may read stored calculations; nil is none.
    public var corsOrigin: String?
    /// Whether a calculation that could not be stored is answered all the same, with
    /// `"stored": false`.
    public var answersDegraded = false
    /// Whether stored calculations can be read back.
    public var readsBack = true
    /// Whether `/metrics` is there.
    public var showsMetrics = true
    /// The kind of store, as `/ready` names it.
    public var backend = "sqlite"
    /// The most bytes of a body, and of the body of a batch.
    public var bodyBytes = 256 << 10
    public var batchBodyBytes = 1 << 20
    public var batchItems = 100
    /// Operands of `operands`.
    public var operands = 10_000
    /// Bytes of the result of a calculation.
    public var outputBytes = 256 << 10
    /// Values and names in a body.
    public var jsonValues = 20_000
    public var jsonKeys = 1_000
    /// The wall clock.
    public var now: @Sendable () -> Timestamp = { Timestamp.now() }

    public init() {}
}
