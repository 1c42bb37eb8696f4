import CalcBurst
import Testing

/// The page of each code has an example that gives the code, and mends it.
struct ExplanationTests {
    @Test(
        "the example gives the code",
        arguments: DiagnosticCode.allCases.filter { $0.explanation.circumstance == nil }
    )
    func example(_ code: DiagnosticCode) {
        let explanation = code.explanation
        #expect(codes(explanation.example, explanation.given).contains(code))
    }

    @Test(
        "the mended text gives an answer and no warning",
        arguments: DiagnosticCode.allCases.filter { $0 != .nonFiniteResult && $0 != .cancelled }
    )
    func mended(_ code: DiagnosticCode) {
        let explanation = code.explanation
        #expect(codes(explanation.mended, explanation.mendedGiven) == [])
    }

    @Test("only what a text and its data cannot bring about has a circumstance")
    func circumstances() {
        let codes = DiagnosticCode.allCases.filter { $0.explanation.circumstance != nil }
        #expect(
            codes == [
                .unsupportedMode, .missingInput, .nonFiniteInput, .nonFiniteResult, .pluginFailed,
                .cancelled,
            ]
        )
    }

    /// The codes of all findings, warnings included.
    private func codes(_ text: String, _ given: String?) -> [DiagnosticCode] {
        let inputs: Value
        do {
            inputs = try JSON.read(given ?? "{}")
        } catch {
            return [error.code]
        }
        guard case .record(let record) = inputs else { return [.malformedJSON] }
        do {
            let program = try Engine.standard.compile(
                Source(text),
                inputs: record.fields.map { (name: $0.name, type: ValueType(of: $0.value)) }
            )
            _ = try Engine.standard.evaluate(Source(text), record.fields)
            return program.warnings.map(\.code)
        } catch let errors as SourceErrors {
            return errors.diagnostics.map(\.code)
        } catch CalculationError.evaluation(let error) {
            return [error.code]
        } catch {
            return []
        }
    }
}
