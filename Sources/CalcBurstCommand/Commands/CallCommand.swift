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

    @Flag(help: "Write {\"expression\", \"result\", \"type\"}; a list if there are several.")
    var json = false

    @Flag(help: "Write a line of JSON for each expression.")
    var ndjson = false

    @Option(help: ArgumentHelp("Significant digits of text: 1 to 17, or all.", valueName: "n"))
    var digits: Word?

    @Flag(help: "Go on after an expression that fails.")
    var keepGoing = false

    @Flag(name: [.short, .long], help: "No warnings.")
    var quiet = false

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
        let console = Console(color: colors.color, isJSON: json || ndjson, isQuiet: quiet)
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
        if command.json, command.ndjson { throw .usage("--json and --ndjson exclude each other") }
        let digits = try DigitsSetting.digits(command.digits?.text)
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

        let format: ResultFormat =
            command.json ? .json : command.ndjson ? .lines : .text(digits: digits)
        var writer = ResultWriter(format, isList: texts?.count != 1)
        do throws(Failure) {
            if let texts {
                for (source, place) in texts { try call(service, source, place, &writer) }
            } else {
                try callWithLines(service, limit, &writer)
            }
        } catch {
            try writer.finish(console)
            throw error
        }
        try writer.finish(console)
        if status != .success { throw Failure(status) }
    }

    private mutating func callWithLines(
        _ service: ServiceClient,
        _ limit: Int,
        _ writer: inout ResultWriter
    ) throws(Failure) {
        var input = LineInput(System.standardInput, limit: limit)
        var number = 0
        while let line = try input.next(beforeWaiting: { () throws(Failure) in
            try console.output.flush()
        }) {
            number += 1
            guard !BlankText.isBlank(line) else { continue }
            try call(service, Source(bytes: line), .line(number), &writer)
        }
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
            if answer.isLost, !command.quiet {
                try console.message("warning: the service answered, but could not store it")
            }
        case .refused(let diagnostics, let status):
            let errors = SourceErrors(source: source, diagnostics: diagnostics)
            let help = status == .data ? command.expressions.help(for: .source(errors)) : nil
            try console.report(diagnostics, in: source, place: place, help: help)
            self.status = status
            guard command.keepGoing else { throw Failure(status) }
        }
    }
}
#endif
