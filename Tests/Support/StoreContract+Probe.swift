import CalcBurstFunctions
public import CalcBurstService
import Synchronization

extension StoreContract {
    /// A store and the complaints about it.
    public final class Probe: Sendable {
        public let store: any CalculationStore
        private let found = Mutex<[String]>([])

        init(_ store: any CalculationStore) { self.store = store }

        var complaints: [String] { found.withLock { $0 } }

        func complain(_ text: String) { found.withLock { $0.append(text) } }

        func compare<Seen: Equatable>(_ what: String, _ seen: Seen, _ expected: Seen) {
            if seen != expected { complain("\(what): \(seen) instead of \(expected)") }
        }

        func compare(_ what: String, _ seen: StoreOutcome, _ expected: StoreOutcome) {
            compare(what, StoreContract.text(seen), StoreContract.text(expected))
        }

        // MARK: - Steps

        func expect(
            _ what: String,
            _ expected: [StoreOutcome.Insertion],
            insert calculations: [Calculation],
            now: Timestamp = StoreContract.now
        ) async {
            compare(
                what,
                await store.perform(.insert(calculations, now: now)),
                .inserted(expected)
            )
        }

        func expect(
            _ what: String,
            _ expected: Calculation?,
            id: String,
            now: Timestamp = StoreContract.now
        ) async {
            compare(what, await store.perform(.find(id: id, now: now)), .found(expected))
        }

        func expect(
            _ what: String,
            _ ids: [String],
            list query: CalculationQuery,
            now: Timestamp = StoreContract.now
        ) async {
            guard let page = await page(query, now: now) else { return }
            compare(what, page.calculations.map(\.id), ids)
        }

        /// Inserts calculations, none of which is there yet.
        func fill(_ calculations: [Calculation]) async {
            await expect("insert", calculations.map { _ in .stored }, insert: calculations)
        }

        func page(
            _ query: CalculationQuery,
            now: Timestamp = StoreContract.now
        ) async -> CalculationPage? {
            let outcome = await store.perform(.list(query, now: now))
            if case .page(let page) = outcome { return page }
            complain("no page: \(StoreContract.text(outcome))")
            return nil
        }

        /// The ids of all pages, each begun where the last ended.
        func pages(_ query: CalculationQuery) async -> [String] {
            var query = query
            var ids: [String] = []
            while let page = await page(query), let last = page.calculations.last {
                if page.calculations.count > query.limit { complain("a page is too long") }
                ids += page.calculations.map(\.id)
                guard page.hasMore else { break }
                query.after = .init(time: last.time, id: last.id)
            }
            return ids
        }

        /// Inserts, finds and lists calculations of one moment, and compares every bit.
        func roundTrip(_ calculations: [Calculation]) async {
            await fill(calculations)
            for calculation in calculations {
                await expect("find", calculation, id: calculation.id)
                await expect("again", [.taken(calculation)], insert: [calculation])
            }
            guard let page = await page(.everything) else { return }
            let byID = calculations.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
            compare(
                "list",
                page.calculations.map(StoreContract.text),
                byID.map(StoreContract.text)
            )
        }
    }

    // MARK: - Texts that differ where a bit differs

    static func text(_ outcome: StoreOutcome) -> String {
        switch outcome {
        case .inserted(let insertions):
            "inserted \(insertions.map(text))"
        case .found(let calculation):
            "found \(calculation.map(text) ?? "nothing")"
        case .page(let page):
            "page \(page.calculations.map(text)) \(page.hasMore)"
        case .ready: "ready"
        case .failed(let error): "failed \(error)"
        }
    }

    private static func text(_ insertion: StoreOutcome.Insertion) -> String {
        switch insertion {
        case .stored: "stored"
        case .taken(let calculation): "taken \(text(calculation))"
        case .failed(let error): "failed \(error)"
        }
    }

    static func text(_ calculation: Calculation) -> String {
        let request =
            switch calculation.request {
            case .operation(let name, let operands):
                "\(bytes(name))(\(operands.map { "\($0.bitPattern)" }))"
            case .expression(let expression, let variables):
                "'\(bytes(expression))' \(text(.record(variables)))"
            }
        return "\(bytes(calculation.id)) \(request) = \(text(calculation.result)) "
            + "\(bytes(calculation.resultType)) at \(calculation.time.milliseconds) in "
            + "\(calculation.milliseconds.bitPattern)"
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let number): "#\(number.bitPattern)"
        case .string(let string): bytes(string)
        case .list(let list): "[\(list.map(text).joined(separator: ","))]"
        case .record(let record):
            "{\(record.fields.map { "\(bytes($0.name)):\(text($0.value))" }.joined(separator: ","))}"
        }
    }

    /// Two texts that look alike differ in their bytes.
    private static func bytes(_ text: String) -> String {
        text.utf8.allSatisfy { 0x20..<0x7F ~= $0 } ? "\"\(text)\"" : "\(Array(text.utf8))"
    }
}
