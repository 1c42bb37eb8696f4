#if Server
import Dispatch
import NIOCore
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where log lines go: a descriptor, behind a queue of limited size.
///
/// Nobody waits for whoever reads the log: when the queue is full, lines are dropped, and a later
/// line says how many.
public final class LogOutput: Sendable {
    /// Standard error.
    public static let standardError = LogOutput(descriptor: 2)

    private let descriptor: CInt
    private let capacity: Int
    private let queue = DispatchQueue(label: "calcburst.log")
    private let state = Mutex(State())

    private struct State {
        var waiting: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    /// Writes to a descriptor, which stays open; `capacity` bytes may wait.
    public init(descriptor: CInt, capacity: Int = 1 << 20) {
        self.descriptor = descriptor
        self.capacity = capacity
    }

    /// Queues a line, which ends with its line feed.
    func write(_ line: [UInt8]) {
        let begins = state.withLock { state in
            guard state.waiting.count + line.count <= capacity else {
                state.dropped += 1
                return false
            }
            if state.dropped > 0 {
                state.waiting += Array(Self.notice(of: state.dropped).utf8)
                state.dropped = 0
            }
            state.waiting += line
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if begins { queue.async { self.writeOut() } }
    }

    private static func notice(of count: Int) -> String {
        #"{"level":"warning","message":"log lines were dropped","count":\#(count)}"# + "\n"
    }

    private func writeOut() {
        while true {
            let bytes = state.withLock { state in
                let bytes = state.waiting
                state.waiting = []
                if bytes.isEmpty { state.isWriting = false }
                return bytes
            }
            if bytes.isEmpty { return }
            unsafe bytes.withUnsafeBytes { buffer in
                var start = 0
                while start < buffer.count {
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
                    let count = unsafe systemWrite(descriptor, rest.baseAddress, rest.count)
                    if count > 0 {
                        start += count
                    } else if count < 0, errno == EAGAIN {
                        usleep(10_000)
                    } else if count >= 0 || errno != EINTR {
                        // Nobody reads it any more.
                        return
                    }
                }
            }
        }
    }

    /// Waits until what was queued is written, or a time is over.
    public func flush(within time: Duration) async {
        let clock = ContinuousClock()
        let end = clock.now + time
        while clock.now < end, state.withLock({ $0.isWriting }) {
            try? await clock.sleep(for: .milliseconds(5))
        }
    }
}

/// The system's `write`, which a method of that name hides.
private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
#endif
