#if Command
import ArgumentParser
import CalcBurstSource

/// From arguments to an exit status: the parser's part, and what it cannot know.
enum CommandLineInterface {
    static func run(_ typed: [String]) -> ExitStatus {
        let console = Console()
        do throws(Failure) {
            if let position = System.firstInvalidArgument() {
                throw Failure(.data, "argument \(position) is not UTF-8")
            }
            try execute(typed, console)
            return .success
        } catch {
            do throws(Failure) { try console.report(error) } catch {
                // There is nobody left to tell.
            }
            return error.status
        }
    }

    private static func execute(_ typed: [String], _ console: Console) throws(Failure) {
        let arguments = Arguments(
            typed,
            commands: CommandName.allCases.map(\.rawValue) + ["help"],
            standard: CommandName.eval.rawValue
        )
        if arguments.isExpression {
            var command = EvalCommand.evaluating(typed)
            return try command.execute(after: arguments)
        }
        do {
            var command = try RootCommand.parseAsRoot(arguments.prepared)
            if var ours = command as? any Subcommand {
                try ours.execute(after: arguments)
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            let status = RootCommand.exitCode(for: error)
            let message = Arguments.unmarked(RootCommand.fullMessage(for: error))
            guard status != .success else {
                if !message.isEmpty { try console.output.writeLine(message) }
                return try console.output.flush()
            }
            try console.message(message + help(for: arguments, message))
            throw Failure(.usage)
        }
    }

    /// What the parser's message does not say.
    private static func help(for arguments: Arguments, _ message: String) -> String {
        if let guess = arguments.suggestion {
            return "\n  = help: did you mean 'calcburst \(guess)'?"
        }
        if message.contains("Unknown option"), !message.contains("Did you mean") {
            return "\n  = help: an expression that begins with dashes stands behind -e or --"
        }
        return ""
    }
}

extension Arguments {
    /// The subcommand that may have been meant, as it is typed after `calcburst`.
    fileprivate var suggestion: String? {
        guard prepared.first == CommandName.plugin.rawValue, let firstWord else {
            return CommandName.suggestion(for: firstWord)
        }
        let names = PluginCommand.configuration.subcommands.map { $0._commandName }
        guard !names.contains(firstWord) else { return nil }
        return Suggestion.best(for: firstWord, among: names, limit: 1).first.map {
            "\(CommandName.plugin.rawValue) \($0)"
        }
    }
}

/// A subcommand of ours: it throws `Failure` and may look at the arguments as they were typed.
protocol Subcommand: ParsableCommand {
    mutating func execute(after arguments: Arguments) throws(Failure)
}

/// The root: it only shows the way to the subcommands.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calcburst",
        abstract: "Evaluates expressions.",
        usage: """
            calcburst [<options>] <expression> ...
            calcburst <subcommand>
            """,
        discussion: """
            calcburst 'sqrt(3^2 + 4^2)'                    5
            calcburst --let r=0.05 '1000 * (1 + r)^30'     4321.94237515067
            calcburst --json '0.1 + 0.2'                   JSON, exact
            seq 1 3 | sed 's/$/^2/' | calcburst            a line, a result
            calcburst                                      a conversation
            calcburst --plugin ./shop.so 'shop.vat(100)'   operations of a shared library
            calcburst serve                                the service, on 127.0.0.1:8080

            Exit status: 0 a value, 1 false (with -x), 2 the evaluation failed,
            64 wrong usage, 65 the expression is wrong, 66 a file cannot be read, 69 a service
            cannot be reached.
            """,
        version: Main.version,
        subcommands: [
            EvalCommand.self, CheckCommand.self, InspectCommand.self, ExplainCommand.self,
            FunctionsCommand.self, ReplCommand.self, ServeCommand.self, CallCommand.self,
            HistoryCommand.self, PluginCommand.self,
        ],
        defaultSubcommand: EvalCommand.self
    )
}

/// A value that may begin with a dash.
struct Word: ExpressibleByArgument {
    let text: String

    var defaultValueDescription: String { text }

    init(argument: String) { text = Arguments.unmarked(argument) }
}

extension ColorChoice: ExpressibleByArgument {}

/// Where expressions come from.
struct ExpressionOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "An expression; several words are one.",
            valueName: "expression"
        )
    )
    var words: [Word] = []

    @Option(
        name: [.short, .long],
        parsing: .unconditionalSingleValue,
        help: "An expression; may be given several times.",
        completion: .default
    )
    var expression: [Word] = []

    @Option(
        name: [.short, .long],
        parsing: .unconditionalSingleValue,
        help: "A file with one expression, on any number of lines; - is standard input.",
        completion: .file()
    )
    var file: [Word] = []
}

/// Values for the names of expressions.
struct VariableArguments: ParsableArguments {
    @Option(
        name: .customLong("let"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A name and its value, an expression; may be given several times.",
            valueName: "name=value"
        )
    )
    var lets: [Word] = []

    @Option(
        name: .customLong("vars"),
        help: ArgumentHelp("A JSON file with names and values.", valueName: "file.json"),
        completion: .file(extensions: ["json"])
    )
    var file: Word?
}

/// What expressions may use.
struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A limit, such as fuel=1e7 or time=50ms; see 'calcburst explain limit-exceeded'.",
            valueName: "name=value"
        )
    )
    var limit: [Word] = []

    @Flag(help: "The limits for expressions from strangers.")
    var untrusted = false

    @Option(help: "The kind of numbers: double.")
    var mode: Word = Word(argument: "double")

    @OptionGroup var plugins: PluginOptions
}

/// When to use colour.
struct ColorOption: ParsableArguments {
    @Option(help: "When to use colour.")
    var color: ColorChoice = .auto
}
#endif
