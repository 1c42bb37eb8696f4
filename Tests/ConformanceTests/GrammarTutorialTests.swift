import CalcBurst
import CalcBurstFunctions
import CalcBurstTesting
import Foundation
import Testing

/// The tutorial in `Grammar/README.md` says what is so.
@Suite struct GrammarTutorialTests {
    /// A line of a `calc` block: an expression, two spaces or more, `=>`, and its value as JSON.
    struct Example: CustomTestStringConvertible, Sendable {
        let number: Int
        let text: String
        let value: String

        var testDescription: String { "Grammar/README.md:\(number): \(text)" }
    }

    static let examples: [Example] = {
        let file = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Grammar/README.md")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        var examples: [Example] = []
        var isInside = false
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                isInside = line == "```calc"
            } else if isInside, let arrow = line.range(of: "  => ", options: .backwards) {
                examples.append(
                    Example(
                        number: index + 1,
                        text: String(line[..<arrow.lowerBound]),
                        value: String(line[arrow.upperBound...])
                    )
                )
            }
        }
        return examples
    }()

    @Test func tutorialHasExamples() {
        #expect(Self.examples.count >= 60)
    }

    @Test(arguments: examples)
    func exampleHolds(_ example: Example) throws {
        let value = try Engine.standard.evaluate(example.text)
        #expect(value == (try JSON.read(example.value)))
    }
}
