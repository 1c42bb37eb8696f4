#if Command
import ArgumentParser

/// Which plugins a command loads, and how they run.
struct PluginOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A plugin to load, a shared library or a manifest; may be given several times.",
            valueName: "path"
        ),
        completion: .file(extensions: ["so", "dylib", "json"])
    )
    var plugin: [Word] = []

    @Option(
        help: ArgumentHelp(
            "A folder whose plugins are all loaded; may be given several times.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var pluginDir: [Word] = []

    @Option(
        help: ArgumentHelp(
            "Load only what this lock file names; 'calcburst plugin pin' writes it.",
            valueName: "file"
        ),
        completion: .file()
    )
    var pluginLock: Word?

    @Option(
        help: ArgumentHelp(
            "How long a call of an isolated plugin may take; 0.1 without it.",
            valueName: "seconds"
        )
    )
    var pluginTimeout: Word?

    @Flag(
        inversion: .prefixedNo,
        help: "Run each plugin in a process of its own, so that it can do no harm."
    )
    var isolatedPlugins: Bool?
}

extension PluginOptions {
    /// No plugins, as the parser would make it.
    static func absent() -> PluginOptions {
        var options = PluginOptions()
        options.plugin = []
        options.pluginDir = []
        options.pluginLock = nil
        options.pluginTimeout = nil
        options.isolatedPlugins = nil
        return options
    }

    /// Whether any is named.
    var isAbsent: Bool { plugin.isEmpty && pluginDir.isEmpty }
}
#endif
