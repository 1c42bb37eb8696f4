#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Ctrl-C as something that can be waited for, beside the terminal and the evaluation.
///
/// The handler only writes a byte to a pipe, which is all that a handler may do safely.
struct Interrupts {
    /// Readable once Ctrl-C was pressed.
    let descriptor: Int32

    /// The end of the pipe that the handler writes to.
    nonisolated(unsafe) private static var writer: Int32 = -1

    /// Begins to catch Ctrl-C; nil if there are no descriptors left.
    init?() {
        guard let (reader, writer) = Self.makePipe() else { return nil }
        descriptor = reader
        // Written before the handler is there, and never again.
        unsafe Self.writer = writer
        var action = sigaction()
        #if canImport(Darwin)
        unsafe action.__sigaction_u.__sa_handler = { _ in Interrupts.note() }
        #else
        unsafe action.__sigaction_handler.sa_handler = { _ in Interrupts.note() }
        #endif
        action.sa_flags = SA_RESTART
        _ = unsafe sigaction(SIGINT, &action, nil)
    }

    /// Runs inside the signal handler.
    private static func note() {
        let saved = errno
        var byte: UInt8 = 1
        // The pipe does not block: if it is full, Ctrl-C is already known.
        _ = unsafe write(writer, &byte, 1)
        errno = saved
    }

    /// Forgets the times that Ctrl-C was pressed so far.
    func clear() {
        var bytes: [UInt8] = Array(repeating: 0, count: 64)
        // As long as the array; the pipe does not block.
        while unsafe read(descriptor, &bytes, bytes.count) > 0 {}
    }

    /// A pipe that does not block and is not handed to other programs.
    static func makePipe() -> (reader: Int32, writer: Int32)? {
        var ends: [Int32] = [-1, -1]
        // The array has the two elements that the call writes.
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        return (ends[0], ends[1])
    }

    /// Wakes whoever waits for the other end of a pipe.
    static func wake(_ writer: Int32) {
        var byte: UInt8 = 1
        // One byte of one variable.
        _ = unsafe write(writer, &byte, 1)
    }
}
