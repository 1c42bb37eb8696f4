import CalcBurst
import Testing

/// The front door, as a host uses it.
@Suite struct EngineTests {
    private let engine = Engine.standard

    // MARK: One text, once

    @Test func textIsEvaluatedWithVariablesOfManyTypes() throws {
        #expect(try engine.evaluate("sqrt(a^2 + b^2)", ["a": 3, "b": 4]) == 5)
        #expect(try engine.evaluate("name + '!'", ["name": "Ada"]) == "Ada!")
        #expect(try engine.evaluate("sum(xs[0:n])", ["xs": [1.5, 2, 4], "n": 2]) == 3.5)
        #expect(try engine.evaluate("r.price ?? 7", ["r": ["price": nil] as Value]) == 7)
        #expect(try engine.evaluate("ok ? [1] : []", ["ok": true]) == [1])
        #expect(try engine.evaluate("1 + 1") == 2)
    }

    @Test func answerComesAsASwiftType() throws {
        #expect(try engine.evaluate("1 / 4", as: Double.self) == 0.25)
        #expect(try engine.evaluate("6 * 7", as: Int.self) == 42)
        #expect(try engine.evaluate("[1, 2] > 1", as: [Bool].self) == [false, true])
        #expect(try engine.evaluate("find([1, 2], it > 5)", as: Double?.self) == nil)
        let error = #expect(throws: CalculationError.self) {
            try engine.evaluate("0.5", as: Int.self)
        }
        #expect(error?.code == .typeMismatch)
    }

    @Test func mistakesOfATextAreReportedTogether() throws {
        let error = try #require(throws: SourceErrors.self) { try engine.compile("nme + sqt(4)") }
        #expect(error.diagnostics.map(\.code) == [.unknownName, .unknownName])
        #expect(error.diagnostics.map(\.range) == [SourceRange(0, 3), SourceRange(6, 9)])
        #expect(error.diagnostics.last?.suggestions.first == "sqrt")
        #expect(error.rendered.contains("^^^"))
        #expect(engine.diagnose("nme + sqt(4)") == error.diagnostics)
        #expect(engine.diagnose("let e = 1; e").map(\.code) == [.shadowedConstant])
        #expect(engine.diagnose("1 + 1") == [])
    }

    @Test func faultHasItsCodeAndPlace() throws {
        let error = try #require(throws: CalculationError.self) {
            try engine.evaluate("1 + x / 0", ["x": 2])
        }
        #expect(error.code == .divisionByZero)
        #expect(error.diagnostics.first?.range == SourceRange(6, 7))
        #expect(error.diagnostics.first?.labels.first?.range == SourceRange(8, 9))
        #expect(error.rendered.contains("1 + x / 0"))
    }

    // MARK: Compiled once

    @Test func programRunsByNameBySlotAndByCall() throws {
        let program = try engine.compile(
            "price * qty",
            inputs: ["price": .number, "qty": .number]
        )
        #expect(program.inputs.map(\.name) == ["price", "qty"])
        #expect(program.inputs.map(\.firstUse) == [SourceRange(0, 5), SourceRange(8, 11)])
        #expect(program.resultType == .number)
        #expect(program.cost == 1)
        #expect(try program.evaluate(["price": 9.5, "qty": 2]) == 19)
        #expect(try program.evaluate(["price": 9.5, "qty": 2, "other": "ignored"]) == 19)
        #expect(try program.evaluate(slots: [9.5, 2]) == 19)
        #expect(try program(9.5, 2) == 19)
        let frame = program.makeFrame()
        frame[0] = 9.5
        frame[1] = 2
        #expect(try frame.run() == 19)
        #expect(frame[0] == 9.5)
        frame[1] = 4
        #expect(try frame.run() == 38)
        #expect(try frame.evaluate() == 38)
    }

    @Test func truthValueIsOneOrZeroInASlot() throws {
        let frame = try engine.compile("not q and x > 1", inputs: ["q": .bool, "x": .number])
            .makeFrame()
        try frame.set(0, to: false)
        frame[1] = 2
        #expect(try frame.run() == 1)
        #expect(try frame.evaluate() == true)
        frame[0] = 1
        #expect(try frame.run() == 0)
    }

    @Test func inputThatTheTextDoesNotNameNeedsNoValue() throws {
        let program = try engine.compile("a", inputs: ["a": .number, "b": .list(.number)])
        #expect(program.inputs[1].firstUse == nil)
        #expect(try program.evaluate(["a": 3]) == 3)
        let frame = program.makeFrame()
        frame[0] = 4
        #expect(try frame.run() == 4)
    }

    @Test func missingInputIsNamedAtItsFirstUse() throws {
        let program = try engine.compile("a + b * b", inputs: ["a": .number, "b": .number])
        expect(.missingInput, SourceRange(4, 5)) { try program.evaluate(["a": 1]) }
        let frame = program.makeFrame()
        expect(.missingInput, SourceRange(0, 1)) { try frame.run() }
        frame[0] = 1
        expect(.missingInput, SourceRange(4, 5)) { try frame.run() }
        frame[1] = 2
        #expect(try frame.run() == 5)
        let list = try engine.compile("sum(xs)", inputs: ["xs": .list(.number)])
        expect(.missingInput, SourceRange(4, 6)) { try list.evaluate() }
        expect(.missingInput, SourceRange(4, 6)) { try list.evaluate(slots: []) }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func inputThatIsNotFiniteIsRefused(_ number: Double) throws {
        let program = try engine.compile("1 + a", inputs: ["a": .number])
        expect(.nonFiniteInput, SourceRange(4, 5)) { try program(number) }
        expect(.nonFiniteInput, SourceRange(4, 5)) { try program.evaluate(["a": number]) }
        let frame = program.makeFrame()
        frame[0] = 1
        #expect(try frame.run() == 2)
        frame[0] = number
        expect(.nonFiniteInput, SourceRange(4, 5)) { try frame.run() }
        frame[0] = 3
        #expect(try frame.run() == 4)
        let list = try engine.compile("len(xs)", inputs: ["xs": .list(.number)])
        expect(.nonFiniteInput, SourceRange(4, 6)) { try list.evaluate(["xs": [1, number]]) }
        let record = try engine.compile("r.a", inputs: ["r": .record(RecordType([("a", .number)]))])
        expect(.nonFiniteInput, SourceRange(0, 1)) {
            try record.evaluate(slots: [["a": .number(number)]])
        }
    }

    /// Types of an input, each with values that are of other types.
    private static let misfits: [(ValueType, [Value])] = [
        (.number, [true, "1", nil, [1], ["a": 1]]),
        (.bool, [1, "true", nil, [true]]),
        (.string, [1, nil, ["a"]]),
        (.list(.number), [1, ["a"], [1, nil], [true], [[1]], nil, [1, "a"]]),
        (.list(.list(.bool)), [[true], [[1]], [[true], 1], nil]),
        (.optional(.number), ["a", true, [1]]),
        (.record(RecordType([("a", .number)])), [[:], ["b": 1], ["a": "x"], ["a": nil], 1, nil]),
        (.null, [1, [nil]]),
    ]

    @Test(arguments: misfits)
    func valueOfAnotherTypeIsRefused(_ type: ValueType, _ values: [Value]) throws {
        let program = try engine.compile("[x]", inputs: ["x": type])
        for value in values {
            expect(.typeMismatch, nil) { try program.evaluate(slots: [value]) }
        }
    }

    @Test func recordMayHaveMoreFieldsAndLackOptionalOnes() throws {
        let type = ValueType.record(RecordType([("a", .number), ("b", .optional(.number))]))
        let program = try engine.compile("r.a + (r.b ?? 10)", inputs: ["r": type])
        #expect(try program.evaluate(slots: [["a": 1, "b": 2, "c": "x"]]) == 3)
        #expect(try program.evaluate(slots: [["a": 1]]) == 11)
        #expect(try program.evaluate(slots: [["b": nil, "a": 1]]) == 11)
    }

    @Test func slotThatIsNotThereIsRefused() throws {
        let program = try engine.compile("a", inputs: ["a": .number])
        expect(.missingInput, SourceRange(0, 0)) { try program(1, 2) }
        expect(.missingInput, SourceRange(0, 0)) { try program.evaluate(slots: [1, 2]) }
        let frame = program.makeFrame()
        frame[0] = 1
        for stray in [1, -1, .max, .min] {
            frame[stray] = 5
            #expect(frame[stray] == 0)
            expect(.missingInput, SourceRange(0, 0)) { try frame.run() }
            // Said once: the next run is right again.
            #expect(try frame.run() == 1)
        }
    }

    @Test func numberIsAskedOfAProgramThatGivesSomethingElse() throws {
        expect(.typeMismatch, SourceRange(0, 3)) { try engine.compile("[1]").makeFrame().run() }
    }

    @Test func frameIsAsGoodAsNewAfterAFault() throws {
        let scalar = try engine.compile("x / y + x / y", inputs: ["x": .number, "y": .number])
            .makeFrame()
        let list = try engine.compile(
            "sum(map(range(n), 10 / (it - 2)))",
            inputs: ["n": .number]
        ).makeFrame()
        for _ in 0..<3 {
            scalar[0] = 1
            scalar[1] = 0
            expect(.divisionByZero, SourceRange(2, 3)) { try scalar.run() }
            scalar[1] = 2
            #expect(try scalar.run() == 1)
            list[0] = 5
            expect(.divisionByZero, SourceRange(21, 22)) { try list.evaluate() }
            list[0] = 2
            #expect(try list.evaluate() == -15)
            list[0] = 1e9
            expect(.limitExceeded, nil) { try list.evaluate() }
        }
    }

    @Test func engineIsAValue() throws {
        var other = engine
        try other.register("twice") { (x: Double) in 2 * x }
        other.limits.run.fuel = 1
        #expect(try other.evaluate("twice(4)") == 8)
        #expect(throws: CalculationError.self) { try other.evaluate("1 + 2 + 3") }
        #expect(engine.diagnose("twice(4)").map(\.code) == [.unknownName])
        #expect(try engine.evaluate("1 + 2 + 3") == 6)
    }

    private func expect(
        _ code: DiagnosticCode,
        _ range: SourceRange?,
        _ location: Testing.SourceLocation = #_sourceLocation,
        _ body: () throws -> some Any
    ) {
        let error = #expect(throws: EvaluationError.self, sourceLocation: location) {
            _ = try body()
        }
        #expect(error?.code == code, sourceLocation: location)
        if let range { #expect(error?.range == range, sourceLocation: location) }
    }
}
