#if Plugins
import Foundation
import Testing

@testable import CalcBurstPlugins

/// A folder for one test, without links in its path; it goes when nobody has it any more.
final class FilesFolder {
    let path: String

    init() throws {
        let name = "calcburst-files-\(UUID().uuidString)"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        path = try #require(try? OpenFile.realPath(folder.path))
        try setMode(0o755, "")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func at(_ name: String) -> String { name.isEmpty ? path : "\(path)/\(name)" }

    /// Writes a file that nobody else may write, whatever the umask is.
    @discardableResult
    func write(_ bytes: [UInt8], _ name: String, mode: Int = 0o644) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: at(name)))
        try setMode(mode, name)
        return at(name)
    }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: at(name))))
    }

    @discardableResult
    func folder(_ name: String, mode: Int = 0o755) throws -> String {
        try FileManager.default.createDirectory(
            atPath: at(name),
            withIntermediateDirectories: false
        )
        try setMode(mode, name)
        return at(name)
    }

    func setMode(_ mode: Int, _ name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: at(name))
    }

    /// Gives a file to another user; only root can.
    func give(_ name: String, to user: UInt32) -> Bool {
        // The text is used only during the call.
        unsafe chown(at(name), user, user) == 0
    }

    func setSize(_ size: Int, _ name: String) -> Bool {
        // The text is used only during the call.
        unsafe truncate(at(name), size) == 0
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: at(name),
            withDestinationPath: target
        )
    }

    var policy: PluginPolicy { .directories([path]) }

    /// Compiles C to a shared library, or as the options say.
    @discardableResult
    func compile(_ source: String, _ name: String, _ options: [String] = []) throws -> [UInt8] {
        try write(Array(source.utf8), "\(name).c")
        let shared = options.contains("-c") || options.contains("-pie") ? [] : ["-shared"]
        _ = try Self.run(
            ["cc", "-O1", "-fPIC"] + shared + options + ["-o", at(name), at("\(name).c")]
        )
        try setMode(0o755, name)
        return try read(name)
    }

    /// What a program prints; it has to end well.
    static func run(_ command: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { $1 }
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command.joined(separator: " "))")
        return String(decoding: data, as: UTF8.self)
    }
}

/// The code of the error that a piece of code throws; nil if it throws none.
func filesCode(_ body: () throws(PluginError) -> Void) -> PluginError.Code? {
    do {
        try body()
        return nil
    } catch {
        return error.code
    }
}

/// Small libraries in C, as tests need them.
enum FilesSources {
    static let plain = """
        int count = 3;
        static int hidden(int x) { return x * count; }
        int twice(int x) { return 2 * x; }
        int thrice(int x) { return hidden(x); }
        __attribute__((weak)) int weak(void) { return 1; }
        __attribute__((visibility("hidden"))) int inner(void) { return 2; }
        __attribute__((visibility("protected"))) int shielded(void) { return 3; }
        _Thread_local int local = 4;
        """
    static let indirect = """
        static int one(void) { return 1; }
        static int (*choose(void))(void) { return one; }
        int chosen(void) __attribute__((ifunc("choose")));
        const char text[] = "a text";
        """
    static let versioned = """
        int old_answer(void) { return 1; }
        int new_answer(void) { return 2; }
        __asm__(".symver old_answer, answer@V1");
        __asm__(".symver new_answer, answer@@V2");
        int gone_only(void) { return 3; }
        __asm__(".symver gone_only, gone@V1");
        """
    static let versions = """
        V1 { global: gone; answer; local: *; };
        V2 { global: answer; } V1;
        """
    static let program = "int main(void) { return 0; }"
}
#endif
