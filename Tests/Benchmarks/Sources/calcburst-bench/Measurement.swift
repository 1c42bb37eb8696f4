/// How long and how often to measure.
struct Effort {
    let rounds: Int
    let sample: Duration

    static let full = Effort(rounds: 35, sample: .microseconds(300))
    static let short = Effort(rounds: 5, sample: .microseconds(50))
}

/// Nanoseconds of one evaluation or compilation over the rounds.
struct Timing {
    let minimum: Double
    let median: Double

    init(_ samples: [Double]) {
        let sorted = samples.sorted()
        minimum = sorted.first ?? .nan
        median = sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
}

/// Times several bodies, taking their samples in turn, so that a slow moment of the machine hits all.
///
/// A body is told how often to repeat. How often makes a sample long enough is found first.
func measure(_ effort: Effort, _ bodies: [(Int) throws -> Void]) throws -> [Timing] {
    let clock = ContinuousClock()
    let counts = try bodies.map { body in
        var count = 16
        while true {
            let taken = try clock.measure { try body(count) }
            if taken >= effort.sample || count >= 1 << 24 { return count }
            count *= 2
        }
    }
    var samples = [[Double]](repeating: [], count: bodies.count)
    for _ in 0..<effort.rounds {
        for (index, body) in bodies.enumerated() {
            let taken = try clock.measure { try body(counts[index]) }
            samples[index].append(taken / .nanoseconds(1) / Double(counts[index]))
        }
    }
    return samples.map(Timing.init)
}
