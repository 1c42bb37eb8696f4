#if Command && Server
import ArgumentParser
import CalcBurstService

/// `calcburst history`: the calculations that are stored on this machine.
struct HistoryCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.history.rawValue,
        abstract: "List or export the calculations that are stored on this machine.",
        usage: "calcburst history [<options>]",
        discussion: """
            Shows the newest 50; the formats for programs give all, exact. Calculations are kept for \
            30 days. Moments are RFC 3339, such as 2026-01-15T10:30:00Z, or a day.
            """
    )

    @OptionGroup var database: DatabaseOption

    @Flag(help: "Write a list of JSON.")
    var json = false

    @Flag(help: "Write a line of JSON for each calculation.")
    var ndjson = false

    @Flag(help: "Write a table for spreadsheets (RFC 4180).")
    var csv = false

    @Option(help: ArgumentHelp("So many at most.", valueName: "n"))
    var limit: Word?

    @Option(help: ArgumentHelp("From this moment on.", valueName: "moment"))
    var from: Word?

    @Option(help: ArgumentHelp("Before this moment.", valueName: "moment"))
    var to: Word?

    @Option(help: ArgumentHelp("Only this operation, such as add.", valueName: "name"))
    var operation: Word?

    @Option(help: ArgumentHelp("The newest first (desc) or last (asc).", valueName: "order"))
    var order: Word = Word(argument: "desc")

    @OptionGroup var colors: ColorOption

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console(color: colors.color, isJSON: json || ndjson)
        do throws(Failure) {
            try History(self, console).write()
        } catch {
            try console.report(error)
            throw Failure(error.status)
        }
    }
}

extension HistoryCommand {
    /// The query that the options ask for; its limit is that of one page.
    func query() throws(Failure) -> CalculationQuery {
        let isDescending: Bool
        switch order.text {
        case "desc": isDescending = true
        case "asc": isDescending = false
        default: throw .usage("the order is asc or desc, not '\(order.text)'")
        }
        let query = CalculationQuery(
            from: try Self.moment(from, of: "--from") ?? Timestamp(milliseconds: 0),
            to: try Self.moment(to, of: "--to") ?? Self.endOfTime,
            operation: operation?.text,
            isDescending: isDescending,
            limit: History.pageSize
        )
        guard query.from < query.to else { throw .usage("--from is not before --to") }
        return query
    }

    /// How many are wanted; nil is all.
    func count(isExport: Bool) throws(Failure) -> Int? {
        guard let text = limit?.text else { return isExport ? nil : 50 }
        guard let count = Int(text), count > 0 else {
            throw .usage("--limit takes a number from 1, not '\(text)'")
        }
        return count
    }

    /// The first moment of the year 10000, which RFC 3339 cannot write.
    private static let endOfTime = Timestamp(milliseconds: 253_402_300_800_000)

    private static func moment(_ word: Word?, of option: String) throws(Failure) -> Timestamp? {
        guard let text = word?.text else { return nil }
        if let moment = Timestamp(text) ?? Timestamp(text + "T00:00:00Z") { return moment }
        throw .usage(
            "\(option) takes a moment such as 2026-01-15T10:30:00Z, not '\(text)'"
        )
    }
}
#endif
