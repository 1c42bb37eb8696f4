import CalcBurstFunctions
import Testing

/// Every implementation answers or throws a fault, whatever finite operands it gets; in Swift
/// anything else would end the process.
struct StandardTotalityTests {
    private static let numbers: [Double] = [
        0, -0.0, 1, -1, 0.5, -2.5, 2, 3, 10, 170, 1024, 1e15, 9_007_199_254_740_992, 1e18, 9.3e18,
        1e19, 1e22, 1e308, -1e308, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        1.7976931348623157e308, 0.1, 1e-20,
    ]
    private static let texts = [
        "", "a", "é", "e\u{301}", "abc", "*?*", "a*", "??", " ", "half-even", "true", "12", "1e999",
        "\u{1F468}\u{200D}\u{1F469}", "\u{0}", String(repeating: "ab", count: 2000),
    ]
    private static let numberLists: [[Double]] = [
        [], [0], [-0.0, 0], [1, 2], [2, 1], [1e308, 1e308], [1e308, -1e308],
        [.leastNonzeroMagnitude], [-1, 0, 1],
        [0.1, 0.2, 0.3], [1, 1, 1], [1e-300, 1e300], [0, 0, 0, 0, 0], (0..<1500).map(Double.init),
    ]

    /// What a letter of a signature stands for in one round.
    private static let worlds: [[Value]] = [
        numbers.prefix(6).map(Value.number),
        texts.prefix(5).map(Value.string),
        [true, false],
        [nil, 1, 2],
        [[:], ["a": 1], ["a": "x", "b": [1, nil]]],
        [[], [1], [[1, 2], []]],
    ]

    private static func candidates(_ pattern: Signature.Pattern, _ world: [Value]) -> [Value] {
        switch pattern {
        case .number: numbers.map(Value.number)
        case .bool: [true, false]
        case .string: texts.map(Value.string)
        case .null: [nil]
        case .variable: world
        case .list(.number): numberLists.map { .list(List($0)) }
        case .list(.bool), .body(_, .bool):
            [
                [], [true], [false, true], [true, true, false],
                .list(List([Bool](repeating: true, count: 1500))),
            ]
        case .body(_, .number): numberLists.map { .list(List($0)) }
        case .list(let element), .body(_, let element):
            lists(of: candidates(element, world))
        case .optional(let pattern): [nil] + candidates(pattern, world)
        case .record: [[:]]
        }
    }

    private static func lists(of elements: [Value]) -> [Value] {
        [
            [], .list(List(Array(elements.prefix(1)))), .list(List(Array(elements.prefix(2)))),
            .list(List(elements)), .list(List(elements + elements)),
        ]
    }

    @Test(arguments: standardFunctions.map(\.name))
    func answersOrThrows(name: String) throws {
        let function = try #require(FunctionLibrary.standard[name])
        for overload in function.overloads {
            if case .form = overload.implementation { continue }
            for world in Self.worlds {
                try run(overload, name, world)
                if !overload.signatureText.contains(/[A-Z]/) { break }
            }
        }
    }

    /// All combinations if they are few, else a fixed choice of many.
    private func run(_ overload: Overload, _ name: String, _ world: [Value]) throws {
        let signature = try #require(overload.signature)
        let extra = signature.parameters.last?.isVariadic == true ? 1 : 0
        let count: Int
        switch overload.implementation {
        case .unary: count = 1
        case .binary, .fold: count = 2
        case .ternary: count = 3
        case .quinary: count = 5
        case .values, .form: count = signature.parameters.count + extra
        }
        let choices = try (0..<count).map { index in
            Self.candidates(try #require(signature.parameter(at: index)).pattern, world)
        }
        let product = choices.reduce(1.0) { $0 * Double($1.count) }
        let rounds = Int(min(product, 500))
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for round in 0..<rounds {
            var rest = round
            let operands = choices.map { choice in
                if product <= 500 {
                    defer { rest /= choice.count }
                    return choice[rest % choice.count]
                }
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return choice[Int(state >> 33) % choice.count]
            }
            var limits = RunLimits()
            limits.listLength = 4000
            var meter = Meter(limits: limits)
            do {
                let answer = try overload.call(operands, &meter)
                if !answer.isFinite { Issue.record("\(name)(\(operands)) gives \(answer)") }
            } catch {
                continue
            }
        }
    }

    @Test func nothingIsMadeBeyondALimit() throws {
        let calls = [
            "range(11)", "range(0, 11)", "range(0, 1, 0.05)", "linspace(0, 1, 11)",
            "repeat('a', 11)", "split_amount(100, 11)",
            "concat([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5])",
            "split('a,a,a,a,a,a,a,a,a,a,a', ',')", "pad_left('a', 31)",
            "replace('aaaa', 'a', '12345678')",
            "join(['0123456789', '0123456789', '0123456789'], ',')", "range(1e300)",
            "repeat(0, 1e300)", "linspace(0, 1, 1e300)", "pad_right('a', 1e300)",
            "split_amount(1, 1e300)",
        ]
        for text in calls {
            var limits = RunLimits()
            limits.listLength = 10
            limits.stringLength = 30
            var meter = Meter(limits: limits)
            let call = try #require(StandardCall(text))
            do {
                _ = try call.answer(&meter)
                Issue.record("\(text) goes through")
            } catch {
                #expect(error.caseName == "limit", "\(text): \(error)")
            }
        }
        for text in ["range(10)", "linspace(0, 1, 10)", "repeat('a', 10)", "pad_left('a', 30)"] {
            var limits = RunLimits()
            limits.listLength = 10
            limits.stringLength = 30
            var meter = Meter(limits: limits)
            let call = try #require(StandardCall(text))
            #expect(try call.answer(&meter) != nil, "\(text)")
        }
    }

    @Test func longSearchesAreCharged() throws {
        let text = Value.string(String(repeating: "a", count: 100_000))
        let pattern = Value.string("*" + String(repeating: "?a", count: 2000) + "b*")
        let like = try #require(FunctionLibrary.standard["like"]?.overloads.first)
        var meter = Meter(limits: RunLimits())
        #expect(throws: Fault.limit(.init("fuel", 1_000_000))) {
            try like.call([text, pattern], &meter)
        }
    }

    /// The fuel that a call takes, without the unit for the call itself.
    private func fuel(_ name: String, _ operands: [Value]) throws -> Int {
        let function = try #require(FunctionLibrary.standard[name])
        let types = operands.map(ValueType.init(of:))
        let resolution = try #require(function.resolve(types, literals: types.map { _ in nil }))
        var meter = Meter(limits: RunLimits())
        let before = meter.fuel
        _ = try resolution.overload.call(operands, &meter)
        return before - meter.fuel
    }

    @Test func sortingTakesMoreThanALookAtEachElement() throws {
        let list = Value.list(List((0..<1024).map { Double($0 * 7 % 1024) }))
        for name in ["sort", "median", "rank"] {
            #expect(try fuel(name, [list]) >= 1024 + 10 * 1024, "\(name)")
        }
        #expect(try fuel("reverse", [list]) == 2 * 1024)
        #expect(try fuel("sum", [list]) == 1024)
    }
}
