import CalcBurst
import CalcBurstFunctions

/// Batches: many calculations in one request, with one budget.
extension CalculationAPI {
    /// `POST /v1/batch`.
    func batch(_ exchange: inout Exchange) throws(Problem) -> Step {
        guard case .record(let members) = try body(of: exchange.request) else {
            throw Problem(.invalidBody, "the body is not a JSON object", at: "#")
        }
        guard let list = members["items"] else { throw .missing("items", at: "#") }
        guard case .list(let entries) = list else {
            throw .invalid("items", "is a list of calculations", at: "#")
        }
        guard entries.count <= configuration.batchItems else {
            throw .limit(
                .batchItems,
                configuration,
                actual: entries.count,
                { "a batch has at most \($0) items" },
                at: "#/items"
            )
        }
        var budget = Budget(engine.limits.run)
        var items: [BatchItem] = []
        for (index, entry) in entries.enumerated() {
            items.append(work(entry, &budget, at: "#/items/\(index)"))
        }
        exchange.fuel = budget.used
        let stored = items.compactMap(\.stored)
        guard !stored.isEmpty else {
            return .answer(finish(items, .inserted([]), exchange))
        }
        return .ask(
            .insert(stored, now: configuration.now()),
            Pending(exchange: exchange, question: .batch(items))
        )
    }

    private func work(_ entry: Value, _ budget: inout Budget, at pointer: String) -> BatchItem {
        do throws(Problem) {
            let message = try message(entry, form: .any, at: pointer)
            return BatchItem(result: .success(try work(message, &budget, at: pointer)))
        } catch {
            return BatchItem(result: .failure(error))
        }
    }

    /// Answers a batch after the store was asked to keep what is to be kept.
    func finish(
        _ items: [BatchItem],
        _ outcome: StoreOutcome,
        _ exchange: Exchange
    ) -> APIResponse {
        let stored = items.compactMap(\.stored)
        var insertions = outcome.insertions(count: stored.count).makeIterator()
        var results: [Value] = []
        var succeeded = 0
        for item in items {
            do throws(Problem) {
                results.append(entry(200, try settle(item, &insertions, exchange)))
                succeeded += 1
            } catch {
                if let limit = error.limitName { metrics.metLimit(limit) }
                let document = error.document(
                    publicURL: exchange.publicURL,
                    requestID: exchange.requestID
                )
                results.append(entry(error.code.status, document))
            }
        }
        let document: Value = .object([
            ("succeeded", .count(succeeded)), ("failed", .count(items.count - succeeded)),
            ("results", .array(results)),
        ])
        return respond(200, document, exchange)
    }

    private func settle(
        _ item: BatchItem,
        _ insertions: inout IndexingIterator<[StoreOutcome.Insertion]>,
        _ exchange: Exchange
    ) throws(Problem) -> Value {
        switch item.result {
        case .failure(let problem): throw problem
        case .success(let worked):
            guard worked.isStored else {
                return .object(
                    CalculationDocument.members(
                        worked.calculation,
                        isStored: false,
                        showsID: worked.showsID
                    ) + worked.extras
                )
            }
            return try settle(worked, insertions.next(), exchange).document
        }
    }

    private func entry(_ status: Int, _ body: Value) -> Value {
        .object([("status", .count(status)), ("body", body)])
    }
}

extension BatchItem {
    /// What the store is to keep of it.
    fileprivate var stored: Calculation? {
        switch result {
        case .success(let worked): worked.isStored ? worked.calculation : nil
        case .failure: nil
        }
    }
}
