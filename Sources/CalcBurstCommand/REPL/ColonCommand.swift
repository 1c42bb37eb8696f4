import CalcBurstFunctions
import CalcBurstSource

/// What can be typed after a colon; a unique beginning is enough.
enum ColonCommand: String, CaseIterable {
    case type
    case inspect
    case vars
    case functions
    case help
    case explain
    case set
    case load
    case plugins
    case reset
    case quit

    /// How it is written, for help.
    var usage: String {
        switch self {
        case .type: ":type EXPRESSION"
        case .inspect: ":inspect EXPRESSION"
        case .vars: ":vars"
        case .functions: ":functions [NAME]"
        case .help: ":help [NAME]"
        case .explain: ":explain [CODE]"
        case .set: ":set digits N"
        case .load: ":load PATH"
        case .plugins: ":plugins"
        case .reset: ":reset"
        case .quit: ":quit"
        }
    }

    /// What it does, in a few words.
    var summary: String {
        switch self {
        case .type: "the type of a value, without evaluating it"
        case .inspect: "every stage of an expression"
        case .vars: "the variables and their values"
        case .functions: "all functions, or those that fit a pattern such as log*"
        case .help: "this page, or the page of a function"
        case .explain: "the last error, or the page of a code"
        case .set: "the digits of numbers: 1 to 17, or all"
        case .load: "loads a plugin, a shared library or a manifest"
        case .plugins: "the plugins and their functions"
        case .reset: "forgets all definitions"
        case .quit: "leaves, as Ctrl-D does"
        }
    }

    /// What a line after its colon asks for.
    static func parse(_ line: String) throws(Failure) -> (command: ColonCommand, rest: String) {
        let word = String(line.prefix { $0 != " " && $0 != "\t" })
        let rest = String(line.dropFirst(word.count)).trimmingSpaces
        let found = allCases.filter { $0.rawValue.hasPrefix(word) }
        if let command = found.first, found.count == 1, !word.isEmpty { return (command, rest) }
        if let exact = ColonCommand(rawValue: word) { return (exact, rest) }
        let all = allCases.map { ":\($0.rawValue)" }.joined(separator: " ")
        guard found.isEmpty else {
            throw .usage(
                "':\(word)' may be \(found.map { ":\($0.rawValue)" }.joined(separator: " "))"
            )
        }
        let guess = Suggestion.best(for: word, among: allCases.map(\.rawValue), limit: 1).first
        throw .usage(
            "there is no command ':\(word)'",
            help: guess.map { "did you mean ':\($0)'?" } ?? "the commands are \(all)"
        )
    }

    /// One screen of help.
    static func page(heading: (String) -> String) -> String {
        let width = allCases.map(\.usage.utf8.count).max() ?? 0
        let commands = allCases.map { command in
            let gap = String(repeating: " ", count: width - command.usage.utf8.count + 2)
            return "  \(command.usage)\(gap)\(command.summary)"
        }
        let examples = [
            "  1920 / 16 * 9        a value; ans is the last one",
            "  * 2                  goes on from ans",
            "  r = 0.05             a variable",
            "  f(x) = x * (1 + r)   a function",
            "  sum([1, 2, 3], it^2) a list, and a body for its elements",
            "  sqrt?                the page of a function",
        ]
        return
            ([heading("Lines")] + examples + ["", heading("Commands")] + commands + [
                "",
                "A line that is not complete goes on after …; an empty line ends it.",
                "Ctrl-C clears the line or stops an evaluation, Ctrl-D leaves.",
            ]).joined(separator: "\n")
    }
}
