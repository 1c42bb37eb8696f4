#if Plugins
package import CalcBurstFunctions
import CPluginSystem
import Synchronization

/// What stands around every call of a plugin's code in this process: the lock that it may want, and
/// the controls of floating point, which it must leave as they were.
package final class PluginGate: Sendable {
    package let plugin: String
    private let lock = Mutex<Void>(())

    package init(plugin: String) { self.plugin = plugin }

    /// Calls the code; alone unless it is concurrent.
    ///
    /// Changed controls are set back, and the answer is not believed.
    @inline(__always)
    package func pass<Answer: Sendable>(
        isConcurrent: Bool,
        _ body: () -> Answer
    ) throws(Fault) -> Answer {
        let before = cplugin_controls()
        let answer = isConcurrent ? body() : lock.withLock { _ in body() }
        if cplugin_controls() != before { throw changedControls(before) }
        return answer
    }

    @inline(never)
    private func changedControls(_ before: UInt32) -> Fault {
        cplugin_restore_controls(before)
        return .pluginFailed(plugin: plugin, "changed how numbers are rounded")
    }
}
#endif
