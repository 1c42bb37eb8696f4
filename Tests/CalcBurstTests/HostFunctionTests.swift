import CalcBurst
import Synchronization
import Testing

/// Functions that a host adds.
@Suite struct HostFunctionTests {
    private struct Strange: Error, CustomStringConvertible {
        let description = "strange weather"
    }

    @Test func signatureIsReadOffTheClosure() throws {
        var engine = Engine.standard
        try engine.register("vat") { (net: Double, rate: Double) in net * (1 + rate) }
        try engine.register("times") { (text: String, count: Int) in
            String(repeating: text, count: max(0, count))
        }
        try engine.register("flip") { (flag: Bool) in !flag }
        try engine.register("spread") { (numbers: [Double]) -> Double in
            (numbers.max() ?? 0) - (numbers.min() ?? 0)
        }
        try engine.register("known") { (number: Double?) in number != nil }
        try engine.register("lookup") { (key: String) -> Double? in key == "a" ? 1 : nil }
        try engine.register("same_again") { (value: Value) in value }
        try engine.register("answer") { 42.0 }
        #expect(try engine.evaluate("vat(100, 0.25)") == 125)
        #expect(try engine.evaluate("times('ab', 3)") == "ababab")
        #expect(try engine.evaluate("flip(true)") == false)
        #expect(try engine.evaluate("spread([3, 1, 4])") == 3)
        #expect(try engine.evaluate("known(find([1], it > 1))") == false)
        #expect(try engine.evaluate("lookup('a') ?? 5") == 1)
        #expect(try engine.evaluate("lookup('b') ?? 5") == 5)
        #expect(try engine.evaluate("same_again({a: [1]})") == ["a": [1]])
        #expect(try engine.evaluate("answer() + 1") == 43)
        let vat = try #require(engine.library["vat"])
        #expect(vat.overloads.map(\.signatureText) == ["(a: number, b: number) -> number"])
        #expect(engine.diagnose("vat('x', 1)").map(\.code) == [.typeMismatch])
        #expect(engine.diagnose("vat(1)").map(\.code) == [.wrongArgumentCount])
        #expect(engine.diagnose("times(1, 2)").map(\.code) == [.typeMismatch])
    }

    @Test func whatAClosureThrowsIsAFaultAtTheCall() throws {
        var engine = Engine.standard
        try engine.register("fail") { (x: Double) throws -> Double in
            throw x > 0 ? Fault.emptyList : Fault.domain("not today")
        }
        try engine.register("odd") { (x: Double) throws -> Double in throw Strange() }
        try engine.register("whole") { (n: Int) in n }
        try engine.register("raw") { (x: Double) in x / 0 }
        let cases: [(String, DiagnosticCode, SourceRange)] = [
            ("1 + fail(1)", .emptyList, SourceRange(4, 11)),
            ("1 + fail(0)", .domainError, SourceRange(4, 11)),
            ("odd(1)", .domainError, SourceRange(0, 6)),
            ("whole(1.5)", .domainError, SourceRange(0, 10)),
            ("whole(1e300)", .domainError, SourceRange(0, 12)),
            ("2 * raw(1)", .nonFiniteResult, SourceRange(4, 10)),
            ("raw(0)", .nonFiniteResult, SourceRange(0, 6)),
        ]
        for (text, code, range) in cases {
            let error = #expect(throws: CalculationError.self) { try engine.evaluate(text) }
            #expect(error?.code == code, "\(text)")
            #expect(error?.diagnostics.first?.range == range, "\(text)")
            #expect(try engine.evaluate("try(\(text), 7)") == 7)
        }
        let error = #expect(throws: CalculationError.self) { try engine.evaluate("odd(1)") }
        #expect(error?.diagnostics.first?.hint == "strange weather")
        #expect(try engine.evaluate("whole(3)") == 3)
    }

    @Test func valueOfAHostMayNotBeTooDeepNorTooLong() throws {
        var engine = Engine.standard
        try engine.register("deep") { (levels: Int) in
            (0..<levels).reduce(Value.number(1)) { inner, _ in [inner] }
        }
        try engine.register("long") { (count: Int) in [Double](repeating: 1, count: count) }
        try engine.register("text") { (count: Int) in String(repeating: "x", count: count) }
        #expect(try engine.evaluate("len(long(100000))") == 100_000)
        for (text, limit) in [
            ("deep(65)", "data-depth"), ("len(long(100001))", "list-length"),
            ("len(text(1048577))", "string-length"),
        ] {
            let error = #expect(throws: CalculationError.self) { try engine.evaluate(text) }
            #expect(error?.diagnostics.first?.limit?.name == limit, "\(text)")
        }
    }

