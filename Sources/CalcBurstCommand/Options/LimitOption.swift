import CalcBurst
import CalcBurstSource

/// `--limit name=value[,name=value…]`: limits by the names that errors call them by.
enum LimitOption {
    /// One limit: its name, its highest value, and where it is kept.
    private struct Entry: Sendable {
        let name: String
        let unit: Unit
        let path: any WritableKeyPath<Limits, Int> & Sendable
    }

    private enum Unit {
        case count
        case bytes
        case milliseconds
    }

    private static let entries: [Entry] = [
        Entry(name: "fuel", unit: .count, path: \.run.fuel),
        Entry(name: "time-ms", unit: .milliseconds, path: \.milliseconds),
        Entry(name: "memory", unit: .bytes, path: \.run.memory),
        Entry(name: "list-length", unit: .count, path: \.run.listLength),
        Entry(name: "string-length", unit: .bytes, path: \.run.stringLength),
        Entry(name: "data-depth", unit: .count, path: \.dataDepth),
        Entry(name: "source-length", unit: .bytes, path: \.source.sourceLength),
        Entry(name: "nesting", unit: .count, path: \.source.nesting),
        Entry(name: "nodes", unit: .count, path: \.source.nodes),
        Entry(name: "numeral-length", unit: .bytes, path: \.source.numeralLength),
        Entry(name: "name-length", unit: .bytes, path: \.source.nameLength),
        Entry(name: "names", unit: .count, path: \.source.names),
        Entry(name: "operands", unit: .count, path: \.source.operands),
        Entry(name: "literal-length", unit: .count, path: \.source.literalLength),
    ]

    static var names: [String] { entries.map(\.name) }

    /// Applies one option's text to the limits.
    static func apply(_ text: String, to limits: inout Limits) throws(Failure) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else {
                throw .usage("--limit takes name=value, not '\(part)'", help: all)
            }
            let name = sides[0] == "time" ? "time-ms" : String(sides[0])
            guard let entry = entries.first(where: { $0.name == name }) else {
                let guess = Suggestion.best(for: name, among: names, limit: 1).first
                throw .usage(
                    "there is no limit '\(name)'",
                    help: guess.map { "did you mean '\($0)'?" } ?? all
                )
            }
            guard let value = number(String(sides[1]), unit: entry.unit) else {
                throw .usage(
                    "'\(sides[1])' is not a value for the limit '\(name)'",
                    help: "write a whole number such as 1000 or 1e6"
                        + example(of: entry.unit)
                )
            }
            let ceiling = Limits.ceiling[keyPath: entry.path]
            guard value <= ceiling || entry.unit == .milliseconds else {
                throw .usage("the limit '\(name)' is at most \(ceiling), not \(sides[1])")
            }
            limits[keyPath: entry.path] = value
        }
    }

    private static var all: String { "the limits are \(names.joined(separator: ", "))" }

    private static func example(of unit: Unit) -> String {
        switch unit {
        case .count: ""
        case .bytes: ", with a unit if you like: 64KiB, 8MiB"
        case .milliseconds: ", with a unit if you like: 50ms, 2s"
        }
    }

    /// The number of a text: digits, a decimal exponent, a unit; nil if it is not a whole number of
    /// things or too large to be any limit.
    private static func number(_ text: String, unit: Unit) -> Int? {
        let unitText = text.reversed().prefix { $0.isASCII && $0.isLetter }.reversed()
        let numeral = text.dropLast(unitText.count)
        guard numeral.allSatisfy({ "0123456789.eE+".contains($0) }), let number = Double(numeral),
            let scale = scale(String(unitText), unit)
        else { return nil }
        return Int(exactly: number * scale).flatMap { $0 <= 1 << 53 ? $0 : nil }
    }

    private static func scale(_ text: String, _ unit: Unit) -> Double? {
        switch (unit, text) {
        case (_, ""): 1
        case (.bytes, "B"): 1
        case (.bytes, "kB"): 1e3
        case (.bytes, "MB"): 1e6
        case (.bytes, "KiB"): 1_024
        case (.bytes, "MiB"): 1_048_576
        case (.milliseconds, "ms"): 1
        case (.milliseconds, "s"): 1e3
        case (.count, _), (.bytes, _), (.milliseconds, _): nil
        }
    }
}

extension Limits {
    /// The time of a run in whole milliseconds, as the option has it.
    fileprivate var milliseconds: Int {
        get { 0 }
        set { run.time = .milliseconds(newValue) }
    }
}
