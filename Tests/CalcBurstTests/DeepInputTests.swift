import CalcBurst
import CalcBurstTesting
import Testing

/// Inputs as deep and as long as a host lets them be: an answer or a typed error, never a crash.
///
/// Everything runs on a thread with a stack of 128 KiB, as on musl.
@Suite struct DeepInputTests {
    private static let stack = 128 << 10
    private static let million = 1_000_000
    /// A debug build takes most of a minute over a million terms.
    #if DEBUG
    private static let terms = 100_000
    #else
    private static let terms = 1_000_000
    #endif

    /// What is said of a text, and of nothing else: the answer, or the code and the limit's name.
    private static func outcome(_ text: String, _ limits: Limits = .ceiling) async -> String {
        await DeepThread.result(stackSize: stack) {
            do throws(CalculationError) {
                return JSON.write(try Engine(limits: limits).evaluate(text))
            } catch {
                let limit = error.diagnostics.first { $0.code == .limitExceeded }?.limit?.name
                return "\(error.code)" + (limit.map { " \($0)" } ?? "")
            }
        }
    }

    private static func wrapped(_ open: String, _ inner: String, _ close: String) -> String {
        String(repeating: open, count: million) + inner + String(repeating: close, count: million)
    }

    @Test(arguments: [
        ("(", "1", ")"), ("[", "", "]"), ("{a:", "1", "}"), ("-", "1", ""), ("not ", "true", ""),
        ("2^", "1", ""), ("sqrt(", "1", ")"), ("true ? 1 : ", "0", ""), ("true ? ", "0", " : 1"),
        ("if(true, ", "1", ", 2)"), ("try(", "1", ", 2)"), ("[1][", "0", "]"),
        ("map([1], ", "it", ")"), ("null ?? ", "1", ""), ("(", "", ""), ("[", "", ""),
    ])
    func millionLevelsMeetTheNestingLimit(_ open: String, _ inner: String, _ close: String) async {
        let outcome = await Self.outcome(Self.wrapped(open, inner, close))
        #expect(outcome == "limit-exceeded nesting")
    }

    @Test func sumOfAMillionTermsHasItsAnswer() async {
        let text = "1" + String(repeating: "+1", count: Self.terms - 1)
        #expect(await Self.outcome(text) == "\(Self.terms)")
    }

    /// Long chains make tall trees although nothing is nested.
    @Test(arguments: [
        ("let x = 1; x", "-x", 20_000, "-19999"), ("let x = 1; x", "*x/x", 5_000, "1"),
        ("true", " and true", 10_000, "true"), ("false", " or false", 10_000, "false"),
        ("1", " == 1", 10_000, "true"),
        ("'a'", "+''", 10_000, "\"a\""), ("[1]", "++[]", 5_000, "[1]"),
        ("[true]", " and [true]", 5_000, "[true]"), ("[1]", "+[0]", 5_000, "[1]"),
        ("[[1]]", "[0:1]", 5_000, "[[1]]"),
    ])
    func longChainHasItsAnswer(
        _ first: String,
        _ more: String,
        _ count: Int,
        _ answer: String
    ) async {
        #expect(await Self.outcome(first + String(repeating: more, count: count)) == answer)
    }

    @Test func manyStatementsHaveTheirAnswer() async {
        let lets = (0..<16_000).map { "let a\($0) = \($0 == 0 ? "1" : "a\($0 - 1) + 1");\n" }
        #expect(await Self.outcome(lets.joined() + "a15999") == "16000")
    }

    /// Each function calls the one before it twice: the calls double, the code must not.
    @Test func functionsThatDoubleTheirCallsMeetTheFuelLimit() async {
        let functions = (1..<60).map { "fn f\($0)(x) = f\($0 - 1)(x) + f\($0 - 1)(x);\n" }
        let text = "fn f0(x) = x;\n" + functions.joined() + "f59(1)"
        #expect(await Self.outcome(text, Limits()) == "limit-exceeded fuel")
    }

    /// A value that no walk and no freeing could recurse through; it is never freed.
    private struct Deep {
        let list: Value
        let record: Value

        init() {
            var list = Value.number(1)
            var record = Value.number(1)
            for _ in 0..<DeepInputTests.million {
                list = .list(List([list]))
                record = .record(Record(names: ["a"], values: [record]) ?? .empty)
            }
            self.list = list
            self.record = record
        }
    }

    /// Statics live as long as the process.
    private static let deep = Deep()

    @Test func valueOfAMillionLevelsIsRefused() async throws {
        let deep = Self.deep
        let program = try Engine.standard.compile("len(x)", inputs: ["x": .list(.number)])
        let record = try Engine.standard.compile(
            "x.a",
            inputs: ["x": .record(RecordType([("a", .number)]))]
        )
        let codes = await DeepThread.result(stackSize: Self.stack) {
            var codes: [DiagnosticCode?] = []
            for value in [deep.list, deep.record] {
                for text in ["x", "len(x)", "x.a", "x[0]", "1"] {
                    do throws(CalculationError) {
                        _ = try Engine(limits: .ceiling).evaluate(text, ["x": value])
                        codes.append(nil)
                    } catch {
                        codes.append(error.code)
                    }
                }
                for program in [program, record] {
                    do throws(EvaluationError) {
                        _ = try program.evaluate(slots: [value])
                        codes.append(nil)
                    } catch {
                        codes.append(error.code)
                    }
                }
            }
            return codes
        }
        #expect(codes.count == 14)
        #expect(codes.allSatisfy { $0 == .limitExceeded || $0 == .typeMismatch })
    }

    @Test func valueOfAMillionLevelsFromAHostsFunctionIsRefused() async throws {
        let deep = Self.deep
        var engine = Engine(limits: .ceiling)
        try engine.register("deep") { deep.list }
        let text = "same(deep(), [1])"
        let ready = engine
        let code = await DeepThread.result(stackSize: Self.stack) {
            do throws(CalculationError) {
                _ = try ready.evaluate(text)
                return nil as DiagnosticCode?
            } catch {
                return error.code
            }
        }
        #expect(code == .limitExceeded)
    }
}
