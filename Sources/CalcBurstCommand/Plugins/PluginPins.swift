#if Command && Plugins
import CalcBurstPlugins

/// `plugin pin` and `unpin`: the lock file of a folder.
struct PluginPins {
    private let lockFile: String?
    private let console: Console

    init(lockFile: String?, _ console: Console) {
        self.lockFile = lockFile
        self.console = console
    }

    func pin(_ path: String, isVerified: Bool) throws(Failure) {
        let lockFile = lockFile.map(System.absolutePath) ?? PluginLock.path(beside: path)
        let names: [String]
        do throws(PluginError) {
            names = try PluginLock.pin(path, in: lockFile, isVerified: isVerified)
        } catch {
            throw Failure(error)
        }
        try console.output.writeLine("pinned \(names.joined(separator: ", ")) in \(lockFile)")
        try console.output.flush()
    }

    func unpin(_ name: String) throws(Failure) {
        let lockFile = System.absolutePath(lockFile ?? PluginLock.fileName)
        let wasThere: Bool
        do throws(PluginError) {
            wasThere = try PluginLock.unpin(name, in: lockFile)
        } catch {
            throw Failure(error)
        }
        guard wasThere else { throw .usage("'\(name)' does not stand in \(lockFile)") }
        try console.output.writeLine("unpinned \(name) in \(lockFile)")
        try console.output.flush()
    }
}
#endif
