#if Server
import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Waits for SIGTERM or SIGINT; a second one does what it does to every program, at once.
final class StopSignals: Sendable {
    private static let numbers = [SIGTERM, SIGINT]

    private let sources: Mutex<[any DispatchSourceSignal]>
    private let arrivals: AsyncStream<CInt>

    init() {
        // Writing to a client that has gone is an error of that write, not the end of the process.
        _ = signal(SIGPIPE, SIG_IGN)
        let (arrivals, continuation) = AsyncStream.makeStream(of: CInt.self)
        let queue = DispatchQueue(label: "calcburst.signals")
        let sources = Self.numbers.map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                for number in Self.numbers { _ = signal(number, SIG_DFL) }
                continuation.yield(number)
                continuation.finish()
            }
            source.resume()
            return source
        }
        self.arrivals = arrivals
        self.sources = Mutex(sources)
    }

    /// Returns once one has come.
    func wait() async {
        for await _ in arrivals { return }
    }
}
#endif
