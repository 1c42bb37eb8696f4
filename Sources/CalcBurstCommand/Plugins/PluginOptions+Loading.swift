#if Command
import CalcBurst

#if Plugins
import CalcBurstPlugins

extension PluginOptions {
    /// Adds the functions of every plugin that is named, and gives the plugins in that order.
    ///
    /// They run isolated if `isIsolated` is true, unless an option says where they run.
    @discardableResult
    func load(
        into engine: inout Engine,
        isIsolated: Bool = false
    ) throws(Failure) -> [Plugin] {
        guard !isAbsent else { return [] }
        let helper = isolatedPlugins ?? isIsolated ? try HelperProgram.calcburst() : nil
        var limits = IsolationLimits()
        if let text = pluginTimeout?.text {
            limits.call = try SecondsSetting.duration(text, of: "--plugin-timeout")
        }
        var plugins: [Plugin] = []
        do throws(PluginError) {
            for path in plugin {
                let path = System.absolutePath(path.text)
                plugins.append(try loader(of: [path.folder], helper, limits).load(path))
            }
            for folder in pluginDir {
                let folder = System.absolutePath(folder.text)
                plugins += try loader(of: [folder], helper, limits).loadFolder(folder)
            }
            for plugin in plugins { try engine.add(plugin) }
        } catch {
            throw Failure(error)
        }
        return plugins
    }

    /// What loads from these folders, as the options say.
    private func loader(
        of folders: [String],
        _ helper: HelperProgram?,
        _ limits: IsolationLimits
    ) -> PluginLoader {
        let lock = pluginLock.map { System.absolutePath($0.text) }
        let policy =
            lock.map { PluginPolicy.pinned(directories: folders, lockFile: $0) }
            ?? .directories(folders)
        var loader = PluginLoader(policy: policy, isolatedBy: helper)
        loader.limits = limits
        return loader
    }
}

extension HelperProgram {
    /// This very program, as the process that a plugin runs in.
    static func calcburst() throws(Failure) -> HelperProgram {
        guard let path = System.ownPath() else {
            throw Failure(.unavailable, "the system does not say where this program stands")
        }
        return HelperProgram(path: path, arguments: [PluginHostWord.word])
    }
}

extension PluginLoader {
    /// Loads a plugin that a person looks at: in a process of its own, and with patience.
    static func patient(_ policy: PluginPolicy) throws(Failure) -> PluginLoader {
        var loader = PluginLoader(policy: policy, isolatedBy: try HelperProgram.calcburst())
        loader.limits.call = .seconds(10)
        loader.limits.start = .seconds(30)
        return loader
    }
}

extension Failure {
    /// Why a plugin was not loaded.
    init(_ error: PluginError) {
        self.init(
            error.code.status,
            "plugin \(error.plugin): \(error.message) [\(error.code.rawValue)]",
            help: error.hint
        )
    }
}

extension PluginError.Code {
    /// What the command's status says about it.
    var status: ExitStatus {
        switch self {
        case .notFound: .noInput
        case .off, .unsupported: .unavailable
        case .helperFailed: .evaluation
        case .invalidPath, .outsideFolders, .notAFile, .untrustedOwner, .untrustedMode, .tooLarge,
            .invalidManifest, .notALibrary, .wrongMachine, .missingSymbol, .invalidLock,
            .notPinned, .changed, .cannotOpen, .foreignSymbol, .incompatible, .invalidOperation,
            .nameTaken, .startFailed, .changedControl, .exampleFailed:
            .data
        }
    }
}
#else
extension PluginOptions {
    /// Refuses plugins, which this build has not.
    func load(into engine: inout Engine, isIsolated: Bool = false) throws(Failure) {
        guard !isAbsent else { return }
        throw .usage(
            "this calcburst was built without plugins",
            help: "swift build --traits Command,Plugins"
        )
    }
}
#endif

/// The word that makes this program the process of one plugin; no person types it.
enum PluginHostWord {
    static let word = "plugin-host"
}

extension String {
    /// The folder of an absolute path.
    fileprivate var folder: String {
        guard let slash = lastIndex(of: "/") else { return "/" }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
#endif
