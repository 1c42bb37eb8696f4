/// The pages of the service's codes.
extension ServiceCode {
    /// A few words, as a heading.
    public var title: String { words.title }

    /// The page as text: what happened and what to do; no new line at the end.
    public var page: String { "\(rawValue): \(words.title)\n\n\(words.text)" }

    private var words: (title: String, text: String) {
        switch self {
        case .invalidRequest:
            (
                "The request is not HTTP as we read it",
                """
                The bytes are not a request by the letter of RFC 9112: exactly one Host, one length
                of the body, lines that end in CR LF. The connection is closed after it.
                """
            )
        case .requestTimeout:
            (
                "The request came too slowly",
                """
                The headers or the body were not complete before the deadline, and the connection
                was closed. Send the request in one piece.
                """
            )
        case .uriTooLong:
            (
                "The address is too long",
                """
                The first line of a request may have 8 KiB. Send long expressions with
                POST /v1/evaluate.
                """
            )
        case .headersTooLarge:
            (
                "The headers are too large",
                """
                A request may have 64 header fields, 8 KiB in one of them and 16 KiB together.
                """
            )
        case .expectationFailed:
            (
                "The expectation is not known",
                """
                The only value of Expect that is understood is 100-continue.
                """
            )
        case .wrongHost:
            (
                "The request is for another host",
                """
                The local server answers only to the names of this machine, so that a page of a
                foreign site cannot reach it under a name of its own. Start it with --allow-host NAME
                to add a name.
                """
            )
        case .notFound:
            (
                "There is nothing here",
                """
                The path is none of ours, or the calculation, operation or page does not exist. A
                calculation is kept for 30 days.
                """
            )
        case .methodNotAllowed:
            (
                "The method is not one of this path",
                """
                The header Allow lists the methods.
                """
            )
        case .notAcceptable:
            (
                "No answer of the form asked for",
                """
                The header Accept names no media type that this path can give. Most give
                application/json; /v1/evaluate gives text/plain too.
                """
            )
        case .bodyTooLarge:
            (
                "The body is too large",
                """
                The member limit says how many bytes a body may have; /v1/limits lists all limits.
                """
            )
        case .unsupportedMediaType:
            (
                "The body is not JSON",
                """
                Send JSON in UTF-8 with the header Content-Type: application/json, and no
                Content-Encoding. Forms are refused, since any web page could send them.
                """
            )
        case .invalidBody:
            (
                "The body has not the form of a request",
                """
                A calculation is an object with operation and operands, or with expression and
                variables; a batch is an object with items.
                """
            )
        case .missingField:
            (
                "A member is missing",
                """
                errors[] points at the member that is not there.
                """
            )
        case .invalidField:
            (
                "A member or parameter has a value that is none of its values",
                """
                errors[] points at it, or parameter names it.
                """
            )
        case .invalidID:
            (
                "The id is not an id",
                """
                An id is a text of 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ -, in the member
                id or the header Idempotency-Key; if both are there they must be equal. Leave it out
                to get a new one.
                """
            )
        case .invalidCursor:
            (
                "The cursor is not of this list",
                """
                A cursor belongs to the list that gave it, with the same from, to, operation and
                order. Begin again without a cursor.
                """
            )
        case .invalidTimeRange:
            (
                "The range of time is not one",
                """
                from and to are RFC 3339 timestamps, such as 2026-01-15T00:00:00Z; from is before to,
                and they are at most 31 days apart.
                """
            )
        case .unsupportedOperation:
            (
                "There is no such operation",
                """
                An operation is add, subtract, multiply, divide, power, modulo, or another function
                of numbers; /v1/operations lists them. Names are in lower case.
                """
            )
        case .tooFewOperands:
            (
                "There are too few operands",
                """
                /v1/operations says for each operation how many operands it takes.
                """
            )
        case .tooManyOperands:
            (
                "There are too many operands",
                """
                /v1/operations says for each operation how many operands it takes. power and modulo
                take two: what the others would be is not clear.
                """
            )
        case .invalidOperand:
            (
                "An operand is not a number",
                """
                operands is a list of JSON numbers; texts and truth values are not numbers.
                """
            )
        case .idConflict:
            (
                "The id belongs to another calculation",
                """
                A calculation with other operands or another expression is kept under this id. The
                same request again would get its stored answer. Choose another id.
                """
            )
        case .overloaded:
            (
                "The service is busy",
                """
                All workers are busy and the queue is full. Try again after the seconds in
                Retry-After.
                """
            )
        case .shuttingDown:
            (
                "The service is being stopped",
                """
                Try again after the seconds in Retry-After.
                """
            )
        case .storeUnavailable:
            (
                "The calculation could not be stored",
                """
                The store cannot be used now; its log says why. Nothing was lost: a request with the
                same id can be sent again at any time. With "store": false the answer is given
                without being stored.
                """
            )
        case .storeFull:
            (
                "There is no room in the store",
                """
                The disk or the file is full. What is stored can still be read. With "store": false
                the answer is given without being stored.
                """
            )
        case .internalError:
            (
                "A mistake of ours",
                """
                Please report it with the request_id.
                """
            )
        }
    }
}
