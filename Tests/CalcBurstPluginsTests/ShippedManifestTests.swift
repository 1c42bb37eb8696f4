#if Plugins
import Foundation
import Testing

@testable import CalcBurstPlugins

@Suite struct LibmManifestTests {
    @Test func everyExampleHolds() throws {
        try check("libm", library: "libm.so.6", atLeast: 40)
    }

    @Test func theHeadersAgree() throws {
        let findings = try HeaderCheck(.shipped("libm")).run(compiler: "cc")
        #expect(findings.isEmpty, "\(findings)")
    }
}

/// Wrong bindings as they happen: the examples find those that give another number.
@Suite struct WrongSignatureTests {
    @Test(arguments: [
        ("(x: f64) -> i64", "i32 cos(x:i32)", "t.f(1) == 0.5403023058681398 ~ 1e-12", true),
        (
            "(n: f64, x: f64) -> f64", "f64 jn(n, x)", "t.f(3, 2.5) == 0.2166003910391135 ~ 1e-12",
            true
        ),
        (
            "(n: i64, x: f64) -> f64", "f64 jn(n, x)", "t.f(3, 2.5) == 0.2166003910391135 ~ 1e-12",
            false
        ),
        (
            "(n: i64, x: f64) -> f64", "f64 jn(n:i32, x)",
            "t.f(3, 2.5) == 0.2166003910391135 ~ 1e-12", false
        ),
    ])
    func examplesFindThem(
        signature: String,
        call: String,
        example: String,
        isFound: Bool
    ) throws {
        let text = manifestText(operationText(signature, call))
            .replacing("t.f(1) == 1", with: example)
        let manifest = try PluginManifest(text)
        let operations = unsafe try manifest.operations(
            symbols: CLibrary(system: "libm.so.6").symbols(of: manifest)
        )
        let complaint = try ExampleRun(operations).complaint(operations[0].examples[0])
        #expect((complaint != nil) == isFound)
    }
}

@Suite struct GSLManifestTests {
    private static let isThere = unsafe dlopen("libgsl.so.27", RTLD_NOW) != nil
    private static let hasHeaders = FileManager.default.fileExists(
        atPath: "/usr/include/gsl/gsl_sf.h"
    )

    @Test(.enabled(if: isThere, "libgsl.so.27 is not installed"))
    func everyExampleHolds() throws {
        try check("gsl", library: "libgsl.so.27", atLeast: 60)
    }

    @Test(.enabled(if: hasHeaders, "GSL's headers are not installed"))
    func theHeadersAgree() throws {
        let findings = try HeaderCheck(.shipped("gsl")).run(compiler: "cc")
        #expect(findings.isEmpty, "\(findings)")
    }
}

private func check(_ name: String, library: String, atLeast count: Int) throws {
    let manifest = try PluginManifest.shipped(name)
    let operations = unsafe try manifest.operations(
        symbols: CLibrary(system: library).symbols(of: manifest)
    )
    #expect(operations.count >= count)
    let run = try ExampleRun(operations)
    for operation in operations {
        #expect(operation.name.hasPrefix("\(name)."))
        for example in operation.examples {
            let complaint = run.complaint(example)
            #expect(complaint == nil, "\(example.text): \(complaint ?? "")")
        }
    }
}
#endif
