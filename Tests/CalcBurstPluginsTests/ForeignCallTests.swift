#if Plugins
import CalcBurstFunctions
import Testing

@testable import CalcBurstPlugins

@Suite struct ForeignCallTests {
    private static let source = #"""
        #include <string.h>
        #include <math.h>
        #include "calcburst_plugin.h"
        static const cb_host *host;
        void set_host(const cb_host *it) { host = it; }
        double ratio(double a, double b) { return a / b; }
        int64_t next(int64_t n) { return n + 1; }
        int64_t huge(void) { return 9007199254740993; }
        int64_t least(void) { return INT64_MIN; }
        bool both(bool a, bool b) { return a && b; }
        cb_c128 times(cb_c128 z, double x) { cb_c128 r = {z.re * x, z.im * x}; return r; }
        double at(const double *xs, size_t n) { return ((uintptr_t)xs & 15) + (xs == 0) * 100 + n * 1000; }
        double bytes(const char *s, size_t n) { return n * 1000 + strlen(s) + s[n]; }
        cb_status fail(cb_call *c, int64_t status, double *out) {
            if (status < 0) { host->set_error(c, CB_E_DOMAIN, "needs more", 10); status = CB_E_DOMAIN; }
            *out = 7;
            return (cb_status)status;
        }
        cb_status text(cb_call *c, int64_t which) {
            if (which == 0) host->set_string(c, "h\xc3\xa9", 3);
            if (which == 1) host->set_string(c, "\xff", 1);
            if (which == 2) host->set_array(c, 8);
            if (which == 3) host->set_string(c, "", ((size_t)1) << 40);
            return CB_OK;
        }
        cb_status list(cb_call *c, int64_t count) {
            if (count < 0) { host->set_string(c, "12345678", 8); return CB_OK; }
            double *xs = host->set_array(c, (size_t)count);
            if (!xs) return CB_E_MEMORY;
            for (int64_t i = 0; i < count; i++) xs[i] = i == 12 ? NAN : i * 0.5;
            return CB_OK;
        }
        cb_status wholes(cb_call *c, const int64_t *ns, size_t n) {
            int64_t *out = host->set_array(c, n);
            for (size_t i = 0; i < n; i++) out[i] = ns[i] * 2;
            return CB_OK;
        }
        """#

    private static func library() throws -> CLibrary {
        let library = try CLibrary(source)
        library.setHost()
        return library
    }

    @Test func scalars() throws {
        let library = try Self.library()
        let ratio = try library.call("ratio", "(a: f64, b: f64) -> f64")
        #expect(ratio.ask(1, 4) == .success(0.25))
        #expect(ratio.ask(1, 0) == .failure(.nonFiniteResult))
        #expect(ratio.ask(0, 0) == .failure(.nonFiniteResult))
        guard case .failure(.pluginFailed) = ratio.ask(1) else { return #expect(Bool(false)) }

        let next = try library.call("next", "(n: i64) -> i64")
        #expect(next.ask(-9_007_199_254_740_992) == .success(-9_007_199_254_740_991))
        for wrong: Value in [1.5, 9_007_199_254_740_994, -1e300] {
            guard case .failure(.domain(let words)) = next.ask(wrong) else {
                Issue.record("\(wrong) was taken")
                continue
            }
            #expect(words.contains("is not a whole number within 2^53"))
        }
        for name in ["huge", "least"] {
            let result = try library.call(name, "() -> i64").ask()
            guard case .failure(.pluginFailed(plugin: "test", _)) = result else {
                Issue.record("\(result)")
                continue
            }
        }
        let both = try library.call("both", "(a: bool, b: bool) -> bool")
        #expect(both.ask(true, true) == .success(true))
        #expect(both.ask(true, false) == .success(false))
        let times = try library.call("times", "(z: c128, x: f64) -> c128")
        #expect(times.ask(["re": 1, "im": -2], 3) == .success(["re": 3, "im": -6]))
        #expect(times.ask(["im": 1e300, "re": 0], 1e300) == .failure(.nonFiniteResult))
    }

    @Test func listsAndTexts() throws {
        let library = try Self.library()
        let at = try library.call("at", "(xs: [f64]) -> f64")
        #expect(at.ask([1, 2, 3]) == .success(3000))
        #expect(at.ask(.list(.empty)) == .success(0))
        let spread = try library.call("at", "(xs: f64...) -> f64")
        #expect(spread.ask([1, 2]) == .success(2000))
        let bytes = try library.call("bytes", "(s: str) -> f64")
        #expect(bytes.ask("hé") == .success(3003))
        #expect(bytes.ask("") == .success(0))
        #expect(bytes.ask("a\0b") == .success(3001))
    }

    @Test func statusesAreFaults() throws {
        let fail = try Self.library().call("fail", "(status: i64) -> f64 !")
        #expect(fail.ask(0) == .success(7))
        #expect(fail.ask(-1) == .failure(.domain("needs more")))
        #expect(fail.ask(2) == .failure(.overflow))
        #expect(fail.ask(4) == .failure(.limit(.init("memory", RunLimits().memory))))
        #expect(fail.ask(5) == .failure(.cancelled))
        for (status, isPlugins) in [(1, false), (3, false), (6, true), (7, true), (99, true)] {
            switch fail.ask(.number(Double(status))) {
            case .failure(.domain): #expect(!isPlugins)
            case .failure(.pluginFailed(plugin: "test", _)): #expect(isPlugins)
            case let other: Issue.record("\(status): \(other)")
            }
        }
    }

    @Test func answersThroughTheHost() throws {
        let library = try Self.library()
        let limits = RunLimits()
        let text = try library.call("text", "(which: i64) -> str !")
        #expect(text.ask(0) == .success("hé"))
        #expect(text.ask(3) == .failure(.limit(.init("string-length", limits.stringLength))))
        for which: Value in [1, 4] {
            guard case .failure(.pluginFailed) = text.ask(which) else {
                Issue.record("\(which)")
                continue
            }
        }
        // The wrong way to answer is shut: eight numbers are no text, eight bytes no numbers.
        #expect(text.ask(2) != .success("\0\0\0\0\0\0\0\0"))
        let list = try library.call("list", "(count: i64) -> [f64] !")
        #expect(list.ask(3) == .success([0, 0.5, 1]))
        #expect(list.ask(0) == .success(.list(.empty)))
        #expect(list.ask(13) == .failure(.nonFiniteResult))
        #expect(list.ask(200_000) == .failure(.limit(.init("list-length", limits.listLength))))
        guard case .failure = list.ask(-1) else { return #expect(Bool(false)) }
        let wholes = try library.call("wholes", "(ns: [i64]) -> [i64] !")
        #expect(wholes.ask([1, -2]) == .success([2, -4]))
        guard case .failure(.domain) = wholes.ask([1, 0.5]) else { return #expect(Bool(false)) }
    }

    @Test func manyRowsAreOneByOneTheSame() throws {
        let library = try Self.library()
        let ratio = try library.call("ratio", "(a: f64, b: f64) -> f64")
        #expect(ratio.hasRows)
        for count in [0, 1, 1023, 1025] {
            let a = (0..<count).map { Double($0) * 0.7 }
            let rows = ratio.askRows([.each(List(a)), .same(3)], count: count)
            #expect(rows == .success(List(a.map { $0 / 3 })))
        }
        let zero = ratio.askRows([.same(1), .each([1, 2, 0, 4])], count: 4)
        #expect(zero == .failure(.inElement(2, .nonFiniteResult)))
        let fail = try library.call("fail", "(status: i64) -> f64 !")
        #expect(
            fail.askRows([.each([0, -1])], count: 2)
                == .failure(.inElement(1, .domain("needs more")))
        )
        #expect(fail.askRows([.each([0, 5])], count: 2) == .failure(.cancelled))
        let both = try library.call("both", "(a: bool, b: bool) -> bool")
        #expect(
            both.askRows([.each(List([true, false])), .same(true)], count: 2)
                == .success(List([true, false]))
        )
        let times = try library.call("times", "(z: c128, x: f64) -> c128")
        let z: Value = ["re": 1, "im": 2]
        #expect(
            times.askRows([.same(z), .each([1, 2])], count: 2)
                == .success(List([z, ["re": 2, "im": 4]]))
        )
        #expect(!(try library.call("at", "(xs: [f64]) -> f64")).hasRows)
    }

    @Test func listsNeedAWayToFail() throws {
        let library = try Self.library()
        for signature in ["() -> str", "() -> [f64]", "() -> [i64]"] {
            #expect(throws: PluginError.self) { try library.call("huge", signature) }
        }
    }
}
#endif
