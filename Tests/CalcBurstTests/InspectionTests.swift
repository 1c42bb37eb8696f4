import CalcBurst
import Testing

/// A text in each of its forms.
struct InspectionTests {
    @Test func getsAsFarAsTheTextAllows() {
        let engine = Engine.standard
        let right = engine.inspect("price * 2", inputs: ["price": .number])
        #expect(right.isRight && !right.isIncomplete && right.diagnostics.isEmpty)
        #expect(right.program?.resultType == .number)
        #expect(right.program?.cost == 1)
        #expect(right.checked != nil)
        let wrong = engine.inspect("price * 2")
        #expect(!wrong.isRight && !wrong.isIncomplete)
        #expect(wrong.diagnostics.map(\.code) == [.unknownName])
        #expect(wrong.checked == nil && !wrong.tree.isEmpty)
        let unfinished = engine.inspect("price * (")
        #expect(unfinished.isIncomplete && !unfinished.isRight)
        #expect(unfinished.names == ["price"])
    }

    @Test func keepsWarnings() {
        let inspection = Engine.standard.inspect("let pi = 3; pi")
        #expect(inspection.isRight)
        #expect(inspection.diagnostics.map(\.code) == [.shadowedConstant])
    }

    /// Texts, and the names that somebody must give a value, in order.
    static let names: [(String, [String])] = [
        ("1 + 2", []),
        ("b * a + b", ["b", "a"]),
        ("pi * r^2", ["r"]),
        ("let x = y; x + z", ["y", "z"]),
        ("fn f(a, b) = a + b + c; f(d, 1)", ["c", "d"]),
        ("map(xs, x -> x * k)", ["xs", "k"]),
        ("sum(items, it.price * .qty)", ["items"]),
        ("order.price + {a: b}.a", ["order", "b"]),
        ("`unit price` * qty", ["unit price", "qty"]),
        ("max(max, sqrt)", ["max", "sqrt"]),
        ("a + (", ["a"]),
        ("", []),
    ]

    @Test(arguments: names) func namesWhatTheTextNeeds(_ text: String, _ names: [String]) {
        #expect(Engine.standard.inspect(text).names == names)
    }

    @Test func staysFlatForDeepTexts() {
        let sum = Array(repeating: "1", count: 3_000).joined(separator: "+")
        let inspection = Engine.standard.inspect(sum + " + x", inputs: ["x": .number])
        #expect(inspection.isRight)
        let brackets = String(repeating: "(", count: 10_000)
        #expect(!Engine.standard.inspect(brackets).isRight)
    }
}
