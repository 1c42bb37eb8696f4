import CalcBurst
import CalcBurstMachine
import CalcBurstSource
import Testing

/// Holds the optimiser to what it is for: each line loses the instructions that were counted by hand.
///
/// That it changes nothing else is held over the whole corpus.
@Suite struct OptimiserTests {
    /// A text and the instructions that it loses.
    struct Saving: CustomTestStringConvertible, Sendable {
        let text: String
        let saved: Int

        init(_ text: String, _ saved: Int) {
            self.text = text
            self.saved = saved
        }

        var testDescription: String { text }
    }

    static let savings = [
        // Folding: a call of constants is a constant; the first operand of a call is loaded anyway.
        Saving("1 + 2 + 3", 1),
        Saving("1 + 2 + 3 + 4 + 5", 3),
        Saving("2 * 3 * x", 1),
        Saving("x + 2 * 3", 1),
        Saving("x * (1 + 2 + 3)", 2),
        Saving("sqrt(16)", 1),
        Saving("sqrt(16) + x", 2),
        Saving("x + sqrt(2 * 8)", 2),
        Saving("-3 + x", 2),
        Saving("x - -3", 2),
        Saving("sin(0) * x", 2),
        Saving("x / (2 + 2)", 1),
        Saving("pi / 180 * x", 1),
        Saving("max(2, 3) + x", 2),
        Saving("2 ^ 10", 1),
        Saving("x > 60 * 60 * 24", 2),
        Saving("not true", 1),
        Saving("1 < 2 and x > 0", 2),
        Saving("false and x > 0", 3),
        Saving("true or x > 0", 3),
        // Choice: the other answer is never code.
        Saving("true ? x : a + b", 5),
        Saving("1 > 2 ? a + b : x", 5),
        Saving("try(1 + 2, x)", 3),
        // What comes twice is worked out once; the store that keeps it is counted.
        Saving("(a + b) * (a + b)", 1),
        Saving("sin(x) * sin(x)", 2),
        Saving("sin(x) + sin(x) + sin(x)", 5),
        Saving("sqrt(a + b) / sqrt(a + b)", 2),
        Saving("exp(-x) / (1 + exp(-x))", 3),
        Saving("(a - b) ^ 2 + (a - b)", 1),
        Saving("sin(x) + cos(x) * sin(x)", 3),
        Saving("a * b + a * b + a * b + a * b", 5),
    ]

    @Test(arguments: savings)
    func lineGetsShorter(_ saving: Saving) throws {
        let inputs: [(name: String, type: ValueType)] = [
            (name: "a", type: .number), (name: "b", type: .number), (name: "x", type: .number),
        ]
        let source = Source(saving.text)
        let plain = try Engine.standard.compile(source, inputs: inputs, optimised: false)
        let short = try Engine.standard.compile(source, inputs: inputs, optimised: true)
        let saved = plain.code.instructions.count - short.code.instructions.count
        #expect(
            saved == saving.saved,
            "\n\(plain.disassembly)\n--- optimised\n\(short.disassembly)"
        )
    }
}
