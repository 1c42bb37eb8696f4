#if Plugins
extension Plugin {
    /// What a C compiler says of a manifest.
    public enum HeaderComparison: Hashable, Sendable {
        /// The findings; none if every binding is as the headers have it.
        case compared([PluginCheck.Finding])
        /// It could not be compared, and why: no headers are named or installed, or no compiler is.
        case notCompared(String)
    }

    /// Holds a manifest against the headers of its library, with a C compiler.
    ///
    /// The only way to see a wrong type: a call with one gives some number. A native plugin has
    /// nothing to compare.
    public func headerFindings(compiler: String) throws(PluginError) -> HeaderComparison {
        guard kind == .binding else { return .notCompared("it is not a manifest") }
        let file = try PluginFile(path: file, policy: PluginPolicy(explicitFile: file))
        let manifest = try PluginManifest(file.bytes, file: file.name)
        guard !manifest.library.headers.isEmpty else {
            return .notCompared("the manifest names none")
        }
        let check = HeaderCheck(manifest)
        let run = CompilerRun(compiler: compiler, arguments: HeaderCheck.arguments(file: "-"))
        switch run(input: check.text) {
        case .ended(0, _): return .compared([])
        case .ended(_, let output):
            let findings = check.findings(in: output)
            // Without a subject it is about the headers and not about what we say of them.
            let wrong = findings.filter { $0.subject != nil }
            guard !wrong.isEmpty else {
                return .notCompared(findings.first?.message ?? "'\(compiler)' fails")
            }
            return .compared(wrong.map { PluginCheck.Finding($0.subject, $0.message) })
        case .timedOut: return .notCompared("'\(compiler)' does not end")
        case .killed(let signal): return .notCompared("'\(compiler)' ended by signal \(signal)")
        case .cannotStart(let reason): return .notCompared(reason)
        }
    }
}
#endif
