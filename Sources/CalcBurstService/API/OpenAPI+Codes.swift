import CalcBurstSource

/// Which codes a route can give.
extension OpenAPI {
    /// The codes of a method of an endpoint.
    static func codes(_ endpoint: Endpoint, _ method: String) -> [Problem.Code] {
        var codes = service(transport)
        switch endpoint {
        case .calculate:
            codes += service(body + calculation + operation + stored)
            codes += language
        case .evaluate where method == "GET":
            codes += service([.missingField, .invalidField, .overloaded]) + language
        case .evaluate:
            codes += service(body + calculation + stored) + language
        case .inspect:
            codes += service(body + [.missingField, .invalidField, .invalidID, .overloaded])
            codes += language
        case .batch:
            codes += service(body + [.missingField, .invalidField, .overloaded])
            codes += ofJSON.map(Problem.Code.language)
        case .calculation:
            codes += service([.notFound, .storeUnavailable])
        case .calculations:
            codes += service([
                .invalidField, .invalidCursor, .invalidTimeRange, .storeUnavailable, .notFound,
            ])
        case .operation, .problem, .metrics:
            codes += service([.notFound])
        case .operations, .functions, .limits, .health, .ready, .openAPI, .index:
            break
        }
        return codes
    }

    /// What can be wrong with any request before its path counts.
    private static let transport: [ServiceCode] = [
        .invalidRequest, .notAcceptable, .requestTimeout, .bodyTooLarge, .uriTooLong,
        .expectationFailed, .wrongHost, .headersTooLarge, .internalError, .shuttingDown,
    ]

    private static let body: [ServiceCode] = [.unsupportedMediaType, .invalidBody]

    private static let calculation: [ServiceCode] = [
        .missingField, .invalidField, .invalidID, .idConflict, .overloaded,
    ]

    private static let operation: [ServiceCode] = [
        .unsupportedOperation, .tooFewOperands, .tooManyOperands, .invalidOperand,
    ]

    private static let stored: [ServiceCode] = [.storeUnavailable, .storeFull]

    /// What can be wrong with a body that should be JSON.
    private static let ofJSON: [DiagnosticCode] = [
        .malformedJSON, .duplicateName, .inexactInteger, .limitExceeded,
    ]

    private static let language: [Problem.Code] = Problem.Code.all.filter { code in
        switch code {
        case .language: true
        case .service: false
        }
    }

    private static func service(_ codes: [ServiceCode]) -> [Problem.Code] {
        codes.map(Problem.Code.service)
    }
}
