#if Command
import ArgumentParser

/// How results are written, for the commands that give values of expressions.
struct ResultOptions: ParsableArguments {
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

    var isJSON: Bool { json || ndjson }

    func format() throws(Failure) -> ResultFormat {
        if json, ndjson { throw .usage("--json and --ndjson exclude each other") }
        let digits = try digitCount()
        return json ? .json : ndjson ? .lines : .text(digits: digits)
    }

    /// The digits of numbers in text; nil is all.
    func digitCount() throws(Failure) -> Int? { try DigitsSetting.digits(digits?.text) }

    func console(_ colors: ColorOption) -> Console {
        Console(color: colors.color, isJSON: isJSON, isQuiet: quiet)
    }
}
#endif
