#if Command && Client
import ArgumentParser
import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// `calcburst call URL EXPRESSION`: the values of expressions, worked out by a service.
struct CallCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.call.rawValue,
        abstract: "Let a service evaluate expressions, with the output and exit status of eval.",
        usage: "calcburst call [<options>] <url> [<expression> ...]",
        discussion: """
            calcburst call localhost:8080 --let x=3 'x^2'   9

            An address without a path gets /v1/evaluate. Values of --let are worked out here. \
            Without an expression, each line of standard input is one. Proxies are those of the \
            environment. The exit status is 69 if the service cannot be reached or cannot answer.
            """
    )

    @Argument(help: "The address of the service.")
    var url: Word

    @OptionGroup var expressions: ExpressionOptions
    @OptionGroup var variables: VariableArguments

    @OptionGroup var results: ResultOptions

    @Option(
        help: ArgumentHelp(
            "The id under which it is stored; the same call again gives the same answer.",
            valueName: "id"
        )
    )
    var id: Word?

    @Flag(help: "Ask the service not to store it.")
    var noStore = false

    @Option(help: ArgumentHelp("How long to wait for an answer.", valueName: "seconds"))
    var timeout: Word = Word(argument: "10")

    @Option(
        help: ArgumentHelp(
            "A header field, such as an API key; may be given several times.",
            valueName: "name:value"
        )
    )
    var header: [Word] = []

    @OptionGroup var colors: ColorOption

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = results.console(colors)
        var calls = Calls(command: self, console: console)
        do throws(Failure) {
            try calls.run()
        } catch {
            try console.report(error)
            throw Failure(error.status)
        }
    }
}

/// One run of `call`.
private struct Calls {
    let command: CallCommand
    let console: Console
    /// The worst that happened to an expression.
    private var status = ExitStatus.success

    init(command: CallCommand, console: Console) {
        self.command = command
        self.console = console
    }

    mutating func run() throws(Failure) {
        let format = try command.results.format()
        let engine = Engine(limits: Limits())
        let limit = Limits.ceiling.source.sourceLength
        let texts = try command.expressions.texts(limit: limit)
        if texts == nil, System.isTerminal(System.standardInput) {
            throw .usage(
                "there is no expression",
                help: "calcburst call \(command.url.text) '2 + 3'"
            )
        }
        if command.id != nil, texts?.count != 1 {
            throw .usage("--id belongs to one expression")
        }
        try command.variables.refuseStandardInput(with: texts)
        var calculator = Calculator(engine)
        try command.variables.define(in: &calculator, console)
        let service = try ServiceClient(command, variables: calculator.variables)

        var writer = ResultWriter(format, isList: texts?.count != 1)
        do throws(Failure) {
            try console.each(texts, limit: limit) { (source, place) throws(Failure) in
                try call(service, source, place, &writer)
            }
        } catch {
            try writer.finish(console)
            throw error
        }
        try writer.finish(console)
        if status != .success { throw Failure(status) }
    }

    private mutating func call(
        _ service: ServiceClient,
        _ source: Source,
        _ place: Place?,
        _ writer: inout ResultWriter
    ) throws(Failure) {
        switch try service.evaluate(source) {
        case .value(let answer):
            try console.warn(answer.warnings, in: source, place: place)
            try writer.write(answer.value, type: answer.type, of: source.text, to: console)
            if answer.isLost, !command.results.quiet {
                try console.message("warning: the service answered, but could not store it")
            }
        case .refused(let diagnostics, let status):
            let errors = SourceErrors(source: source, diagnostics: diagnostics)
            let help = status == .data ? command.expressions.help(for: .source(errors)) : nil
            try console.report(diagnostics, in: source, place: place, help: help)
            self.status = status
            guard command.results.keepGoing else { throw Failure(status) }
        }
    }
}
#endif
