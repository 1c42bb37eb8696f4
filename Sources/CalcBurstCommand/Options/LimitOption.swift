import CalcBurst
import CalcBurstSource

/// `--limit name=value[,name=value…]`: limits by the names that errors call them by.
enum LimitOption {
    static var names: [String] { NamedLimit.all.map(\.name) }

    /// Applies one option's text to the limits.
    static func apply(_ text: String, to limits: inout Limits) throws(Failure) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else {
                throw .usage("--limit takes name=value, not '\(part)'", help: all)
            }
            let name = sides[0] == "time" ? "time-ms" : String(sides[0])
            guard let entry = NamedLimit.all.first(where: { $0.name == name }) else {
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

    private static func example(of unit: NamedLimit.Unit) -> String {
        switch unit {
        case .count: ""
        case .bytes: ", with a unit if you like: 64KiB, 8MiB"
        case .milliseconds: ", with a unit if you like: 50ms, 2s"
        }
    }

    /// The number of a text: digits, a decimal exponent, a unit; nil if it is not a whole number of
    /// things or too large to be any limit.
    private static func number(_ text: String, unit: NamedLimit.Unit) -> Int? {
        let unitText = text.reversed().prefix { $0.isASCII && $0.isLetter }.reversed()
        let numeral = text.dropLast(unitText.count)
        guard numeral.allSatisfy({ "0123456789.eE+".contains($0) }), let number = Double(numeral),
            let scale = scale(String(unitText), unit)
        else { return nil }
        return Int(exactly: number * scale).flatMap { $0 <= 1 << 53 ? $0 : nil }
    }

    private static func scale(_ text: String, _ unit: NamedLimit.Unit) -> Double? {
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
