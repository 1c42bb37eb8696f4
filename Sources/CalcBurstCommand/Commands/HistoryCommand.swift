#if Command && Server
import ArgumentParser

/// `calcburst history`: the calculations that are stored on this machine.
struct HistoryCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.history.rawValue,
        abstract: "List the calculations that are stored on this machine."
    )

    @OptionGroup var database: DatabaseOption

    mutating func execute(after arguments: Arguments) throws(Failure) {}
}
#endif
