import CalcBurstFunctions
import CalcBurstJSON

/// A request on its way to its answer.
struct Exchange: Sendable {
    let request: APIRequest
    let match: Endpoint.Match?
    let requestID: String
    /// What links begin with; empty, so that they are relative, where nothing says it.
    let publicURL: String
    /// What the answer is written as.
    var mediaType = "application/json"
    /// The fuel that was used.
    var fuel = 0

    init(_ request: APIRequest, _ configuration: APIConfiguration) {
        self.request = request
        match = Endpoint.match(request.path)
        // An id of the caller's own is taken if nothing can be hidden in it.
        let given = request.headers["X-Request-Id"]
        requestID =
            given.flatMap { CalculationID.isValid($0) ? $0 : nil }
            ?? SortedID.make(at: configuration.now())
        publicURL =
            configuration.publicURL ?? request.headers["Host"].map { "http://\($0)" } ?? ""
    }
}

/// Answers, with the header fields that all of them have.
extension CalculationAPI {
    /// The answer of a request that is refused.
    func answer(_ problem: Problem, _ exchange: Exchange) -> APIResponse {
        if let limit = problem.limitName { metrics.metLimit(limit) }
        let document = problem.document(
            publicURL: exchange.publicURL,
            requestID: exchange.requestID
        )
        var response = respond(problem.code.status, document, exchange)
        response.facts.code = problem.code.name
        response.headers["Content-Type"] = "application/problem+json"
        response.headers["Cache-Control"] = "no-store"
        for (name, value) in problem.headers { response.headers.append(name, value) }
        return response
    }

    /// An answer whose body is JSON.
    func respond(
        _ status: Int,
        _ document: Value,
        _ exchange: Exchange,
        headers: [(name: String, value: String)] = []
    ) -> APIResponse {
        var body: [UInt8] = []
        ValueText.json(document, into: &body)
        body.append(UInt8(ascii: "\n"))
        let type: [(name: String, value: String)] = [("Content-Type", "application/json")]
        return respond(status, body, exchange, headers: type + headers)
    }

    /// An answer whose body is text.
    func respond(_ text: String, _ exchange: Exchange) -> APIResponse {
        respond(
            200,
            Array(text.utf8),
            exchange,
            headers: [("Content-Type", "text/plain; charset=utf-8")]
        )
    }

    func respond(
        _ status: Int,
        _ body: [UInt8],
        _ exchange: Exchange,
        headers: [(name: String, value: String)]
    ) -> APIResponse {
        var fields = headers
        fields.append(("X-Request-Id", exchange.requestID))
        fields.append(("X-Content-Type-Options", "nosniff"))
        if exchange.fuel > 0 { fields.append(("CalcBurst-Cost", String(exchange.fuel))) }
        fields += crossOriginFields(exchange)
        var facts = APIResponse.Facts()
        facts.endpoint = exchange.match?.endpoint.rawValue
        facts.requestID = exchange.requestID
        facts.fuel = exchange.fuel
        return APIResponse(status: status, headers: APIHeaders(fields), body: body, facts: facts)
    }

    // MARK: Browsers

    /// The answer to a browser that asks whether a page may ask.
    func preflight(_ endpoint: Endpoint, _ exchange: Exchange) -> APIResponse {
        let methods = endpoint.methods + ["OPTIONS"]
        var fields: [(name: String, value: String)] = [
            ("Allow", methods.joined(separator: ", "))
        ]
        if !crossOriginFields(exchange).isEmpty {
            fields += [
                ("Access-Control-Allow-Methods", methods.joined(separator: ", ")),
                (
                    "Access-Control-Allow-Headers",
                    "content-type, idempotency-key, if-none-match, x-request-id"
                ),
                ("Access-Control-Max-Age", "600"),
            ]
        }
        return respond(204, [], exchange, headers: fields)
    }

    private func crossOriginFields(_ exchange: Exchange) -> [(name: String, value: String)] {
        let exposed: (name: String, value: String) = (
            "Access-Control-Expose-Headers",
            "etag, location, link, retry-after, x-request-id, idempotent-replayed, calcburst-cost"
        )
        guard let endpoint = exchange.match?.endpoint else { return [] }
        if endpoint.isOpenToAllOrigins { return [("Access-Control-Allow-Origin", "*"), exposed] }
        guard let origin = configuration.corsOrigin else { return [] }
        let vary: (name: String, value: String) = ("Vary", "Origin")
        guard let asking = exchange.request.headers["Origin"], asking.hasSameBytes(as: origin)
        else { return [vary] }
        return [("Access-Control-Allow-Origin", origin), exposed, vary]
    }
}
