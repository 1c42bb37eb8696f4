import CalcBurst
import Testing

/// Every limit holds at its number, and is met one beyond it and a thousand times beyond it.
@Suite struct LimitTests {
    /// A limit, a way to set it, and a text that needs exactly so much.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let maximum: Int
        let set: @Sendable (inout Limits, Int) -> Void
        let text: @Sendable (Int) -> String

        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(name: "source-length", maximum: 40) {
            $0.source.sourceLength = $1
        } text: {
            "1" + String(repeating: " ", count: $0 - 1)
        },
        Case(name: "nesting", maximum: 20) {
            $0.source.nesting = $1
        } text: {
            String(repeating: "(", count: $0) + "1" + String(repeating: ")", count: $0)
        },
        // The root is a node, too.
        Case(name: "nodes", maximum: 41) {
            $0.source.nodes = $1
        } text: { count in
            let terms = count / 2
            return (count % 2 == 0 ? "" : "-") + "1" + String(repeating: "+1", count: terms - 1)
        },
        Case(name: "numeral-length", maximum: 30) {
            $0.source.numeralLength = $1
        } text: {
            "0." + String(repeating: "1", count: $0 - 2)
        },
        Case(name: "name-length", maximum: 12) {
            $0.source.nameLength = $1
        } text: {
            let name = String(repeating: "n", count: $0)
            return "let \(name) = 1; \(name)"
        },
        Case(name: "names", maximum: 9) {
            $0.source.names = $1
        } text: {
            (0..<$0).map { "let a\($0) = 1; " }.joined() + "1"
        },
        Case(name: "operands", maximum: 7) {
            $0.source.operands = $1
        } text: {
            "max(" + Array(repeating: "1", count: $0).joined(separator: ", ") + ")"
        },
        Case(name: "literal-length", maximum: 7) {
            $0.source.literalLength = $1
        } text: {
            "len([" + Array(repeating: "1", count: $0).joined(separator: ", ") + "])"
        },
        Case(name: "literal-length", maximum: 5) {
            $0.source.literalLength = $1
        } text: {
            "{" + (0..<$0).map { "a\($0): 1" }.joined(separator: ", ") + "}"
        },
        Case(name: "fuel", maximum: 25) {
            $0.run.fuel = $1
        } text: {
            "1" + String(repeating: "+1", count: $0)
        },
        // A call, and an element made and looked at.
        Case(name: "fuel", maximum: 42) {
            $0.run.fuel = $1
        } text: {
            "len(range(\(($0 - 2) / 2)))"
        },
        Case(name: "memory", maximum: 160) {
            $0.run.memory = $1
        } text: {
            "len(range(\(($0 + 15) / 16)))"
        },
        Case(name: "list-length", maximum: 50) {
            $0.run.listLength = $1
        } text: {
            "len(range(\($0)))"
        },
        Case(name: "string-length", maximum: 50) {
            $0.run.stringLength = $1
        } text: {
            "len(pad_left('', \($0)))"
        },
        Case(name: "data-depth", maximum: 6) {
            $0.dataDepth = $1
        } text: {
            String(repeating: "[", count: min($0, 200))
                + String(repeating: "]", count: min($0, 200))
        },
        Case(name: "data-depth", maximum: 6) {
            $0.dataDepth = $1
        } text: {
            let depth = min($0, 200)
            return String(repeating: "{a:", count: depth) + "1"
                + String(repeating: "}", count: depth)
        },
    ]

    @Test(arguments: cases)
    func limitHoldsUpToItsNumber(_ limit: Case) throws {
        var engine = Engine(limits: .ceiling)
        engine.limits.source.operands = 255
        limit.set(&engine.limits, limit.maximum)
        #expect(throws: Never.self) { try engine.evaluate(limit.text(limit.maximum)) }
        // The fuel of a list comes in twos.
        for size in [limit.maximum + 1, limit.maximum + 2, limit.maximum * 1000].dropFirst(
            limit.maximum == 42 ? 1 : 0
        ) {
            let error = #expect(throws: CalculationError.self) {
                try engine.evaluate(limit.text(size))
            }
            #expect(error?.code == .limitExceeded, "\(size)")
            let fact = error?.diagnostics.first { $0.code == .limitExceeded }?.limit
            #expect(fact?.name == limit.name)
            #expect(fact?.maximum == limit.maximum)
        }
    }

    @Test func dataMayBeAsDeepAsTheLimit() throws {
        var engine = Engine.standard
        engine.limits.dataDepth = 5
        func nested(_ depth: Int) -> Value { (0..<depth).reduce(1) { inner, _ in [inner] } }
        #expect(try engine.evaluate("len(x)", ["x": nested(5)]) == 1)
        for depth in [6, 5_000] {
            let error = #expect(throws: CalculationError.self) {
                try engine.evaluate("len(x)", ["x": nested(depth)])
            }
            #expect(error?.diagnostics.first?.limit?.name == "data-depth")
        }
    }

    @Test func limitAboveItsCeilingIsCut() throws {
        var limits = Limits()
        limits.run.fuel = .max
        limits.source.nesting = .max
        limits.dataDepth = .max
        let engine = Engine(limits: limits)
        #expect(try engine.compile("1").limits.fuel == Limits.ceiling.run.fuel)
        let error = #expect(throws: CalculationError.self) {
            try engine.evaluate(String(repeating: "(", count: 251))
        }
        #expect(error?.diagnostics.first?.limit?.maximum == 250)
    }

    @Test func limitBelowZeroIsZero() {
        var limits = Limits()
        limits.source.sourceLength = -1
        limits.source.nesting = .min
        limits.source.operands = -5
        limits.run.fuel = -1
        limits.run.memory = .min
        limits.run.listLength = -1
        limits.dataDepth = -1
        let engine = Engine(limits: limits)
        #expect(throws: CalculationError.self) { try engine.evaluate("1") }
        var other = Engine.standard
        other.limits.run = limits.run
        #expect(throws: Never.self) { try other.evaluate("1") }
        #expect(throws: CalculationError.self) { try other.evaluate("1 + 1") }
    }

    @Test func tryDoesNotCatchALimit() {
        var engine = Engine.standard
        engine.limits.run.listLength = 10
        for text in ["try(sum(range(11)), 0)", "try(try(sum(range(11)), 0), 1)"] {
            let error = #expect(throws: CalculationError.self) { try engine.evaluate(text) }
            #expect(error?.code == .limitExceeded)
        }
    }

    /// A failing part inside `try` has its price: else a loop of failures would be free.
    @Test func whatATrySpentStaysSpent() {
        var engine = Engine.standard
        engine.limits.run.fuel = 10_000
        let error = #expect(throws: CalculationError.self) {
            try engine.evaluate("sum(map(range(100), try(sum(range(1000)[0:it]) / 0, 0)))")
        }
        #expect(error?.diagnostics.first?.limit?.name == "fuel")
    }
}
