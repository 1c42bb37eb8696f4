#if Plugins
import CalcBurstFunctions
import Testing

@testable import CalcBurstPlugins

@Suite struct PluginSignatureTests {
    @Test func theLanguageReadsWhatItIsTold() {
        let signature = PluginSignature(
            parameters: [
                .init(name: "x", type: .f64, defaultValue: nil, isVariadic: false),
                .init(name: "z", type: .complex, defaultValue: nil, isVariadic: false),
                .init(name: "n", type: .i64, defaultValue: 2, isVariadic: false),
            ],
            result: .numbers,
            mayFail: true
        )
        let text = "(x: number, z: {re: number, im: number}, n: number = 2) -> [number]"
        #expect(signature.inLanguage == text)
        #expect(Signature(text) != nil)
    }
}
#endif
