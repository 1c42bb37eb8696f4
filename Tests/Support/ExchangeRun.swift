import CalcBurstJSON
package import CalcBurstService
import Synchronization

/// Runs the exchanges of a file against the API, without a socket.
package final class ExchangeRun: Sendable {
    private let store: any CalculationStore
    private let clock = Clock()

    /// The store must be empty.
    package init(store: any CalculationStore) {
        self.store = store
    }

    /// The time of a run: it stands still during an exchange.
    private final class Clock: Sendable {
        /// 2026-01-15T10:30:00Z.
        let time = Atomic<Int64>(1_768_473_000_000)
    }

    /// The exchanges of the file that differ, each with all its differences.
    package func differences(in file: ExchangeFile) async -> [String] {
        var text = ExchangeText()
        var differences: [String] = []
        for exchange in file.exchanges where exchange.given("socket") == nil {
            clock.time.add(1_000, ordering: .relaxed)
            do {
                if let time = exchange.given("clock") {
                    guard let time = Timestamp(time) else {
                        throw Corpus.Malformed(description: "no time: \(time)")
                    }
                    clock.time.store(time.milliseconds, ordering: .relaxed)
                }
                let kept = try await rows()
                var answer = try await self.answer(exchange, text)
                // The transport leaves the body of an answer to HEAD away.
                if exchange.isHead { answer.body = [] }
                let match = ExchangeMatch(exchange, answer, text: text)
                text = match.text
                let added = try await rows().subtracting(kept)
                let wrong = match.differences + stored(exchange, added, text)
                guard !wrong.isEmpty else { continue }
                differences.append("\(exchange)\n    " + wrong.joined(separator: "\n    "))
            } catch {
                differences.append("\(exchange)\n    \(error)")
            }
        }
        return differences
    }

    /// Says what is wrong with the rows that an exchange added.
    private func stored(
        _ exchange: Exchange,
        _ added: Set<CalculationQuery.Position>,
        _ text: ExchangeText
    ) -> [String] {
        let ids = Set(added.map(\.id))
        let wanted = (try? text.text(exchange.stored)) ?? exchange.stored
        let rows = wanted == "none" ? [] : wanted.split(separator: " ").map(String.init)
        if added.count == rows.count, ids.isSuperset(of: rows.filter { $0 != "*" }) { return [] }
        return ["stored: \(ids.sorted()), not \(wanted)"]
    }

    private func answer(_ exchange: Exchange, _ text: ExchangeText) async throws -> APIResponse {
        var configuration = APIConfiguration()
        configuration.publicURL = "http://127.0.0.1:8080"
        let clock = clock
        configuration.now = { Timestamp(milliseconds: clock.time.load(ordering: .relaxed)) }
        configuration.corsOrigin = exchange.given("cors-origin")
        configuration.answersDegraded = exchange.given("degraded") != nil
        let api = CalculationAPI(configuration: configuration)
        let request = try request(exchange, text)
        if let name = exchange.given("refusal") {
            guard let code = ServiceCode(rawValue: name) else {
                throw Corpus.Malformed(description: "no code: \(name)")
            }
            return api.refusal(code, "it is refused", to: request)
        }
        switch api.begin(request) {
        case .answer(let response): return response
        case .ask(let question, let pending):
            let outcome =
                if let word = exchange.given("store") {
                    try Self.failure(word, of: question)
                } else {
                    await store.perform(question)
                }
            return api.finish(pending, outcome)
        }
    }

    private func request(_ exchange: Exchange, _ text: ExchangeText) throws -> APIRequest {
        let words = try text.text(exchange.request.first).split(separator: " ").map(String.init)
        guard words.count >= 2 else {
            throw Corpus.Malformed(description: "no request: \(exchange.request.first)")
        }
        let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var headers = APIHeaders()
        if exchange.request.body != nil { headers["Content-Type"] = "application/json" }
        for header in exchange.request.headers {
            let header = try text.text(header)
            let parts = header.split(separator: ":", maxSplits: 1)
            if header.hasPrefix("!") {
                headers[String(header.dropFirst())] = nil
            } else if parts[0] == "Content-Type" {
                headers["Content-Type"] = String(parts[1].drop { $0 == " " })
            } else {
                headers.append(String(parts[0]), parts[1].drop { $0 == " " }.description)
            }
        }
        return APIRequest(
            method: words[0],
            path: String(target[0]),
            query: target.count > 1 ? String(target[1]) : nil,
            headers: headers,
            body: try text.bytes(exchange.request.body ?? "")
        )
    }

    /// What a store that is broken in this way says.
    private static func failure(_ word: String, of request: StoreRequest) throws -> StoreOutcome {
        // An answer to another question: a bug of a store.
        if word == "confused" { return .page(CalculationPage(calculations: [], hasMore: false)) }
        guard let reason = StoreError.Reason(rawValue: word) else {
            throw Corpus.Malformed(description: "no failure of a store: \(word)")
        }
        let error = StoreError(reason, "words of a library that nobody may see")
        switch request {
        case .insert(let calculations, _):
            return .inserted(calculations.map { _ in .failed(error) })
        case .find, .list, .check:
            return .failed(error)
        }
    }

    /// Everything that the store holds: what takes an expired id is another row.
    private func rows() async throws -> Set<CalculationQuery.Position> {
        var query = CalculationQuery(
            from: Timestamp(milliseconds: 0),
            to: Timestamp(milliseconds: 4_102_444_800_000),
            limit: 500
        )
        var rows: Set<CalculationQuery.Position> = []
        while true {
            let outcome = await store.perform(.list(query, now: Timestamp(milliseconds: 0)))
            guard case .page(let page) = outcome else {
                throw Corpus.Malformed(description: "the store does not list: \(outcome)")
            }
            rows.formUnion(page.calculations.map { .init(time: $0.time, id: $0.id) })
            guard page.hasMore, let last = page.calculations.last else { return rows }
            query.after = CalculationQuery.Position(time: last.time, id: last.id)
        }
    }
}
