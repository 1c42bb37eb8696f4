/// What a diagnostic code means: the page that `calcburst explain` prints.
public struct Explanation: Hashable, Sendable {
    /// A few words, as a heading.
    public let title: String
    /// What happened, why it is refused, and what to do; one line each.
    public let paragraphs: [String]
    /// A text that gives the code.
    public let example: String
    /// The inputs of the example, as a JSON object; nil if it has none.
    public let given: String?
    /// What must be so before the example gives the code; nil if the text and its inputs suffice.
    public let circumstance: String?
    /// The text as it should be.
    public let mended: String
    /// The inputs of the mended text.
    public let mendedGiven: String?

    init(
        _ title: String,
        _ paragraphs: [String],
        example: String,
        given: String? = nil,
        when circumstance: String? = nil,
        mended: String,
        mendedGiven: String? = nil
    ) {
        self.title = title
        self.paragraphs = paragraphs
        self.example = example
        self.given = given
        self.circumstance = circumstance
        self.mended = mended
        self.mendedGiven = mendedGiven ?? given
    }
}

extension DiagnosticCode {
    /// The page as text, broken into lines of at most so many columns; no new line at the end.
    public func page(width: Int = 80) -> String {
        let explanation = explanation
        var parts = ["\(rawValue): \(explanation.title)"]
        parts += explanation.paragraphs.map { broken($0, at: max(20, width)) }
        let circumstance = explanation.circumstance.map { ", \($0)" } ?? ""
        parts.append(
            "Example\(circumstance):\n" + indented(explanation.example, explanation.given)
        )
        parts.append("Mended:\n" + indented(explanation.mended, explanation.mendedGiven))
        return parts.joined(separator: "\n\n")
    }

    private func indented(_ text: String, _ given: String?) -> String {
        "    " + text + (given.map { "\n    given \($0)" } ?? "")
    }

    private func broken(_ paragraph: String, at width: Int) -> String {
        var lines: [String] = []
        var line = ""
        for word in paragraph.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        lines.append(line)
        return lines.joined(separator: "\n")
    }
}
