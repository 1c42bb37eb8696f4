/// The stable name of a refusal that the service adds to those of the language.
///
/// This is the one list of them, with their statuses; codes of the language are all 400.
public enum ServiceCode: String, CaseIterable, Hashable, Sendable {
    // The request cannot be read; given by transports.
    case invalidRequest = "invalid-request"
    case requestTimeout = "request-timeout"
    case uriTooLong = "uri-too-long"
    case headersTooLarge = "headers-too-large"
    case expectationFailed = "expectation-failed"
    case wrongHost = "wrong-host"

    // The request is not for us, or not in a form of ours.
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case bodyTooLarge = "body-too-large"
    case unsupportedMediaType = "unsupported-media-type"

    // The body or the query is not right.
    case invalidBody = "invalid-body"
    case missingField = "missing-field"
    case invalidField = "invalid-field"
    case invalidID = "invalid-id"
    case invalidCursor = "invalid-cursor"
    case invalidTimeRange = "invalid-time-range"
    case unsupportedOperation = "unsupported-operation"
    case tooFewOperands = "too-few-operands"
    case tooManyOperands = "too-many-operands"
    case invalidOperand = "invalid-operand"

    // The id belongs to another request.
    case idConflict = "id-conflict"

    // We cannot now.
    case overloaded = "overloaded"
    case shuttingDown = "shutting-down"
    case storeUnavailable = "store-unavailable"
    case storeFull = "store-full"

    // A bug of ours.
    case internalError = "internal"

    /// The HTTP status.
    public var status: Int {
        switch self {
        case .invalidRequest, .invalidBody, .missingField, .invalidField, .invalidID,
            .invalidCursor, .invalidTimeRange, .unsupportedOperation, .tooFewOperands,
            .tooManyOperands, .invalidOperand:
            400
        case .notFound: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .requestTimeout: 408
        case .idConflict: 409
        case .bodyTooLarge: 413
        case .uriTooLong: 414
        case .unsupportedMediaType: 415
        case .expectationFailed: 417
        case .wrongHost: 421
        case .headersTooLarge: 431
        case .internalError: 500
        case .overloaded, .shuttingDown, .storeUnavailable, .storeFull: 503
        }
    }

    /// The seconds after which to try again; nil where that would not help.
    public var retryAfter: Int? {
        switch self {
        case .overloaded, .storeUnavailable: 1
        case .shuttingDown: 5
        case .storeFull: 60
        case .invalidRequest, .requestTimeout, .uriTooLong, .headersTooLarge, .expectationFailed,
            .wrongHost, .notFound, .methodNotAllowed, .notAcceptable, .bodyTooLarge,
            .unsupportedMediaType, .invalidBody, .missingField, .invalidField, .invalidID,
            .invalidCursor, .invalidTimeRange, .unsupportedOperation, .tooFewOperands,
            .tooManyOperands, .invalidOperand, .idConflict, .internalError:
            nil
        }
    }
}
