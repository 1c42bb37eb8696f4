/// Text as a terminal shows it: in cells, and with nothing in it that the terminal would obey.
package enum TerminalText {
    /// What one character of a text becomes on the screen.
    package struct Cell: Hashable, Sendable {
        /// Where the character begins, in bytes of the text.
        package let offset: Int
        /// What is printed.
        package let text: String
        /// The columns that it takes: 0 for a combining mark, 2 for a wide character.
        package let width: Int
    }

    /// The characters of bytes that need not be UTF-8, each a Unicode scalar; tabs become a space.
    package static func cells(_ bytes: ArraySlice<UInt8>) -> [Cell] {
        var cells: [Cell] = []
        cells.reserveCapacity(bytes.count)
        var offset = bytes.startIndex
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                cells.append(cell(Unicode.UTF8.decode(encoded), at: offset))
                offset += encoded.count
            case .error(let length):
                cells.append(Cell(offset: offset, text: "\u{FFFD}", width: 1))
                offset += length
            case .emptyInput:
                return cells
            }
        }
    }

    /// The text on one line, with escapes such as `\u{1b}` for what a terminal would obey.
    package static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "\t" || isHidden($0) }) else {
            return text
        }
        return text.unicodeScalars.map { cell($0, at: 0).text }.joined()
    }

    private static func cell(_ scalar: Unicode.Scalar, at offset: Int) -> Cell {
        if scalar == "\t" { return Cell(offset: offset, text: " ", width: 1) }
        guard isHidden(scalar) else {
            return Cell(offset: offset, text: String(scalar), width: width(of: scalar))
        }
        let text = "\\u{\(String(scalar.value, radix: 16))}"
        return Cell(offset: offset, text: text, width: text.utf8.count)
    }

    /// Whether a character is obeyed, or cannot be seen: controls, the marks that turn the direction
    /// of writing, line separators, and invisible ones that do not join what stands around them.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: return false
        // They join letters and emoji.
        case 0x200C, 0x200D: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
            .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
            .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
            .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator,
            .surrogate, .privateUse, .unassigned:
            return false
        @unknown default: return true
        }
    }

    /// The columns that a scalar takes.
    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case ..<0x300: return 1
        // Vowels and final consonants of Hangul join the letter before them.
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
        case 0x200C, 0x200D: return 0
        // Half a flag each.
        case 0x1F1E6...0x1F1FF: return 1
        default: break
        }
        let properties = scalar.properties
        if properties.generalCategory == .nonspacingMark
            || properties.generalCategory == .enclosingMark
        {
            return 0
        }
        return properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
    }

    /// Whether Unicode's East Asian Width is wide or full for a character that is no emoji.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
            0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08,
            0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
