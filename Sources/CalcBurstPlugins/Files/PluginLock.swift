#if Plugins

/// The lock file: which files are loaded as pinned, each known by its SHA-256.
///
/// ```
/// {
///   "calcburst-plugins": 1,
///   "plugins": [
///     {"name": "fin", "file": "fin.so", "sha256": "…", "verified": true}
///   ]
/// }
/// ```
///
/// A binding has one entry for its manifest and one for its library; both have its name.
package struct PluginLock: Hashable, Sendable {
    package static let fileName = "calcburst-plugins.lock"
    static let version = 1.0
    static let mostEntries = 10_000
    static let mostBytes = 4 << 20

    package struct Entry: Hashable, Sendable {
        /// The plugin.
        package var name: String
        /// The last part of its file's path, without links.
        package var file: String
        package var sha256: String
        /// Whether its examples were right when it was pinned.
        package var isVerified: Bool

        package init(name: String, file: String, sha256: String, isVerified: Bool) {
            self.name = name
            self.file = file
            self.sha256 = sha256
            self.isVerified = isVerified
        }
    }

    /// In the order of their files' names; each file comes once.
    package internal(set) var entries: [Entry] = []

    package init() {}

    /// Pins a file, in the place of what was pinned of that name.
    package mutating func pin(_ entry: Entry) throws(PluginError) {
        if let problem = Self.problem(of: entry) {
            throw PluginError(.invalidLock, entry.file, problem)
        }
        entries.removeAll { $0.file == entry.file }
        guard entries.count < Self.mostEntries else {
            throw PluginError(
                .invalidLock,
                entry.file,
                "at most \(Self.mostEntries) files are pinned"
            )
        }
        entries.append(entry)
        entries.sort { $0.file < $1.file }
    }

    /// Takes out all files of a plugin; tells whether there were any.
    package mutating func unpin(_ name: String) -> Bool {
        let count = entries.count
        entries.removeAll { $0.name == name }
        return entries.count < count
    }

    /// The entry of a file; refuses one whose content is not what was pinned.
    package func entry(of file: PluginFile) throws(PluginError) -> Entry? {
        guard let entry = entries.first(where: { $0.file == file.name }) else { return nil }
        guard entry.sha256 == file.sha256 else {
            throw PluginError(
                .changed,
                file.path,
                "its SHA-256 is \(file.sha256); pinned is \(entry.sha256)",
                hint: "if the change is wanted: calcburst plugin pin \(entry.name)"
            )
        }
        return entry
    }

    /// Why an entry cannot stand in a lock file; nil if it can.
    static func problem(of entry: Entry) -> String? {
        guard FilePath.isBareName(entry.name), entry.name.utf8.count <= 100 else {
            return "the name of a plugin has 1 to 100 bytes and no '/'"
        }
        guard FilePath.isBareName(entry.file) else { return "'file' is a name without a folder" }
        guard Digest.isOne(entry.sha256) else {
            return "'sha256' has 64 hexadecimal digits, the letters small"
        }
        return nil
    }
}

extension PluginPolicy {
    /// Holds a file that was read against the lock file; gives its entry.
    ///
    /// Under `pinned` a file without an entry is refused. Under `directories` a lock file in the
    /// allowed folder is heeded if there is one, and only for the files that it names.
    package func pin(
        of file: PluginFile,
        rules: PluginFile.Rules = PluginFile.Rules()
    ) throws(PluginError) -> PluginLock.Entry? {
        switch trust {
        case .none:
            throw PluginError(.off, file.path, "no plugins are loaded here")
        case .directories:
            let folder = file.folder == "/" ? "" : file.folder
            let path = "\(folder)/\(PluginLock.fileName)"
            guard FileFacts.at(path) != nil else { return nil }
            return try PluginLock(readFrom: path, rules: rules).entry(of: file)
        case .pinned(_, let lockFile):
            if let entry = try PluginLock(readFrom: lockFile, rules: rules).entry(of: file) {
                return entry
            }
            throw PluginError(
                .notPinned,
                file.path,
                "it does not stand in \(lockFile)",
                hint: "calcburst plugin pin"
            )
        }
    }
}
#endif
