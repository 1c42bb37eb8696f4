/// Draws findings for people: the message, the line as typed, and carets under the place.
///
/// ```
/// error[division-by-zero]: division by zero
///   |
/// 1 | 10 / (3 - 3)
///   |    ^ ------- this is 0
/// ```
///
/// The columns are those of a terminal, and nothing of the user's text reaches it that it would
/// obey. Colour says nothing that the picture does not say without.
public struct DiagnosticRenderer: Hashable, Sendable {
    /// The columns of the terminal; a longer line is cut around the place.
    public var width: Int
    /// Whether to colour for a terminal.
    public var usesColor: Bool
    /// How many findings are drawn; the others are counted.
    public var most: Int

    public init(width: Int = 80, usesColor: Bool = false, most: Int = 3) {
        self.width = width
        self.usesColor = usesColor
        self.most = most
    }

    /// The pictures of the first findings, an empty line between them; no new line at the end.
    public func render(_ diagnostics: [Diagnostic], in source: Source) -> String {
        let shown = max(0, min(most, diagnostics.count))
        var pictures = diagnostics.prefix(shown).map { render($0, in: source) }
        if shown < diagnostics.count { pictures.append("… and \(diagnostics.count - shown) more") }
        return pictures.joined(separator: "\n\n")
    }

    /// The picture of one finding; no new line at the end.
    public func render(_ diagnostic: Diagnostic, in source: Source) -> String {
        let severity = Style.severity(diagnostic.severity)
        let title = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
        var rows = [paint(title, severity) + ": " + TerminalText.visible(diagnostic.message)]

        let excerpts = excerpts(of: diagnostic, in: source)
        let gutter = excerpts.map { String($0.line.number).utf8.count }.max() ?? 1
        let margin = String(repeating: " ", count: gutter)
        rows.append(paint(margin + " |", .gutter))
        for excerpt in excerpts {
            let window = LineWindow(
                excerpt.line,
                in: source,
                around: excerpt.focus,
                columns: max(20, width - gutter - 3)
            )
            let number = String(excerpt.line.number)
            let indent = String(repeating: " ", count: gutter - number.utf8.count)
            rows.append(
                paint(indent + number + " |", .gutter) + (window.text.isEmpty ? "" : " ")
                    + window.text
            )
            for row in markerRows(excerpt, in: window) {
                rows.append(paint(margin + " |", .gutter) + row.drawn { paint($0, $1 ?? severity) })
            }
        }
        for help in helps(of: diagnostic) {
            rows.append(paint(margin + " =", .gutter) + " help: " + TerminalText.visible(help))
        }
        return rows.joined(separator: "\n")
    }

    /// The line of the place and, under it, the carets, without margins.
    package func snippet(of diagnostic: Diagnostic, in source: Source) -> String {
        let line = SourceLine(at: diagnostic.range.start, in: source)
        let window = LineWindow(line, in: source, around: diagnostic.range, columns: max(20, width))
        var row = MarkerRow()
        row.mark(window.columns(of: diagnostic.range), with: "^", style: nil)
        return window.text + "\n" + row.drawn { text, _ in text }.dropFirst()
    }

    private func helps(of diagnostic: Diagnostic) -> [String] {
        [diagnostic.question, diagnostic.hint].compactMap { $0 }
    }

    // MARK: - Colours

    /// What a part of the picture is painted for.
    fileprivate enum Style {
        case error
        case warning
        case gutter

        static func severity(_ severity: Diagnostic.Severity) -> Style {
            switch severity {
            case .error: .error
            case .warning: .warning
            }
        }

        /// The parameters of the terminal's "select graphic rendition": bold red, yellow, blue.
        var code: String {
            switch self {
            case .error: "1;31"
            case .warning: "33"
            case .gutter: "34"
            }
        }
    }

    private func paint(_ text: String, _ style: Style) -> String {
        usesColor ? "\u{1B}[\(style.code)m\(text)\u{1B}[0m" : text
    }

    // MARK: - Places

    /// A line to show, and what to mark in it.
    private struct Excerpt {
        let line: SourceLine
        /// The range of the finding itself, if it begins here.
        var place: SourceRange?
        var labels: [Diagnostic.Label]

        /// What the line is cut around.
        var focus: SourceRange {
            place ?? labels.first?.range ?? SourceRange(line.start, line.start)
        }
    }

    /// The lines of the place and of its labels, in the order of the text.
    private func excerpts(of diagnostic: Diagnostic, in source: Source) -> [Excerpt] {
        var excerpts = [
            Excerpt(
                line: SourceLine(at: diagnostic.range.start, in: source),
                place: diagnostic.range,
                labels: []
            )
        ]
        for label in diagnostic.labels.prefix(2) {
            let line = SourceLine(at: label.range.start, in: source)
            if let index = excerpts.firstIndex(where: { $0.line.number == line.number }) {
                excerpts[index].labels.append(label)
            } else {
                excerpts.append(Excerpt(line: line, place: nil, labels: [label]))
            }
        }
        return excerpts.sorted { $0.line.number < $1.line.number }
    }

    /// The rows under a line: carets with the last label to their right, then the other labels.
    private func markerRows(_ excerpt: Excerpt, in window: LineWindow) -> [MarkerRow] {
        var rows: [MarkerRow] = []
        var labels = excerpt.labels.map { (columns: window.columns(of: $0.range), text: $0.text) }
        if let place = excerpt.place {
            let columns = window.columns(of: place)
            var row = MarkerRow()
            row.mark(columns, with: "^", style: nil)
            // The text of a label stands behind its dashes, so nothing may stand behind it.
            let right = labels.indices
                .filter { labels[$0].columns.lowerBound >= columns.upperBound }
                .max { labels[$0].columns.lowerBound < labels[$1].columns.lowerBound }
            if let right {
                let label = labels.remove(at: right)
                row.mark(label.columns, with: "-", style: .gutter, text: label.text)
            }
            rows.append(row)
        }
        for label in labels {
            var row = MarkerRow()
            row.mark(label.columns, with: "-", style: .gutter, text: label.text)
            rows.append(row)
        }
        return rows
    }
}

extension Diagnostic {
    /// The suggestions as a question; nil if there are none.
    package var question: String? {
        let names = suggestions.map { "'\($0)'" }
        guard let last = names.last else { return nil }
        let others = names.dropLast().joined(separator: ", ")
        return "did you mean \(others)\(others.isEmpty ? "" : " or ")\(last)?"
    }
}

/// A row of carets and dashes, drawn from left to right.
private struct MarkerRow {
    private var marks: [(text: String, style: DiagnosticRenderer.Style?)] = []
    /// The first column that is free; -1 is the space between the margin and the line.
    private var column = -1

    /// Puts marks under columns that lie right of those already marked, and words behind.
    ///
    /// The style is nil for that of the severity.
    mutating func mark(
        _ columns: Range<Int>,
        with character: Character,
        style: DiagnosticRenderer.Style?,
        text: String = ""
    ) {
        let spaces = String(repeating: " ", count: max(0, columns.lowerBound - column))
        let line = String(repeating: character, count: max(1, columns.count))
        marks.append((spaces, nil))
        marks.append((text.isEmpty ? line : line + " " + TerminalText.visible(text), style))
        column = max(columns.upperBound, columns.lowerBound + 1)
    }

    func drawn(_ paint: (String, DiagnosticRenderer.Style?) -> String) -> String {
        marks.map { mark in
            mark.text.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
                ? mark.text : paint(mark.text, mark.style)
        }.joined()
    }
}
