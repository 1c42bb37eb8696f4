import CalcBurst
import CalcBurstFunctions
import CalcBurstJSON

/// One calculation of a request, worked out but not answered: alone, or one of a batch.
struct BatchItem: Sendable {
    let result: Result<Worked, Problem>

    struct Worked: Sendable {
        let calculation: Calculation
        let isStored: Bool
        let showsID: Bool
        let extras: [(name: String, value: Value)]
    }
}

/// Calculations: working them out, and answering once they are stored.
extension CalculationAPI {
    /// `POST /calculate` and `POST /v1/evaluate`.
    func calculate(_ exchange: inout Exchange) throws(Problem) -> Step {
        let body = try body(of: exchange.request)
        let isEvaluate = exchange.match?.endpoint == .evaluate
        var message = try message(body, form: isEvaluate ? .expression : .any, at: "#")
        message.id = try id(message.id, exchange.request)
        var budget = Budget(message.limits.run)
        let worked: BatchItem.Worked
        do throws(Problem) {
            worked = try work(message, &budget, at: "#")
            exchange.fuel = budget.used
        } catch {
            exchange.fuel = budget.used
            throw error
        }
        let item = BatchItem(result: .success(worked))
        guard worked.isStored else {
            return .answer(respond(200, success(worked, isStored: false), exchange))
        }
        return .ask(
            .insert([worked.calculation], now: worked.calculation.time),
            Pending(exchange: exchange, question: .calculation(item))
        )
    }

    /// Answers a calculation after the store was asked to keep it.
    func finish(
        _ item: BatchItem,
        _ outcome: StoreOutcome,
        _ exchange: Exchange
    ) throws(Problem) -> APIResponse {
        let worked: BatchItem.Worked
        switch item.result {
        case .success(let success): worked = success
        case .failure(let problem): throw problem
        }
        let insertion = outcome.insertions(count: 1).first
        let (document, isReplayed, id) = try settle(worked, insertion, exchange)
        var headers: [(name: String, value: String)] = []
        if let id {
            headers.append(("Location", "/v1/calculations/\(PercentEncoding.encoded(id))"))
        }
        if isReplayed { headers.append(("Idempotent-Replayed", "true")) }
        return respond(200, document, exchange, headers: headers)
    }

    /// The document of a calculation, given what the store made of it; the id is nil if it is not
    /// stored.
    func settle(
        _ worked: BatchItem.Worked,
        _ insertion: StoreOutcome.Insertion?,
        _ exchange: Exchange
    ) throws(Problem) -> (document: Value, isReplayed: Bool, id: String?) {
        switch insertion ?? .failed(StoreError(.unavailable, "the store gave no answer")) {
        case .stored:
            return (success(worked, isStored: true), false, worked.calculation.id)
        case .taken(let kept):
            guard kept.request == worked.calculation.request else {
                throw conflict(worked.calculation.id)
            }
            let replay = BatchItem.Worked(
                calculation: kept,
                isStored: true,
                showsID: true,
                extras: worked.extras
            )
            return (success(replay, isStored: true), true, kept.id)
        case .failed(let error):
            guard configuration.answersDegraded else { throw Problem(error) }
            return (success(worked, isStored: false), false, nil)
        }
    }

    private func conflict(_ id: String) -> Problem {
        var problem = Problem(
            .idConflict,
            "another calculation is kept under the id '\(id)'",
            at: "#/id"
        )
        problem.facts.append(
            ("instance", .string("/v1/calculations/\(PercentEncoding.encoded(id))"))
        )
        return problem
    }

    private func success(_ worked: BatchItem.Worked, isStored: Bool) -> Value {
        .object(
            CalculationDocument.members(
                worked.calculation,
                isStored: isStored,
                showsID: worked.showsID
            ) + worked.extras
        )
    }

    // MARK: Working out

