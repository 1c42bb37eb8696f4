#if Plugins
import CalcBurstFunctions

/// An object of a manifest, read key by key; each key must be known, and has one kind of value.
struct ManifestObject {
    let record: Record
    /// Where it stands, as RFC 6901 spells it; empty for the whole.
    let path: String

    /// Refuses what is no object, and keys beside those that are known.
    init(_ value: Value, at path: String, keys: Set<String>) throws(PluginError) {
        guard case .record(let record) = value else {
            throw Self.refused("an object is expected", at: path)
        }
        self.record = record
        self.path = path
        for name in record.names where !keys.contains(name) {
            throw Self.refused("the key is unknown", at: "\(path)/\(Self.escaped(name))")
        }
    }

    static func refused(_ message: String, at path: String) -> PluginError {
        PluginError(.invalidManifest, "", "\(path.isEmpty ? "/" : path): \(message)")
    }

    /// A key as a part of a path, cut to what fits into a line.
    static func escaped(_ name: String) -> String {
        let cut = String(name.prefix(60))
        return cut.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    func path(of key: String) -> String { "\(path)/\(Self.escaped(key))" }

    func refused(_ message: String, _ key: String) -> PluginError {
        Self.refused(message, at: path(of: key))
    }

    /// A text; nil if the key is not there.
    func text(_ key: String, atMost: Int = NotationReader.longest) throws(PluginError) -> String? {
        guard let value = record[key] else { return nil }
        guard case .string(let text) = value else { throw refused("a text is expected", key) }
        guard text.utf8.count <= atMost else {
            throw refused("the text is longer than \(atMost) bytes", key)
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw refused("the text has a control character", key)
        }
        return text
    }

    func requiredText(_ key: String) throws(PluginError) -> String {
        guard let text = try text(key) else { throw refused("it is missing", key) }
        guard text.utf8.contains(where: { $0 != 0x20 }) else { throw refused("it is empty", key) }
        return text
    }

    /// A list of texts; empty if the key is not there.
    func texts(_ key: String, atMost: Int) throws(PluginError) -> [String] {
        guard let list = try list(key, atMost: atMost) else { return [] }
        var texts: [String] = []
        for (index, element) in list.enumerated() {
            guard case .string(let text) = element,
                text.utf8.count <= NotationReader.longest
            else { throw refused("a text is expected", "\(key)/\(index)", isPath: true) }
            texts.append(text)
        }
        return texts
    }

    func list(_ key: String, atMost: Int) throws(PluginError) -> List? {
        guard let value = record[key] else { return nil }
        guard case .list(let list) = value else { throw refused("a list is expected", key) }
        guard list.count <= atMost else {
            throw refused("there are more than \(atMost) elements", key)
        }
        return list
    }

    /// A whole number within a range; nil if the key is not there.
    func whole(_ key: String, _ range: ClosedRange<Int>) throws(PluginError) -> Int? {
        guard let value = record[key] else { return nil }
        guard case .number(let number) = value, let whole = Int(exactly: number),
            range.contains(whole)
        else {
            let words = "a whole number from \(range.lowerBound) to \(range.upperBound)"
            throw refused("\(words) is expected", key)
        }
        return whole
    }

    func object(_ key: String, keys: Set<String>) throws(PluginError) -> ManifestObject? {
        guard let value = record[key] else { return nil }
        return try ManifestObject(value, at: path(of: key), keys: keys)
    }

    func refused(_ message: String, _ tail: String, isPath: Bool) -> PluginError {
        isPath ? Self.refused(message, at: "\(path)/\(tail)") : refused(message, tail)
    }

    /// Reads a part; what it refuses is told with the key's path.
    func reading<Part>(
        _ key: String,
        _ read: () throws(PluginError) -> Part
    ) throws(PluginError) -> Part {
        do throws(PluginError) {
            return try read()
        } catch {
            throw PluginError(.invalidManifest, "", "\(path)/\(key): \(error.message)")
        }
    }
}
#endif
