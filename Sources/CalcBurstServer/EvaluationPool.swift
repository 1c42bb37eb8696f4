#if Server
import NIOPosix
import Synchronization

/// Threads for work that takes time, so that event loops and Swift's own threads never do it.
final class EvaluationPool: Sendable {
    private let threads: NIOThreadPool
    /// The most jobs at one time, running and waiting.
    private let capacity: Int
    private let jobs = Atomic<Int>(0)

    init(threads count: Int, queue: Int) {
        threads = NIOThreadPool(numberOfThreads: max(1, count))
        capacity = max(1, count) + max(0, queue)
        threads.start()
    }

    /// Does a job on one of the threads; nil, at once, if too many are waiting.
    func run<T: Sendable>(_ job: @escaping @Sendable () -> T) async -> T? {
        let place = jobs.wrappingAdd(1, ordering: .relaxed).newValue
        defer { jobs.wrappingSubtract(1, ordering: .relaxed) }
        guard place <= capacity else { return nil }
        // It fails only where the pool is shut down, or the server is being cancelled.
        return try? await threads.runIfActive(job)
    }

    /// Ends the threads once they have done their jobs.
    func shutDown() async {
        try? await threads.shutdownGracefully()
    }
}
#endif
