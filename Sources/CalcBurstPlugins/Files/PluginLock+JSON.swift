#if Plugins
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstSource
import CPluginSystem

extension PluginLock {
    /// Reads a lock file, which is held to the same rules of owner and mode as a plugin.
    package init(
        readFrom path: String,
        rules: PluginFile.Rules = PluginFile.Rules()
    ) throws(PluginError) {
        var rules = rules
        rules.size = min(rules.size, Self.mostBytes)
        let file = try PluginFile(alone: path, rules: rules)
        try self.init(json: file.bytes, file: path)
    }

    /// Reads the text of a lock file; unknown names are refused.
    package init(json bytes: [UInt8], file path: String) throws(PluginError) {
        func refusal(_ message: String) -> PluginError { PluginError(.invalidLock, path, message) }
        var limits = JSONLimits()
        limits.length = Self.mostBytes
        limits.keys = Self.mostEntries * 4 + 2
        let value: Value
        do {
            value = try JSON.read(bytes, limits: limits)
        } catch {
            throw refusal("\(error.message), at byte \(error.range.start)")
        }
        guard case .record(let lock) = value else { throw refusal("an object is expected") }
        if let name = lock.names.first(where: { $0 != "calcburst-plugins" && $0 != "plugins" }) {
            throw refusal("there is no field '\(name)' in a lock file")
        }
        guard lock["calcburst-plugins"] == .number(Self.version) else {
            throw refusal(
                "\"calcburst-plugins\": 1 is expected, which is the version of the format"
            )
        }
        guard case .list(let plugins)? = lock["plugins"] else {
            throw refusal("'plugins' is a list")
        }
        guard plugins.count <= Self.mostEntries else {
            throw refusal("at most \(Self.mostEntries) files are pinned")
        }
        var seen: Set<ExactText> = []
        var entries: [Entry] = []
        for plugin in plugins {
            guard let entry = Self.entry(plugin) else {
                throw refusal("an entry has 'name', 'file', 'sha256' and 'verified', and no more")
            }
            if let problem = Self.problem(of: entry) { throw refusal(problem) }
            guard seen.insert(ExactText(entry.file)).inserted else {
                throw refusal("the file '\(entry.file)' comes twice")
            }
            entries.append(entry)
        }
        self.init()
        self.entries = entries.sorted { $0.file < $1.file }
    }

    private static func entry(_ value: Value) -> Entry? {
        guard case .record(let record) = value, record.count == 4,
            case .string(let name)? = record["name"],
            case .string(let file)? = record["file"],
            case .string(let sha256)? = record["sha256"],
            case .bool(let isVerified)? = record["verified"]
        else { return nil }
        return Entry(name: name, file: file, sha256: sha256, isVerified: isVerified)
    }

    /// The text of the file, an entry a line so that changes can be reviewed.
    package var json: String {
        let lines = entries.map { entry in
            let record = Record(
                names: ["name", "file", "sha256", "verified"],
                values: [
                    .string(entry.name), .string(entry.file), .string(entry.sha256),
                    .bool(entry.isVerified),
                ]
            )
            return "    " + JSON.write(.record(record ?? .empty))
        }
        let plugins = lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n  ]"
        return "{\n  \"calcburst-plugins\": 1,\n  \"plugins\": \(plugins)\n}\n"
    }

    /// Writes the file: all of it or nothing, whatever happens meanwhile.
    ///
    /// A link stays a link.
    package func write(to path: String) throws(PluginError) {
        if let refusal = FilePath.refusal(of: path) {
            throw PluginError(.invalidPath, path, refusal)
        }
        let real = (try? OpenFile.realPath(path)) ?? path
        let bytes = Array(json.utf8)
        // The text and the buffer are used only during the call.
        let result = unsafe bytes.withUnsafeBytes { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return 0 }
            return unsafe cplugin_replace(real, start, buffer.count, 0o644)
        }
        guard result == 0 else {
            let failure = OpenFile.Failure(code: 0 - result)
            throw PluginError(.invalidLock, path, "it cannot be written: \(failure.message)")
        }
    }
}
#endif
