#if Plugins
import Foundation
import Testing

/// What these tests run of the machine: its compilers, the shell, and what they make of our sources.
enum Toolchain {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let cCompilers = ["gcc", "clang"].filter(has)
    static let cppCompilers = ["g++", "clang++"].filter(has)
    /// As strict as we ask authors to be.
    static let strict = "-Wall -Wextra -pedantic -Werror -I'\(root.path)/Plugins/include'"

    static func has(_ program: String) -> Bool {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    struct Run {
        let status: Int32
        /// Both streams.
        let output: String
        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// Runs a command of the shell.
    static func run(_ command: String, in folder: URL? = nil) throws -> Run {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder ?? root
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus,
            output: String(decoding: output, as: UTF8.self)
        )
    }

    /// The program that answers a plugin's examples without our loader; built once, gone at the end.
    private static let driver = Result {
        atexit { try? FileManager.default.removeItem(at: Toolchain.driverFolder) }
        try FileManager.default.createDirectory(
            at: driverFolder,
            withIntermediateDirectories: true
        )
        let program = driverFolder.appending(path: "driver")
        let source = "'\(root.path)/Tests/Probes/PluginDriver/driver.c'"
        let built = try run(
            "cc -std=c11 -O1 \(strict) -o '\(program.path)' \(source) -ldl -lffi -lm"
        )
        guard built.status == 0 else { throw NotBuilt(output: built.output) }
        return program
    }
    private static let driverFolder = FileManager.default.temporaryDirectory
        .appending(path: "calcburst-driver-\(UUID().uuidString)")

    struct NotBuilt: Error { let output: String }

    static func answers(of plugin: URL) throws -> Run {
        try run("'\(driver.get().path)' '\(plugin.path)'")
    }
}

/// A folder that is gone when nobody holds it.
final class WorkFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "calcburst-plugins-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func write(_ text: String, to path: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
#endif
