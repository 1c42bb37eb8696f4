#if Command
import ArgumentParser
import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// `calcburst check`: whether expressions are right, without running them.
struct CheckCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.check.rawValue,
        abstract: "Check expressions without running them.",
        usage: "calcburst check [<options>] [<expression> ...]",
        discussion: """
            Writes the type of what is right, and everything that is wrong. The exit status is 65 \
            if an expression is wrong. Names need a value from --let or --vars.
            """
    )

    @OptionGroup var expressions: ExpressionOptions
    @OptionGroup var variables: VariableArguments

    @Flag(help: "Write JSON with all findings, on standard output.")
    var json = false

    @Flag(name: [.short, .long], help: "No warnings.")
    var quiet = false

    @OptionGroup var colors: ColorOption
    @OptionGroup var engineOptions: EngineOptions

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console(color: colors.color, isJSON: json, isQuiet: quiet)
        do throws(Failure) {
            try check(console)
            try console.output.flush()
        } catch {
            try console.report(error)
            throw Failure(error.status)
        }
    }

    private func check(_ console: Console) throws(Failure) {
        let engine = try engineOptions.engine()
        let texts = try expressions.texts(limit: engine.limits.source.sourceLength)
        try variables.refuseStandardInput(with: texts)
        var calculator = Calculator(engine)
        try variables.define(in: &calculator, console)

        var isRight = true
        if let texts {
            for (source, place) in texts {
                let inspection = engine.inspect(source, inputs: calculator.inputs)
                if !inspection.isRight { isRight = false }
                try report(inspection, place, console)
            }
        } else {
            if System.isTerminal(System.standardInput) {
                throw .usage("there is no expression", help: "calcburst check '2 + 3'")
            }
            var input = LineInput(
                System.standardInput,
                limit: engine.limits.source.sourceLength
            )
            var number = 0
            while let line = try input.next(beforeWaiting: { () throws(Failure) in
                try console.output.flush()
            }) {
                number += 1
                guard !BlankText.isBlank(line) else { continue }
                let inspection = engine.inspect(Source(bytes: line), inputs: calculator.inputs)
                if !inspection.isRight { isRight = false }
                try report(inspection, .line(number), console)
            }
        }
        try console.output.flush()
        if !isRight { throw Failure(.data) }
    }

    private func report(
        _ inspection: Inspection,
        _ place: Place?,
        _ console: Console
    ) throws(Failure) {
        guard !json else {
            return try console.output.writeLine(JSON.write(inspection.summary(place)))
        }
        if let program = inspection.program {
            try console.warn(inspection.diagnostics, in: inspection.source, place: place)
            return try console.result("ok: \(program.resultType)")
        }
        let error = SourceErrors(source: inspection.source, diagnostics: inspection.diagnostics)
        try console.report(
            .source(error),
            place: place,
            help: expressions.help(for: .source(error)),
            most: .max
        )
    }
}

extension Inspection {
    /// What is known of the text, as a record; the pictures left out.
    func summary(_ place: Place? = nil) -> Value {
        .object(summaryMembers(place))
    }

    func summaryMembers(_ place: Place?) -> [(name: String, value: Value)] {
        var members: [(name: String, value: Value)] = [("expression", .string(source.text))]
        members += place?.members ?? []
        members += [
            ("ok", .bool(isRight)), ("incomplete", .bool(isIncomplete)),
            ("diagnostics", DiagnosticJSON.list(diagnostics, source: source)),
            ("names", .array(names.map(Value.string))),
        ]
        if let program {
            members.append(("type", .string(program.resultType.description)))
            members.append(("cost", program.cost.map { .number(Double($0)) } ?? .null))
        }
        return members
    }
}
#endif
