#if Plugins
/// What a host allows to be loaded: by itself nothing.
///
/// Code from a library has all the rights of the process. The policy decides whose code it is.
public struct PluginPolicy: Hashable, Sendable {
    /// Whose files are taken.
    public enum Trust: Hashable, Sendable {
        /// Nobody's; expressions have no way to ask.
        case none
        /// Those in these folders, if nobody but their owner and root can change them.
        case directories([String])
        /// Of those, only the ones that stand in the lock file as they are now.
        case pinned(directories: [String], lockFile: String)
    }

    public var trust: Trust

    public init(_ trust: Trust) {
        self.trust = trust
    }

    /// Loads nothing.
    public static let none = PluginPolicy(.none)

    /// Loads from these folders, given by absolute paths.
    public static func directories(_ folders: [String]) -> PluginPolicy {
        PluginPolicy(.directories(folders))
    }

    /// Loads from these folders what the lock file names with its SHA-256.
    public static func pinned(directories: [String], lockFile: String) -> PluginPolicy {
        PluginPolicy(.pinned(directories: directories, lockFile: lockFile))
    }

    /// Loads a file that a person named, by allowing the folder in which it stands.
    ///
    /// The path is absolute; one that is not allows no folder.
    package init(explicitFile path: String) {
        let folder = path.utf8.first == UInt8(ascii: "/") ? FilePath.folder(of: path) : nil
        self.init(.directories(folder.map { [$0] } ?? []))
    }

    /// The folders from which plugins are taken.
    package var folders: [String] {
        switch trust {
        case .none: []
        case .directories(let folders): folders
        case .pinned(let folders, _): folders
        }
    }
}
#endif
