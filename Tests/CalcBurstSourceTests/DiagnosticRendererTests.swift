import CalcBurstSource
import Testing

/// Findings are drawn as a picture in which every column is right.
struct DiagnosticRendererTests {
    private func draw(
        _ source: String,
        _ diagnostic: Diagnostic,
        width: Int = 80
    ) -> String {
        DiagnosticRenderer(width: width).render(diagnostic, in: Source(source))
    }

    // MARK: - The layout

    @Test("a finding shows its code, its message, the line, carets and a question")
    func unknownName() {
        let diagnostic = Diagnostic(
            .unknownName,
            "there is no function named 'sqt'",
            at: SourceRange(4, 7),
            suggestions: ["sqrt"]
        )
        let picture = """
            error[unknown-name]: there is no function named 'sqt'
              |
            1 | 2 + sqt(16)
              |     ^^^
              = help: did you mean 'sqrt'?
            """
        #expect(draw("2 + sqt(16)", diagnostic) == picture)
    }

    @Test("a label to the right stands on the row of the carets, with its words behind it")
    func labelToTheRight() {
        let diagnostic = Diagnostic(
            .divisionByZero,
            "division by zero",
            at: SourceRange(3, 4),
            labels: [.init(SourceRange(5, 12), "this is 0")]
        )
        let picture = """
            error[division-by-zero]: division by zero
              |
            1 | 10 / (3 - 3)
              |    ^ ------- this is 0
            """
        #expect(draw("10 / (3 - 3)", diagnostic) == picture)
    }

    @Test("a label to the left has a row of its own")
    func twoLabels() {
        let diagnostic = Diagnostic(
            .lengthMismatch,
            "the lists have 2 and 3 elements",
            at: SourceRange(7, 8),
            labels: [
                .init(SourceRange(0, 6), "2 elements"), .init(SourceRange(9, 18), "3 elements"),
            ]
        )
        let picture = """
            error[length-mismatch]: the lists have 2 and 3 elements
              |
            1 | [1, 2] + [1, 2, 3]
              |        ^ --------- 3 elements
              | ------ 2 elements
            """
        #expect(draw("[1, 2] + [1, 2, 3]", diagnostic) == picture)
    }

    @Test("of two labels to the right the last stands on the row of the carets")
    func twoLabelsToTheRight() {
        let diagnostic = Diagnostic(
            .typeMismatch,
            "f does not take these",
            at: SourceRange(0, 1),
            labels: [.init(SourceRange(2, 3), "a list"), .init(SourceRange(5, 6), "a text")]
        )
        let picture = """
            error[type-mismatch]: f does not take these
              |
            1 | f(a, b)
              | ^    - a text
              |   - a list
            """
        #expect(draw("f(a, b)", diagnostic) == picture)
    }

    @Test("a label that overlaps the place has a row of its own, and one that touches it does not")
    func overlappingAndTouching() {
        let diagnostic = Diagnostic(
            .redundantCoalesce,
            "the value before ?? is never null",
            at: SourceRange(0, 6),
            severity: .warning,
            labels: [.init(SourceRange(0, 1), "a number"), .init(SourceRange(6, 8), "next")]
        )
        let picture = """
            warning[redundant-coalesce]: the value before ?? is never null
              |
            1 | a ?? 0+1
              | ^^^^^^-- next
              | - a number
            """
        #expect(draw("a ?? 0+1", diagnostic) == picture)
    }

    @Test("a label on another line shows that line, in the order of the text, the numbers aligned")
    func labelOnAnotherLine() {
        let source = "let a = 1;\nlet b = 'x';\n#\n#\n#\n#\n#\n#\n#\na + b"
        let diagnostic = Diagnostic(
            .typeMismatch,
            "add does not take number and string",
            at: SourceRange(40, 41),
            labels: [.init(SourceRange(19, 22), "a string")],
            hint: "number(…) reads a number from a text"
        )
        let picture = """
            error[type-mismatch]: add does not take number and string
               |
             2 | let b = 'x';
               |         --- a string
            10 | a + b
               |   ^
               = help: number(…) reads a number from a text
            """
        #expect(draw(source, diagnostic) == picture)
    }

