import Foundation

/// What was measured for one expression: ours first, then the peer.
struct Row {
    let expression: Expression
    let evaluation: [Timing]
    let compilation: [Timing]

    var ratio: Double { evaluation[0].minimum / evaluation[1].minimum }
    var medianRatio: Double { evaluation[0].median / evaluation[1].median }
    var compileRatio: Double { compilation[0].minimum / compilation[1].minimum }
}

/// The tables that the benchmark prints.
struct Report {
    let rows: [Row]

    func print() {
        table()
        categories()
    }

    private func table() {
        line(
            "expression",
            "ns min",
            "ns med",
            "peer min",
            "peer med",
            "ratio",
            "us comp",
            "peer",
            "ratio"
        )
        for row in rows {
            line(
                row.expression.id,
                fixed(row.evaluation[0].minimum),
                fixed(row.evaluation[0].median),
                fixed(row.evaluation[1].minimum),
                fixed(row.evaluation[1].median),
                fixed(row.ratio),
                fixed(row.compilation[0].minimum / 1000),
                fixed(row.compilation[1].minimum / 1000),
                fixed(row.compileRatio, 3)
            )
        }
    }

    /// Geometric means of the ratios to the peer; below 1 we are faster.
    private func categories() {
        Swift.print("\nratio to muparser, geometric mean (below 1: calcburst is faster)")
        line("category", "of", "min", "med", "compile")
        var names: [String] = []
        for row in rows where !names.contains(row.expression.category) {
            names.append(row.expression.category)
        }
        for name in names { summary(name, rows.filter { $0.expression.category == name }) }
        summary("all", rows)
    }

    private func summary(_ name: String, _ rows: [Row]) {
        line(
            name,
            String(rows.count),
            fixed(mean(rows.map(\.ratio)), 3),
            fixed(mean(rows.map(\.medianRatio)), 3),
            fixed(mean(rows.map(\.compileRatio)), 3)
        )
    }

    private func mean(_ ratios: [Double]) -> Double {
        exp(ratios.map { log($0) }.reduce(0, +) / Double(ratios.count))
    }

    private func fixed(_ value: Double, _ places: Int = 2) -> String {
        String(format: "%.\(places)f", value)
    }

    private func line(_ first: String, _ others: String...) {
        let head = first.padding(toLength: 14, withPad: " ", startingAt: 0)
        Swift.print(
            head + others.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
        )
    }
}

/// One line about the machine, since the nanoseconds belong to it.
func machine() -> String {
    let cpus = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = cpus.split(separator: "\n").first { $0.hasPrefix("model name") }?
        .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    let info = ProcessInfo.processInfo
    return "machine: \(model ?? "unknown processor"), \(info.processorCount) cores, "
        + info.operatingSystemVersionString
}
