// The one import of the C library.
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the command asks of the operating system, in words of Swift.
enum System {
    static let standardInput: Int32 = 0
    static let standardOutput: Int32 = 1
    static let standardError: Int32 = 2

    /// Why a call failed.
    struct Failure: Error {
        let code: Int32

        /// The reader has gone.
        var isBrokenPipe: Bool { code == EPIPE }
        var isInterrupted: Bool { code == EINTR }

        /// The system's own words, such as `No such file or directory`.
        var message: String {
            // The text belongs to the C library and is copied at once.
            guard let text = unsafe strerror(code) else { return "error \(code)" }
            return unsafe String(cString: text)
        }
    }

    static func exit(_ status: Int32) -> Never {
        #if canImport(Glibc)
        Glibc.exit(status)
        #elseif canImport(Musl)
        Musl.exit(status)
        #else
        Darwin.exit(status)
        #endif
    }

    /// Makes a write to a pipe without a reader an error instead of the end of the process.
    static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    static func environment(_ name: String) -> String? {
        // Nothing in this process changes the environment.
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// The columns of a terminal; nil if it is none or does not know.
    static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    // MARK: Reading and writing

    /// Writes all bytes.
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
        var start = 0
        while start < bytes.count {
            // The pointer is used only during the call, and `start` is within the array.
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe libcWrite(descriptor, buffer[start...])
            }
            if count >= 0 {
                start += count
            } else if errno == EAGAIN {
                // Somebody else made the terminal non-blocking: wait until it takes more.
                _ = wait(for: [Waiting(descriptor, toWrite: true)])
            } else if errno != EINTR {
                throw Failure(code: errno)
            }
        }
    }

    private static func libcWrite(
        _ descriptor: Int32,
        _ bytes: Slice<UnsafeRawBufferPointer>
    ) -> Int {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes)
        #if canImport(Glibc)
        return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        #elseif canImport(Musl)
        return unsafe Musl.write(descriptor, rest.baseAddress, rest.count)
        #else
        return unsafe Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
    }

    /// Reads at most so many bytes; none means the end.
    static func read(from descriptor: Int32, atMost count: Int) throws(Failure) -> [UInt8] {
        while true {
            var failure: Int32 = 0
            // The buffer is as long as the call is told.
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(1, count)) { buffer, used in
                #if canImport(Glibc)
                let result = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                #elseif canImport(Musl)
                let result = unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
                #else
                let result = unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
                #endif
                if result < 0 { failure = errno }
                used = max(0, result)
            }
            if failure == 0 { return bytes }
            if failure == EAGAIN {
                _ = wait(for: [Waiting(descriptor, toWrite: false)])
            } else if failure != EINTR {
                throw Failure(code: failure)
            }
        }
    }

    // MARK: Waiting

    /// Something to wait for.
    struct Waiting {
        let descriptor: Int32
        let toWrite: Bool

        init(_ descriptor: Int32, toWrite: Bool) {
            self.descriptor = descriptor
            self.toWrite = toWrite
        }
    }

    /// Waits until one of the descriptors is ready; which of them are.
    static func wait(for descriptors: [Waiting]) -> [Bool] {
        var entries = descriptors.map { waiting in
            pollfd(
                fd: waiting.descriptor,
                events: Int16(waiting.toWrite ? POLLOUT : POLLIN),
                revents: 0
            )
        }
        // The array outlives the call and is as long as it is told.
        while unsafe poll(&entries, nfds_t(entries.count), -1) < 0 {
            guard errno == EINTR || errno == EAGAIN else { break }
        }
        return entries.map { $0.revents != 0 }
    }

    // MARK: Files

    /// Why a file was not opened.
    enum FileProblem: Error {
        case failure(Failure)
        case isDirectory
        case isNotRegular
    }

    /// Opens a regular file for reading; gives its descriptor and its size.
    ///
    /// Nothing else is opened for long: a pipe would block, and a device may never end.
    static func openRegularFile(_ path: String) throws(FileProblem) -> (file: Int32, size: Int) {
        let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw .failure(Failure(code: errno)) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            let failure = Failure(code: errno)
            _ = close(file)
            throw .failure(failure)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return (file, Int(clamping: status.st_size))
        case S_IFDIR:
            _ = close(file)
            throw .isDirectory
        default:
            _ = close(file)
            throw .isNotRegular
        }
    }

    /// The path from the root, links resolved where the file is there.
    static func absolutePath(_ path: String) -> String {
        if let real = realPath(path) { return real }
        guard path.utf8.first != UInt8(ascii: "/"), let folder = realPath(".") else { return path }
        return folder + "/" + path
    }

    /// Where this program stands; nil if the system does not say.
    static func ownPath() -> String? { realPath("/proc/self/exe") }

    private static func realPath(_ path: String) -> String? {
        // The text is the caller's to free.
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(validatingCString: text)
    }

    /// Makes a folder; one that is there is a failure unless it may be.
    static func makeFolder(_ path: String, isOkIfThere: Bool) throws(Failure) {
        guard unsafe mkdir(path, 0o755) != 0 else { return }
        guard isOkIfThere, errno == EEXIST else { throw Failure(code: errno) }
    }

    /// Writes a new file; one that is there is a failure.
    static func createFile(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Failure(code: errno) }
        defer { _ = close(file) }
        try write(bytes, to: file)
    }

    static func closeFile(_ file: Int32) { _ = close(file) }

    /// The names in the working directory that a shell's `*` stands for; nil if there are too many.
    static func visibleFiles(atMost limit: Int) -> [String]? {
        guard let directory = unsafe opendir(".") else { return nil }
        defer { _ = unsafe closedir(directory) }
        var names: [String] = []
        // The entry is valid until the next call, and its name is copied before.
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 1) {
                    unsafe String(cString: $0)
                }
            }
            if name.utf8.first == UInt8(ascii: ".") { continue }
            guard names.count < limit else { return nil }
            names.append(name)
        }
        return names
    }

    // MARK: Arguments

    /// The position of the first argument that is not UTF-8; nil if all are.
    ///
    /// `CommandLine.arguments` repairs such an argument, which would change what was typed.
    static func firstInvalidArgument() -> Int? {
        for position in 0..<Int(CommandLine.argc) {
            // The arguments live as long as the process.
            guard let argument = unsafe CommandLine.unsafeArgv[position] else { return nil }
            if unsafe String(validatingCString: argument) == nil { return position }
        }
        return nil
    }
}
