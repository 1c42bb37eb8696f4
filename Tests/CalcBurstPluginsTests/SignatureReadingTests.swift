#if Plugins
import CalcBurstFunctions
import Testing

@testable import CalcBurstPlugins

@Suite struct SignatureReadingTests {
    @Test func everyPartIsRead() throws {
        let text =
            "( x : f64,n:i64, on: bool, s: str, z: c128, xs: [f64], ns: [ i64 ], y: f64 = -1.5e-3) -> [f64] !"
        let signature = try PluginSignature(text)
        #expect(signature.parameters.map(\.name) == ["x", "n", "on", "s", "z", "xs", "ns", "y"])
        let types: [PluginType] = [
            .f64, .i64, .bool, .string, .complex, .numbers, .integers, .f64,
        ]
        #expect(signature.parameters.map(\.type) == types)
        #expect(
            signature.parameters.map(\.defaultValue) == Array(repeating: nil, count: 7) + [-0.0015]
        )
        #expect(signature.parameters.allSatisfy { !$0.isVariadic })
        #expect(signature.result == .numbers)
        #expect(signature.mayFail)
    }

    @Test(arguments: [
        ("(n: i64 = 0x10) -> f64", 16 as Value),
        ("(n: i64 = 9007199254740992) -> f64", 9_007_199_254_740_992),
        ("(x: f64 = .5) -> f64", 0.5),
        ("(on: bool = true) -> f64", true),
        ("(on: bool = false) -> f64", false),
        (#"(s: str = "a, \"b\") -> c\u00e9") -> f64"#, "a, \"b\") -> cé"),
        (#"(s: str = "") -> f64"#, ""),
    ])
    func defaults(text: String, value: Value) throws {
        let signature = try PluginSignature(text)
        #expect(signature.parameters.first?.defaultValue == value)
    }

    @Test(arguments: ["() -> f64", "(xs: f64...) -> f64", "(a: str, ns: i64 ...) -> bool!"])
    func others(text: String) throws {
        let signature = try PluginSignature(text)
        #expect(signature.mayFail == text.hasSuffix("!"))
        #expect(Signature(signature.inLanguage) != nil)
        #expect((signature.parameters.last?.isVariadic == true) == text.contains("..."))
    }

    @Test(arguments: [
        ("", "'(' is expected at the end"),
        ("x", "'(' is expected at character 1"),
        ("(", "the name of a parameter is expected at the end"),
        ("(x)", "':' is expected at character 3"),
        ("(x: f65) -> f64", "is expected at character 5"),
        ("(x: [bool]) -> f64", "is expected at character 5"),
        ("(x: [f64) -> f64", "']' is expected at character 9"),
        ("(x: f64,) -> f64", "the name of a parameter is expected at character 9"),
        ("(x: f64 y: f64) -> f64", "',' is expected at character 9"),
        ("(x: f64) f64", "'->' is expected at character 10"),
        ("(x: f64) ->", "is expected at the end"),
        ("(x: f64) -> f64 ?", "nothing more is expected at character 17"),
        ("(x: f64) -> f64 !!", "nothing more is expected at character 18"),
        ("(x: f64, x: f64) -> f64", "'x' comes twice"),
        ("(let: f64) -> f64", "'let' cannot name a parameter"),
        ("(1x: f64) -> f64", "the name of a parameter is expected at character 2"),
        ("(é: f64) -> f64", "the name of a parameter is expected at character 2"),
        ("(x: f64..., y: f64) -> f64", "only the last"),
        ("(s: str...) -> f64", "'...' goes with f64 and i64 only"),
        ("(x: f64... = 1) -> f64", "has no default"),
        ("(x: f64 = 1, y: f64) -> f64", "'y' needs a default"),
        ("(x: f64 = 1, ys: f64...) -> f64", "'ys' needs a default"),
        ("(x: f64 = true) -> f64", "a number is expected at character 11"),
        ("(x: f64 = 1e999) -> f64", "a number is expected"),
        ("(x: f64 = nan) -> f64", "a number is expected"),
        ("(n: i64 = 1.5) -> f64", "a whole number within 2^53"),
        ("(n: i64 = 9007199254740994) -> f64", "a whole number within 2^53"),
        ("(on: bool = 1) -> f64", "true or false"),
        ("(s: str = 'a') -> f64", "a text in double quotes"),
        (#"(s: str = "a) -> f64"#, "a text in double quotes"),
        (#"(s: str = "a\"#, "a text in double quotes"),
        (#"(s: str = "\q") -> f64"#, "a text in double quotes"),
        ("(z: c128 = 1) -> f64", "has no default"),
        ("(xs: [f64] = 1) -> f64", "has no default"),
    ])
    func refused(text: String, reason: String) {
        let error = #expect(throws: PluginError.self) { try PluginSignature(text) }
        #expect(error?.code == .invalidOperation)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func longTextsAndManyParametersAreRefused() throws {
        func signature(_ count: Int) -> String {
            "(" + (0..<count).map { "p\($0): f64" }.joined(separator: ", ") + ") -> f64"
        }
        #expect(try PluginSignature(signature(16)).parameters.count == 16)
        #expect(throws: PluginError.self) { try PluginSignature(signature(17)) }
        #expect(throws: PluginError.self) {
            try PluginSignature("() -> f64" + String(repeating: " ", count: 5000))
        }
    }
}
#endif
