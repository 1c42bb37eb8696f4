#if Plugins
import CalcBurstFunctions
import CalcBurstTesting
import Testing

@testable import CalcBurstPlugins

/// A manifest around some operations and other keys.
func manifestText(_ operations: String, _ rest: String = "") -> String {
    """
    {"calcburst": 1, "name": "t", "version": "1", "license": "MIT",
     "library": {"file": "library.so"}, \(rest) "ops": [\(operations)]}
    """
}

func operationText(_ signature: String, _ call: String, _ rest: String = "") -> String {
    """
    {"op": "t.f", "sig": "\(signature)", "c": "\(call)", "doc": "d", \
    "examples": ["t.f(1) == 1"]\(rest)}
    """
}

@Suite struct ManifestTests {
    private static let good = operationText("(x: f64) -> f64", "f64 f(x)")

    @Test func everythingIsRead() throws {
        let manifest = try PluginManifest(
            """
            {"calcburst": 1, "name": "t", "version": "1.2", "license": "MIT", "homepage": "h",
             "library": {"linux": ["liba.so.1", "liba.so.2"], "macos": ["liba.dylib"],
                         "headers": ["a/b.h"]},
             "types": {"pair": "{ a: f64, n: i32 }", "cplx": "c128"}, "init": ["ptr off()", "void go()"],
             "status": {"ok": 1, "message": "words", "overflow": [5], "underflow": [6]},
             "defaults": {"flags": ["pure", "concurrent"]},
             "ops": [
               {"op": "t.a", "sig": "(z: c128, xs: [f64], s: str) -> f64 !", "doc": "A.", "cost": 30,
                "c": "status a(z, xs.ptr, xs.len, 1:usize, s, out pair.a)",
                "require": ["xs.len > 1"], "errors": "status", "examples": ["t.a(1) fails"]},
               {"op": "t.b", "sig": "(x: f64) -> str !", "c": "str~done b(x, ..., 0:ptr)", "doc": "B.",
                "flags": ["stable", "nan-through", "deterministic", "may-block", "concurrent"],
                "examples": ["t.b(1) == 'a'"]},
               {"op": "t.c", "sig": "(x: f64) -> f64", "symbol": "natural", "doc": "C.",
                "flags": [], "examples": ["t.c(1) == 1"]}]}
            """
        )
        #expect(manifest.symbols == ["off", "go", "words", "a", "b", "done", "natural"])
        #expect(manifest.library.linux == ["liba.so.1", "liba.so.2"])
        #expect(manifest.ownLibrary == nil)
        #expect(manifest.bindings.map(\.name) == ["t.a", "t.b", "t.c"])
        #expect(manifest.bindings[0].marks == [.pure, .concurrent])
        #expect(
            manifest.bindings[1].marks
                == [.stable, .nanThrough, .deterministic, .mayBlock, .concurrent]
        )
        #expect(manifest.bindings[2].marks == [])
        #expect(manifest.bindings[0].cost == 30)
        #expect(manifest.status?.rules.ok == 1)
        let types = manifest.bindings[0].call.argumentsInC
        #expect(
            types == ["cplx", "const double *", "size_t", "size_t", "const char *", "pair *"]
        )
        let none: [String: UnsafeMutableRawPointer] = unsafe [:]
        let missing = Result { () throws(PluginError) in
            unsafe try manifest.operations(symbols: none)
        }
        guard case .failure(let error) = missing else { return #expect(Bool(false)) }
        #expect(error.code == .missingSymbol)
    }

    @Test(arguments: [
        ("", "/: "), ("{}", "/calcburst: "), ("[1]", "an object is expected"),
        ("{\"calcburst\": 1, \"calcburst\": 1}", "twice"),
        ("{\"calcburst\": 2}", "/calcburst: a whole number"),
        ("{\"calcburst\": 1}", "/name: it is missing"),
        ("{\"calcburst\": 1, \"name\": \"A\"}", "/name: a lower-case word"),
        ("{\"calcburst\": 1, \"nam\": \"a\"}", "/nam: the key is unknown"),
        (manifestText(""), "/ops: at least one"),
        (manifestText("1"), "/ops/0: an object"),
        (manifestText(good + "," + good), "/ops/1/op: an operation before"),
        (manifestText(good, "\"extra/~\": 1,"), "/extra~1~0: the key is unknown"),
        (manifestText(good, "\"init\": [\"ptr f(x)\"],"), "/init/0: "),
        (manifestText(good, "\"init\": [\"status f()\"],"), "/init/0: "),
        (manifestText(good, "\"types\": {\"f64\": \"c128\"},"), "/types/f64: this cannot name"),
        (manifestText(good, "\"types\": {\"a\": \"{ }\"},"), "/types/a: the name of a field"),
        (manifestText(good, "\"types\": {\"a\": \"{ x: ptr }\"},"), "/types/a: a number's type"),
        (manifestText(good, "\"types\": {\"a\": \"{ x: f64, x: f64 }\"},"), "'x' comes twice"),
        (manifestText(good, "\"status\": {\"ok\": 0.5},"), "/status/ok: a whole number"),
        (manifestText(good, "\"status\": {\"message\": \"a b\"},"), "/status/message: "),
        (manifestText(good, "\"defaults\": {\"flags\": [\"quick\"]},"), "/defaults/flags: one of"),
        (
            manifestText(good, "\"defaults\": {\"flags\": [\"may-block\"]},"),
            "must be concurrent"
        ),
        (manifestText(good.replacing("\"d\"", with: "\"\"")), "/ops/0/doc: it is empty"),
        (manifestText(good.replacing("[\"t.f(1) == 1\"]", with: "[]")), "/ops/0/examples: "),
        (manifestText(good.replacing("f(1) == 1", with: "f(1)")), "/ops/0/examples/0: "),
        (manifestText(good.replacing("t.f\"", with: "tf\"")), "/ops/0/op: two lower-case words"),
        (manifestText(good.replacing("(x: f64)", with: "(x: f65)")), "/ops/0/sig: a type"),
    ])
    func refused(text: String, reason: String) {
        let error = #expect(throws: PluginError.self) { try PluginManifest(text) }
        #expect(error?.code == .invalidManifest && error?.plugin == "test")
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["../a.so", "a/b.so", "", ".so", "..", "a\\u0000b", "a b"])
    func libraryNames(name: String) {
        let text = manifestText(Self.good).replacing("library.so", with: name)
        #expect(throws: PluginError.self) { try PluginManifest(text) }
    }

    @Test(arguments: [
        ("(x: f64) -> f64", "f64 f(y)", "no parameter 'y'"),
        ("(x: f64) -> f64", "f64 f()", "does not use the parameter 'x'"),
        ("(x: f64) -> f64", "f65 f(x)", "there is no type 'f65'"),
        ("(x: f64) -> f64", "ptr f(x)", "no ptr as its answer"),
        ("(x: f64) -> f64", "f64 f(x:ptr)", "does not go there"),
        ("(x: f64) -> f64", "f64 f(x, 256:u8)", "256 is no u8"),
        ("(x: f64) -> f64", "f64 f(x, 1.5:i32)", "1.5 is no i32"),
        ("(x: f64) -> f64", "f64 f(x, -1:usize)", "-1 is no usize"),
        ("(x: f64) -> f64", "f64 f(x, 1:ptr)", "1 is no ptr"),
        ("(x: f64) -> f64", "f64 f(x", "',' is expected at the end"),
        ("(x: f64) -> f64", "f64 f(x) y", "nothing more"),
        ("(x: f64) -> f64", "f64 f(x.len)", "no list and no text"),
        ("(x: f64) -> f64", "f64 f(x.ptr)", "no list and no text"),
        ("(x: f64) -> f64", "f64 f(x.top)", "'.ptr' or '.len'"),
        ("(x: f64) -> f64", "f64 f(..., x)", "behind an argument"),
        ("(x: f64) -> f64", "f64 f(x, ...)", "an argument is expected behind '...'"),
        ("(x: f64) -> f64", "f64 f(1:i32, ..., x:f32)", "C has no f32"),
        ("(x: f64) -> f64", "f64 f(x, q{x})", "there is no type 'q'"),
        ("(x: f64) -> f64", "f64~free f(x)", "behind str only"),
        ("(x: f64) -> f64", "void f(x)", "does not give"),
        ("(x: f64) -> i64", "f64 f(x)", "does not give"),
        ("(x: f64) -> bool", "f64 f(x)", "does not give"),
        ("(x: f64) -> c128", "f64 f(x)", "does not give"),
        ("(x: f64) -> str !", "f64 f(x)", "does not give"),
        ("(x: f64) -> str", "str f(x)", "'!' is expected"),
        ("(x: f64) -> f64", "status f(x, out f64)", "'!' is expected"),
        ("(n: i64) -> f64", "f64 f(n:f64)", "does not go there"),
        ("(b: bool) -> f64", "f64 f(b:f64)", "does not go there"),
        ("(s: str) -> f64", "f64 f(s:i32)", "does not go there"),
        ("(xs: [f64]) -> f64", "f64 f(xs)", "say '.ptr' and '.len'"),
        ("(xs: [f64]) -> f64", "f64 f(xs.ptr)", "no '.len'"),
        ("(z: c128) -> f64", "f64 f(z:f64)", "there is no type 'f64'"),
    ])
    func wrongCalls(signature: String, call: String, reason: String) {
        let error = #expect(throws: PluginError.self) {
            try PluginManifest(manifestText(operationText(signature, call)))
        }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("/ops/0/") == true)
    }

    @Test(arguments: [
        "xs.len", "xs.len >", "xs > 1", "ys.len > 1", "x.len > 1", "x = 1", "x > 1 2",
    ])
    func wrongConditions(text: String) {
        let operation = operationText(
            "(x: f64, xs: [f64]) -> f64 !",
            "f64 f(x, xs.ptr, xs.len)",
            ", \"require\": [\"\(text)\"]"
        )
        let error = #expect(throws: PluginError.self) {
            try PluginManifest(manifestText(operation))
        }
        #expect(error?.message.hasPrefix("/ops/0/require/0: ") == true, "\(error?.message ?? "")")
    }

    @Test func sizesAreLimited() throws {
        #expect(throws: PluginError.self) {
            try PluginManifest(manifestText(Self.good) + String(repeating: " ", count: 1 << 20))
        }
        func many(_ count: Int) -> String {
            manifestText(
                (0..<count).map { Self.good.replacing("t.f\"", with: "t.f\($0)\"") }
                    .joined(separator: ",")
            )
        }
        #expect(try PluginManifest(many(4096)).bindings.count == 4096)
        let error = #expect(throws: PluginError.self) { try PluginManifest(many(4097)) }
        #expect(error?.message.contains("/ops: there are more than 4096") == true)
    }

    /// Bytes changed, taken out, doubled and cut off: an error or a manifest, never a crash.
    @Test func damagedManifests() throws {
        let whole = Array(
            manifestText(
                operationText(
                    "(z: c128, s: str, xs: [f64], n: i64 = -3, x: f64 = 1e3) -> f64 !",
                    "status f(x, n:i32, s, xs.ptr, xs.len, pair{x, 1:i32}, z, 0:ptr, out pair.a)",
                    ", \"require\": [\"xs.len >= 2\"], \"flags\": [\"pure\"]"
                )
                    + ", {\"op\": \"t.g\", \"sig\": \"(xs: f64...) -> str !\", \"doc\": \"d\", \"c\": "
                    + "\"str~free g(xs.len, ..., xs)\", \"examples\": [\"t.g(1) fails 'a'\"]}",
                "\"types\": {\"pair\": \"{ a: f64, n: i32 }\"}, \"init\": [\"void go()\"],"
            ).utf8
        )
        #expect(try PluginManifest(whole, file: "whole").bindings.count == 2)
        var random = SeededRandom(seed: 3)
        let marks = Array("(){}[]:,.~\"'=!<>-+0x9e\\\u{7f} \u{e9}fns".utf8)
        var read = 0
        for _ in 0..<10_000 {
            var bytes = whole
            for _ in 0...random.below(3) {
                let index = random.below(bytes.count)
                switch random.below(5) {
                case 0: bytes[index] = UInt8(truncatingIfNeeded: random.below(256))
                case 1: bytes.remove(at: index)
                case 2: bytes.insert(random.pick(marks), at: index)
                case 3: bytes[index] = random.pick(marks)
                default:
                    let end = min(bytes.count, index + random.below(40))
                    bytes.insert(contentsOf: bytes[index..<end], at: random.below(bytes.count))
                }
            }
            if random.below(20) == 0 { bytes.removeLast(random.below(bytes.count)) }
            do throws(PluginError) {
                _ = try PluginManifest(bytes, file: "damaged")
                read += 1
            } catch {
                #expect(!error.message.isEmpty && error.plugin == "damaged")
            }
        }
        // Some still mean something; most do not.
        #expect(read > 100 && read < 5000)
    }
}
#endif
