#if Command && Plugins
import ArgumentParser
import CalcBurstPlugins

/// `calcburst plugin`: operations from shared libraries, looked at, checked, begun and pinned.
struct PluginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: CommandName.plugin.rawValue,
        abstract: "Look at plugins, check them, begin one, pin them.",
        discussion: """
            A plugin is a shared library that was written for CalcBurst, or a manifest \
            (*.calcburst.json) that says how to call one that was not. Nothing of a plugin runs in \
            this process: what has to run goes to a process of its own.
            """,
        subcommands: [
            PluginListCommand.self, PluginInspectCommand.self, PluginCheckCommand.self,
            PluginNewCommand.self, PluginPinCommand.self, PluginUnpinCommand.self,
        ]
    )
}

/// `calcburst plugin list`: what folders offer.
struct PluginListCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the plugins of folders, and why one is refused."
    )

    @Argument(help: "Folders; without any, the working directory.", completion: .directory)
    var folders: [Word] = []

    @Flag(help: "Write JSON.")
    var json = false

    @OptionGroup var colors: ColorOption

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console(color: colors.color, isJSON: json)
        let folders = folders.isEmpty ? ["."] : folders.map(\.text)
        try PluginList(folders.map(System.absolutePath), console).write(asJSON: json)
    }
}

/// `calcburst plugin inspect`: what stands in a file.
struct PluginInspectCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a plugin's file holds, without running any of it."
    )

    @Argument(help: "A shared library or a manifest.", completion: .file())
    var path: Word

    @Flag(help: "Load it in a process of its own, and show its operations.")
    var load = false

    @OptionGroup var colors: ColorOption

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console(color: colors.color)
        try PluginPage(System.absolutePath(path.text), console).write(loading: load)
    }
}

/// `calcburst plugin check`: whether a plugin is what it says.
struct PluginCheckCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a plugin: its examples, its marks, its batch entries.",
        discussion: """
            A manifest is held against the headers of its library too, where there is a C compiler. \
            The exit status is 65 if something is wrong, and 2 if the plugin crashes.
            """
    )

    @Argument(help: "A shared library or a manifest.", completion: .file())
    var path: Word

    @Option(help: ArgumentHelp("The C compiler for headers.", valueName: "program"))
    var cc: Word = Word(argument: "cc")

    @Flag(help: "Pin it when all is well.")
    var write = false

    @OptionGroup var colors: ColorOption

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let console = Console(color: colors.color)
        let path = System.absolutePath(path.text)
        try PluginChecking(path, compiler: cc.text, console).run(pinning: write)
    }
}

/// `calcburst plugin new`: the beginning of a plugin.
struct PluginNewCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Begin a plugin: a folder with what it takes, and one operation.",
        discussion: "The languages are c, cpp, swift, rust, zig, and binding for a manifest."
    )

    @Argument(help: "The plugin's name, and the prefix of its operations: a word.")
    var name: Word

    @Option(
        help: ArgumentHelp("The language.", valueName: "language"),
        completion: .list(PluginTemplate.allCases.map(\.rawValue))
    )
    var language: Word = Word(argument: "c")

    mutating func execute(after arguments: Arguments) throws(Failure) {
        try PluginBeginning(name.text, language: language.text, Console()).write()
    }
}

/// `calcburst plugin pin`: writes the SHA-256 of a plugin into a lock file.
struct PluginPinCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Write a plugin's SHA-256 into the lock file of its folder.",
        discussion: "--plugin-lock names another lock file."
    )

    @Argument(help: "A shared library or a manifest.", completion: .file())
    var path: Word

    @Option(help: ArgumentHelp("The lock file.", valueName: "file"), completion: .file())
    var pluginLock: Word?

    mutating func execute(after arguments: Arguments) throws(Failure) {
        let pins = PluginPins(lockFile: pluginLock?.text, Console())
        try pins.pin(System.absolutePath(path.text), isVerified: false)
    }
}

/// `calcburst plugin unpin`: takes a plugin out of a lock file.
struct PluginUnpinCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "unpin",
        abstract: "Take a plugin out of the lock file."
    )

    @Argument(help: "The plugin's name.")
    var name: Word

    @Option(
        help: ArgumentHelp(
            "The lock file; without it, the working directory's.",
            valueName: "file"
        ),
        completion: .file()
    )
    var pluginLock: Word?

    mutating func execute(after arguments: Arguments) throws(Failure) {
        try PluginPins(lockFile: pluginLock?.text, Console()).unpin(name.text)
    }
}
#endif