    @Test("a question stands before a hint, and three names are joined by commas and 'or'")
    func questionAndHint() {
        let diagnostic = Diagnostic(
            .unknownField,
            "there is no field 'prise'",
            at: SourceRange(2, 7),
            hint: "?.prise gives null for a field that is not there",
            suggestions: ["price", "prize", "rise"]
        )
        let picture = """
            error[unknown-field]: there is no field 'prise'
              |
            1 | a.prise
              |   ^^^^^
              = help: did you mean 'price', 'prize' or 'rise'?
              = help: ?.prise gives null for a field that is not there
            """
        #expect(draw("a.prise", diagnostic) == picture)
    }

    // MARK: - Ranges

    @Test("an empty range has one caret, at the end behind the last character")
    func emptyRangeAtEnd() {
        let diagnostic = Diagnostic(.incomplete, "an operand is missing", at: SourceRange(3, 3))
        let picture = """
            error[incomplete]: an operand is missing
              |
            1 | 1 +
              |    ^
            """
        #expect(draw("1 +", diagnostic) == picture)
    }

    @Test("an empty text has an empty line")
    func emptyText() {
        let diagnostic = Diagnostic(.incomplete, "there is nothing", at: SourceRange(0, 0))
        let picture = """
            error[incomplete]: there is nothing
              |
            1 |
              | ^
            """
        #expect(draw("", diagnostic) == picture)
    }

    @Test("of a range over several lines the first line is shown")
    func severalLines() {
        let diagnostic = Diagnostic(.typeMismatch, "this is a list", at: SourceRange(6, 20))
        let picture = """
            error[type-mismatch]: this is a list
              |
            2 | + sum(
              |   ^^^^
            """
        #expect(draw("1 +\n+ sum(\r\n  1,\r\n  2\r\n)", diagnostic) == picture)
    }

