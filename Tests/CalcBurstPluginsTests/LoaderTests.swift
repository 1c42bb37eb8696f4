#if Plugins
import CalcBurst
import CalcBurstFunctions
import Foundation
import Testing

@testable import CalcBurstPlugins

/// The loader from the path of a file to functions, in this process.
///
/// `IsolatedMisdeedTests` does the same with a process of its own, and the tests of files ask what is
/// asked before anything is opened.
@Suite struct LoaderTests {
    private func load(_ path: String) throws(PluginError) -> Plugin {
        try PluginLoader(explicitly: path).load(path)
    }

    @Test(
        arguments: [
            ("NULL", PluginError.Code.incompatible), ("MAGIC", .incompatible),
            ("MAJOR", .incompatible), ("STRUCT_SIZE", .incompatible), ("OP_SIZE", .incompatible),
            ("NO_OPS", .invalidOperation), ("MANY_OPS", .invalidOperation),
            ("NULL_OPS", .invalidOperation), ("NAME_TWICE", .invalidOperation),
            ("UTF8", .invalidOperation), ("FLAGS", .invalidOperation),
            ("NULL_NAME", .invalidOperation), ("NULL_CODE", .invalidOperation),
        ]
    )
    func aTableThatIsWrongIsRefused(which: String, code: PluginError.Code) throws {
        let path = try CompiledPlugin.hostile("tables", ["-DTABLE_\(which)"])
        let error = #expect(throws: PluginError.self) { try load(path) }
        #expect(error?.code == code)
        if which == "MAJOR" { #expect(error?.message.contains("1.0") == true) }
    }

    @Test func aStartThatFailsIsARefusal() throws {
        let path = try CompiledPlugin.hostile("begins", ["-DSTART=fail"])
        let error = #expect(throws: PluginError.self) { try load(path) }
        #expect(error?.code == .startFailed)
    }

    @Test func whatIsNoPluginIsNotOpened() throws {
        let path = try CompiledPlugin.text(
            """
            #include <stdlib.h>
            __attribute__((constructor)) static void first(void) { abort(); }
            int other(void) { return 1; }
            """
        )
        let error = #expect(throws: PluginError.self) { try load(path) }
        #expect(error?.code == .missingSymbol)
    }

    @Test func aPluginOfALaterMinorVersionIsRead() throws {
        let plugin = try load(CompiledPlugin.hostile("grown"))
        let check = try PluginCheck(plugin)
        #expect(check.findings() == [])
        #expect(plugin.exampleCount > 0)
    }

    @Test func nothingIsLoadedUnlessTheHostSaysSo() throws {
        let path = try CompiledPlugin.fixture("shapes")
        let none = #expect(throws: PluginError.self) { try PluginLoader().load(path) }
        #expect(none?.code == .off)
        let elsewhere = PluginLoader(policy: .directories(["/usr/lib"]))
        let outside = #expect(throws: PluginError.self) { try elsewhere.load(path) }
        #expect(outside?.code == .outsideFolders)
    }

    @Test func whatIsPinnedIsLoadedAsItWas() throws {
        let path = try CompiledPlugin.fixture("shapes")
        let folder = (path as NSString).deletingLastPathComponent
        let lock = folder + "/calcburst-plugins.lock"
        let loader = PluginLoader(policy: .pinned(directories: [folder], lockFile: lock))
        _ = try PluginLock.pin(path, in: lock, isVerified: true)
        let plugin = try loader.load(path)
        #expect(plugin.isPinned)
        var engine = Engine.standard
        try engine.add(plugin)
        #expect(try engine.evaluate("shape.two(1, 2)") == 12)
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: [0])
        let changed = #expect(throws: PluginError.self) { try loader.load(path) }
        #expect(changed?.code == .changed)
        // What is loaded is a copy, which nobody can change.
        #expect(try engine.evaluate("shape.two(1, 2)") == 12)
    }

    @Test func aRoundingModeThatLeaksIsSetBackAndReported() throws {
        let plugin = try load(CompiledPlugin.hostile("calls"))
        var engine = Engine.standard
        try engine.add(plugin)
        for name in ["round", "flush"] {
            let error = #expect(throws: CalculationError.self) {
                try engine.evaluate("bad.\(name)(1)")
            }
            #expect(error?.code == .pluginFailed)
            // 0.33333333333333337 with another rounding, 0 with flushing.
            #expect(try engine.evaluate("x / 3", ["x": 1]) == .number(1.0 / 3))
            let small = Double.leastNormalMagnitude
            #expect(try engine.evaluate("x * 0.5", ["x": small]) == .number(small * 0.5))
        }
    }

    @Test func anOperationThatIsNotPureIsNeverFolded() throws {
        let plugin = try load(CompiledPlugin.text(Self.counter))
        var engine = Engine.standard
        try engine.add(plugin)
        let program = try engine.compile("count.next(0) + count.next(0)")
        #expect(try program.evaluate() == 3)
        #expect(try program.evaluate() == 7)
    }

    /// Without CB_CONCURRENT one thread is in it at a time: the counter would lose counts.
    @Test func whatIsNotConcurrentIsCalledByOneThreadAtATime() async throws {
        let plugin = try load(CompiledPlugin.text(Self.counter))
        var engine = Engine.standard
        try engine.add(plugin)
        let shared = engine
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<200 { _ = try? shared.evaluate("count.slowly(0)") }
                }
            }
        }
        #expect(try engine.evaluate("count.slowly(0)") == 1601)
    }

    private static let counter = """
        #include "calcburst_plugin.h"
        static double count, slow;
        static double next(double x) { return x + (count += 1); }
        static double slowly(double x) {
          double before = slow;
          for (volatile int i = 0; i < 2000; i++) { }
          return x + (slow = before + 1);
        }
        static const cb_op ops[] = {
          {"count.next", "(x: f64) -> f64", "Counts.", "count.next(0) == 1", 0, 0,
           CB_FN(double, (double), next), NULL},
          {"count.slowly", "(x: f64) -> f64", "Counts.", "count.slowly(0) == 1", 0, 0,
           CB_FN(double, (double), slowly), NULL},
        };
        CB_PLUGIN("count", "1", "MIT", "", ops, NULL, NULL)
        """
}
#endif
