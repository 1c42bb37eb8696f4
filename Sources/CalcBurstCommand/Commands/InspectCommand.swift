#if Command
import ArgumentParser
import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// `calcburst inspect`: every stage of an expression.
struct InspectCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.inspect.rawValue,
        abstract: "Show every stage of an expression, without running it.",
        usage: "calcburst inspect [<options>] [<expression> ...]",
        discussion: "With one of the flags, only that part is written."
    )

    @OptionGroup var expressions: ExpressionOptions
    @OptionGroup var variables: VariableArguments

    @Flag(help: "What was written, with ranges in bytes.")
    var tree = false

    @Flag(help: "What it means: types, and the signatures that were chosen.")
    var checked = false

    @Flag(help: "The compiled program.")
    var program = false

    @Flag(help: "The type of the value.")
    var type = false

    @Flag(help: "The names that need a value.")
    var names = false

    @Flag(help: "The fuel of one run, at most.")
    var cost = false

    @Flag(help: "Write JSON.")
    var json = false

    @OptionGroup var colors: ColorOption
    @OptionGroup var engineOptions: EngineOptions

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console(color: colors.color, isJSON: json)
        do throws(Failure) {
            try inspect(console)
            try console.output.flush()
        } catch {
            try console.report(error)
            throw Failure(error.status)
        }
    }

    private func inspect(_ console: Console) throws(Failure) {
        let engine = try engineOptions.engine()
        var texts = try expressions.texts(limit: engine.limits.source.sourceLength)
        try variables.refuseStandardInput(with: texts)
        if texts == nil {
            guard !System.isTerminal(System.standardInput) else {
                throw .usage("there is no expression", help: "calcburst inspect '2 + 3'")
            }
            let bytes = try InputFile.read("-", limit: engine.limits.source.sourceLength)
            texts = [(Source(bytes: bytes), nil)]
        }
        var calculator = Calculator(engine)
        try variables.define(in: &calculator, console)
        var isRight = true
        for (source, place) in texts ?? [] {
            let inspection = engine.inspect(source, inputs: calculator.inputs)
            if !inspection.isRight { isRight = false }
            if json {
                try console.output.writeLine(JSON.write(record(inspection, place)))
            } else {
                try write(inspection, place, console)
            }
        }
        if !isRight { throw Failure(.data) }
    }

    private var wanted: [InspectionPart] {
        let chosen: [(isWanted: Bool, part: InspectionPart)] = [
            (tree, .tree), (checked, .checked), (program, .program), (type, .type),
            (names, .names), (cost, .cost),
        ]
        let parts = chosen.filter(\.isWanted).map(\.part)
        return parts.isEmpty ? InspectionPart.allCases : parts
    }

    private func write(
        _ inspection: Inspection,
        _ place: Place?,
        _ console: Console
    ) throws(Failure) {
        let wanted = wanted
        for part in wanted {
            guard let text = part.text(of: inspection) else { continue }
            if wanted.count > 1 { try console.result(console.heading("--- \(part.rawValue)")) }
            if !text.isEmpty { try console.result(text) }
        }
        if inspection.isRight {
            try console.warn(inspection.diagnostics, in: inspection.source, place: place)
        } else {
            try console.report(
                inspection.diagnostics,
                in: inspection.source,
                place: place,
                most: .max
            )
        }
    }

    private func record(_ inspection: Inspection, _ place: Place?) -> Value {
        var members = inspection.summaryMembers(place)
        if let program = inspection.program {
            let inputs = program.inputs.map { input in
                Value.object([
                    ("name", .string(input.name)), ("type", .string(input.type.description)),
                ])
            }
            members.append(("inputs", .array(inputs)))
        }
        for part in [InspectionPart.tree, .checked, .program] {
            members.append((part.rawValue, part.text(of: inspection).map(Value.string) ?? .null))
        }
        return .object(members)
    }
}
#endif
