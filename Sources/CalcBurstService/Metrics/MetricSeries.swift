import Synchronization

/// One number that any thread may raise.
final class Cell: Sendable {
    private let number = Atomic<UInt64>(0)

    var value: UInt64 { number.load(ordering: .relaxed) }

    func add(_ amount: UInt64 = 1) {
        number.wrappingAdd(amount, ordering: .relaxed)
    }
}

/// The series of one combination of labels: a count, or the buckets of a histogram.
final class MetricSeries: Sendable {
    private let buckets: [Double]
    /// One for each bucket and one for what is above them all; the only one of a counter.
    private let counts: [Cell]
    /// The sum of the observations in nanoseconds: whole numbers need no lock to be added up.
    private let nanoseconds = Cell()

    init(_ metric: Metric) {
        buckets = metric.buckets
        counts = (0...buckets.count).map { _ in Cell() }
    }

    /// Counts one event.
    func count() { counts[0].add() }

    /// Counts one event that took a time.
    func observe(_ seconds: Double) {
        // A clock that went wrong counts as no time.
        let time = seconds.isFinite ? min(max(seconds, 0), 1e9) : 0
        counts[buckets.firstIndex { time <= $0 } ?? buckets.count].add()
        nanoseconds.add(UInt64(exactly: (time * 1e9).rounded()) ?? 0)
    }

    /// The events so far.
    var value: UInt64 { counts[0].value }

    /// The observations up to each bound, the last without one, and the sum of them all.
    var distribution: (cumulative: [UInt64], seconds: Double) {
        var total: UInt64 = 0
        let cumulative = counts.map { cell in
            total += cell.value
            return total
        }
        return (cumulative, Double(nanoseconds.value) / 1e9)
    }
}

/// All series of one metric, by the places of their labels' values.
final class MetricTable: Sendable {
    let metric: Metric
    private let sets: [LabelSet]
    /// The values of the last label; the series that differ in it only are a row.
    private let width: Int
    /// Every series there can be; empty where they come one by one.
    private let all: [MetricSeries]
    private let recorded = Mutex<[Int: MetricSeries]>([:])

    init(_ metric: Metric) {
        self.metric = metric
        sets = metric.sets
        width = metric.sets.last?.values.count ?? 1
        switch metric.presence {
        case .always:
            let count = metric.sets.reduce(1) { $0 * $1.values.count }
            all = (0..<count).map { _ in MetricSeries(metric) }
        case .byRow, .single:
            all = []
        }
    }

    /// The series of some values, one for each label.
    func series(_ first: Int = 0, _ second: Int = 0, _ third: Int = 0) -> MetricSeries {
        var place = first
        if sets.count > 1 { place = place * sets[1].values.count + second }
        if sets.count > 2 { place = place * sets[2].values.count + third }
        if all.indices.contains(place) { return all[place] }
        return recorded.withLock { series in
            if let known = series[place] { return known }
            let new = MetricSeries(metric)
            series[place] = new
            if metric.presence == .byRow {
                let row = place / width * width
                for place in row..<row + width where series[place] == nil {
                    series[place] = MetricSeries(metric)
                }
            }
            return new
        }
    }

    /// The series that are there, in the order of their labels, each with the values of these.
    var present: [(values: [String], series: MetricSeries)] {
        let places =
            all.isEmpty
            ? recorded.withLock { $0.sorted { $0.key < $1.key } }
            : all.enumerated().map { (key: $0.offset, value: $0.element) }
        return places.map { place, series in
            var rest = place
            var values: [String] = []
            for set in sets.reversed() {
                values.append(set.values[rest % set.values.count])
                rest /= set.values.count
            }
            return (values.reversed(), series)
        }
    }
}
