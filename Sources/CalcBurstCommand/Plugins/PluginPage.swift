#if Command && Plugins
import CalcBurstFunctions
import CalcBurstPlugins

/// `plugin inspect`: a page about one file.
struct PluginPage {
    private let path: String
    private let console: Console

    init(_ path: String, _ console: Console) {
        self.path = path
        self.console = console
    }

    func write(loading: Bool) throws(Failure) {
        let facts: PluginFacts
        do throws(PluginError) {
            facts = try PluginFacts(path)
        } catch {
            throw Failure(error)
        }
        var lines = [console.heading(facts.file)]
        lines += aligned(facts.lines)
        lines += facts.warnings.map { "  \(console.heading("note")) \($0)" }
        if loading { lines += try operations() }
        try console.output.writeLine(lines.joined(separator: "\n"))
        try console.output.flush()
    }

    /// What it gives when it is loaded, in a process of its own.
    private func operations() throws(Failure) -> [String] {
        let loader = try PluginLoader.patient(PluginPolicy(explicitFile: path))
        let plugin: Plugin
        do throws(PluginError) {
            plugin = try loader.load(path)
        } catch {
            throw Failure(error)
        }
        var lines = ["", console.heading("\(plugin.name) \(plugin.version)")]
        lines += aligned([
            ("license", plugin.license), ("homepage", plugin.homepage),
            ("confined by", plugin.confinement?.joined(separator: ", ") ?? "nothing"),
        ])
        for function in plugin.functions {
            lines.append("")
            lines += function.overloads.map { "  \(function.name)\($0.signatureText)" }
            lines.append("    \(function.summary)")
        }
        return lines
    }

    private func aligned(_ rows: [(name: String, text: String)]) -> [String] {
        let width = rows.map(\.name.utf8.count).max() ?? 0
        return rows.filter { !$0.text.isEmpty }.map { row in
            let gap = String(repeating: " ", count: width - row.name.utf8.count + 2)
            return "  \(row.name)\(gap)\(row.text)"
        }
    }
}
#endif
