#if Server
import CalcBurstService
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Answers requests that have passed the rules: evaluates on threads of its own, and waits for the
/// store without holding one.
struct CalculationResponder: Sendable {
    let api: CalculationAPI
    let store: any CalculationStore
    let journal: Journal
    /// For what may take the time of an evaluation.
    let evaluations: EvaluationPool
    /// For what is quick, but longer than a thread of Swift's should be held.
    ///
    /// Everybody gets in: a connection has one request at a time.
    let documents: EvaluationPool

    func respond(to request: Request, _ writer: consuming ResponseWriter) async throws {
        var body: [UInt8] = []
        for try await buffer in request.body { body.append(contentsOf: buffer.readableBytesView) }
        let start = ContinuousClock.now
        journal.metrics.requestBegan()
        var fields: [(name: String, value: String)] = []
        if let host = request.head.authority { fields.append(("Host", host)) }
        for field in request.headers { fields.append((field.name.rawName, field.value)) }
        let question = APIRequest(
            method: request.method.rawValue,
            target: request.head.path ?? "/",
            headers: APIHeaders(fields),
            body: body
        )
        let response = await answer(question)
        journal.note(question.method, response, since: start)
        let head = Self.head(response)
        let hasBody = request.method != .head && !response.body.isEmpty
        try await writer.write(
            response: head,
            body: hasBody
                ? ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)) : ResponseBody()
        )
    }

    private static func head(_ response: APIResponse) -> HTTPResponse {
        var fields = HTTPFields()
        for (name, value) in response.headers.fields {
            if let name = HTTPField.Name(name) {
                fields.append(HTTPField(name: name, value: value))
            }
        }
        // A 204 has none (RFC 9110 8.6), and that of a 304 would be that of another body.
        if response.status != 204, response.status != 304 {
            fields[.contentLength] = String(response.body.count)
        }
        return HTTPResponse(
            status: HTTPResponse.Status(code: response.status),
            headerFields: fields
        )
    }

    // MARK: Answering

    func answer(_ request: APIRequest) async -> APIResponse {
        let endpoint = Endpoint.match(request.path)?.endpoint
        let step: CalculationAPI.Step?
        if endpoint?.evaluates(method: request.method) ?? false {
            step = await evaluations.run { api.begin(request) }
        } else if endpoint == .health || endpoint == .ready {
            step = api.begin(request)
        } else {
            step = await documents.run { api.begin(request) }
        }
        switch step {
        case .answer(let response): return response
        case .ask(let question, let pending):
            let clock = ContinuousClock()
            let start = clock.now
            let outcome = await store.perform(question)
            api.metrics.storePerformed(
                question,
                backend: store.backend,
                outcome: outcome,
                seconds: (clock.now - start).inSeconds
            )
            return await finish(pending, question, outcome) ?? refusal(of: request)
        case nil: return refusal(of: request)
        }
    }

    private func finish(
        _ pending: CalculationAPI.Pending,
        _ question: StoreRequest,
        _ outcome: StoreOutcome
    ) async -> APIResponse? {
        let isLong =
            switch question {
            case .insert(let calculations, _): calculations.count > 1
            case .list: true
            case .find, .check: false
            }
        return isLong
            ? await documents.run { api.finish(pending, outcome) } : api.finish(pending, outcome)
    }

    private func refusal(of request: APIRequest) -> APIResponse {
        api.refusal(.overloaded, "too many calculations are waiting", to: request)
    }
}
#endif
