#if Plugins
import CalcBurst
import CalcBurstFunctions
import Testing

@testable import CalcBurstPlugins

/// A plugin of C, compiled here, loaded into this process, and called through the language.
@Suite struct NativePluginTests {
    private static let shapes = Result { () throws -> Plugin in
        try Plugin(testing: NativePlugin(opening: CompiledPlugin.fixture("shapes"), file: "shapes"))
    }

    private func engine() throws -> Engine {
        var engine = Engine.standard
        try engine.add(Self.shapes.get())
        return engine
    }

    @Test func itsExamplesAreRight() throws {
        let plugin = try Self.shapes.get()
        #expect(plugin.name == "shapes")
        #expect(plugin.version == "1.2.3")
        // The counter of the batch entry depends on what other tests have called.
        let wrong = try plugin.wrongExamples(in: engine()).filter { $0.operation != "shape.calls" }
        #expect(wrong == [])
    }

    @Test func aWrongExampleIsFound() throws {
        let source = """
            #include "calcburst_plugin.h"
            static double one(double a) { return a * 2; }
            static const cb_op ops[] = {
              {"bad.one", "(a: f64) -> f64", "Doubles.",
               "bad.one(1) == 3\\nbad.one(2) == 4.0001 ~ 1e-3\\nbad.one(2) fails\\nbad.on(1) fails",
               CB_PURE, 0, CB_FN(double, (double), one), NULL},
            };
            CB_PLUGIN("bad", "1", "MIT", "", ops, NULL, NULL)
            """
        let plugin = try Plugin(
            testing: NativePlugin(opening: CompiledPlugin.text(source), file: "bad")
        )
        var engine = Engine.standard
        try engine.add(plugin)
        let wrong = plugin.wrongExamples(in: engine)
        #expect(wrong.map(\.example) == ["bad.one(1) == 3", "bad.one(2) fails", "bad.on(1) fails"])
        #expect(wrong.first?.found == "2")
    }

    @Test(
        arguments: [
            ("shape.one([1, 2, 3])", "[2,4,6]"),
            ("shape.two([1, 2])", "[17,27]"),
            ("shape.two([1, 2], [3, 4])", "[13,24]"),
            ("shape.four([1, 2], 2, 3, [4, 5])", "[1234,2235]"),
            ("shape.sum([[1, 2], [3]])", "[3,3]"),
            ("shape.root(if(true, 16, 0)) + shape.one(1)", "6"),
            ("try(shape.root(-1), 5)", "5"),
            ("let x = 3; shape.three(x, x + 1, shape.one(x))", "346"),
            ("map([1, 2], shape.two(it, it))", "[11,22]"),
            ("shape.share([1, 2, 3] , [2, 4, 0 + 6])", "[0.5,0.5,0.5]"),
            ("if([true, false], shape.share([1, 2], [4, 0]), [7, 8])", "[0.25,8]"),
        ]
    )
    func itsFunctionsAreOrdinaryOnes(text: String, answer: String) throws {
        #expect(try ValueText.json(engine().evaluate(text)) == answer)
    }

    @Test(
        arguments: [
            ("shape.root(-4)", "domain-error", "shape.root has no answer"),
            ("shape.pick(2)", "overflow", "the result is too large"),
            ("shape.pick(3)", "domain-error", ""),
            ("shape.pick(4)", "limit-exceeded", "memory"),
            ("shape.pick(5)", "cancelled", ""),
            ("shape.pick(6)", "plugin-failed", "the plugin shapes failed"),
            ("shape.pick(77)", "plugin-failed", "unknown status 77"),
            ("try(shape.pick(6), 1)", "plugin-failed", ""),
            ("shape.nothing(1)", "non-finite-result", "shape.nothing"),
            ("shape.nothing(-1)", "non-finite-result", "shape.nothing"),
            ("shape.one(1, 2)", "wrong-argument-count", ""),
            ("shape.one('a')", "type-mismatch", ""),
            ("shape.ones(1)", "unknown-name", ""),
            ("shape.share([1, 2, 3, 4], [1, 1, 0, 0])", "domain-error", "in element 2"),
            (
                "if([true, false, true], shape.share([1, 2, 3], 0 * [1, 1, 1]), 1)", "domain-error",
                "in element 0"
            ),
            (
                "if([false, false, true], shape.share([1, 2, 3], [0, 0, 0]), 1)", "domain-error",
                "in element 2"
            ),
            ("shape.inconsistent([1, 2])", "plugin-failed", "for none of them alone"),
        ]
    )
    func itsFailuresAreTypedErrors(text: String, code: String, words: String) throws {
        let error = #expect(throws: CalculationError.self) { try engine().evaluate(text) }
        #expect(error?.code.rawValue == code)
        #expect(error?.diagnostics.first?.message.contains(words) != false, "\(error as Any)")
    }

    /// Lists go through the batch entry, one call for 1,024 rows, and never element by element.
    @Test(arguments: [0, 1, 2, 1023, 1024, 1025, 3000])
    func aListIsAnsweredInOneGo(count: Int) throws {
        let engine = try engine()
        let numbers = (0..<count).map { Double($0) * 0.37 - 200 }
        let program = try engine.compile(
            "shape.cube(xs)",
            inputs: ["xs": .list(count == 0 ? .never : .number)]
        )
        let cubes = try program.evaluate(["xs": numbers])
        #expect(cubes == .list(List(numbers.map { $0 * $0 * $0 })))
        // The same one by one.
        let single = try engine.evaluate("map(xs, shape.cube(it))", ["xs": numbers])
        #expect(single == cubes)
    }

    @Test func aBatchEntryIsCalledOnceForABlock() throws {
        // A plugin of its own, since the counter is the library's.
        let plugin = try Plugin(
            testing: NativePlugin(opening: CompiledPlugin.fixture("shapes"), file: "shapes")
        )
        var engine = Engine.standard
        try engine.add(plugin)
        let numbers = [Double](repeating: 2, count: 2049)
        #expect(try engine.evaluate("shape.calls()") == 0)
        _ = try engine.evaluate("shape.cube(xs)", ["xs": numbers])
        #expect(try engine.evaluate("shape.calls()") == 3)
        _ = try engine.evaluate("shape.cube(2)")
        #expect(try engine.evaluate("shape.calls()") == 3)
    }

    @Test func aFunctionOfTheHostIsNotReplaced() throws {
        var engine = Engine.standard
        try engine.register("shape.one") { (a: Double) in a }
        let error = #expect(throws: PluginError.self) { try engine.add(Self.shapes.get()) }
        #expect(error?.code == .nameTaken)
        #expect(engine.library["shape.two"] == nil, "none is added if one is refused")
    }
}

extension Plugin {
    init(testing plugin: NativePlugin) {
        self.init(
            identity: plugin.identity,
            kind: .native,
            file: "test",
            digest: "",
            confinement: nil,
            operations: plugin.operations
        )
    }
}
#endif
