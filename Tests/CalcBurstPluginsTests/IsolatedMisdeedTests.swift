#if Plugins
import CalcBurstFunctions
import Foundation
import Testing

@testable import CalcBurstPlugins

/// Every misdeed at a call, in a process of its own: the call fails as `Plugins/hostile/README.md`
/// says, and the next one works.
@Suite struct IsolatedMisdeedTests {
    struct Misdeed: Sendable, CustomTestStringConvertible {
        let name: String
        let outcome: Outcome
        var testDescription: String { name }

        init(_ name: String, _ outcome: Outcome) {
            self.name = name
            self.outcome = outcome
        }
    }

    enum Outcome: Sendable {
        /// The process is gone; how the sentence about it begins.
        case failed(String)
        /// Any sentence.
        case failedSomehow
        case fault(Fault)
        case value(Value)
    }

    private static let refused = Outcome.value(.number(Double(EPERM)))

    static let misdeeds = [
        Misdeed("segv", .failed("was ended by SIGSEGV")),
        Misdeed("deep", .failed("was ended by SIGSEGV")),
        Misdeed("abort", .failed("was ended by SIGABRT")),
        Misdeed("trap", .failed("was ended by SIGILL")),
        Misdeed("unmask", .failed("was ended by SIGFPE")),
        Misdeed("exit", .failed("ended itself with the exit code 7")),
        Misdeed("leave", .failed("ended itself with the exit code 9")),
        Misdeed("close", .failedSomehow),
        Misdeed("garbage", .failed("answered with ")),
        Misdeed("broken", .failed("gave a text that is not UTF-8")),
        Misdeed("cancel", .failed("says that it was cancelled")),
        Misdeed("allocate", .value(.number(Double(ENOMEM)))),
        Misdeed("fork", refused), Misdeed("bomb", refused), Misdeed("exec", refused),
        Misdeed("write", refused), Misdeed("read", refused), Misdeed("connect", refused),
        Misdeed("kill", refused), Misdeed("trace", refused), Misdeed("raise", refused),
        Misdeed("flood", .value(6)),
        Misdeed("nan", .fault(.nonFiniteResult)),
        Misdeed("infinite", .fault(.nonFiniteResult)),
        Misdeed("huge", .fault(.limit(.init("string-length", 65_536)))),
        Misdeed("endless", .fault(.domain(String(repeating: "e", count: 300) + "…"))),
        Misdeed("round", .value(3)), Misdeed("flush", .value(3)), Misdeed("unmask_only", .value(3)),
    ]

