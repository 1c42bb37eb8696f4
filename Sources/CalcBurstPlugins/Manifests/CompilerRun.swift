#if Plugins
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs a C compiler over a text and gives what it says, within a time.
///
/// The compiler is a program that the caller names; it reads the text from its input, and what it
/// writes beyond a limit is dropped.
package struct CompilerRun: Sendable {
    /// A path, or a name that is looked for on `PATH`.
    package var compiler: String
    package var arguments: [String]
    package var time: Duration

    package enum Outcome: Hashable, Sendable {
        /// It ended by itself with this code.
        case ended(Int32, output: String)
        case timedOut
        case cannotStart(String)
        /// A signal ended it.
        case killed(Int32)
    }

    static let mostOutput = 1 << 20

    package init(compiler: String, arguments: [String], time: Duration = .seconds(30)) {
        self.compiler = compiler
        self.arguments = arguments
        self.time = time
    }

    /// Runs it; `input` is read from standard input.
    package func callAsFunction(input: String) -> Outcome {
        var inputPipe: [Int32] = [-1, -1]
        var outputPipe: [Int32] = [-1, -1]
        guard unsafe pipe(&inputPipe) == 0 else { return .cannotStart("no pipe") }
        guard unsafe pipe(&outputPipe) == 0 else {
            for end in inputPipe { close(end) }
            return .cannotStart("no pipe")
        }
        // The parent's ends must not live on in the child, or no pipe ever ends.
        for end in inputPipe + outputPipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var process: pid_t = 0
        let code = spawn(&process, input: inputPipe[0], output: outputPipe[1])
        close(inputPipe[0])
        close(outputPipe[1])
        defer { close(outputPipe[0]) }
        guard code == 0 else {
            close(inputPipe[1])
            return .cannotStart("'\(compiler)' cannot be started (\(code))")
        }
        return exchange(process, input: Array(input.utf8), to: inputPipe[1], from: outputPipe[0])
    }

    private func spawn(_ process: inout pid_t, input: Int32, output: Int32) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
        var words = unsafe ([compiler] + arguments).map { unsafe strdup($0) }
        unsafe words.append(nil)
        defer { for index in unsafe words.indices { unsafe free(words[index]) } }
        return unsafe posix_spawnp(&process, compiler, &actions, nil, words, environ)
    }

    /// Feeds and reads in one loop, so that neither side waits for the other for ever.
    private func exchange(
        _ process: pid_t,
        input: [UInt8],
        to inputEnd: Int32,
        from outputEnd: Int32
    ) -> Outcome {
        let deadline = ContinuousClock.now + time
        var written = 0
        var isOpen = true
        var output: [UInt8] = []
        _ = fcntl(inputEnd, F_SETFL, O_NONBLOCK)
        defer { if isOpen { close(inputEnd) } }
        while true {
            let left = deadline - ContinuousClock.now
            let milliseconds = Int32(clamping: left.components.seconds * 1000 + 1)
            guard left > .zero else { return kill(process) }
            var polled = [
                pollfd(fd: outputEnd, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOpen ? inputEnd : -1, events: Int16(POLLOUT), revents: 0),
            ]
            guard unsafe poll(&polled, 2, min(milliseconds, 1000)) >= 0 || errno == EINTR else {
                return kill(process)
            }
            if isOpen, polled[1].revents != 0 {
                let rest = input[written...]
                let count = unsafe rest.withUnsafeBytes { bytes in
                    unsafe send(inputEnd, bytes)
                }
                if count > 0 { written += count }
                if count < 0 || written == input.count {
                    close(inputEnd)
                    isOpen = false
                }
            }
            if polled[0].revents != 0 {
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = unsafe read(outputEnd, &buffer, buffer.count)
                if count <= 0 { break }
                if output.count < Self.mostOutput { output += buffer.prefix(count) }
            }
        }
        return reap(process, until: deadline, String(decoding: output, as: UTF8.self))
    }

    /// Writes without the signal that a reader who has gone would cause.
    private func send(_ end: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
        _ = fcntl(end, F_SETNOSIGPIPE, 1)
        return unsafe write(end, bytes.baseAddress, bytes.count)
        #else
        var blocked = sigset_t()
        var before = sigset_t()
        unsafe sigemptyset(&blocked)
        unsafe sigaddset(&blocked, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &blocked, &before)
        let count = unsafe write(end, bytes.baseAddress, bytes.count)
        if count < 0, errno == EPIPE {
            var none = timespec()
            unsafe sigtimedwait(&blocked, nil, &none)
        }
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        return count
        #endif
    }

    private func reap(
        _ process: pid_t,
        until deadline: ContinuousClock.Instant,
        _ output: String
    ) -> Outcome {
        var status: Int32 = 0
        // Its output has ended, so it is about to end too.
        while unsafe waitpid(process, &status, WNOHANG) == 0 {
            guard ContinuousClock.now < deadline else { return kill(process) }
            poll(nil, 0, 1)
        }
        let signal = status & 0x7F
        return signal == 0 ? .ended((status >> 8) & 0xFF, output: output) : .killed(signal)
    }

    private func kill(_ process: pid_t) -> Outcome {
        var status: Int32 = 0
        #if canImport(Darwin)
        _ = Darwin.kill(process, SIGKILL)
        #elseif canImport(Musl)
        _ = Musl.kill(process, SIGKILL)
        #else
        _ = Glibc.kill(process, SIGKILL)
        #endif
        unsafe waitpid(process, &status, 0)
        return .timedOut
    }
}

extension HeaderCheck {
    /// Compiles the check; the findings, or why there are none to be had.
    package func run(
        compiler: String,
        includeFolders: [String] = [],
        time: Duration = .seconds(30)
    ) throws(PluginError) -> [Finding] {
        let arguments = Self.arguments(file: "-", includeFolders: includeFolders)
        let run = CompilerRun(compiler: compiler, arguments: arguments, time: time)
        switch run(input: text) {
        case .ended(0, let output): return findings(in: output)
        case .ended(let code, let output):
            let findings = findings(in: output)
            if !findings.isEmpty { return findings }
            throw PluginError(.unsupported, compiler, "the compiler ended with \(code)")
        case .timedOut: throw PluginError(.unsupported, compiler, "the compiler took too long")
        case .cannotStart(let why): throw PluginError(.unsupported, compiler, why)
        case .killed(let signal):
            throw PluginError(.unsupported, compiler, "the compiler was ended by signal \(signal)")
        }
    }
}
#endif
