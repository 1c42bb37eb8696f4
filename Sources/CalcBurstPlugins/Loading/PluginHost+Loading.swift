#if Plugins
extension PluginHost {
    /// Serves with the loader of this package; the path that a host sends is a library or a manifest.
    public static func run(arguments: [String]) -> Int32 {
        run(arguments: arguments) { path throws(PluginError) in
            // The host has held the file to its policy; here its folder is enough.
            let plugin = try PluginLoader(explicitly: path).load(path)
            return Loaded(
                name: plugin.name,
                version: plugin.version,
                license: plugin.license,
                homepage: plugin.homepage,
                operations: plugin.operations
            )
        }
    }
}
#endif
