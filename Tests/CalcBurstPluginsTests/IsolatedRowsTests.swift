#if Plugins
import CalcBurstFunctions
import Testing

@testable import CalcBurstPlugins

/// Many rows at once through a helper: the same answers as one by one, however they are cut.
@Suite struct IsolatedRowsTests {
    @Test(arguments: [0, 1, 511, 512, 513, 1023, 1024, 1025, 16_384, 16_385, 40_000])
    func rowsAreTheCallsOneByOne(_ count: Int) throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls))
        defer { plugin.stop() }
        let divided = try #require(plugin.operations.first { $0.name == "bad.divided" })
        let numbers = (0..<count).map { Double($0) + 0.1 }
        var meter = Meter(limits: RunLimits())
        let list = try divided.call.rows(
            [.each(List(numbers)), .same(3)],
            count: count,
            &meter
        )
        #expect(list.numbers == numbers.map { $0 / 3 })
    }

    @Test(arguments: [0, 1000, 16_383, 16_384, 20_000])
    func faultNamesItsRow(_ row: Int) throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls))
        defer { plugin.stop() }
        let divided = try #require(plugin.operations.first { $0.name == "bad.divided" })
        var divisors = [Double](repeating: 2, count: 20_001)
        divisors[row] = 0
        var meter = Meter(limits: RunLimits())
        #expect(throws: Fault.inElement(row, .nonFiniteResult)) {
            try divided.call.rows(
                [.same(1), .each(List(divisors))],
                count: divisors.count,
                &meter
            )
        }
    }

    @Test func rowsAreWithinTheLimits() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls))
        defer { plugin.stop() }
        let twice = try #require(plugin.operations.first { $0.name == "bad.twice" })
        var limits = RunLimits()
        limits.listLength = 10
        var meter = Meter(limits: limits)
        #expect(throws: Fault.limit(.init("list-length", 10))) {
            try twice.call.rows([.same(1)], count: 11, &meter)
        }
    }

    @Test func crashInTheMiddleIsAFaultOfThePlugin() throws {
        let plugin = try IsolatedPlugin.start(Hostile.library(Hostile.calls))
        defer { plugin.stop() }
        let segv = try #require(plugin.operations.first { $0.name == "bad.segv" })
        var meter = Meter(limits: RunLimits())
        #expect(throws: Fault.pluginFailed(plugin: "hostile", "was ended by SIGSEGV")) {
            try segv.call.rows([.same(1)], count: 100, &meter)
        }
        #expect(try plugin.call("bad.twice", 1) == 2)
    }
}
#endif
