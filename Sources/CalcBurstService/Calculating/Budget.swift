import CalcBurst
import CalcBurstFunctions

/// The fuel and the time that a request may use, all its calculations together.
struct Budget {
    private(set) var used = 0
    private let limits: RunLimits
    private let deadline: ContinuousClock.Instant?

    init(_ limits: RunLimits) {
        self.limits = limits
        deadline = limits.time.map { ContinuousClock.now + $0 }
    }

    /// What is left for the next calculation.
    var allowance: Allowance {
        Allowance(fuel: max(0, limits.fuel - used), deadline: deadline)
    }

    mutating func use(_ amount: Int) { used += max(0, amount) }

    /// The problem of a request whose time is up before the next calculation; nil if there is time.
    var exhaustion: Problem? {
        guard let deadline, ContinuousClock.now >= deadline else { return nil }
        let most = limits.timeInMilliseconds
        return .limit("time-ms", maximum: most, "stopped at the limit of \(most) for time-ms")
    }
}
