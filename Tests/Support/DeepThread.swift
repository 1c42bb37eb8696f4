import Foundation

/// Runs work on a thread whose stack has a size of the caller's choosing.
package enum DeepThread {
    /// Runs the work and waits for its result.
    package static func run<T: Sendable>(
        stackSize: Int,
        _ work: @escaping @Sendable () -> T
    ) -> T? {
        let box = Box<T>()
        start(stackSize) {
            box.result = work()
            box.done.signal()
        }
        box.done.wait()
        return box.result
    }

    /// Runs the work and gives its result without holding a thread of the tests, for work that
    /// takes seconds.
    package static func result<T: Sendable>(
        stackSize: Int,
        _ work: @escaping @Sendable () -> T
    ) async -> T {
        await withCheckedContinuation { continuation in
            start(stackSize) { continuation.resume(returning: work()) }
        }
    }

    private static func start(_ stackSize: Int, _ work: @escaping @Sendable () -> Void) {
        let thread = Thread(block: work)
        thread.stackSize = stackSize
        thread.start()
    }

    /// What the thread leaves; the semaphore orders the one write before the one read.
    private final class Box<T: Sendable>: @unchecked Sendable {
        var result: T?
        let done = DispatchSemaphore(value: 0)
    }
}
