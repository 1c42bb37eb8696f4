#if Plugins
import CalcBurst
import CCalcBurstPlugin
import CPluginSystem
import CalcBurstFunctions
import Foundation
import Testing

@testable import CalcBurstPlugins

/// A C text that the tests compile, as a library and as a program that says what C itself answers.
struct CLibrary {
    let folder: URL
    private let handle: UInt

    /// Compiles a library; what `cc` says is the failure's text.
    init(_ source: String) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "calcburst-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let text = folder.appending(path: "library.c")
        try source.write(to: text, atomically: true, encoding: .utf8)
        let library = folder.appending(path: "library.so").path
        try Self.compile([text.path, "-shared", "-o", library])
        handle = try Self.open(library)
    }

    /// A library of the system.
    init(system name: String) throws {
        folder = FileManager.default.temporaryDirectory
        handle = try Self.open(name)
    }

    private static func open(_ name: String) throws -> UInt {
        let handle = UInt(bitPattern: unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL))
        #expect(handle != 0, "\(name) does not open")
        return handle
    }

    static func compile(_ arguments: [String]) throws {
        let include = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Plugins/include").standardized.path
        let flags = ["-std=gnu11", "-O1", "-fPIC", "-ffp-contract=off", "-I\(include)"]
        let outcome = try output(of: "/usr/bin/env", ["cc"] + flags + arguments + ["-lm"])
        #expect(outcome.code == 0, "\(outcome.text.prefix(2000))")
    }

    static func output(of path: String, _ arguments: [String]) throws -> (code: Int32, text: String)
    {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// What `main`, beside the library, prints.
    func output(ofMain text: String) throws -> String {
        let main = folder.appending(path: "main.c")
        let program = folder.appending(path: "main").path
        try text.write(to: main, atomically: true, encoding: .utf8)
        let library = folder.appending(path: "library.c").path
        try Self.compile([main.path, library, "-o", program])
        return try Self.output(of: program, []).text
    }

    /// The address of a symbol; a test that asks for one that is not there fails.
    private func symbol(_ name: String) -> UnsafeMutableRawPointer {
        let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: handle), name)
        guard let symbol = unsafe symbol else {
            Issue.record("there is no symbol \(name)")
            return unsafe UnsafeMutableRawPointer(mutating: cplugin_host())
        }
        return unsafe symbol
    }

    /// Hands the library the host's functions, as `start` of a plugin is handed them.
    func setHost() {
        typealias Set = @convention(c) (UnsafePointer<cb_host>) -> Void
        unsafe unsafeBitCast(symbol("set_host"), to: Set.self)(cplugin_host())
    }

    func symbols(of manifest: PluginManifest) -> [String: UnsafeMutableRawPointer] {
        var symbols: [String: UnsafeMutableRawPointer] = unsafe [:]
        for name in manifest.symbols { unsafe symbols[name] = symbol(name) }
        return unsafe symbols
    }

    /// A call of one of the native functions.
    func call(_ name: String, _ signature: String) throws -> ForeignCall {
        try unsafe ForeignCall(
            function: symbol(name),
            signature: PluginSignature(signature),
            plugin: "test"
        )
    }
}

extension PluginCall {
    /// One call with the default limits.
    func ask(_ operands: Value...) -> Result<Value, Fault> {
        var meter = Meter(limits: RunLimits())
        return Result { () throws(Fault) in try self(operands, &meter) }
    }

    func askRows(_ columns: [PluginColumn], count: Int) -> Result<CalcBurstFunctions.List, Fault> {
        var meter = Meter(limits: RunLimits())
        return Result { () throws(Fault) in try rows(columns, count: count, &meter) }
    }
}

extension PluginManifest {
    init(_ text: String) throws(PluginError) { try self.init(Array(text.utf8), file: "test") }

    /// A manifest of the repository's own.
    static func shipped(_ name: String) throws -> PluginManifest {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Plugins/\(name)/\(name).calcburst.json")
        return try PluginManifest(Array(Data(contentsOf: file)), file: name)
    }
}

/// Examples as the language evaluates them.
struct ExampleRun {
    private let engine: Engine

    init(_ operations: [PluginOperation]) throws {
        var engine = Engine.standard
        for operation in operations {
            let call = operation.call
            let overload = Overload(
                operation.signature.inLanguage,
                .impure,
                .values { operands, meter throws(Fault) in try call(operands, &meter) }
            )
            try engine.library.add(Function(operation.name, .host, operation.summary, [overload]))
        }
        self.engine = engine
    }

    /// What is wrong with an example; nil if it holds.
    func complaint(_ example: PluginExample) -> String? {
        switch example.expectation {
        case .value(let text, let tolerance):
            do {
                let found = try engine.evaluate(example.call)
                let expected = try engine.evaluate(text)
                return Self.isNear(found, expected, tolerance ?? 0) ? nil : "it gives \(found)"
            } catch {
                return "\(error)"
            }
        case .failure(let reason):
            do {
                return "it gives \(try engine.evaluate(example.call))"
            } catch {
                let text = "\(error.code.rawValue) \(error.diagnostics.map(\.message))"
                return reason.map { text.contains($0) } ?? true ? nil : text
            }
        }
    }

    /// Whether every number is as near as the tolerance, relative to its size, says.
    private static func isNear(_ a: Value, _ b: Value, _ tolerance: Double) -> Bool {
        switch (a, b) {
        case (.number(let a), .number(let b)): abs(a - b) <= tolerance * abs(b)
        case (.record(let a), .record(let b)):
            a.names == b.names
                && zip(a.values, b.values).allSatisfy { isNear($0, $1, tolerance) }
        case (.list(let a), .list(let b)):
            a.count == b.count && zip(a, b).allSatisfy { isNear($0, $1, tolerance) }
        default: a == b
        }
    }
}
#endif
