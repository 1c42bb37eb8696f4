import CalcBurstFunctions
import Synchronization

/// Calculations in memory, for tests and as the model of what a store does.
///
/// Nothing outlasts the process, and nothing is ever removed but expired ones whose id is used again.
public final class MemoryStore: CalculationStore {
    private let calculations = Mutex<[ExactText: Calculation]>([:])

    public init() {}

    public var backend: String { "memory" }

    public func perform(_ request: StoreRequest) async -> StoreOutcome {
        switch request {
        case .insert(let new, let now):
            return .inserted(
                calculations.withLock { kept in
                    new.map { calculation in
                        let id = ExactText(calculation.id)
                        if let old = kept[id], !old.isExpired(at: now) { return .taken(old) }
                        kept[id] = calculation
                        return .stored
                    }
                }
            )
        case .find(let id, let now):
            let found = calculations.withLock { $0[ExactText(id)] }
            return .found(found.flatMap { $0.isExpired(at: now) ? nil : $0 })
        case .list(let query, let now):
            return .page(page(query, now))
        case .check:
            return .ready
        }
    }

    private func page(_ query: CalculationQuery, _ now: Timestamp) -> CalculationPage {
        let all = calculations.withLock { Array($0.values) }
        let asked = all.filter { query.includes($0) && !$0.isExpired(at: now) }
            .sorted { left, right in
                query.isDescending
                    ? right.position.precedes(left.position)
                    : left.position.precedes(right.position)
            }
        let limit = max(0, query.limit)
        return CalculationPage(
            calculations: Array(asked.prefix(limit)),
            hasMore: asked.count > limit
        )
    }
}

extension Calculation {
    fileprivate var position: CalculationQuery.Position { .init(time: time, id: id) }
}

extension CalculationQuery.Position {
    fileprivate func precedes(_ other: Self) -> Bool {
        time == other.time ? id.precedes(other.id) : time < other.time
    }
}

extension CalculationQuery {
    /// Whether a calculation is on this page or a later one.
    fileprivate func includes(_ calculation: Calculation) -> Bool {
        guard from <= calculation.time, calculation.time < to else { return false }
        if let after {
            let isLater =
                isDescending
                ? calculation.position.precedes(after) : after.precedes(calculation.position)
            guard isLater else { return false }
        }
        guard let operation else { return true }
        if case .operation(let name, _) = calculation.request {
            return name.hasSameBytes(as: operation)
        }
        return false
    }
}
