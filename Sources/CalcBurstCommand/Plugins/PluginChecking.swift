#if Command && Plugins
import CalcBurstPlugins

/// `plugin check`: loads a plugin into a process of its own, and says what is not as it should be.
struct PluginChecking {
    private let path: String
    private let compiler: String
    private let console: Console

    init(_ path: String, compiler: String, _ console: Console) {
        self.path = path
        self.compiler = compiler
        self.console = console
    }

    func run(pinning: Bool) throws(Failure) {
        let loader = try PluginLoader.patient(PluginPolicy(explicitFile: path))
        let plugin: Plugin
        let findings: [PluginCheck.Finding]
        do throws(PluginError) {
            plugin = try loader.load(path)
            findings = try PluginCheck(plugin).findings()
        } catch {
            throw Failure(error)
        }
        let headers = try checkHeaders(of: plugin)
        for finding in findings + headers.findings {
            let place = finding.operation.map { "\($0): " } ?? ""
            try console.output.writeLine("\(console.heading("wrong")) \(place)\(finding.message)")
        }
        let isRight = findings.isEmpty && headers.findings.isEmpty
        if isRight {
            let counts = [(plugin.functions.count, "operation"), (plugin.exampleCount, "example")]
                .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
            try console.output.writeLine(
                "\(plugin.name) \(plugin.version): \(counts), no finding\(headers.remark)"
            )
        }
        try console.output.flush()
        guard isRight else { throw Failure(.data) }
        if pinning { try PluginPins(lockFile: nil, console).pin(path, isVerified: true) }
    }

    /// What the headers of a manifest's library say of it.
    private func checkHeaders(
        of plugin: Plugin
    ) throws(Failure) -> (findings: [PluginCheck.Finding], remark: String) {
        guard plugin.kind == .binding else { return ([], "") }
        do throws(PluginError) {
            switch try plugin.headerFindings(compiler: compiler) {
            case .compared(let findings): return (findings, "; as its headers have it")
            case .notCompared(let reason): return ([], "; headers not compared: \(reason)")
            }
        } catch {
            throw Failure(error)
        }
    }
}
#endif
