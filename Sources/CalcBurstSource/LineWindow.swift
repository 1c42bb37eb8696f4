/// One line of a text, without what ends it.
package struct SourceLine: Hashable, Sendable {
    /// The number of the line, from 1.
    package let number: Int
    /// The offset of its first byte.
    package let start: Int
    /// The offset after its last byte.
    package let end: Int

    /// The line that holds an offset; one outside the text is clamped.
    package init(at offset: Int, in source: Source) {
        let bytes = source.bytes
        let newLine = UInt8(ascii: "\n")
        let place = min(max(offset, 0), bytes.count)
        var number = 1
        var start = 0
        for index in 0..<place where bytes[index] == newLine {
            number += 1
            start = index + 1
        }
        var end = bytes[place...].firstIndex(of: newLine) ?? bytes.count
        if end > start, end < bytes.count, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        self.number = number
        self.start = start
        self.end = end
    }
}

/// The part of a line that fits the screen, with `…` where it is cut.
package struct LineWindow: Sendable {
    /// What is printed.
    package let text: String
    /// The characters that are seen, with the column at which each begins.
    private let cells: [(offset: Int, column: Int)]
    /// The column after the last character, and the offset of the first byte that it stands for.
    private let end: (offset: Int, column: Int)

    /// Cuts a line to so many columns so that the range can be seen.
    package init(_ line: SourceLine, in source: Source, around focus: SourceRange, columns: Int) {
        // A line may be megabytes long: only what can be near the place is looked at.
        let reach = columns * 8
        let place = min(max(focus.start, line.start), line.end)
        var first = max(line.start, place - reach)
        while first > line.start, source.bytes[first] & 0xC0 == 0x80 { first -= 1 }
        let last = min(line.end, place + reach)
        let all = TerminalText.cells(source.bytes[first..<last])

        // A caret at the end of the line stands behind its last character.
        let total = all.reduce(place == line.end ? 1 : 0) { $0 + $1.width }
        let before = all.reduce(0) { $1.offset < place ? $0 + $1.width : $0 }
        let isWhole = total <= columns && first == line.start && last == line.end
        var from = 0
        if !isWhole {
            // The place stands in the middle, but nothing is left empty at either end.
            let marked = all.reduce(0) { sum, cell in
                cell.offset >= place && cell.offset < focus.end ? sum + cell.width : sum
            }
            let middle = before + min(marked, columns / 2) / 2
            from = max(0, min(middle - columns / 2, total - columns))
        }

        var text = ""
        var cells: [(offset: Int, column: Int)] = []
        var column = 0
        let isCutLeft = from > 0 || first > line.start
        if isCutLeft {
            text = "…"
            column = 1
        }
        var isCutRight = last < line.end
        var end = last
        var position = 0
        for cell in all {
            defer { position += cell.width }
            // One column of the window is the `…` itself.
            if isCutLeft, position < from + 1 { continue }
            let room = isCutRight || total - from > columns ? columns - 1 : columns
            if column + cell.width > room {
                isCutRight = true
                end = cell.offset
                break
            }
            text += cell.text
            cells.append((cell.offset, column))
            column += cell.width
        }
        if isCutRight { text += "…" }
        self.text = text
        self.cells = cells
        self.end = (end, column)
    }

    /// The columns of a range of the text; what is cut away counts as the nearest that is seen.
    package func columns(of range: SourceRange) -> Range<Int> {
        let lower = column(atOrBefore: range.start)
        let upper = range.end > range.start ? column(atOrAfter: range.end) : lower
        return lower..<max(lower + 1, upper)
    }

    /// The column of the character that holds an offset.
    private func column(atOrBefore offset: Int) -> Int {
        if offset >= end.offset { return end.column }
        return cells.last { $0.offset <= offset }?.column ?? 0
    }

    /// The column of the first character at or after an offset.
    private func column(atOrAfter offset: Int) -> Int {
        cells.first { $0.offset >= offset }?.column ?? end.column
    }
}
