#if Command
import Foundation
import Testing

/// `calcburst` at a terminal of its own: what is typed, and what is seen.
final class Terminal {
    private var child = ChildProcess()
    private let descriptor: Int32
    /// Everything that was seen so far.
    private(set) var seen: [UInt8] = []
    /// What was seen and not waited for yet begins here.
    private var position = 0

    struct NeverSeen: Error, CustomStringConvertible {
        let wanted: String
        let seen: String

        var description: String {
            "never saw \(wanted.debugDescription) in \(seen.debugDescription)"
        }
    }

    struct NoTerminal: Error {}

    convenience init(_ arguments: String..., environment: [String: String] = [:]) throws {
        try self.init(arguments: arguments, environment: environment)
    }

    init(
        program: String = ProgramRun.command,
        arguments: [String],
        environment: [String: String] = [:]
    ) throws {
        let (descriptor, path) = try Self.open()
        self.descriptor = descriptor
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &size)
        child.leadsSession = true
        for stream: Int32 in 0...2 { child.open(path, as: stream, for: O_RDWR) }
        try child.start(
            program,
            arguments.map { Array($0.utf8) },
            environment: ["TERM": "xterm", "NO_COLOR": "1"].merging(environment) { $1 }
        )
    }

    /// Opens a new terminal: our end of it, and the path of the other.
    private static func open() throws -> (descriptor: Int32, path: String) {
        let descriptor = unsafe Foundation.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw NoTerminal() }
        #if canImport(Darwin)
        guard grantpt(descriptor) == 0, unlockpt(descriptor) == 0,
            let name = unsafe ptsname(descriptor)
        else { throw NoTerminal() }
        return (descriptor, unsafe String(cString: name))
        #else
        // Swift does not see `unlockpt` and `ptsname` of the C library: these are their requests.
        let unlock: UInt = 0x4004_5431
        let askNumber: UInt = 0x8004_5430
        var isLocked: Int32 = 0
        var number: UInt32 = 0
        guard unsafe ioctl(descriptor, unlock, &isLocked) == 0,
            unsafe ioctl(descriptor, askNumber, &number) == 0
        else { throw NoTerminal() }
        return (descriptor, "/dev/pts/\(number)")
        #endif
    }

    deinit {
        child.send(SIGKILL)
        close(descriptor)
    }

    /// Types a line and waits for the prompt after what it does; gives what was seen between.
    @discardableResult
    func enter(_ line: String, until prompt: String = "\n> ") throws -> String {
        type(line + "\n")
        let text = try wait(for: prompt)
        // The terminal echoes what was typed.
        return String(text.dropFirst(line.count).drop { $0.isNewline })
    }

    func type(_ text: String) { type(Array(text.utf8)) }

    func type(_ bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(
                    descriptor,
                    buffer.baseAddress?.advanced(by: start),
                    bytes.count - start
                )
            }
            guard count > 0 else { return }
            start += count
        }
    }

    /// Reads until a text has been seen; gives what came before it.
    @discardableResult
    func wait(for text: String) throws -> String {
        let wanted = Array(text.utf8)
        while true {
            if let range = find(wanted) {
                let before = seen[position..<range.lowerBound]
                position = range.upperBound
                return String(decoding: before, as: UTF8.self)
            }
            guard read() else {
                throw NeverSeen(
                    wanted: text,
                    seen: String(decoding: seen[position...], as: UTF8.self)
                )
            }
        }
    }

    /// Waits until something can be read, but not longer than so.
    func listen(milliseconds: Int32) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&entry, 1, milliseconds)
    }

    /// Waits for the end; gives the exit status, or nil if a signal ended it.
    func end() -> Int32? {
        while read() {}
        let (status, signal) = child.wait()
        return signal == nil ? status : nil
    }

    private func find(_ wanted: [UInt8]) -> Range<Int>? {
        guard seen.count - position >= wanted.count else { return nil }
        for start in position...(seen.count - wanted.count)
        where seen[start..<(start + wanted.count)].elementsEqual(wanted) {
            return start..<(start + wanted.count)
        }
        return nil
    }

    /// Reads what is there; false at the end, or if nothing comes for a long time.
    private func read() -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&entry, 1, 60_000) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe Foundation.read(descriptor, buffer.baseAddress, buffer.count)
        }
        guard count > 0 else { return false }
        // The terminal ends lines with a carriage return and a new line.
        seen += bytes.prefix(count).filter { $0 != UInt8(ascii: "\r") }
        return true
    }
}
#endif
