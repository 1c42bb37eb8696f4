import CalcBurst
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstSource

/// What is read: kept calculations, the catalogue, and how the service is.
extension CalculationAPI {
    // MARK: Kept calculations

    func finishFinding(
        _ outcome: StoreOutcome,
        _ exchange: Exchange
    ) throws(Problem) -> APIResponse {
        switch outcome {
        case .found(let calculation?):
            let tag = CalculationDocument.tag(of: calculation)
            let headers: [(name: String, value: String)] = [
                ("ETag", tag), ("Cache-Control", "private, max-age=31536000, immutable"),
            ]
            if matches(tag, exchange.request) {
                return respond(304, [], exchange, headers: headers)
            }
            let document = CalculationDocument.members(calculation, isStored: true)
            return respond(200, .object(document), exchange, headers: headers)
        case .failed(let error): throw Problem(error)
        case .found(nil): throw Problem(.notFound, "there is no such calculation")
        case .inserted, .page, .ready: throw .bug
        }
    }

    func finishList(
        _ list: ListQuery,
        _ outcome: StoreOutcome,
        _ exchange: Exchange
    ) throws(Problem) -> APIResponse {
        let page: CalculationPage
        switch outcome {
        case .page(let found): page = found
        case .failed(let error): throw Problem(error)
        case .found, .inserted, .ready: throw .bug
        }
        let data = page.calculations.map { calculation in
            Value.object(CalculationDocument.members(calculation, isStored: true))
        }
        let cursor = page.hasMore ? page.calculations.last.map(list.cursor(after:)) : nil
        var headers: [(name: String, value: String)] = [("Cache-Control", "no-store")]
        if let cursor { headers.append(("Link", "<\(next(cursor, exchange))>; rel=\"next\"")) }
        let document: Value = .object([
            ("data", .array(data)), ("has_more", .bool(cursor != nil)),
            ("next_cursor", cursor.map(Value.string) ?? .null),
        ])
        return respond(200, document, exchange, headers: headers)
    }

    /// The address of the next page: the query as it came, with the new cursor.
    private func next(_ cursor: String, _ exchange: Exchange) -> String {
        let kept = (exchange.request.query ?? "").split(separator: "&")
            .filter { !$0.hasPrefix("cursor=") && $0 != "cursor" }
        // Only what may stand in a header field and inside angle brackets.
        let safe = kept.filter { $0.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3E } }
        let query = (safe.map(String.init) + ["cursor=\(cursor)"]).joined(separator: "&")
        return "\(exchange.publicURL)\(Endpoint.calculations.rawValue)?\(query)"
    }

    // MARK: How the service is

    func finishReady(
        _ outcome: StoreOutcome,
        since start: ContinuousClock.Instant,
        _ exchange: Exchange
    ) -> APIResponse {
        let milliseconds = ((ContinuousClock.now - start).inSeconds * 1e6).rounded() / 1e3
        var store: [(name: String, value: Value)] = [("status", "pass")]
        var isReady = true
        if case .failed(let error) = outcome {
            isReady = false
            store = [("status", "fail"), ("reason", .string(error.reason.rawValue))]
        }
        store.append(("backend", .string(configuration.backend)))
        store.append(("latency_ms", .number(milliseconds)))
        let document: Value = .object([
            ("status", isReady ? "pass" : "fail"), ("version", .string(calcBurstVersion)),
            ("checks", .object([("store", .object(store))])),
        ])
        var headers: [(name: String, value: String)] = [("Cache-Control", "no-store")]
        if !isReady { headers.append(("Retry-After", "1")) }
        return respond(isReady ? 200 : 503, document, exchange, headers: headers)
    }

    // MARK: The catalogue and the pages

    func document(_ match: Endpoint.Match, _ exchange: Exchange) throws(Problem) -> APIResponse {
        switch match.endpoint {
        case .operations:
            let operations = Operation.all(in: engine.library).map(Catalogue.operation)
            return publish(.object([("operations", .array(operations))]), exchange)
        case .operation:
            guard let name = match.argument, let operation = Operation(name, in: engine.library)
            else { throw Problem(.notFound, "there is no such operation") }
            return publish(Catalogue.operation(operation), exchange)
        case .functions:
            let functions = engine.library.functions.map(FunctionJSON.value)
            return publish(.object([("functions", .array(functions))]), exchange)
        case .limits:
            return publish(Catalogue.limits(engine, configuration), exchange)
        case .openAPI:
            return publish(OpenAPI.document(publicURL: exchange.publicURL), exchange)
        case .problem: return try page(match.argument ?? "", exchange)
        case .health:
            return respond(
                200,
                .object([("status", "pass")]),
                exchange,
                headers: [("Cache-Control", "no-store")]
            )
        case .metrics:
            var response = respond(metrics.exposition(), exchange)
            response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
            response.headers["Cache-Control"] = "no-store"
            return response
        case .index: return publish(index(exchange.publicURL), exchange)
        case .calculate, .evaluate, .inspect, .batch, .calculation, .calculations, .ready:
            throw .bug
        }
    }

    /// A document that changes only with the program: callers may keep it for a while.
    private func publish(_ document: Value, _ exchange: Exchange) -> APIResponse {
        let text = JSON.write(document) + "\n"
        let tag = "\"\(Fingerprint.text(of: text))\""
        var headers: [(name: String, value: String)] = [
            ("ETag", tag), ("Cache-Control", "public, max-age=300"),
        ]
        if matches(tag, exchange.request) { return respond(304, [], exchange, headers: headers) }
        headers.append(("Content-Type", "application/json"))
        return respond(200, Array(text.utf8), exchange, headers: headers)
    }

    private func page(_ name: String, _ exchange: Exchange) throws(Problem) -> APIResponse {
        if let code = ServiceCode(rawValue: name) {
            return respond(code.page + "\n", exchange)
        }
        if let code = DiagnosticCode(rawValue: name) {
            return respond(code.page() + "\n", exchange)
        }
        throw Problem(.notFound, "there is no such code")
    }

    private func index(_ url: String) -> Value {
        .object([
            ("name", "CalcBurst"), ("version", .string(calcBurstVersion)),
            ("evaluate", .string("\(url)/v1/evaluate?expr=1%2B2")),
            ("operations", .string("\(url)/v1/operations")),
            ("functions", .string("\(url)/v1/functions")),
            ("limits", .string("\(url)/v1/limits")),
            ("openapi", .string("\(url)/openapi.json")),
        ])
    }
}
