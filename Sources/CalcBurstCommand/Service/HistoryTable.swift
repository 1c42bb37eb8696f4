#if Command && Server
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstService
import CalcBurstSource

/// Stored calculations as a table for people.
struct HistoryTable {
    /// The columns of the terminal; nil if nothing is cut.
    let width: Int?
    /// The columns as wide as the first page wants them.
    private var widths: [Int] = []

    private static let headings = ["TIME (UTC)", "ID", "CALCULATION", "RESULT"]
    private static let gap = 2

    init(width: Int?) { self.width = width }

    /// The lines of a page; the first page brings the headings.
    mutating func lines(
        _ calculations: [Calculation],
        isFirst: Bool
    ) -> [(text: String, isHeading: Bool)] {
        guard !calculations.isEmpty else { return [] }
        var rows = calculations.map(Self.cells)
        if isFirst {
            rows.insert(Self.headings, at: 0)
            widths = Self.headings.indices.map { column in
                rows.map { TerminalText.width($0[column]) }.max() ?? 0
            }
            if let width { narrow(to: width) }
        }
        return rows.enumerated().map { index, cells in
            (text: line(cells), isHeading: isFirst && index == 0)
        }
    }

    /// Makes the last two columns narrower, the result never below its fair share; then the id.
    private mutating func narrow(to width: Int) {
        let gaps = Self.gap * (widths.count - 1)
        let least = 12
        let room = max(2 * least, width - gaps - widths[0] - widths[1])
        let result = min(widths[3], max(room / 3, room - widths[2]))
        widths[3] = result
        widths[2] = min(widths[2], room - result)
        let over = widths.reduce(gaps, +) - width
        if over > 0 { widths[1] = max(4, widths[1] - over) }
    }

    private func line(_ cells: [String]) -> String {
        var text = ""
        for (column, cell) in cells.enumerated() {
            let cut = width == nil ? cell : TerminalText.cut(cell, to: widths[column])
            text += cut
            guard column < cells.count - 1 else { break }
            let padding = max(0, widths[column] - TerminalText.width(cut)) + Self.gap
            text += String(repeating: " ", count: padding)
        }
        return text
    }

    /// What is shown of a calculation; nothing in it is obeyed by a terminal.
    private static func cells(_ calculation: Calculation) -> [String] {
        let time = calculation.time.description.prefix(19).split(separator: "T")
        return [
            time.joined(separator: " "), calculation.id, asked(calculation.request),
            ValueText.display(calculation.result, digits: 15),
        ].map { TerminalText.visible($0) }
    }

    private static func asked(_ request: Calculation.Request) -> String {
        switch request {
        case .operation(let name, let operands):
            let operands = operands.map { ValueText.display(.number($0), digits: 15) }
            return "\(name)(\(operands.joined(separator: ", ")))"
        case .expression(let text, let variables):
            guard variables.count > 0 else { return text }
            let given = variables.fields.map { "\($0.name) = \(JSON.write($0.value))" }
            return "\(text)  with \(given.joined(separator: ", "))"
        }
    }
}

extension TerminalText {
    /// The columns that a visible text takes.
    fileprivate static func width(_ text: String) -> Int {
        cells(Array(text.utf8)[...]).reduce(0) { $0 + $1.width }
    }

    /// The beginning of a visible text that fits, with an ellipsis where something is missing.
    fileprivate static func cut(_ text: String, to width: Int) -> String {
        let cells = cells(Array(text.utf8)[...])
        guard cells.reduce(0, { $0 + $1.width }) > width else { return text }
        var kept = ""
        var used = 1
        for cell in cells {
            guard used + cell.width <= width else { break }
            kept += cell.text
            used += cell.width
        }
        return kept + "…"
    }
}
#endif
