#if Plugins
import CalcBurstFunctions

/// When a helper failed, and so whether and when it may be started again.
struct FailureHistory: Sendable {
    private var failures: [ContinuousClock.Instant] = []
    private var rests: ContinuousClock.Instant?

    var isResting: Bool { rests.map { ContinuousClock.now < $0 } ?? false }

    mutating func add(_ limits: IsolationLimits) {
        let now = ContinuousClock.now
        failures.removeAll { $0 + limits.window < now }
        failures.append(now)
        guard failures.count >= limits.failures else { return }
        failures = []
        rests = now + limits.coolDown
    }

    /// How long to wait before the next start; nil if it may begin.
    func pause(_ limits: IsolationLimits) -> Duration? {
        guard let last = failures.last, limits.pause > .zero else { return nil }
        let left = last + limits.pause * (1 << min(failures.count - 1, 6)) - ContinuousClock.now
        return left > .zero ? left : nil
    }
}

/// What a call must give, and so how large its answer can be.
struct Expected {
    var type: PluginType
    /// Many calls at once give a list of so many.
    var rows: Int?

    func takes(_ value: Value) -> Bool {
        guard let rows else { return type.takes(value) }
        guard case .list(let list) = value, list.count == rows else { return false }
        // Without a value for each element where lists are stored as what they hold.
        if type == .f64, let numbers = list.plainNumbers { return numbers.allSatisfy(\.isFinite) }
        return list.allSatisfy(type.takes)
    }

    func bound(_ bounds: CallBounds) -> (frame: Int, values: ValueBounds) {
        let elements = rows ?? (type == .numbers || type == .integers ? bounds.listLength : 0)
        let bytes = type == .string ? bounds.stringLength : 0
        // Room for a fault with its words.
        return (
            150_000 + bytes + 16 * elements,
            ValueBounds(bytes: bytes, elements: elements)
        )
    }
}
#endif
