/// Writes metrics in the text form of Prometheus, version 0.0.4.
struct MetricText {
    private var bytes: [UInt8] = []

    var finished: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes the two lines about a metric that come before its series.
    mutating func begin(_ metric: Metric) {
        write("# HELP \(metric.rawValue) \(metric.help)\n")
        write("# TYPE \(metric.rawValue) \(metric.kind.rawValue)\n")
    }

    /// Writes the series of a table.
    mutating func add(_ table: MetricTable) {
        let metric = table.metric
        let bounds = metric.buckets.map { "\($0)" } + ["+Inf"]
        for (values, series) in table.present {
            switch metric.kind {
            case .counter, .gauge:
                line(metric.rawValue, labels(metric, values), "\(series.value)")
            case .histogram:
                let pairs = labels(metric, values)
                let (cumulative, seconds) = series.distribution
                for (bound, count) in zip(bounds, cumulative) {
                    line("\(metric.rawValue)_bucket", pairs + [("le", bound)], "\(count)")
                }
                line("\(metric.rawValue)_sum", pairs, "\(seconds)")
                line("\(metric.rawValue)_count", pairs, "\(cumulative.last ?? 0)")
            }
        }
    }

    /// Writes the one series of a metric.
    mutating func add(_ metric: Metric, values: [String] = [], _ value: Double) {
        line(metric.rawValue, labels(metric, values), "\(value)")
    }

    private func labels(
        _ metric: Metric,
        _ values: [String]
    ) -> [(name: String, value: String)] {
        zip(metric.labels, values).map { (name: $0, value: $1) }
    }

    private mutating func line(
        _ name: String,
        _ labels: [(name: String, value: String)],
        _ value: String
    ) {
        write(name)
        for (position, label) in labels.enumerated() {
            write(position == 0 ? "{" : ",")
            write(label.name)
            write("=\"")
            for byte in label.value.utf8 {
                switch byte {
                case UInt8(ascii: "\\"), UInt8(ascii: "\""):
                    bytes.append(UInt8(ascii: "\\"))
                    bytes.append(byte)
                case UInt8(ascii: "\n"): write("\\n")
                default: bytes.append(byte)
                }
            }
            write("\"")
        }
        write(labels.isEmpty ? " " : "} ")
        write(value)
        write("\n")
    }

    private mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
