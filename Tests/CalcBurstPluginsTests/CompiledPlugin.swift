#if Plugins
import Foundation

/// A C file that is compiled for a test, once in a run.
enum CompiledPlugin {
    /// The repository.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Compiles a file of `Tests/PluginFixtures`, and gives the path of the library.
    static func fixture(_ name: String, _ options: [String] = []) throws -> String {
        try compile(root.appending(path: "Tests/PluginFixtures/\(name).c").path, options)
    }

    /// Compiles a plugin of `Plugins/hostile`, which is full of what a compiler warns of.
    static func hostile(_ name: String, _ options: [String] = []) throws -> String {
        let file = root.appending(path: "Plugins/hostile/\(name).c").path
        return try compile(file, options + ["-w", "-std=gnu11"])
    }

    /// Compiles a text of C.
    static func text(_ text: String, _ options: [String] = []) throws -> String {
        let folder = try makeFolder()
        let file = folder.appending(path: "plugin.c")
        try Data(text.utf8).write(to: file)
        return try compile(file.path, options)
    }

    static func makeFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "calcburst-plugin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func compile(_ file: String, _ options: [String]) throws -> String {
        let library = try makeFolder().appending(path: "plugin.so").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["cc", "-std=c99", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared"]
            + ["-I", root.appending(path: "Plugins/include").path] + options
            + ["-o", library, file, "-lm"]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let words = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: String(decoding: words, as: UTF8.self))
        }
        return library
    }
}
#endif
