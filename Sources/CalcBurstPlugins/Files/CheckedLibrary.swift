#if Plugins
/// A library that passed everything that can be asked before its code runs, in order.
///
/// Whose file it is, what is in it, whether it offers the functions, and whether it is the one that
/// was pinned. `file.load` then hands it to the loader.
package struct CheckedLibrary: Sendable {
    package let file: PluginFile
    package let image: ELFImage
    /// What the lock file says of it; nil if it says nothing and need not.
    package let pin: PluginLock.Entry?

    /// Checks a library in the policy's folders that has to offer these functions.
    package init(
        path: String,
        policy: PluginPolicy,
        functions: [String],
        rules: PluginFile.Rules = PluginFile.Rules()
    ) throws(PluginError) {
        let file = try PluginFile(path: path, policy: policy, rules: rules)
        try self.init(file, policy: policy, functions: functions, rules: rules)
    }

    /// Checks the library of the system that a manifest names.
    package init(
        system soname: String,
        policy: PluginPolicy,
        functions: [String],
        folders: [String] = SystemLibraries.folders,
        rules: PluginFile.Rules = PluginFile.Rules()
    ) throws(PluginError) {
        let file = try PluginFile(
            systemLibrary: try SystemLibraries.find(soname, in: folders),
            policy: policy,
            folders: folders,
            rules: rules
        )
        try self.init(file, policy: policy, functions: functions, rules: rules)
    }

    private init(
        _ file: PluginFile,
        policy: PluginPolicy,
        functions: [String],
        rules: PluginFile.Rules
    ) throws(PluginError) {
        self.file = file
        image = try ELFImage(file.bytes, file: file.path)
        for function in functions { try image.require(function, of: file.path) }
        pin = try policy.pin(of: file, rules: rules)
    }

    /// Hands it to the loader: `open` gets the path, which is `/proc/self/fd/…` for a pinned one.
    package func load<Handle>(
        _ open: (_ path: String) throws(PluginError) -> Handle
    ) throws(PluginError) -> Handle {
        try file.load(image, open)
    }
}
#endif
