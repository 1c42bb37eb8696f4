import CalcBurst
import CalcBurstTesting
import Testing

/// Holds every line of the corpus to what it says, and every executor to the others.
@Suite struct CorpusTests {
    /// In every executor, and printed and parsed again.
    @Test(arguments: try Corpus.allLines())
    func lineIsWhatItSays(_ line: Corpus.Line) {
        let run = Agreement(line.text, given: line.given)
        #expect(run.differences == [])
        switch line.expectation {
        case .value(let expected):
            #expect(run.errors.isEmpty, "\(describe(run.errors))")
            guard case .value(let value)? = run.outcome else {
                Issue.record("\(line.text) gives \(run.outcome?.description ?? "nothing")")
                return
            }
            let isRight =
                line.isPlatform
                ? value.isWithin(ulps: 2, of: expected) : value.isEqual(to: expected)
            #expect(isRight, "\(JSON.write(value)) is not \(JSON.write(expected))")
        case .failure(let code, let range):
            let found = failure(of: run)
            #expect(found.code == code, "\(run.outcome?.description ?? "\(describe(run.errors))")")
            #expect(found.range == range)
            // A line has one mistake, so that it says which finding comes of it.
            #expect(run.errors.count { $0.severity == .error } <= 1, "\(describe(run.errors))")
        case .warning(let code, let range):
            #expect(run.errors.isEmpty, "\(describe(run.errors))")
            #expect(run.warnings.contains { $0.code.rawValue == code && $0.range == range })
        }
    }

    private func failure(of run: Agreement) -> (code: String?, range: SourceRange?) {
        if let error = run.errors.first(where: { $0.severity == .error }) {
            return (error.code.rawValue, error.range)
        }
        switch run.outcome {
        case .fault(let fault, let range)?: return (fault.code.rawValue, range)
        case .refused(let diagnostic)?: return (diagnostic.code.rawValue, diagnostic.range)
        case .value?, nil: return (nil, nil)
        }
    }

    private func describe(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { "\($0.code) @ \($0.range): \($0.message)" }.joined(separator: "; ")
    }
}
