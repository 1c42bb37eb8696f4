#if Plugins
import CalcBurstFunctions
import Testing

@testable import CalcBurstPlugins

@Suite struct BindingCallTests {
    private static let source = #"""
        #include <errno.h>
        #include <math.h>
        #include <stdarg.h>
        #include <stdlib.h>
        #include <string.h>
        static int started, freed;
        void go(void) { started++; }
        int starts(void) { return started; }
        unsigned twice(unsigned n) { return n * 2; }
        long length(const char *s) { return (long)strlen(s); }
        char *copy(const char *s) { return strlen(s) > 5 ? 0 : strdup(s); }
        void done(void *p) { freed++; free(p); }
        int frees(void) { return freed; }
        const char *bad(double x) { return "\xfe"; }
        int status(int code, double *out) { *out = code * 2.5; return code; }
        int keeps(int code, double *out) { if (code == 0) *out = 1; return 0; }
        const char *words(int code) { return code == 3 ? "three is too many" : 0; }
        double number(int code) { errno = code; return code == ERANGE ? 0x1p-1030 : 4; }
        double large(double x) { errno = ERANGE; return HUGE_VAL; }
        double sum(double *xs, double *ys, int n) { double s = 0; while (n-- > 0) s += xs[n] * ys[n]; return s; }
        double add(int n, ...) { va_list v; va_start(v, n); double s = 0; while (n-- > 0) s += va_arg(v, double); va_end(v); return s; }
        unsigned long most(void) { return ~0ul; }
        double less(double a, double b) { return b - a; }
        """#

    private static let operations: [(String, String, String, String)] = [
        ("starts", "() -> i64", "i32 starts()", ""),
        ("twice", "(n: i64) -> i64", "u32 twice(n:u32)", ""),
        ("length", "(s: str) -> i64", "i64 length(s)", ""),
        ("copy", "(s: str) -> str !", "str~done copy(s)", ""),
        ("frees", "() -> i64", "i32 frees()", ""),
        ("bad", "(x: f64) -> str !", "str bad(x)", ""),
        ("status", "(code: i64) -> f64 !", "status status(code:i32, out f64)", ""),
        ("keeps", "(code: i64) -> f64 !", "status keeps(code:i32, out f64)", ""),
        ("number", "(code: i64) -> f64 !", "f64 number(code:i32)", "\"errors\": \"errno\","),
        ("large", "(x: f64) -> f64 !", "f64 large(x)", "\"errors\": \"errno\","),
        (
            "sum", "(xs: [f64], ys: [f64]) -> f64 !", "f64 sum(xs.ptr, ys.ptr, xs.len:i32)",
            "\"require\": [\"xs.len == ys.len\", \"xs.len > 1\"],"
        ),
        ("add", "(xs: f64...) -> f64", "f64 add(xs.len:i32, ..., xs)", ""),
        ("most", "() -> f64", "u64 most()", ""),
        ("less", "(a: f64, b: f64) -> f64 !", "f64 less(a, b)", "\"require\": [\"a < b\"],"),
    ]

    private static func calls() throws -> [String: any PluginCall] {
        let library = try CLibrary(source)
        let texts = operations.map { name, signature, call, rest in
            """
            {"op": "t.\(name)", "sig": "\(signature)", "c": "\(call)", \(rest) "doc": "d", \
            "examples": ["t.f(1) == 1"]}
            """
        }
        let rest =
            "\"init\": [\"void go()\"], \"status\": {\"message\": \"words\", \"overflow\": [7], \"underflow\": [8]},"
        let manifest = try PluginManifest(manifestText(texts.joined(separator: ","), rest))
        let made = unsafe try manifest.operations(symbols: library.symbols(of: manifest))
        return Dictionary(made.map { ($0.name, $0.call) }) { first, _ in first }
    }

    @Test func operandsAreNarrowedWithACheck() throws {
        let calls = try Self.calls()
        let twice = try #require(calls["t.twice"])
        #expect(twice.ask(2_147_483_647) == .success(4_294_967_294))
        for wrong: Value in [-1, 4_294_967_296, 0.5] {
            guard case .failure(.domain(let words)) = twice.ask(wrong) else {
                Issue.record("\(wrong) was taken")
                continue
            }
            #expect(words.contains("operand 1") || words.contains("whole number"))
        }
        #expect(calls["t.starts"]?.ask() == .success(1))
        guard case .failure(.pluginFailed) = calls["t.most"]?.ask() else {
            return #expect(Bool(false))
        }
    }

    @Test func texts() throws {
        let calls = try Self.calls()
        let length = try #require(calls["t.length"])
        #expect(length.ask("hé") == .success(3))
        guard case .failure(.domain) = length.ask("a\0b") else { return #expect(Bool(false)) }
        let copy = try #require(calls["t.copy"])
        #expect(copy.ask("abc") == .success("abc"))
        #expect(calls["t.frees"]?.ask() == .success(1))
        guard case .failure(.domain) = copy.ask("too long") else { return #expect(Bool(false)) }
        #expect(calls["t.frees"]?.ask() == .success(1))
        guard case .failure(.pluginFailed) = calls["t.bad"]?.ask(1) else {
            return #expect(Bool(false))
        }
    }

    @Test func failuresAreHeard() throws {
        let calls = try Self.calls()
        let status = try #require(calls["t.status"])
        #expect(status.ask(0) == .success(0))
        #expect(status.ask(3) == .failure(.domain("three is too many")))
        #expect(status.ask(4) == .failure(.domain("the library gave the status 4")))
        #expect(status.ask(7) == .failure(.overflow))
        #expect(status.ask(8) == .success(20))
        // What the function leaves as it is, is no rest of an earlier call.
        let keeps = try #require(calls["t.keeps"])
        #expect(keeps.ask(0) == .success(1))
        #expect(keeps.ask(1) == .success(0))
        #expect(keeps.askRows([.each([0, 1])], count: 2) == .success([1, 0]))
        let number = try #require(calls["t.number"])
        #expect(number.ask(0) == .success(4))
        guard case .failure(.domain) = number.ask(33) else { return #expect(Bool(false)) }
        #expect(number.ask(34) == .success(.number(.leastNormalMagnitude / 256)))
        #expect(calls["t.large"]?.ask(1) == .failure(.overflow))
    }

    @Test func conditions() throws {
        let calls = try Self.calls()
        let sum = try #require(calls["t.sum"])
        #expect(sum.ask([1, 2], [3, 4]) == .success(11))
        #expect(sum.ask([1, 2], [3]) == .failure(.lengthMismatch(2, 1)))
        #expect(sum.ask([1], [3]) == .failure(.domain("it needs xs.len > 1")))
        let less = try #require(calls["t.less"])
        #expect(less.ask(1, 3) == .success(2))
        #expect(less.ask(3, 1) == .failure(.domain("it needs a < b")))
        #expect(
            less.askRows([.each([1, 5]), .same(3)], count: 2)
                == .failure(.inElement(1, .domain("it needs a < b")))
        )
    }

    @Test func varargsAsManyAsThereAre() throws {
        let add = try #require(Self.calls()["t.add"])
        for count in [0, 1, 2, 9, 40, 64] {
            let numbers = (0..<count).map(Double.init)
            #expect(add.ask(.list(List(numbers))) == .success(.number(numbers.reduce(0, +))))
        }
        let tooMany = add.ask(.list(List([Double](repeating: 1, count: 65))))
        guard case .failure(.domain) = tooMany else { return #expect(Bool(false)) }
    }

    @Test func eightThreadsAtOnce() async throws {
        let calls = try Self.calls()
        let (twice, add) = try (#require(calls["t.twice"]), #require(calls["t.add"]))
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<500).allSatisfy { step in
                        let numbers = List([Double](repeating: 2, count: (task + step) % 20))
                        return twice.ask(.number(Double(step)))
                            == .success(.number(Double(step * 2)))
                            && add.ask(.list(numbers))
                                == .success(.number(Double(2 * numbers.count)))
                    }
                }
            }
            for await right in group { #expect(right) }
        }
    }
}
#endif