    @Test("a range outside the text is drawn at its end")
    func rangeOutside() {
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(100, 200))
        #expect(draw("12", diagnostic).hasSuffix("1 | 12\n  |   ^"))
    }

    @Test("the end of a line belongs to the line that it ends")
    func lineEnd() {
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(2, 3))
        #expect(draw("1+\n2", diagnostic).hasSuffix("1 | 1+\n  |   ^"))
    }

    // MARK: - Cells

    @Test(
        "columns are those of a terminal",
        arguments: [
            // Wide characters take two columns.
            ("'你好' + 1", 9, 10, "'你好' + 1", "       ^"), ("'你好' + 1", 4, 7, "'你好' + 1", "   ^^"),
            ("'👍🏽' + 1", 11, 12, "'👍🏽' + 1", "       ^"), ("ｱＡ+1", 6, 7, "ｱＡ+1", "   ^"),
            ("한국+1", 6, 7, "한국+1", "    ^"),
            // Combining marks take none; a range of nothing else still has a caret.
            ("'e\u{301}' + x", 6, 7, "'e\u{301}' + x", "    ^"),
            ("'e\u{301}' + x", 2, 4, "'e\u{301}' + x", "  ^"),
            (
                "'\u{1F468}\u{200D}\u{1F469}' + x", 14, 15, "'\u{1F468}\u{200D}\u{1F469}' + x",
                "       ^"
            ),
            // A tab is one space.
            ("a\t+\tb", 2, 3, "a + b", "  ^"),
            // Letters beyond ASCII take one column, whatever their bytes.
            ("'größe' + ж", 12, 14, "'größe' + ж", "          ^"),
            // A place inside a character is the character's.
            ("'你' + 1", 2, 3, "'你' + 1", " ^^"),
        ]
    )
    func columns(_ source: String, _ start: Int, _ end: Int, _ line: String, _ carets: String) {
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(start, end))
        let picture = "error[syntax-error]: no\n  |\n1 | \(line)\n  | \(carets)"
        #expect(draw(source, diagnostic) == picture)
    }

    @Test("bytes that are not UTF-8 are one column each")
    func invalidBytes() {
        let source = Source(bytes: [0x31, 0xFF, 0xC3, 0x2B])
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(3, 4))
        let picture = DiagnosticRenderer().render(diagnostic, in: source)
        #expect(picture.hasSuffix("1 | 1\u{FFFD}\u{FFFD}+\n  |    ^"))
    }

    // MARK: - What a terminal would obey

    @Test(
        "what a terminal would obey is shown as an escape, and the carets stand under all of it",
        arguments: [
            ("\u{1B}", #"\u{1b}"#), ("\u{0}", #"\u{0}"#), ("\u{7F}", #"\u{7f}"#),
            ("\u{9B}", #"\u{9b}"#), ("\r", #"\u{d}"#), ("\u{8}", #"\u{8}"#),
            ("\u{202E}", #"\u{202e}"#), ("\u{2066}", #"\u{2066}"#), ("\u{200F}", #"\u{200f}"#),
            ("\u{061C}", #"\u{61c}"#), ("\u{2028}", #"\u{2028}"#), ("\u{2029}", #"\u{2029}"#),
            ("\u{200B}", #"\u{200b}"#), ("\u{FEFF}", #"\u{feff}"#), ("\u{E0001}", #"\u{e0001}"#),
        ]
    )
    func controls(_ character: String, _ shown: String) {
        let diagnostic = Diagnostic(
            .syntaxError,
            "'\(character)' is not expected",
            at: SourceRange(2, 2 + character.utf8.count),
            labels: [.init(SourceRange(0, 1), character)],
            hint: "leave \(character) out",
            suggestions: [character]
        )
        let picture = """
            error[syntax-error]: '\(shown)' is not expected
              |
            1 | 1+\(shown)2
              |   \(String(repeating: "^", count: shown.count))
              | - \(shown)
              = help: did you mean '\(shown)'?
              = help: leave \(shown) out
            """
        #expect(draw("1+\(character)2", diagnostic) == picture)
    }

    @Test("a new line in a message begins no line")
    func newLineInMessage() {
        let diagnostic = Diagnostic(.syntaxError, "a\nb\tc", at: SourceRange(0, 1))
        #expect(draw("1", diagnostic).hasPrefix("error[syntax-error]: a\\u{a}b c\n  |\n"))
    }

    @Test("no control character but the ends of our own lines is ever drawn")
    func noControls() {
        for value in (0...0x2100 as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) {
            let text = "x\(value)y"
            let diagnostic = Diagnostic(
                .syntaxError,
                text,
                at: SourceRange(0, 1),
                labels: [.init(SourceRange(1, 2), text)],
                hint: text,
                suggestions: [text]
            )
            let picture = draw(text, diagnostic)
            let obeyed = picture.unicodeScalars.filter { scalar in
                switch scalar.properties.generalCategory {
                case .control: scalar != "\n"
                case .format: scalar.value != 0x200C && scalar.value != 0x200D
                default: false
                }
            }
            #expect(obeyed.isEmpty, "U+\(String(value.value, radix: 16))")
            let lines = picture.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= (value == "\n" ? 8 : 7))
        }
    }

    // MARK: - Long lines

    /// Two hundred digits, each the last of its own position.
    private let digits = String(repeating: "0123456789", count: 20)

    @Test("a line that is too long is cut around the place")
    func windowInTheMiddle() {
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(100, 103))
        let picture = """
            error[syntax-error]: no
              |
            1 | …4567890123456789012345678901234567…
              |                  ^^^
            """
        #expect(draw(digits, diagnostic, width: 40) == picture)
    }

    @Test("a cut line begins at its beginning if the place is there")
    func windowAtTheStart() {
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(2, 4))
        let picture = """
            error[syntax-error]: no
              |
            1 | 01234567890123456789012345678901234…
              |   ^^
            """
        #expect(draw(digits, diagnostic, width: 40) == picture)
    }

    @Test("a cut line ends at its end if the place is there, with room for the caret")
    func windowAtTheEnd() {
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(200, 200))
        let picture = """
            error[syntax-error]: no
              |
            1 | …6789012345678901234567890123456789
              |                                    ^
            """
        #expect(draw(digits, diagnostic, width: 40) == picture)
    }

    @Test("a label that is cut away is marked where the line is cut")
    func labelOutsideTheWindow() {
        let diagnostic = Diagnostic(
            .syntaxError,
            "no",
            at: SourceRange(100, 101),
            labels: [.init(SourceRange(0, 3), "left"), .init(SourceRange(190, 199), "right")]
        )
        let picture = """
            error[syntax-error]: no
              |
            1 | …3456789012345678901234567890123456…
              |                   ^                - right
              | - left
            """
        #expect(draw(digits, diagnostic, width: 40) == picture)
    }

    @Test("at any width and place the rows fit, and the caret is under its character")
    func everyWindow() {
        for width in [24, 25, 40, 41, 80, 203, 204, 205] {
            for place in 0..<200 {
                let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(place, place + 1))
                let rows = draw(digits, diagnostic, width: width).split(separator: "\n")
                #expect(rows.count == 4)
                let line = Array(rows[2])
                let carets = Array(rows[3])
                #expect(line.count <= width && carets.count <= width)
                #expect(carets.filter { $0 == "^" }.count == 1)
                if let column = carets.firstIndex(of: "^"), column < line.count {
                    #expect(line[column] == Character("\(place % 10)"), "\(width), \(place)")
                } else {
                    Issue.record("no caret under the line at \(width), \(place)")
                }
            }
        }
    }

    @Test("a line of megabytes is drawn as any other")
    func hugeLine() {
        let source = String(repeating: "0123456789", count: 400_000)
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(2_000_100, 2_000_103))
        let picture = """
            error[syntax-error]: no
              |
            1 | …4567890123456789012345678901234567…
              |                  ^^^
            """
        #expect(draw(source, diagnostic, width: 40) == picture)
    }

    @Test("wide characters are never cut in half, and the row still fits")
    func wideWindow() {
        let source = String(repeating: "你", count: 100)
        let diagnostic = Diagnostic(.syntaxError, "no", at: SourceRange(150, 153))
        // 36 columns: the cut, sixteen or seventeen characters of two columns, the cut.
        let rows = draw(source, diagnostic, width: 40).split(separator: "\n")
        let line = rows[2].dropFirst(4)
        #expect(line.first == "…" && line.last == "…")
        #expect((16...17).contains(line.filter { $0 == "你" }.count))
        #expect(line.count - line.filter { $0 == "你" }.count == 2)
        #expect(rows[3].filter { $0 == "^" }.count == 2)
    }

    // MARK: - Several findings, colour

    @Test("three findings are drawn, and the others are counted")
    func manyFindings() {
        let diagnostics = (0..<5).map {
            Diagnostic(.unknownName, "no \($0)", at: SourceRange($0, $0 + 1))
        }
        let picture = """
            error[unknown-name]: no 0
              |
            1 | abcde
              | ^

            error[unknown-name]: no 1
              |
            1 | abcde
              |  ^

            error[unknown-name]: no 2
              |
            1 | abcde
              |   ^

            … and 2 more
            """
        let source = Source("abcde")
        #expect(DiagnosticRenderer().render(diagnostics, in: source) == picture)
        let three = Array(diagnostics.prefix(3))
        #expect(!DiagnosticRenderer().render(three, in: source).contains("more"))
        #expect(DiagnosticRenderer().render([], in: source) == "")
    }

    @Test("errors are bold red, warnings yellow, margins and labels blue, and nothing else changes")
    func colour() {
        let source = Source("10 / (3 - 3)")
        var diagnostic = Diagnostic(
            .divisionByZero,
            "division by zero",
            at: SourceRange(3, 4),
            labels: [.init(SourceRange(5, 12), "this is 0")],
            hint: "no"
        )
        let renderer = DiagnosticRenderer(usesColor: true)
        let red = "\u{1B}[1;31m"
        let yellow = "\u{1B}[33m"
        let blue = "\u{1B}[34m"
        let plain = "\u{1B}[0m"
        let picture = """
            \(red)error[division-by-zero]\(plain): division by zero
            \(blue)  |\(plain)
            \(blue)1 |\(plain) 10 / (3 - 3)
            \(blue)  |\(plain)    \(red)^\(plain) \(blue)------- this is 0\(plain)
            \(blue)  =\(plain) help: no
            """
        #expect(renderer.render(diagnostic, in: source) == picture)
        diagnostic.severity = .warning
        let warning = renderer.render(diagnostic, in: source)
        #expect(warning.hasPrefix("\(yellow)warning[division-by-zero]\(plain): "))
        #expect(warning.contains("\(yellow)^\(plain)"))
    }

    @Test("the snippet is the line and its carets without margins")
    func snippet() {
        let diagnostic = Diagnostic(.unknownName, "no", at: SourceRange(4, 7))
        let snippet = DiagnosticRenderer().snippet(of: diagnostic, in: Source("2 + sqt(16)"))
        #expect(snippet == "2 + sqt(16)\n    ^^^")
    }
}
