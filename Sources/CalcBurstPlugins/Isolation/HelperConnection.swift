#if Plugins
import CPluginSystem
import CalcBurstFunctions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// One running helper and the pipes to it: asked one thing at a time, and ended exactly once.
struct HelperConnection {
    private var helper: cplugin_helper
    private var number: UInt32 = 0
    private var isPrinting = true
    /// The end of what the helper printed.
    private(set) var output: [UInt8] = []

    static let lastOutput = 1000

    /// Why there is no answer.
    enum Failure: Error {
        /// The helper closed its pipe, most likely because it ended.
        case ended
        case late
        case rubbish(String)
        /// The evaluation stops, whatever the helper does.
        case stopped(Fault)
    }

    struct Answer {
        var kind: UInt8
        var body: [UInt8]
        var isWorn: Bool
    }

    var identifier: Int32 { helper.pid }
    var space: SharedSpace { SharedSpace(helper.shared) }

    /// Starts the program; its process is the caller's to end.
    init(_ program: HelperProgram, sharedMemory: Int) throws(PluginError) {
        let words = [program.path] + program.arguments + [String(getpid())]
        // Nothing of the host's environment, where secrets are; only what finds a Swift runtime.
        var environment = ["LC_ALL=C", "SWIFT_BACKTRACE=enable=no"]
        if let folders = unsafe getenv("LD_LIBRARY_PATH") {
            environment.append(unsafe "LD_LIBRARY_PATH=" + String(cString: folders))
        }
        var helper = cplugin_helper()
        var arguments = unsafe CStrings.copies(words)
        var variables = unsafe CStrings.copies(environment)
        let error = unsafe cplugin_helper_start(
            &helper,
            program.path,
            &arguments,
            &variables,
            max(0, sharedMemory)
        )
        unsafe CStrings.release(arguments + variables)
        guard error == 0 else {
            let reason = unsafe String(cString: strerror(error))
            throw PluginError(
                .helperFailed,
                program.path,
                "the helper cannot be started: \(reason)"
            )
        }
        self.helper = helper
    }

    /// Asks, and waits for the answer for at most so long.
    ///
    /// `look` is asked every 20 ms whether anybody still waits.
    mutating func ask(
        _ request: HelperRequest,
        within time: Duration,
        most: Int,
        look: () throws(Fault) -> Void
    ) throws(Failure) -> Answer {
        number &+= 1
        var space = space
        let frame = request.frame(number: number, &space)
        let end = ContinuousClock.now + time
        var sent = 0
        var received: [UInt8] = []
        var isFirst = true
        while true {
            if sent < frame.count { sent += try send(frame[sent...]) }
            let left = end - ContinuousClock.now
            guard left > .zero else { throw .late }
            let events = wait(isSending: sent < frame.count, left)
            if events.output { print() }
            if events.answer, try receive(&received, most: most) {
                guard sent == frame.count else { throw .rubbish("an answer before the question") }
                return try answer(received)
            }
            if !isFirst || !events.answer {
                do throws(Fault) { try look() } catch { throw .stopped(error) }
            }
            isFirst = false
        }
    }

    private func send(_ bytes: ArraySlice<UInt8>) throws(Failure) -> Int {
        let written = unsafe bytes.withUnsafeBytes { bytes in
            guard let address = bytes.baseAddress else { return 0 }
            return unsafe cplugin_write(helper.request, address, bytes.count)
        }
        if written >= 0 { return written }
        guard errno == EAGAIN || errno == EINTR else { throw .ended }
        return 0
    }

    private func wait(isSending: Bool, _ left: Duration) -> (answer: Bool, output: Bool) {
        let short: Int16 = Int16(POLLIN)
        var polled = [
            pollfd(fd: helper.answer, events: short, revents: 0),
            pollfd(fd: isPrinting ? helper.output : -1, events: short, revents: 0),
            pollfd(fd: isSending ? helper.request : -1, events: Int16(POLLOUT), revents: 0),
        ]
        let slice = Int32(clamping: min(left, .milliseconds(20)).milliseconds)
        // Of a wait of less than a millisecond the rest is waited too, in place of asking in a circle.
        guard unsafe poll(&polled, 3, max(1, slice)) > 0 else { return (false, false) }
        return (polled[0].revents != 0, polled[1].revents != 0)
    }

    /// Takes what is there; true once the frame is whole.
    private func receive(_ received: inout [UInt8], most: Int) throws(Failure) -> Bool {
        let count = Self.read(helper.answer, &received)
        guard count != 0 else { throw .ended }
        guard count > 0 || errno == EAGAIN || errno == EINTR else { throw .ended }
        guard let head = Frame.Head(received) else { return false }
        guard head.number == number else { throw .rubbish("an answer to another question") }
        guard head.length <= most else { throw .rubbish("an answer of \(head.length) bytes") }
        let length = HelperRequest.head + head.length
        guard received.count <= length else { throw .rubbish("more than one answer") }
        return received.count == length
    }

    private func answer(_ received: [UInt8]) throws(Failure) -> Answer {
        guard let head = Frame.Head(received) else { throw .rubbish("an answer without a head") }
        return Answer(
            kind: head.kind & ~HelperRequest.wornBit,
            body: Array(received.dropFirst(HelperRequest.head)),
            isWorn: head.kind & HelperRequest.wornBit != 0
        )
    }

    /// Keeps the end of what the helper prints, so that it is never stopped by a full pipe.
    private mutating func print() {
        let count = Self.read(helper.output, &output)
        if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { isPrinting = false }
        if output.count > Self.lastOutput { output = Array(output.suffix(Self.lastOutput)) }
    }

    /// Ends the process and takes its status, at once or after so many milliseconds.
    ///
    /// Says how it ended; "was killed" if it had to be.
    mutating func end(after milliseconds: Int32 = 0) -> String {
        var status: Int32 = -1
        var isKilled = false
        let isOver = unsafe milliseconds > 0 && cplugin_helper_reap(&helper, milliseconds, &status)
        if !isOver {
            isKilled = true
            unsafe cplugin_helper_kill(&helper)
            _ = unsafe cplugin_helper_reap(&helper, -1, &status)
        }
        // What it said last; more than the pipe holds there is not.
        for _ in 0..<8 where isPrinting { print() }
        unsafe cplugin_helper_close(&helper)
        if isKilled { return "was killed" }
        let signal = cplugin_status_signal(status)
        if signal > 0 {
            let name = unsafe cplugin_signal_name(signal).map { unsafe String(cString: $0) }
            return "was ended by \(name ?? "signal \(signal)")"
        }
        let code = cplugin_status_code(status)
        return code >= 0 ? "ended itself with the exit code \(code)" : "ended"
    }

    /// Lets the helper end in good order: without requests there is nothing left to do.
    mutating func dismiss() {
        close(helper.request)
        helper.request = -1
        _ = end(after: 500)
    }

    /// Appends what one read(2) gives, and gives its result.
    private static func read(_ descriptor: Int32, _ bytes: inout [UInt8]) -> Int {
        unsafe withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 16) { buffer in
            guard let address = buffer.baseAddress else { return -1 }
            let count = unsafe cplugin_read(descriptor, address, buffer.count)
            if count > 0 {
                unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
            return count
        }
    }
}

/// Lists of C strings that end with a null.
enum CStrings {
    static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        unsafe texts.map { unsafe strdup($0) } + [nil]
    }

    static func release(_ strings: [UnsafeMutablePointer<CChar>?]) {
        unsafe strings.withUnsafeBufferPointer { strings in
            for position in strings.indices { unsafe free(strings[position]) }
        }
    }
}
#endif
