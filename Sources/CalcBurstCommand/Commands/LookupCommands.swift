#if Command
import ArgumentParser
import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// `calcburst explain CODE`: the page of an error code.
struct ExplainCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.explain.rawValue,
        abstract: "Explain an error code, such as division-by-zero.",
        discussion: "Without a code, lists all of them."
    )

    @Argument(
        help: "The code, as it stands in brackets after 'error'.",
        completion: .list(DiagnosticCode.allCases.map(\.rawValue))
    )
    var code: String?

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console()
        try console.result(try Explanations.text(for: code, width: 80))
        try console.output.flush()
    }
}

/// `calcburst functions [NAME|GLOB]`: what expressions may call.
struct FunctionsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.functions.rawValue,
        abstract: "List functions, or describe one.",
        discussion: "calcburst functions 'log*' lists those whose names begin with log."
    )

    @Argument(
        help: "A name, or a pattern with * and ?.",
        completion: .list(FunctionLibrary.standard.names)
    )
    var name: String?

    @Flag(help: "Write JSON.")
    var json = false

    @OptionGroup var colors: ColorOption
    @OptionGroup var plugins: PluginOptions

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console(color: colors.color, isJSON: json)
        var engine = Engine.standard
        try plugins.load(into: &engine)
        let catalogue = Catalogue(library: engine.library)
        guard let functions = catalogue.functions(matching: name) else {
            let name = name ?? ""
            let guesses = catalogue.suggestions(for: name).map { "'\($0)'" }
            try console.report(
                Failure(
                    .usage,
                    "there is no function named '\(name)'",
                    help: guesses.isEmpty
                        ? "calcburst functions lists all"
                        : "did you mean \(guesses.joined(separator: " or "))?"
                )
            )
            throw Failure(.usage)
        }
        if json {
            try console.output.writeLine(JSON.write(.array(functions.map(FunctionJSON.value))))
        } else if let only = functions.first, functions.count == 1 {
            try console.output.writeLine(catalogue.page(only, heading: console.heading))
        } else {
            try console.output.writeLine(catalogue.list(functions, heading: console.heading))
        }
        try console.output.flush()
    }
}

/// `calcburst repl`: a conversation.
struct ReplCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.repl.rawValue,
        abstract: "Begin a conversation: definitions stay, ans is the last value.",
        discussion: """
            Begins by itself when calcburst is called without an expression on a terminal. When \
            standard input is not a terminal, its lines are a script: there is no prompt, and the \
            first error ends it.
            """
    )

    @OptionGroup var variables: VariableArguments

    @Option(help: ArgumentHelp("Significant digits of text: 1 to 17, or all.", valueName: "n"))
    var digits: Word?

    @Flag(help: "Go on after a line that fails, when standard input is not a terminal.")
    var keepGoing = false

    @Flag(name: [.short, .long], help: "No warnings.")
    var quiet = false

    @OptionGroup var colors: ColorOption
    @OptionGroup var engineOptions: EngineOptions

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console(color: colors.color, isQuiet: quiet)
        if variables.file?.text == "-" { throw .usage("standard input can be read only once") }
        var calculator = Calculator(try engineOptions.engine())
        try variables.define(in: &calculator, console)
        var conversation = try Conversation(
            calculator,
            console: console,
            digits: try DigitsSetting.digits(digits?.text),
            isInteractive: System.isTerminal(System.standardInput)
        )
        conversation.keepsGoing = keepGoing
        try conversation.run()
    }
}
#endif
