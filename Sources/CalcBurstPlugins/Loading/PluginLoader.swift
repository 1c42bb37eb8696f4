#if Plugins
import CPluginSystem

/// Loads plugins as a policy allows, into this process or each into a process of its own.
///
/// ```swift
/// let loader = PluginLoader(policy: .directories(["/opt/formulas"]))
/// try engine.add(try loader.load("/opt/formulas/finance.so"))
/// ```
///
/// The steps stand in the order of `PluginError.Code`; none of a plugin's code runs before all that
/// can be asked of its file has been asked.
public struct PluginLoader: Sendable {
    public var policy: PluginPolicy
    /// The program that runs a plugin in a process of its own; nil runs it in this one.
    public var helper: HelperProgram?
    public var limits = IsolationLimits()

    public init(policy: PluginPolicy = .none, isolatedBy helper: HelperProgram? = nil) {
        self.policy = policy
        self.helper = helper
    }

    /// Loads the file that a person named: its folder is allowed.
    package init(explicitly path: String, isolatedBy helper: HelperProgram? = nil) {
        self.init(policy: PluginPolicy(explicitFile: path), isolatedBy: helper)
    }

    /// What the file of a manifest ends with.
    static let manifestEnding = ".calcburst.json"

    /// Loads a shared library, or the manifest of one, from an absolute path.
    public func load(_ path: String) throws(PluginError) -> Plugin {
        path.hasSuffix(".json") ? try loadBinding(path) : try loadNative(path)
    }

    /// Loads everything in a folder that is named like a plugin, in the order of the names.
    ///
    /// - Throws: the first refusal; a folder is taken whole or not at all.
    public func loadFolder(_ folder: String) throws(PluginError) -> [Plugin] {
        var plugins: [Plugin] = []
        for path in try Self.files(in: folder) { plugins.append(try load(path)) }
        return plugins
    }

    /// The paths of a folder's libraries and manifests, by name.
    package static func files(in folder: String) throws(PluginError) -> [String] {
        guard let names = FolderListing.names(in: folder) else {
            throw PluginError(.notFound, folder, "the folder cannot be read")
        }
        let endings = [".so", ".dylib", manifestEnding]
        return names.sorted().filter { name in endings.contains { name.hasSuffix($0) } }
            .map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
    }

    /// The files of a plugin, checked as for loading: a library, or a manifest and its library.
    ///
    /// What they must offer is not asked here.
    func files(of path: String) throws(PluginError) -> [PluginFile] {
        let file = try PluginFile(path: path, policy: policy)
        guard path.hasSuffix(".json") else { return [file] }
        let manifest = try PluginManifest(file.bytes, file: file.name)
        return [file, try library(of: manifest, beside: file).file]
    }

    // MARK: The two kinds

    private func loadNative(_ path: String) throws(PluginError) -> Plugin {
        let library = try CheckedLibrary(
            path: path,
            policy: policy,
            functions: [PluginTable.entry]
        )
        if let helper {
            return try isolated(by: helper, .native, library.file, library.pin)
        }
        let native = try library.load { opened throws(PluginError) in
            try NativePlugin(opening: opened, file: library.file.name)
        }
        return Plugin(
            identity: native.identity,
            kind: .native,
            file: library.file.path,
            digest: library.file.sha256,
            isPinned: library.pin != nil,
            confinement: nil,
            operations: native.operations
        )
    }

    private func loadBinding(_ path: String) throws(PluginError) -> Plugin {
        let file = try PluginFile(path: path, policy: policy)
        let pin = try policy.pin(of: file)
        let manifest = try PluginManifest(file.bytes, file: file.name)
        let library = try self.library(of: manifest, beside: file)
        if let helper {
            return try isolated(by: helper, .binding, file, pin, [library.file.folder])
        }
        let before = cplugin_controls()
        defer { cplugin_restore_controls(before) }
        let operations = try library.load { opened throws(PluginError) in
            let library = try DynamicLibrary(path: opened, name: library.file.name)
            var symbols: [String: UnsafeMutableRawPointer] = unsafe [:]
            for symbol in manifest.symbols {
                unsafe symbols[symbol] = try library.symbol(symbol)
            }
            return unsafe try manifest.operations(symbols: symbols)
        }
        guard cplugin_controls() == before else {
            throw PluginError(
                .changedControl,
                file.path,
                "it changed how numbers are rounded while it was loaded"
            )
        }
        try OperationRules.check(operations, file: file.name)
        return Plugin(
            identity: PluginIdentity(
                name: manifest.name,
                version: manifest.version,
                license: manifest.license,
                homepage: manifest.homepage
            ),
            kind: .binding,
            file: file.path,
            digest: file.sha256,
            isPinned: pin != nil,
            confinement: nil,
            operations: PluginGate(plugin: manifest.name).around(operations)
        )
    }

    /// The library that a manifest binds: one of the system, or one in the manifest's own folder.
    private func library(
        of manifest: PluginManifest,
        beside file: PluginFile
    ) throws(PluginError) -> CheckedLibrary {
        if let name = manifest.ownLibrary {
            let folder = file.path.dropLast(file.name.utf8.count)
            return try CheckedLibrary(
                path: "\(folder)\(name)",
                policy: policy,
                functions: manifest.symbols
            )
        }
        var refusal: PluginError?
        for name in manifest.systemLibraries {
            do throws(PluginError) {
                return try CheckedLibrary(
                    system: name,
                    policy: policy,
                    functions: manifest.symbols
                )
            } catch {
                // The first that is there decides; versions that are not there are passed over.
                guard error.code == .notFound else { throw error }
                refusal = refusal ?? error
            }
        }
        throw refusal
            ?? PluginError(
                .unsupported,
                file.path,
                "its manifest names no library for this system"
            )
    }

    private func isolated(
        by helper: HelperProgram,
        _ kind: Plugin.Kind,
        _ file: PluginFile,
        _ pin: PluginLock.Entry?,
        _ libraries: [String] = []
    ) throws(PluginError) -> Plugin {
        let plugin = try IsolatedPlugin(
            file: file.name,
            path: file.path,
            folders: libraries,
            program: helper,
            limits: limits
        )
        try OperationRules.check(plugin.operations, file: file.name)
        return Plugin(
            identity: PluginIdentity(
                name: plugin.name,
                version: plugin.version,
                license: plugin.license,
                homepage: plugin.homepage
            ),
            kind: kind,
            file: file.path,
            digest: file.sha256,
            isPinned: pin != nil,
            confinement: plugin.confinement,
            operations: plugin.operations
        )
    }
}

/// Who a plugin says that it is.
package struct PluginIdentity: Hashable, Sendable {
    package var name: String
    package var version: String
    package var license: String
    package var homepage: String

    package init(name: String, version: String, license: String, homepage: String) {
        self.name = name
        self.version = version
        self.license = license
        self.homepage = homepage
    }
}
#endif
