#if Plugins
public import CalcBurst
import CalcBurstFunctions

/// A plugin that is loaded: who it is, and the operations that it gives.
///
/// ```swift
/// var engine = Engine.standard
/// let loader = PluginLoader(policy: .directories(["/opt/formulas"]))
/// try engine.add(loader.load("/opt/formulas/finance.so"))
/// try engine.evaluate("fin.cagr(100, 121, 2)")        // 0.1
/// ```
public struct Plugin: Sendable {
    public let name: String
    public let version: String
    public let license: String
    public let homepage: String
    public let kind: Kind
    /// The file as it was found, links resolved.
    public let file: String
    /// SHA-256 of the file, in hexadecimal.
    public let digest: String
    /// What confines it when it runs in a process of its own; nil if it runs in this one.
    public let confinement: [String]?
    package let operations: [PluginOperation]

    package init(
        identity: PluginIdentity,
        kind: Kind,
        file: String,
        digest: String,
        isPinned: Bool = false,
        confinement: [String]?,
        operations: [PluginOperation]
    ) {
        name = identity.name
        version = identity.version
        license = identity.license
        homepage = identity.homepage
        self.kind = kind
        self.file = file
        self.digest = digest
        self.isPinned = isPinned
        self.confinement = confinement
        self.operations = operations
    }

    /// How a plugin is made.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A library that was written for CalcBurst.
        case native
        /// A manifest that says how to call a library that was not.
        case binding
    }

    /// Whether a lock file of its folder names it; it would not be loaded if it had changed.
    public let isPinned: Bool

    /// The functions that it gives, by name.
    public var functions: [Function] {
        var names: [String] = []
        var byName: [String: [PluginOperation]] = [:]
        for operation in operations {
            if byName[operation.name] == nil { names.append(operation.name) }
            byName[operation.name, default: []].append(operation)
        }
        return names.map { Function($0, of: byName[$0] ?? [], plugin: name, version: version) }
    }
}

extension Engine {
    /// Adds all functions of a plugin; none if one of them cannot be added.
    public mutating func add(_ plugin: Plugin) throws(PluginError) {
        var library = library
        for function in plugin.functions {
            if let known = library[function.name], known.origin != function.origin {
                throw PluginError(
                    .nameTaken,
                    plugin.file,
                    "'\(function.name)' is there already, of \(known.origin.words)"
                )
            }
            do throws(FunctionLibrary.Refusal) {
                try library.add(function)
            } catch {
                throw PluginError(
                    .invalidOperation,
                    plugin.file,
                    "'\(function.name)' cannot be a function: \(error)"
                )
            }
        }
        self.library = library
    }
}

extension Function.Origin {
    fileprivate var words: String {
        switch self {
        case .language: "the language"
        case .host: "the program"
        case .plugin(let name, let version): "the plugin \(name) \(version)"
        }
    }
}
#endif
