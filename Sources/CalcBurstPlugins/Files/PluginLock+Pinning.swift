#if Plugins
/// Pinning by the command: a plugin's files, into a lock file and out of it.
extension PluginLock {
    /// The lock file of the folder in which a file stands.
    package static func path(beside path: String) -> String {
        let folder = FilePath.folder(of: path) ?? "/"
        return folder == "/" ? "/\(fileName)" : "\(folder)/\(fileName)"
    }

    /// Pins a library, or a manifest and the library that it binds; gives the files' names.
    ///
    /// Nothing of them runs. A lock file that is not there is begun.
    package static func pin(
        _ path: String,
        in lockFile: String,
        isVerified: Bool
    ) throws(PluginError) -> [String] {
        let policy = PluginPolicy(explicitFile: path)
        let files = try PluginLoader(policy: policy).files(of: path)
        var lock = FileFacts.at(lockFile) == nil ? PluginLock() : try PluginLock(readFrom: lockFile)
        guard let name = files.first?.name.prefix(while: { $0 != "." }) else { return [] }
        for file in files {
            try lock.pin(
                Entry(
                    name: String(name),
                    file: file.name,
                    sha256: file.sha256,
                    isVerified: isVerified
                )
            )
        }
        try lock.write(to: lockFile)
        return files.map(\.name)
    }

    /// Takes a plugin out; false if it was not there.
    package static func unpin(_ name: String, in lockFile: String) throws(PluginError) -> Bool {
        var lock = try PluginLock(readFrom: lockFile)
        guard lock.unpin(name) else { return false }
        try lock.write(to: lockFile)
        return true
    }
}
#endif