    @Test(arguments: misdeeds) func endsAsDocumented(_ misdeed: Misdeed) throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls))
        defer { plugin.stop() }
        let first = try #require(plugin.identifier)
        var value: Value?
        var fault: Fault?
        do {
            value = try plugin.call("bad.\(misdeed.name)", 3)
        } catch let error as Fault {
            fault = error
        }
        switch misdeed.outcome {
        case .failed(let what):
            #expect(fault.misdeed?.hasPrefix(what) == true, "\(fault.misdeed ?? "no fault")")
        case .failedSomehow: #expect(fault.misdeed != nil)
        case .fault(let expected): #expect(fault == expected)
        case .value(let expected):
            #expect(value == expected)
            #expect(plugin.identifier == first)
        }
        // The next call works, in the same process or in another, and sees nothing of the last.
        #expect(try plugin.call("bad.twice", 21) == 42)
        #expect(try plugin.call("bad.divided", 1, 3) == .number(0.333333333333333315))
        let tiny = try plugin.call("bad.divided", 2.2250738585072014e-308, 2)
        #expect(tiny == .number(1.1125369292536007e-308))
        #expect(throws: Fault.nonFiniteResult) { try plugin.call("bad.divided", 1, 0) }
        if plugin.identifier != first {
            // Taken already, so that it is no child any more.
            #expect(waitpid(first, nil, WNOHANG) == -1)
        }
    }

    @Test(arguments: ["loop", "sleep"]) func deadlineHolds(_ name: String) throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls)) {
            $0.call = .milliseconds(400)
        }
        defer { plugin.stop() }
        let first = try #require(plugin.identifier)
        #expect(try plugin.fault("bad.\(name)").misdeed == "did not answer within 400 ms")
        #expect(plugin.identifier == nil)
        #expect(waitpid(first, nil, WNOHANG) == -1)
        #expect(try eventually { try plugin.fault("bad.twice") == nil })
    }

    @Test func uncaughtExceptionEndsTheHelperAndACaughtOneDoesNot() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library("throws.cpp"))
        defer { plugin.stop() }
        #expect(try plugin.call("bad.catch", 1) == -1)
        let misdeed = try #require(try plugin.fault("bad.throw").misdeed)
        #expect(misdeed.hasPrefix("was ended by SIGABRT; it printed last: "))
        #expect(misdeed.contains("a C++ exception"))
        #expect(try plugin.call("bad.throw", 0) == 0)
    }

    @Test func whatIsInForceIsTold() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls))
        defer { plugin.stop() }
        #expect(plugin.confinement == ["rlimits", "no-new-privileges", "landlock", "seccomp"])
        #expect(plugin.name == "hostile")
        #expect(plugin.version == "1.0.0")
        #expect(plugin.license == "MIT")
        #expect(plugin.homepage == "")
        let divided = try #require(plugin.operations.first { $0.name == "bad.divided" })
        #expect(divided.summary == "A quotient.")
        #expect(divided.signature.inLanguage == "(x: number, y: number) -> number")
        #expect(divided.examples.map(\.text) == ["bad.divided(1, 2) == 0.5"])
        #expect(divided.call.hasRows)
    }

    // MARK: Before the first call

    @Test(arguments: [
        ("CONSTRUCTOR=crash", "was ended by SIGSEGV"),
        ("CONSTRUCTOR=leave", "ended itself with the exit code 5"),
        ("START=crash", "was ended by SIGSEGV"),
        ("START=leave", "ended itself with the exit code 5"),
    ])
    func pluginThatEndsWhileItIsLoadedIsNot(_ misdeed: String, _ what: String) throws {
        let library = try Hostile.library("begins.c", [misdeed])
        let error = #expect(throws: PluginError.self) { try IsolatedPlugin.start(library) }
        #expect(error?.code == .helperFailed)
        #expect(error?.message == "while it was loaded, it \(what)")
    }

    @Test(arguments: ["CONSTRUCTOR=loop", "START=loop"])
    func pluginThatDoesNotLoadInTimeIsNotLoaded(_ misdeed: String) throws {
        let library = try Hostile.library("begins.c", [misdeed])
        let error = #expect(throws: PluginError.self) {
            try IsolatedPlugin.start(library) { $0.start = .milliseconds(400) }
        }
        #expect(error?.code == .helperFailed)
        #expect(error?.message == "while it was loaded, it did not answer within 400 ms")
    }

    @Test func startThatFailsIsNamed() throws {
        let library = try Hostile.library("begins.c", ["START=fail"])
        let error = #expect(throws: PluginError.self) { try IsolatedPlugin.start(library) }
        #expect(error?.code == .startFailed)
        #expect(error?.plugin == "the file")
    }

    @Test(arguments: [
        ("try_fork", EPERM), ("try_read", EACCES), ("try_write", EPERM), ("try_connect", EPERM),
    ])
    func constructorIsConfinedToo(_ misdeed: String, _ told: Int32) throws {
        let library = try Hostile.library("begins.c", ["CONSTRUCTOR=\(misdeed)"])
        let plugin = try IsolatedPlugin.start(library)
        defer { plugin.stop() }
        #expect(try plugin.call("begins.told", 0) == .number(Double(told)))
    }

    @Test(
        arguments: [
            ("NULL", .incompatible), ("MAGIC", .incompatible), ("MAJOR", .incompatible),
            ("STRUCT_SIZE", .incompatible), ("OP_SIZE", .incompatible),
            ("NO_OPS", .invalidOperation), ("MANY_OPS", .invalidOperation),
            ("NULL_OPS", .invalidOperation), ("NAME_TWICE", .invalidOperation),
            ("UTF8", .invalidOperation), ("FLAGS", .invalidOperation),
            ("NULL_NAME", .invalidOperation), ("NULL_CODE", .invalidOperation),
        ] as [(String, PluginError.Code)]
    )
    func refusalComesThroughWithItsCode(_ table: String, _ code: PluginError.Code) throws {
        let library = try Hostile.library("tables.c", ["TABLE_\(table)"])
        let error = #expect(throws: PluginError.self) { try IsolatedPlugin.start(library) }
        #expect(error?.code == code)
    }

    @Test func fileThatIsNoLibraryIsNotLoaded() throws {
        let error = #expect(throws: PluginError.self) { try IsolatedPlugin.start(#filePath) }
        #expect(error?.code == .cannotOpen)
    }

    @Test func programThatIsNotThereIsNamed() throws {
        let error = #expect(throws: PluginError.self) {
            try IsolatedPlugin(
                file: "the file",
                path: "/nowhere.so",
                program: HelperProgram(path: "/nowhere", arguments: [])
            )
        }
        #expect(error?.code == .helperFailed)
        #expect(error?.message.contains("No such file") == true)
    }
}
#endif