    /// An impure function is called as often as the text calls it, whatever happens after.
    @Test(arguments: [
        ("next() + next() * 10", 2), ("next() + 1e308 * 10", 1), ("[next(), 1 / 0]", 1),
        ("try(next() / 0, next())", 2), ("next() > 0 or next() > 0", 1),
        ("map([1, 2, 3], next())", 3), ("let a = next(); a + a", 1),
        ("fn f(x) = next() + x; f(f(0))", 2), ("next() - next()", 2),
    ])
    func impureFunctionIsNeverCalledTwiceForOneCall(_ text: String, _ calls: Int) throws {
        let counter = Mutex(0.0)
        var engine = Engine.standard
        try engine.register("next", pure: false) { () -> Double in
            counter.withLock {
                $0 += 1
                return $0
            }
        }
        let program = try engine.compile(text)
        #expect(counter.withLock { $0 } == 0)
        _ = try? program.evaluate()
        #expect(counter.withLock { $0 } == Double(calls))
    }

    @Test func impureFunctionIsNotFolded() throws {
        let counter = Mutex(0.0)
        var engine = Engine.standard
        try engine.register("next", pure: false) { () -> Double in
            counter.withLock {
                $0 += 1
                return $0
            }
        }
        let program = try engine.compile("next() * 10 + next()")
        #expect(try program.evaluate() == 12)
        #expect(try program.evaluate() == 34)
    }

    @Test func nameMustBeFreeAndAName() throws {
        var engine = Engine.standard
        func refusal(_ name: String) -> FunctionLibrary.Refusal? {
            do throws(FunctionLibrary.Refusal) {
                try engine.register(name) { (x: Double) in x }
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal("sqrt") == .nameTaken("sqrt"))
        #expect(refusal("if") == .invalidName("if"))
        #expect(refusal("2x") == .invalidName("2x"))
        #expect(refusal("a b") == .invalidName("a b"))
        #expect(refusal("") == .invalidName(""))
        #expect(refusal("tax..vat") == .invalidName("tax..vat"))
        #expect(refusal("tax.vat") == nil)
        #expect(try engine.evaluate("tax.vat(3)") == 3)
        try engine.register("tax.vat") { (x: Double) in x + 1 }
        #expect(try engine.evaluate("tax.vat(3)") == 4)
    }

    /// One entry makes an operation known to everything.
    @Test func oneEntryAddsAnOperation() throws {
        var library = FunctionLibrary.standard
        try library.add(
            Function(
                "triple",
                .arithmetic,
                "Three times a number.",
                [Overload("(x: number) -> number", .lifted, .unary { x in 3 * x })],
                examples: [Example("triple(2)", "6")]
            )
        )
        let engine = Engine(library: library)
        #expect(try engine.evaluate("1 + triple(2)") == 7)
        #expect(try engine.evaluate("triple([1, 2])") == [3, 6])
        #expect(try engine.evaluate("sum([1, 2], triple(it))") == 9)
        #expect(library.functions.contains { $0.name == "triple" })
        #expect(library.names.contains("triple"))
        let misfit = try #require(engine.diagnose("triple('a')").first)
        #expect(misfit.code == .typeMismatch)
        #expect(misfit.message.contains("triple"))
        #expect(misfit.range == SourceRange(7, 10))
        #expect(engine.diagnose("tripel(2)").first?.suggestions == ["triple"])
        #expect(engine.diagnose("triple()").map(\.code) == [.wrongArgumentCount])
        let fault = #expect(throws: CalculationError.self) { try engine.evaluate("triple(1e308)") }
        #expect(fault?.code == .overflow)
        #expect(FunctionLibrary.standard["triple"] == nil)
        #expect(throws: FunctionLibrary.Refusal.invalidSignature("number")) {
            try library.add(
                Function("bad", .host, "Bad.", [Overload("number", [], .unary { x in x })])
            )
        }
    }

    @Test func frameThatIsRunningIsNotRunAgain() throws {
        let holder = Holder()
        var engine = Engine.standard
        try engine.register("again", pure: false) { () throws -> Double in
            // What a function evaluates needs a frame of its own.
            try holder.frame?.run() ?? 0
        }
        let frame = try engine.compile("1 + again()").makeFrame()
        holder.frame = frame
        let error = #expect(throws: EvaluationError.self) { try frame.run() }
        #expect(error?.code == .domainError)
        #expect(error?.diagnostic.hint?.contains("already running") == true)
        holder.frame = nil
        #expect(try frame.run() == 1)
    }

    /// A frame that a function can reach; everything is on one thread.
    private final class Holder: @unchecked Sendable {
        var frame: Frame?
    }
}
