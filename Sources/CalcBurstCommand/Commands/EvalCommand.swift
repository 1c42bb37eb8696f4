#if Command
import ArgumentParser
import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// `calcburst EXPRESSION`: the values of expressions.
struct EvalCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.eval.rawValue,
        abstract: "Evaluate expressions; this is what happens without a subcommand.",
        usage: "calcburst [<options>] [<expression> ...]",
        discussion: """
            Without an expression, each line of standard input is one; on a terminal a conversation \
            begins. Results stand on standard output, everything else on standard error.
            """
    )

    @OptionGroup var expressions: ExpressionOptions
    @OptionGroup var variables: VariableArguments

    @OptionGroup var results: ResultOptions

    @Flag(name: [.customShort("x"), .long], help: "Exit with 1 if the last value is false.")
    var exitStatus = false

    @Flag(help: "Write on standard error how long it took.")
    var timing = false

    @OptionGroup var colors: ColorOption
    @OptionGroup var engineOptions: EngineOptions

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = results.console(colors)
        var evaluation = Evaluation(
            command: self,
            console: console,
            arguments: arguments
        )
        do throws(Failure) {
            try evaluation.run()
        } catch {
            try console.report(error)
            throw Failure(error.status)
        }
    }
}

extension EvalCommand {
    /// The command for the words of an expression without an option, as the parser would make it.
    ///
    /// The parser finds its way by looking types up in the whole program, which takes as long as
    /// starting it. Every property is set: one that is not would have no value.
    static func evaluating(_ words: [String]) -> EvalCommand {
        var command = EvalCommand()
        command.expressions = ExpressionOptions()
        command.expressions.words = words.map(Word.init)
        command.expressions.expression = []
        command.expressions.file = []
        command.variables = VariableArguments()
        command.variables.lets = []
        command.variables.file = nil
        command.results = ResultOptions()
        command.results.json = false
        command.results.ndjson = false
        command.results.digits = nil
        command.results.keepGoing = false
        command.results.quiet = false
        command.exitStatus = false
        command.timing = false
        command.colors = ColorOption()
        command.colors.color = .auto
        command.engineOptions = EngineOptions()
        command.engineOptions.limit = []
        command.engineOptions.untrusted = false
        command.engineOptions.mode = Word(argument: "double")
        command.engineOptions.plugins = .absent()
        return command
    }
}

/// One run of `eval`.
private struct Evaluation {
    let command: EvalCommand
    let console: Console
    let arguments: Arguments
    /// The worst that happened to an expression.
    private var status = ExitStatus.success
    private var last: Value?

    init(command: EvalCommand, console: Console, arguments: Arguments) {
        self.command = command
        self.console = console
        self.arguments = arguments
    }

    mutating func run() throws(Failure) {
        let format = try command.results.format()
        let engine = try command.engineOptions.engine()
        let texts = try command.expressions.texts(limit: engine.limits.source.sourceLength)
        if texts == nil, System.isTerminal(System.standardInput) {
            return try converse(engine)
        }
        try command.variables.refuseStandardInput(with: texts)
        var calculator = Calculator(engine)
        try command.variables.define(in: &calculator, console)

        var writer = ResultWriter(format, isList: texts?.count != 1)
        do throws(Failure) {
            try console.each(texts, limit: engine.limits.source.sourceLength) {
                (source, place) throws(Failure) in
                try evaluate(source, place, calculator, &writer)
            }
        } catch {
            try writer.finish(console)
            throw error
        }
        try writer.finish(console)
        if status != .success { throw Failure(status) }
        if command.exitStatus, last?.isFalsehood ?? true { throw Failure(.falsehood) }
    }

    private mutating func evaluate(
        _ source: Source,
        _ place: Place?,
        _ calculator: Calculator,
        _ writer: inout ResultWriter
    ) throws(Failure) {
        let answer: Calculator.Answer
        do throws(CalculationError) {
            answer = try calculator.calculate(source)
        } catch {
            try console.report(error, place: place, help: command.expressions.help(for: error))
            status = error.status
            guard command.results.keepGoing else { throw Failure(status) }
            return
        }
        try console.warn(answer.program.warnings, in: source, place: place)
        try writer.write(answer, of: source.text, to: console)
        last = answer.value
        if command.timing { try console.message(timing(of: answer)) }
    }

    private func timing(of answer: Calculator.Answer) -> String {
        let cost = answer.program.cost.map { ", fuel \($0)" } ?? ""
        return "compile \(answer.compileTime.brief), run \(answer.runTime.brief)\(cost)"
    }

    private func converse(_ engine: Engine) throws(Failure) {
        guard !command.results.isJSON, !command.exitStatus else {
            throw .usage(
                "there is no expression",
                help: "an expression that looks like an option stands behind -e or --"
            )
        }
        var calculator = Calculator(engine)
        try command.variables.define(in: &calculator, console)
        var conversation = try Conversation(
            calculator,
            console: console,
            digits: try command.results.digitCount(),
            isInteractive: true
        )
        try conversation.run()
    }
}

extension Value {
    /// Whether `--exit-status` makes it 1: false, null or an empty list.
    fileprivate var isFalsehood: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .list(let list): list.isEmpty
        case .number, .string, .record: false
        }
    }
}

extension Duration {
    /// The time in the unit that fits it, to three digits.
    var brief: String {
        let (seconds, attoseconds) = components
        let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds) / 1e9
        let units: [(name: String, size: Double)] = [("s", 1e9), ("ms", 1e6), ("us", 1e3)]
        let unit = units.first { nanoseconds >= $0.size } ?? ("ns", 1)
        return NumberText.general(nanoseconds / unit.size, digits: 3) + " " + unit.name
    }
}
#endif
