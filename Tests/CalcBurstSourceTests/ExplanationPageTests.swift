import CalcBurstSource
import Testing

/// Every code has a page that a terminal can show.
struct ExplanationPageTests {
    @Test("a page is the code, its title, what it means, an example and how to mend it")
    func page() {
        let page = """
            unsupported-mode: A number mode that does not exist

            The mode says what numbers are. The only one is
            double: binary floating-point numbers of 64 bits.

            Example, in the mode decimal:
                0.1 + 0.2

            Mended:
                round(0.1 + 0.2, 2)
            """
        #expect(DiagnosticCode.unsupportedMode.page(width: 52) == page)
    }

    @Test("the inputs of an example stand under it")
    func given() {
        let page = DiagnosticCode.malformedJSON.page()
        #expect(page.contains("Example:\n    price * 2\n    given {\"price\": 10,}\n"))
        #expect(page.hasSuffix("Mended:\n    price * 2\n    given {\"price\": 10}"))
    }

    @Test("every page is plain text of at most 80 columns", arguments: DiagnosticCode.allCases)
    func width(_ code: DiagnosticCode) {
        let explanation = code.explanation
        #expect((1...2).contains(explanation.paragraphs.count))
        #expect(explanation.paragraphs.allSatisfy { $0.hasSuffix(".") && !$0.contains("  ") })
        #expect(!explanation.title.isEmpty && !explanation.title.hasSuffix("."))
        for line in code.page().split(separator: "\n") { #expect(line.count <= 80) }
        let isSame =
            explanation.mended == explanation.example
            && explanation.mendedGiven == explanation.given
        #expect(!isSame || explanation.circumstance != nil)
    }

    @Test("no two codes share a title")
    func titles() {
        let titles = Set(DiagnosticCode.allCases.map(\.explanation.title))
        #expect(titles.count == DiagnosticCode.allCases.count)
    }
}
