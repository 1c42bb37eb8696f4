import CalcBurst
import CalcBurstTesting
import Testing

/// What the catalogue shows is what the engine answers.
@Suite struct FunctionExampleTests {
    private static let names = FunctionLibrary.standard.names

    @Test(arguments: names)
    func everyExampleHoldsInEveryExecutor(_ name: String) throws {
        let function = try #require(FunctionLibrary.standard[name])
        #expect(!function.examples.isEmpty)
        for example in function.examples {
            let call = Agreement(example.call)
            let result = Agreement(example.result)
            #expect(call.differences == [] && result.differences == [])
            guard case .value(let answer)? = call.outcome, case .value(let shown)? = result.outcome
            else {
                Issue.record(
                    "\(example.call) gives \(call.outcome?.description ?? "\(call.errors)")"
                )
                continue
            }
            #expect(answer.isEqual(to: shown), "\(example.call) is \(JSON.write(answer))")
        }
    }
}
