import CalcBurstSource

/// The arguments as typed, made ready for the argument parser.
///
/// Expressions look like options: `-2+3`, `-q*2`. A word that begins with a dash and is none of the
/// options is marked with a byte that no argument can hold, so that the parser takes it for a value.
/// The name of a subcommand comes first, wherever it was typed among the options.
struct Arguments {
    /// What the argument parser is given.
    let prepared: [String]
    /// The first word that is no option and no option's value.
    let firstWord: String?
    /// Whether there are words of an expression and nothing else.
    let isExpression: Bool

    /// Options that take a value, in all commands; a test holds the list to the declarations.
    static let valued: Set<String> = [
        "-e", "--expression", "-f", "--file", "--let", "--vars", "--digits", "--limit", "--color",
        "--mode",
        // plugins
        "--plugin", "--plugin-dir", "--plugin-lock", "--plugin-timeout", "--language", "--cc",
        // serve
        "--host", "--port", "--database", "--allow-host", "--cors-origin", "--public-url",
        "--log-level", "--header-timeout", "--body-timeout", "--idle-timeout", "--max-connections",
        // call
        "--id", "--timeout", "--header",
        // history
        "--from", "--to", "--operation", "--order",
    ]
    private static let shortFlags: Set<Character> = ["x", "q"]
    /// What belongs to the whole command and needs no subcommand.
    private static let general: Set<String> = [
        "-h", "--help", "--version", "--generate-completion-script", "--experimental-dump-help",
        "---completion",
    ]

    private static let mark = "\u{0}"

    /// The word without the mark.
    static func unmarked(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0 != "\u{0}" })
    }

    init(_ arguments: [String], commands: [String], standard: String) {
        var words: [String] = []
        var command: String?
        var first: String?
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" {
                if first == nil { first = rest.first }
                words.append(word)
                words += rest
                break
            }
            if Self.valued.contains(word) {
                words.append(word)
                if let value = rest.popFirst() { words.append(value) }
            } else if word.hasPrefix("--") {
                words.append(Self.isLongOption(word) ? word : Self.mark + word)
            } else if word.hasPrefix("-"), word.utf8.count > 1 {
                words.append(Self.isShortOption(word) ? word : Self.mark + word)
            } else if first == nil, command == nil, commands.contains(word) {
                command = word
                // `help` is followed by names of commands, not by words.
                if word == "help" { first = word }
            } else {
                if first == nil { first = word }
                words.append(word)
            }
        }
        firstWord = first
        isExpression =
            command == nil && !arguments.isEmpty
            && arguments.allSatisfy { !$0.hasPrefix("-") }
        if command == nil, let option = arguments.first, Self.general.contains(option) {
            prepared = arguments
        } else {
            prepared = [command ?? standard] + words
        }
    }

    private static func isLongOption(_ word: String) -> Bool {
        word.dropFirst(2).first.map { $0.isASCII && $0.isLetter } ?? false
    }

    private static func isShortOption(_ word: String) -> Bool {
        let letters = word.dropFirst()
        return letters == "h" || letters.hasPrefix("e=") || letters.hasPrefix("f=")
            || letters.allSatisfy(shortFlags.contains)
    }
}

/// The names of the subcommands, as people see them.
enum CommandName: String, CaseIterable {
    case eval
    case check
    case inspect
    case explain
    case functions
    case repl
    case serve
    case call
    case history
    case plugin

    /// The subcommand that may have been meant by a word.
    static func suggestion(for word: String?) -> String? {
        guard let word, word.utf8.count >= 3 else { return nil }
        let names = allCases.map(\.rawValue) + ["help"]
        guard !names.contains(word) else { return nil }
        return Suggestion.best(for: word, among: names, limit: 1).first
    }
}
