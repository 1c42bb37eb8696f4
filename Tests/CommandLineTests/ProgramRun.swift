import Foundation
import Testing

/// One run of a built program, with files in place of the streams so that nothing can block.
struct ProgramRun {
    let status: Int32
    /// The signal that ended it; nil if it ended by itself.
    let signal: Int32?
    let outputBytes: [UInt8]
    let errorBytes: [UInt8]

    var output: String { String(decoding: outputBytes, as: UTF8.self) }
    var errors: String { String(decoding: errorBytes, as: UTF8.self) }

    /// Where the programs stand: beside the test bundle.
    static let folder: URL = {
        var folder = Bundle.main.bundleURL
        while !FileManager.default.fileExists(atPath: folder.appending(path: "calcburst").path),
            folder.path != "/"
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    static var command: String { folder.appending(path: "calcburst").path }

    /// Runs `calcburst` with arguments.
    static func calcburst(
        _ arguments: String...,
        input: String = "",
        environment: [String: String] = [:],
        in folder: URL? = nil
    ) throws -> ProgramRun {
        try calcburst(
            arguments: arguments.map { Array($0.utf8) },
            input: Array(input.utf8),
            environment: environment,
            in: folder
        )
    }

    static func calcburst(
        arguments: [[UInt8]],
        input: [UInt8] = [],
        environment: [String: String] = [:],
        in folder: URL? = nil
    ) throws -> ProgramRun {
        try run(command, arguments, input: input, environment: environment, in: folder)
    }

    /// Runs a script of the shell; `$calcburst` is the command.
    static func shell(_ script: String, in folder: URL? = nil) throws -> ProgramRun {
        try run(
            "/bin/sh",
            [Array("-c".utf8), Array(script.utf8)],
            input: [],
            environment: ["calcburst": command],
            in: folder
        )
    }

    static func run(
        _ path: String,
        _ arguments: [[UInt8]],
        input: [UInt8] = [],
        environment: [String: String] = [:],
        in folder: URL? = nil
    ) throws -> ProgramRun {
        let scratch = try Scratch()
        let files = ["in", "out", "err"].map { scratch.folder.appending(path: $0).path }
        try Data(input).write(to: URL(filePath: files[0]))
        var child = ChildProcess()
        child.open(files[0], as: 0, for: O_RDONLY)
        child.open(files[1], as: 1, for: O_WRONLY | O_CREAT)
        child.open(files[2], as: 2, for: O_WRONLY | O_CREAT)
        child.folder = folder?.path ?? scratch.folder.path
        try child.start(path, arguments, environment: environment)
        let (status, signal) = child.wait()
        return ProgramRun(
            status: status,
            signal: signal,
            outputBytes: try Array(Data(contentsOf: URL(filePath: files[1]))),
            errorBytes: try Array(Data(contentsOf: URL(filePath: files[2])))
        )
    }
}

/// A folder for one test, removed with the value.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "calcburst-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes a file; gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = folder.appending(path: name)
        try Data(text.utf8).write(to: path)
        return path.path
    }
}

/// A process that is started with its streams and nothing else that is open here.
struct ChildProcess {
    private var actions: [(path: String, descriptor: Int32, mode: Int32)] = []
    var folder: String?
    /// Whether it leads a session of its own, so that a terminal it opens becomes its own.
    var leadsSession = false
    private var identifier: pid_t = 0

    /// The flag that makes a program lead a session; Swift does not see the C library's name for it.
    #if canImport(Darwin)
    private static let newSession: Int32 = 0x400
    #else
    private static let newSession: Int32 = 0x80
    #endif

    struct NotStarted: Error {
        let code: Int32
    }

    mutating func open(_ path: String, as descriptor: Int32, for mode: Int32) {
        actions.append((path, descriptor, mode))
    }

    mutating func start(
        _ path: String,
        _ arguments: [[UInt8]],
        environment: [String: String]
    ) throws {
        var fileActions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&fileActions)
        defer { unsafe posix_spawn_file_actions_destroy(&fileActions) }
        for action in actions {
            unsafe posix_spawn_file_actions_addopen(
                &fileActions,
                action.descriptor,
                action.path,
                action.mode,
                0o600
            )
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // Swift Testing's process may ignore signals; the child starts with none ignored.
        var defaults = sigset_t()
        unsafe sigfillset(&defaults)
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        // Nor blocked, as they are in the threads that run tests.
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        var flags = Int32(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        if leadsSession { flags |= Self.newSession }
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        let variables = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
            .merging(environment) { $1 }
            .map { Array("\($0.key)=\($0.value)".utf8) }
        var path = path
        var words = [Array(path.utf8)] + arguments
        if let folder {
            // The shell goes to the folder and becomes the program.
            path = "/bin/sh"
            let script = #"cd "$0" && exec "$@""#
            words = ["sh", "-c", script, folder].map { Array($0.utf8) } + words
        }
        let result = unsafe Self.withPointers(words) { words in
            unsafe Self.withPointers(variables) { variables in
                unsafe posix_spawn(&identifier, path, &fileActions, &attributes, words, variables)
            }
        }
        guard result == 0 else { throw NotStarted(code: result) }
    }

    /// The texts as a C array that ends with a null.
    private static func withPointers<T>(
        _ texts: [[UInt8]],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> T
    ) -> T {
        let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
            .allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count + 1)
            for (place, byte) in text.enumerated() {
                unsafe copy[place] = CChar(bitPattern: byte)
            }
            unsafe copy[text.count] = 0
            unsafe pointers[index] = copy
        }
        unsafe pointers[texts.count] = nil
        defer {
            for index in texts.indices { unsafe pointers[index]?.deallocate() }
            unsafe pointers.deallocate()
        }
        return unsafe body(pointers)
    }

    /// Waits for the end; the exit status, or the signal that ended it.
    func wait() -> (status: Int32, signal: Int32?) {
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? ((status >> 8) & 0xFF, nil) : (-1, signal)
    }

    func send(_ signal: Int32) { _ = kill(identifier, signal) }
}
