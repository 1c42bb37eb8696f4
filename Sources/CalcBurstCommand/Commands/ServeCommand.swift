#if Command && Server
import ArgumentParser
import CalcBurstServer
import CalcBurstService
import CalcBurstSource
import Logging

/// `calcburst serve`: the JSON API on a local socket, with a SQLite file behind it.
struct ServeCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.serve.rawValue,
        abstract: "Serve the JSON API, and keep calculations in a SQLite file.",
        usage: "calcburst serve [<options>]",
        discussion: """
            Listens until SIGTERM or Ctrl-C, then ends the requests that are under way. Only this \
            machine can reach it unless --host names another address.
            """
    )

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on; 0 is any free one.", valueName: "port"))
    var port = 8080

    @OptionGroup var database: DatabaseOption

    @Option(
        help: ArgumentHelp(
            "A name that requests may have in Host; may be given several times.",
            valueName: "name"
        )
    )
    var allowHost: [String] = []

    @Option(
        help: ArgumentHelp(
            "The one other web site that may read stored calculations.",
            valueName: "origin"
        )
    )
    var corsOrigin: String?

    @Option(
        help: ArgumentHelp("What links to this service begin with.", valueName: "url")
    )
    var publicUrl: String?

    @Flag(help: "Answer when the store fails, and say \"stored\": false.")
    var degraded = false

    @Option(
        help: ArgumentHelp(
            "What to log: trace, debug, info, notice, warning, error, critical.",
            valueName: "level"
        )
    )
    var logLevel: String = "info"

    @Option(
        help: ArgumentHelp("How long the header of a request may take.", valueName: "seconds")
    )
    var headerTimeout: Word?

    @Option(
        help: ArgumentHelp("How long the body of a request may take.", valueName: "seconds")
    )
    var bodyTimeout: Word?

    @Option(
        help: ArgumentHelp(
            "How long a connection may be open without a request.",
            valueName: "seconds"
        )
    )
    var idleTimeout: Word?

    @Option(help: ArgumentHelp("So many connections at a time.", valueName: "n"))
    var maxConnections: Int?

    @OptionGroup var plugins: PluginOptions

    mutating func execute(after arguments: Arguments) throws(Failure) {
        try Serving(self).run()
    }
}

/// Where calculations are kept, for the commands that read or write them here.
struct DatabaseOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The SQLite file; without it, calcburst/calcburst.sqlite in the folder for data.",
            valueName: "file"
        ),
        completion: .file()
    )
    var database: Word?
}
#endif
