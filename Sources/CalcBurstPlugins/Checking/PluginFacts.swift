#if Plugins
/// What a plugin's file says of itself; none of its code runs.
public struct PluginFacts: Sendable {
    public let file: String
    /// What is known, a name and a text each.
    public let lines: [(name: String, text: String)]
    /// What may surprise whoever ships it.
    public let warnings: [String]

    /// Reads a shared library or a manifest that a person named.
    public init(_ path: String) throws(PluginError) {
        let loader = PluginLoader(explicitly: path)
        let files = try loader.files(of: path)
        guard let first = files.first, let library = files.last else {
            throw PluginError(.notFound, path, "there is no file")
        }
        file = first.path
        let image = try ELFImage(library.bytes, file: library.path)
        let isManifest = files.count > 1
        let pin = try loader.policy.pin(of: first)
        var lines = [
            (name: "kind", text: isManifest ? "binding" : "native plugin"),
            (name: "size", text: "\(first.bytes.count) bytes"),
            (name: "sha256", text: first.sha256),
            (name: "pinned", text: pin.map { $0.isVerified ? "yes, checked" : "yes" } ?? "no"),
        ]
        if isManifest { lines.append((name: "library", text: library.path)) }
        lines += [
            (name: "machine", text: image.machine.name),
            (name: "soname", text: image.soname ?? ""),
            (name: "needs", text: image.needed.joined(separator: ", ")),
            (name: "run paths", text: image.runPaths.joined(separator: ", ")),
        ]
        if !isManifest {
            let names = image.functions
            let shown = names.prefix(8).joined(separator: ", ")
            lines.append(
                (
                    name: "functions",
                    text: names.count > 8 ? "\(shown), … \(names.count) in all" : shown
                )
            )
        }
        self.lines = lines
        warnings = Self.warnings(of: image, isManifest: isManifest)
    }

    private static func warnings(of image: ELFImage, isManifest: Bool) -> [String] {
        var warnings: [String] = []
        if image.needed.contains(where: { $0.hasPrefix("libswiftCore") }) {
            warnings.append(
                "it needs a Swift runtime beside it: build it with -Xswiftc -static-stdlib"
            )
        }
        if image.runPaths.contains(where: { $0.hasPrefix("/") }), !isManifest {
            warnings.append("its run paths name folders of the machine that built it")
        }
        if image.usesOrigin {
            warnings.append("it looks for libraries beside itself, so it cannot be loaded pinned")
        }
        if image.wantsExecutableStack {
            warnings.append("it makes the stacks of the whole process executable")
        }
        if !isManifest, !image.exports(PluginTable.entry) {
            warnings.append("it does not offer \(PluginTable.entry), so it is no native plugin")
        }
        return warnings
    }
}
#endif
