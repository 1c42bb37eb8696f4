#if Server
import Dispatch
import Synchronization

/// The end of asynchronous work, for a thread that waits for it.
///
/// The commands are synchronous and start as fast as they can; only those that need the store or the
/// server pay for tasks.
final class Waiting<Answer: Sendable>: Sendable {
    private let answer = Mutex<Answer?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    private init() {}

    /// Does the work in a task, and waits on this thread for what it gives.
    static func wait(for work: @escaping @Sendable () async -> Answer) -> Answer {
        let waiting = Waiting()
        Task {
            let answer = await work()
            waiting.answer.withLock { $0 = answer }
            waiting.isDone.signal()
        }
        while true {
            waiting.isDone.wait()
            if let answer = waiting.answer.withLock({ $0 }) { return answer }
        }
    }
}
#endif
