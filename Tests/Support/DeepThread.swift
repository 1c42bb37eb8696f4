import Foundation

/// Runs work on a thread whose stack has a size of the caller's choosing.
package enum DeepThread {
    /// Runs the work and waits for its result.
    package static func run<T: Sendable>(
        stackSize: Int,
        _ work: @escaping @Sendable () -> T
    ) -> T? {
        let box = Box<T>()
        let thread = Thread {
            box.result = work()
            box.done.signal()
        }
        thread.stackSize = stackSize
        thread.start()
        box.done.wait()
        return box.result
    }

    /// What the thread leaves; the semaphore orders the one write before the one read.
    private final class Box<T: Sendable>: @unchecked Sendable {
        var result: T?
        let done = DispatchSemaphore(value: 0)
    }
}
