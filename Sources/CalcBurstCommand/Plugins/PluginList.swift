#if Command && Plugins
import CalcBurstFunctions
import CalcBurstPlugins

/// `plugin list`: every plugin of some folders, or why it is refused.
struct PluginList {
    private let folders: [String]
    private let console: Console

    init(_ folders: [String], _ console: Console) {
        self.folders = folders
        self.console = console
    }

    func write(asJSON: Bool) throws(Failure) {
        var rows: [Row] = []
        for folder in folders {
            let paths: [String]
            do throws(PluginError) {
                paths = try PluginLoader.files(in: folder)
            } catch {
                throw Failure(error)
            }
            let loader = try PluginLoader.patient(.directories([folder]))
            rows += paths.map { path in
                Row(path: path, plugin: Result { () throws(PluginError) in try loader.load(path) })
            }
        }
        if asJSON {
            try console.output.writeLine(ValueText.json(.array(rows.map(\.value))))
        } else if rows.isEmpty {
            try console.message("there is no plugin: files end in .so or .calcburst.json")
        } else {
            try console.output.writeLine(rows.map(text).joined(separator: "\n"))
        }
        try console.output.flush()
    }

    /// One file, and what became of loading it.
    private struct Row {
        let path: String
        let plugin: Result<Plugin, PluginError>

        var value: Value {
            switch plugin {
            case .success(let plugin):
                .object([
                    ("file", .string(path)), ("name", .string(plugin.name)),
                    ("version", .string(plugin.version)), ("kind", .string(plugin.kind.rawValue)),
                    ("license", .string(plugin.license)), ("sha256", .string(plugin.digest)),
                    ("pinned", .bool(plugin.isPinned)),
                    ("functions", .array(plugin.functions.map { .string($0.name) })),
                ])
            case .failure(let error):
                .object([
                    ("file", .string(path)), ("refused", .string(error.code.rawValue)),
                    ("reason", .string(error.message)),
                ])
            }
        }
    }

    private func text(_ row: Row) -> String {
        switch row.plugin {
        case .success(let plugin):
            let trust = plugin.isPinned ? "pinned" : "allowed"
            let names = plugin.functions.map(\.name).joined(separator: ", ")
            return "\(console.heading("\(plugin.name) \(plugin.version)"))  "
                + "\(plugin.kind.rawValue), \(trust), \(row.path)\n  \(names)"
        case .failure(let error):
            return "\(console.heading("refused"))  \(row.path)\n"
                + "  \(error.message) [\(error.code.rawValue)]"
        }
    }
}
#endif
