import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

#if Plugins
import CalcBurstPlugins
#endif

/// What the REPL does about plugins.
extension Conversation {
    /// Loads the plugin that a person named, and says what it adds.
    mutating func load(_ path: String) throws(Failure) {
        guard !path.isEmpty else { throw .usage("write \(ColonCommand.load.usage)") }
        #if Plugins
        let path = System.absolutePath(path)
        let plugin: Plugin
        do throws(PluginError) {
            plugin = try PluginLoader(explicitly: path).load(path)
            try session.engine.add(plugin)
            try fresh.engine.add(plugin)
        } catch {
            throw Failure(error)
        }
        let names = plugin.functions.map(\.name).joined(separator: ", ")
        try console.result("\(plugin.name) \(plugin.version) adds \(names)")
        #else
        throw .usage(
            "this calcburst was built without plugins",
            help: "swift build --traits Command,Plugins"
        )
        #endif
    }

    func showPlugins() throws(Failure) {
        var names: [String] = []
        var functions: [String: [String]] = [:]
        for function in session.engine.library.functions {
            guard case .plugin(let name, let version) = function.origin else { continue }
            let title = "\(name) \(version)"
            if functions[title] == nil { names.append(title) }
            functions[title, default: []].append(function.name)
        }
        for name in names {
            try console.result("\(name): \(functions[name, default: []].joined(separator: ", "))")
        }
        if names.isEmpty, isInteractive { try console.result("none is loaded: write :load PATH") }
    }
}
