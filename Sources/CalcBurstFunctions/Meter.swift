/// What one evaluation may still use: fuel, memory, and the sizes of what it makes.
///
/// Every function that makes or walks something charges for it before the work. There is no way
/// to switch the meter off.
public struct Meter: Sendable {
    /// Fuel left, in units: 1 per operator or call, 1 per element, 1 per 16 bytes of text.
    package var fuel: Int
    /// Memory left, in bytes; what was made is not given back when it is freed.
    package var memory: Int
    package let limits: RunLimits
    /// The number of charges until cancellation and the deadline are looked at again.
    package var patience = Meter.period
    package let deadline: ContinuousClock.Instant?

    package static let period = 1024

    /// A meter for one evaluation; of an allowance that several share it takes no more than is left.
    package init(limits: RunLimits, of allowance: Allowance? = nil) {
        fuel = min(limits.fuel, allowance?.fuel ?? .max)
        memory = limits.memory
        self.limits = limits
        let ends = [limits.time.map { ContinuousClock.now + $0 }, allowance?.deadline]
        deadline = ends.compactMap(\.self).min()
    }

    /// Everything but the time is there again, for a run that only looks for the place of a fault.
    package mutating func refill() {
        fuel = limits.fuel
        memory = limits.memory
    }

    /// Takes fuel.
    package mutating func charge(fuel amount: Int) throws(Fault) {
        guard amount <= fuel else {
            fuel = 0
            throw .limit(.init("fuel", limits.fuel))
        }
        fuel -= amount
        patience -= max(1, min(amount, Meter.period))
        if patience <= 0 { try look() }
    }

    /// Looks whether the evaluation should stop: the task was cancelled, or time is up.
    package mutating func look() throws(Fault) {
        patience = Meter.period
        if Task.isCancelled { throw .cancelled }
        if let deadline, ContinuousClock.now >= deadline {
            throw .limit(.init("time-ms", limits.timeInMilliseconds))
        }
    }

    /// Takes the fuel and memory of a list that is about to be made.
    ///
    /// Takes 1 unit of fuel and 16 bytes for each element.
    public mutating func makeList(count: Int) throws(Fault) {
        guard count <= limits.listLength else {
            throw .limit(.init("list-length", limits.listLength))
        }
        try charge(fuel: count)
        try take(memory: count * 16)
    }

    /// Takes the fuel and memory of a string that is about to be made.
    ///
    /// Takes 1 unit of fuel for 16 bytes and the bytes themselves.
    public mutating func makeString(bytes: Int) throws(Fault) {
        guard bytes <= limits.stringLength else {
            throw .limit(.init("string-length", limits.stringLength))
        }
        try charge(fuel: bytes / 16)
        try take(memory: bytes)
    }

    /// Takes the fuel of looking at elements.
    public mutating func visit(count: Int) throws(Fault) {
        try charge(fuel: max(0, count))
    }

    private mutating func take(memory bytes: Int) throws(Fault) {
        guard bytes <= memory else {
            memory = 0
            throw .limit(.init("memory", limits.memory))
        }
        memory -= bytes
    }
}

/// What is left of the fuel and the time that several evaluations share.
///
/// It is not a limit: who is stopped by it is told the limits.
package struct Allowance: Sendable {
    package var fuel: Int
    package var deadline: ContinuousClock.Instant?

    package init(fuel: Int, deadline: ContinuousClock.Instant? = nil) {
        self.fuel = fuel
        self.deadline = deadline
    }
}

/// The limits of one evaluation.
public struct RunLimits: Hashable, Sendable {
    /// Units of fuel.
    public var fuel = 1_000_000
    /// Bytes made by one evaluation.
    public var memory = 16 << 20
    /// Elements of one list.
    public var listLength = 100_000
    /// UTF-8 bytes of one string.
    public var stringLength = 1 << 20
    /// Wall-clock time; nil is none.
    public var time: Duration?

    public init() {}

    /// The lower one of each limit.
    package func cut(to other: RunLimits) -> RunLimits {
        var limits = self
        limits.fuel = max(0, min(fuel, other.fuel))
        limits.memory = max(0, min(memory, other.memory))
        limits.listLength = max(0, min(listLength, other.listLength))
        limits.stringLength = max(0, min(stringLength, other.stringLength))
        if let most = other.time { limits.time = min(time ?? most, most) }
        return limits
    }

    package var timeInMilliseconds: Int {
        guard let (seconds, attoseconds) = time?.components else { return 0 }
        return Int(clamping: seconds.multipliedReportingOverflow(by: 1000).partialValue)
            &+ Int(attoseconds / 1_000_000_000_000_000)
    }
}
