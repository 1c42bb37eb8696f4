#if Plugins
import CalcBurstFunctions
import Foundation
import Synchronization
import Testing

@testable import CalcBurstPlugins

/// How helpers live and die: started again, given up, taken along by their host, and never left behind.
@Suite struct IsolationLifeTests {
    @Test func stopEndsTheProcessForGood() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls))
        let process = try #require(plugin.identifier)
        plugin.stop()
        #expect(waitpid(process, nil, WNOHANG) == -1)
        #expect(plugin.identifier == nil)
        #expect(try plugin.fault("bad.twice").misdeed == "is stopped")
    }

    @Test func helperGoesWithTheLastOfItsCalls() throws {
        var plugin: IsolatedPlugin? = try .start(Hostile.library(Hostile.calls))
        var call = plugin?.operations.first?.call
        let process = try #require(plugin?.identifier)
        plugin = nil
        var meter = Meter(limits: RunLimits())
        #expect(try call?([4], &meter) == 8)
        call = nil
        #expect(waitpid(process, nil, WNOHANG) == -1)
    }

    @Test func threeFailuresAreEnough() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls)) {
            $0.window = .seconds(3600)
            $0.coolDown = .seconds(3600)
        }
        defer { plugin.stop() }
        for _ in 0..<3 {
            #expect(
                try plugin.fault("bad.abort").misdeed?.hasPrefix("was ended by SIGABRT") == true
            )
        }
        let refusal = "failed 3 times in a short time, and is left alone for a while"
        #expect(try plugin.fault("bad.twice").misdeed == refusal)
        #expect(plugin.identifier == nil)
    }

    @Test func afterTheCoolDownItIsAskedAgain() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls)) {
            $0.failures = 1
            $0.coolDown = .milliseconds(200)
        }
        defer { plugin.stop() }
        #expect(try plugin.fault("bad.abort") != nil)
        #expect(try eventually { try plugin.fault("bad.twice") == nil })
    }

    @Test func pausesDoubleAndOldFailuresAreForgotten() {
        var limits = IsolationLimits()
        limits.failures = 100
        limits.pause = .seconds(1000)
        var history = FailureHistory()
        #expect(history.pause(limits) == nil)
        for expected in [1000, 2000, 4000, 8000] {
            history.add(limits)
            let pause = history.pause(limits) ?? .zero
            #expect(pause > .seconds(expected - 900) && pause <= .seconds(expected))
        }
        limits.window = .zero
        history.add(limits)
        #expect(history.pause(limits) ?? .zero <= .seconds(1000))
        #expect(!history.isResting)
        limits.failures = 1
        history.add(limits)
        #expect(history.isResting)
    }

    @Test func helperOutlivesTheThreadThatStartedIt() throws {
        let library = try Hostile.library(Hostile.calls)
        let made = Mutex<IsolatedPlugin?>(nil)
        let thread = Thread { made.withLock { $0 = try? IsolatedPlugin.start(library) } }
        thread.start()
        #expect(eventually { thread.isFinished })
        let plugin = try #require(made.withLock { $0 })
        defer { plugin.stop() }
        let process = plugin.identifier
        #expect(try plugin.call("bad.twice", 4) == 8)
        #expect(plugin.identifier == process)
    }

    @Test func helperThatHasWorkedForLongIsReplacedBetweenTwoCalls() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls)) {
            $0.processorSeconds = 3
        }
        defer { plugin.stop() }
        let process = try #require(plugin.identifier)
        #expect(try plugin.call("bad.work", 1.2) == 1.2)
        #expect(waitpid(process, nil, WNOHANG) == -1)
        #expect(try plugin.call("bad.twice", 4) == 8)
    }

    @Test func cancelledTaskDoesNotWait() async throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls)) {
            $0.call = .seconds(3600)
            $0.failures = 1
            $0.coolDown = .seconds(3600)
        }
        defer { plugin.stop() }
        let task = Task.detached { try plugin.fault("bad.sleep") }
        task.cancel()
        #expect(try await task.value == .cancelled)
        // It is not the plugin's fault that nobody waited.
        #expect(try plugin.call("bad.twice", 2) == 4)
    }

    @Test func timeOfAnEvaluationIsKept() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls)) {
            $0.call = .seconds(3600)
        }
        defer { plugin.stop() }
        var limits = RunLimits()
        limits.time = .milliseconds(60)
        #expect(try plugin.fault("bad.loop", limits: limits) == .limit(.init("time-ms", 60)))
        #expect(try plugin.call("bad.twice", 2) == 4)
    }

    @Test func callsOfManyThreadsTakeTurns() async throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls))
        defer { plugin.stop() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try plugin.call("bad.twice", Double(number)) == .number(Double(2 * number))
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    // MARK: In a process of their own, where nothing else opens files

    @Test func restartsLeaveNothingBehind() throws {
        let run = try Program.run(
            Program.probe,
            ["restarts", Hostile.library(Hostile.calls), "bad.abort", "200"]
        )
        let words = run.output.split(separator: "\n")
        // The failures, the descriptors before and after, and the children left.
        #expect(words.count == 4)
        #expect(words.first == "200")
        #expect(words.dropFirst().first == words.dropFirst(2).first)
        #expect(words.last == "none")
        #expect(run.code == 0)
    }

    @Test func helperGoesWhenItsHostIsKilled() throws {
        let host = Process()
        host.executableURL = URL(filePath: Program.probe)
        host.arguments = ["hosting", try Hostile.library(Hostile.calls), "bad.loop"]
        let pipe = Pipe()
        host.standardOutput = pipe
        try host.run()
        var line = Data()
        while !line.contains(10) {
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { break }
            line += more
        }
        let helper = try #require(
            Int32(String(decoding: line, as: UTF8.self).split(separator: "\n").first ?? "")
        )
        // It is within the loop once it has worked for a quarter of a second; before, the end of its
        // pipe alone would end it.
        #expect(eventually { Self.stat(helper).flatMap { Int($0[11]) } ?? 0 >= 25 })
        kill(host.processIdentifier, SIGKILL)
        host.waitUntilExit()
        // Whoever adopts it may be slow to take it, so a dead one counts as gone.
        let isGone = eventually { Self.stat(helper).map { $0[0] == "Z" } ?? true }
        #expect(isGone)
        if !isGone { kill(helper, SIGKILL) }
    }

    /// What the system tells of a process, from its state on; nil if there is none.
    private static func stat(_ process: Int32) -> [Substring]? {
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        let words = text?.split(separator: ")").last?.split(separator: " ")
        return words.flatMap { $0.count > 20 ? $0 : nil }
    }

    @Test func helperThatIsStartedByHandSaysSo() throws {
        let run = try Program.run(Program.probe, ["plugin-host"])
        #expect(run.code == 2)
    }
}
#endif