    /// Works a message out; it is stored later, if it is to be.
    func work(
        _ message: CalculationMessage,
        _ budget: inout Budget,
        at pointer: String
    ) throws(Problem) -> BatchItem.Worked {
        let answer = try evaluator.answer(message, &budget, at: pointer)
        try checkOutput(answer.value, at: pointer)
        let now = configuration.now()
        return BatchItem.Worked(
            calculation: Calculation(
                id: message.id ?? CalculationID.make(at: now),
                request: answer.request,
                result: answer.value,
                resultType: answer.type,
                time: now,
                milliseconds: answer.milliseconds
            ),
            isStored: message.isStored,
            showsID: message.isStored || message.id != nil,
            extras: CalculationDocument.extras(answer, message.includes)
        )
    }

    func checkOutput(_ value: Value, at pointer: String) throws(Problem) {
        switch value {
        case .null, .bool, .number: return
        case .string, .list, .record:
            let size = JSON.write(value).utf8.count
            guard size <= configuration.outputBytes else {
                throw .limit(
                    .outputBytes,
                    configuration,
                    actual: size,
                    { "the result has more than \($0) bytes of JSON" },
                    at: pointer
                )
            }
        }
    }

    // MARK: Reading requests

    func message(
        _ body: Value,
        form: CalculationMessage.Form,
        at pointer: String
    ) throws(Problem) -> CalculationMessage {
        let message = try CalculationMessage(
            body,
            form: form,
            limits: engine.limits,
            at: pointer
        )
        if case .operation(_, .list(let operands)) = message.work,
            operands.count > configuration.operands
        {
            throw .limit(
                .operationOperands,
                configuration,
                actual: operands.count,
                { "there are more than \($0) operands" },
                at: pointer + "/operands"
            )
        }
        return message
    }

    /// The body as JSON, if it says that it is.
    func body(of request: APIRequest) throws(Problem) -> Value {
        let encoding = request.headers["Content-Encoding"]
        guard encoding == nil || encoding?.lowercased() == "identity" else {
            throw Problem(.unsupportedMediaType, "the body has a Content-Encoding")
        }
        let type = request.headers["Content-Type"]
        // Where nothing was sent, nothing has a wrong type.
        guard type.map(Negotiation.isJSON) ?? request.body.isEmpty else {
            throw Problem(
                .unsupportedMediaType,
                "the body must be application/json in UTF-8, with a Content-Type that says so"
            )
        }
        let most = bodyLimit(for: request.path)
        guard request.body.count <= most else {
            throw .bodyTooLarge(maximum: most, actual: request.body.count)
        }
        var limits = JSONLimits()
        limits.length = most
        limits.depth = min(64, engine.limits.dataDepth + 8)
        limits.values = configuration.jsonValues
        limits.keys = configuration.jsonKeys
        limits.stringLength = most
        limits.numeralLength = 10_000
        do throws(JSONError) {
            return try JSON.read(request.body, limits: limits)
        } catch {
            throw Problem(error, in: request.body)
        }
    }

    /// The id of the body, or the idempotency key, which is an id in a header field: bare, or as a
    /// quoted string.
    private func id(_ id: String?, _ request: APIRequest) throws(Problem) -> String? {
        let fields = request.headers.all("Idempotency-Key")
        guard let field = fields.first else { return id }
        var key = field
        if key.utf8.count >= 2, key.hasPrefix("\""), key.hasSuffix("\"") {
            key = String(key.dropFirst().dropLast())
        }
        guard fields.count == 1, CalculationID.isValid(key) else {
            throw Problem(
                .invalidID,
                "Idempotency-Key is one text of 1 to 128 of A-Z a-z 0-9 . _ : ~ -"
            )
        }
        guard id == nil || id == key else {
            throw Problem(.invalidID, "'id' and Idempotency-Key differ", at: "#/id")
        }
        return key
    }
}

extension StoreOutcome {
    /// What became of so many calculations; where the store did nothing, that is its error.
    func insertions(count: Int) -> [Insertion] {
        switch self {
        case .inserted(let insertions): return insertions
        case .failed(let error): return Array(repeating: .failed(error), count: count)
        case .found, .page, .ready: return []
        }
    }
}
