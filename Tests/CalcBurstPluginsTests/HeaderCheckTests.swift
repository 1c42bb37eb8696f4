#if Plugins
import Testing

@testable import CalcBurstPlugins

@Suite struct HeaderCheckTests {
    private static func findings(
        _ call: String,
        _ signature: String,
        _ types: String = "",
        compiler: String = "cc"
    ) throws -> [HeaderCheck.Finding] {
        let text = manifestText(operationText(signature, call), types).replacing(
            "\"file\": \"library.so\"",
            with: "\"file\": \"library.so\", \"headers\": [\"math.h\", \"stdlib.h\", \"stdio.h\"]"
        )
        return try HeaderCheck(PluginManifest(text)).run(compiler: compiler)
    }

    @Test(arguments: [
        ("f64 cos(x)", "(x: f64) -> f64"), ("f64 pow(x, 2:f64)", "(x: f64) -> f64"),
        ("f64 ldexp(x, n:i32)", "(x: f64, n: i64) -> f64"), ("i32 abs(n:i32)", "(n: i64) -> i64"),
        ("f64 strtod(s, 0:ptr)", "(s: str) -> f64"), ("i32 atoi(s)", "(s: str) -> i64"),
        ("i32 printf(s, ..., n:i32)", "(s: str, n: i64) -> i64"),
        ("f64 lgamma_r(x, out i32)", "(x: f64) -> f64"),
    ])
    func rightBindings(call: String, signature: String) throws {
        // The pointer of strtod is a char **, which a manifest cannot say.
        let findings = try Self.findings(call, signature)
        #expect(findings.isEmpty == !call.contains("strtod"), "\(findings)")
    }

    @Test(arguments: [
        ("i32 cos(x:i32)", "(x: f64) -> i64"), ("f64 pow(x)", "(x: f64) -> f64"),
        ("f64 jn(n, x)", "(n: f64, x: f64) -> f64"),
        ("f64 jn(n:i64, x)", "(n: i64, x: f64) -> f64"),
        ("f64 there_is_no_such_function(x)", "(x: f64) -> f64"),
        ("f32 cos(x)", "(x: f64) -> f64"), ("i32 atoi(s.ptr, s.len)", "(s: str) -> i64"),
    ])
    func wrongBindings(call: String, signature: String) throws {
        let findings = try Self.findings(call, signature)
        #expect(findings.contains { $0.subject == "t.f" }, "\(findings)")
    }

    @Test func structures() throws {
        let right = "\"types\": {\"div_t\": \"{ quot: i32, rem: i32 }\"},"
        let call = "div_t.quot div(a:i32, b:i32)"
        #expect(try Self.findings(call, "(a: i64, b: i64) -> i64", right).isEmpty)
        for wrong in [
            "{ quot: i64, rem: i32 }", "{ quot: i32 }", "{ rem: i32, quot: i32 }",
            "{ quot: u32, rem: i32 }",
        ] {
            let types = "\"types\": {\"div_t\": \"\(wrong)\"},"
            let findings = try Self.findings(call, "(a: i64, b: i64) -> i64", types)
            #expect(findings.contains { $0.subject == "type div_t" }, "\(wrong): \(findings)")
        }
    }

    @Test func linesNameWhatTheyAreAbout() throws {
        let check = HeaderCheck(
            try PluginManifest(manifestText(operationText("(x: f64) -> f64", "f64 f(x)")))
        )
        let lines = check.text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains("cb_check_0") }) + 1
        #expect(lines[line - 1] == "double (*cb_check_0)(double) = &f;")
        let output = """
            <stdin>: In function 'x':
            <stdin>:\(line):30: error: 'f' undeclared here
            <stdin>:1:10: fatal error: gsl/gsl_sf.h: No such file or directory
              \(line) | double
            """
        #expect(
            check.findings(in: output) == [
                .init(subject: "t.f", message: "'f' undeclared here"),
                .init(subject: nil, message: "gsl/gsl_sf.h: No such file or directory"),
            ]
        )
    }

    @Test func compilersThatDoNotAnswer() throws {
        let missing = CompilerRun(compiler: "no-such-compiler-here", arguments: [])(input: "")
        guard case .cannotStart = missing else { return #expect(Bool(false), "\(missing)") }
        let start = ContinuousClock.now
        let slow = CompilerRun(
            compiler: "sh",
            arguments: ["-c", "exec sleep 60"],
            time: .milliseconds(300)
        )
        #expect(slow(input: String(repeating: "x", count: 1 << 20)) == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(20))
        let loud = CompilerRun(compiler: "sh", arguments: ["-c", "cat; cat >&2; exit 3"])
        #expect(loud(input: "abc") == .ended(3, output: "abc"))
        // One who reads nothing and goes.
        let deaf = CompilerRun(compiler: "true", arguments: [])
        #expect(deaf(input: String(repeating: "x", count: 1 << 20)) == .ended(0, output: ""))
    }
}
#endif
