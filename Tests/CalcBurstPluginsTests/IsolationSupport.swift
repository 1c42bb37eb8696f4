#if Plugins
import CalcBurstFunctions
import Foundation
import Synchronization
import Testing

@testable import CalcBurstPlugins

/// The hostile plugins of `Plugins/hostile`, compiled when a test first asks for one.
enum Hostile {
    private static let built = Mutex<[String: String]>([:])
    private static let folder: URL = {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "calcburst-hostile-\(ProcessInfo.processInfo.processIdentifier)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(at: Hostile.folder) }
        return folder
    }()

    static let calls = "calls.c"

    /// The library that a source gives with some definitions; its path.
    static func library(_ source: String, _ definitions: [String] = []) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Plugins/hostile/\(source)").path
        let options = ["-shared", "-fPIC", "-w"] + definitions.map { "-D" + $0 }
        return try build(source.hasSuffix("pp") ? "c++" : "cc", options, file, "-lm", ".so")
    }

    /// A program whose source stands in a test; its path.
    static func program(_ name: String, _ text: String) throws -> String {
        let file = folder.appending(path: name + ".c")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try build("cc", ["-w"], file.path, "-lm", "")
    }

    private static func build(
        _ compiler: String,
        _ options: [String],
        _ file: String,
        _ library: String,
        _ end: String
    ) throws -> String {
        let key = ([file] + options).joined(separator: " ")
        return try built.withLock { built in
            if let path = built[key] { return path }
            let path = folder.appending(path: "built-\(built.count)\(end)").path
            let run = try Program.run(
                "/usr/bin/env",
                [compiler, "-O1"] + options + [file, "-o", path, library]
            )
            try #require(run.code == 0, "\(compiler) \(key)")
            built[key] = path
            return path
        }
    }
}

/// A program that ran to its end.
struct Program {
    var output: String
    /// As a shell has it: 128 and the signal, if one ended it.
    var code: Int32

    /// The probe that stands beside the test bundle.
    static let probe = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "PluginHostProbe").path

    static func run(_ path: String, _ arguments: [String]) throws -> Program {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let status = process.terminationStatus
        return Program(
            output: String(decoding: bytes, as: UTF8.self),
            code: process.terminationReason == .uncaughtSignal ? 128 + status : status
        )
    }
}

extension IsolatedPlugin {
    /// A plugin in the probe, with time enough for a busy machine unless the test says otherwise.
    static func start(
        _ path: String,
        _ change: (inout IsolationLimits) -> Void = { _ in }
    ) throws -> IsolatedPlugin {
        var limits = IsolationLimits()
        limits.call = .seconds(60)
        limits.start = .seconds(60)
        limits.pause = .zero
        change(&limits)
        return try IsolatedPlugin(
            file: "the file",
            path: path,
            program: HelperProgram(path: Program.probe, arguments: ["plugin-host"]),
            limits: limits
        )
    }

    /// Calls an operation by its name.
    func call(
        _ name: String,
        _ operands: Double...,
        limits: RunLimits = RunLimits()
    ) throws -> Value {
        let operation = try #require(operations.first { $0.name == name }, "\(name)")
        var meter = Meter(limits: limits)
        return try operation.call(operands.map(Value.number), &meter)
    }

    /// The fault of a call; nil if it gives a value.
    func fault(_ name: String, limits: RunLimits = RunLimits()) throws -> Fault? {
        do {
            _ = try call(name, 3, limits: limits)
            return nil
        } catch let fault as Fault {
            return fault
        }
    }
}

extension Fault? {
    /// What a plugin is said to have done; nil if that is not the fault.
    var misdeed: String? {
        if case .pluginFailed(_, let what)? = self { what } else { nil }
    }
}

/// Asks again and again, for half a minute at most.
func eventually(_ isTrue: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<3000 {
        if try isTrue() { return true }
        _ = poll(nil, 0, 10)
    }
    return false
}
#endif
