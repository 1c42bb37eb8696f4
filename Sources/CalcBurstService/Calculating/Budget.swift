import CalcBurst
import CalcBurstFunctions

/// The fuel and the time that a request may use, all its calculations together.
struct Budget {
    private(set) var used = 0
    private let fuel: Int
    private let deadline: ContinuousClock.Instant?
    private let milliseconds: Int

    init(_ limits: RunLimits) {
        fuel = limits.fuel
        milliseconds = limits.timeInMilliseconds
        deadline = limits.time.map { ContinuousClock.now + $0 }
    }

    /// The limits of the next calculation: its own, and no more than what is left.
    func limits(_ own: RunLimits) -> RunLimits {
        var limits = own
        limits.fuel = min(own.fuel, max(0, fuel - used))
        if let deadline {
            let left = max(.zero, deadline - ContinuousClock.now)
            limits.time = min(own.time ?? left, left)
        }
        return limits
    }

    mutating func use(_ amount: Int) { used += max(0, amount) }

    /// The problem of a request whose time is up before the next calculation; nil if there is time.
    var exhaustion: Problem? {
        guard let deadline, ContinuousClock.now >= deadline else { return nil }
        return .limit(
            "time-ms",
            maximum: milliseconds,
            "stopped at the limit of \(milliseconds) for time-ms"
        )
    }
}
