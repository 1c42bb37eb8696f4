#if Plugins
import Testing

/// The same misdeeds in a process without a helper: what isolation is for.
///
/// Each runs in a child, whose end is the expectation; numbers above 128 are 128 and a signal.
@Suite struct InProcessMisdeedTests {
    @Test(
        arguments: [
            ("segv", 139), ("deep", 139), ("abort", 134), ("trap", 132), ("unmask", 136),
            ("exit", 7),
            ("leave", 9), ("twice", 0), ("nan", 3),
        ] as [(String, Int32)]
    )
    func hostEndsAsDocumented(_ name: String, _ code: Int32) throws {
        let library = try Hostile.library(Hostile.calls)
        let run = try Program.run(Program.probe, ["in-process", library, "bad.\(name)", "3"])
        #expect(run.code == code)
    }

    @Test(arguments: [("bad.throw", 134), ("bad.catch", 0)] as [(String, Int32)])
    func exceptionEndsAsDocumented(_ name: String, _ code: Int32) throws {
        let library = try Hostile.library("throws.cpp")
        let run = try Program.run(Program.probe, ["in-process", library, name, "3"])
        #expect(run.code == code)
    }

    @Test(
        arguments: [
            ("CONSTRUCTOR=crash", 139), ("CONSTRUCTOR=leave", 5), ("START=crash", 139),
            ("START=leave", 5), ("START=fail", 3),
        ] as [(String, Int32)]
    )
    func loadingEndsAsDocumented(_ misdeed: String, _ code: Int32) throws {
        let library = try Hostile.library("begins.c", [misdeed])
        let run = try Program.run(Program.probe, ["in-process", library, "begins.told", "0"])
        #expect(run.code == code)
    }
}
#endif
