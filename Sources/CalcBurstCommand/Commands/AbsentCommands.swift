#if Command
import ArgumentParser

/// A subcommand that this build has not: it says which build has it.
protocol AbsentSubcommand: Subcommand {
    /// The traits that must be named to have it.
    static var traits: String { get }
}

extension AbsentSubcommand {
    mutating func execute(after arguments: Arguments) throws(Failure) {
        throw .usage(
            "this calcburst was built without '\(Self._commandName)'",
            help: "swift build --traits \(Self.traits)"
        )
    }
}

#if !Server
/// `calcburst serve`, in a build without the service.
struct ServeCommand: AbsentSubcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.serve.rawValue,
        abstract: "Serve the JSON API (not in this build)."
    )
    static let traits = "Command,Server"

    @Argument(parsing: .captureForPassthrough, help: .hidden)
    var rest: [String] = []
}

/// `calcburst history`, in a build without the store.
struct HistoryCommand: AbsentSubcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.history.rawValue,
        abstract: "List stored calculations (not in this build)."
    )
    static let traits = "Command,Server"

    @Argument(parsing: .captureForPassthrough, help: .hidden)
    var rest: [String] = []
}
#endif

#if !Client
/// `calcburst call`, in a build without the client.
struct CallCommand: AbsentSubcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.call.rawValue,
        abstract: "Evaluate by a service (not in this build)."
    )
    static let traits = "Command,Server,Client"

    @Argument(parsing: .captureForPassthrough, help: .hidden)
    var rest: [String] = []
}
#endif

#if !Plugins
/// `calcburst plugin`, in a build without plugins.
struct PluginCommand: AbsentSubcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.plugin.rawValue,
        abstract: "Look at plugins, check them, pin them (not in this build)."
    )
    static let traits = "Command,Plugins"

    @Argument(parsing: .captureForPassthrough, help: .hidden)
    var rest: [String] = []
}
#endif
#endif
