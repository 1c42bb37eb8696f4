import CalcBurstSource
import CalcBurstSyntax
import Testing

@Suite struct LexerTests {
    private func kinds(_ text: String) -> [Token.Kind] {
        Lexer.tokens(of: Source(text)).tokens.dropLast().map(\.kind)
    }

    private func pieces(_ text: String) -> [String] {
        let source = Source(text)
        return Lexer.tokens(of: source).tokens.dropLast().map { source[$0.range] }
    }

    @Test(arguments: [
        "0", "7", "123", "1_000", "1_0_0", "1.5", "0.5", ".5", "1e3", "1E3", "1e-3", "1e+3", ".5e1",
        "1.25e10", "0e5", "1_0.2_5e1_0", "0x1F", "0xff_FF", "0b101", "0b1_0", "0o17", "1e400",
        "9007199254740993", "0.000000000000000000001",
    ])
    func aNumeralIsOneToken(_ text: String) {
        #expect(kinds(text) == [.number])
        #expect(pieces(text) == [text])
        #expect(Lexer.tokens(of: Source(text)).diagnostics.isEmpty)
    }

    /// The numeral, the end of the range that is reported, and what the hint must say.
    @Test(arguments: [
        ("5.", 2, "5.0"), ("010", 3, "10"), ("1__0", 4, "10"), ("1_", 2, "1"), ("0x", 2, "0x1"),
        ("1e", 2, "1e3"), ("0x1G", 4, "hexadecimal"), ("00", 2, "0"), ("0_1", 3, "1"),
        ("007", 3, "0o7"), ("0b102", 5, "binary"), ("0o18", 4, "octal"), ("0X1F", 4, "0x1F"),
        ("1.2.3", 5, "one point"), ("1_.5", 4, "1.5"), ("1._5", 4, "1.0"), ("1e+", 2, "1e3"),
        ("0x_1", 4, "0x1"), ("0x1_", 4, "0x1"), ("0b", 2, "0b1"), ("5.x", 3, "5.0"),
        ("1.5e", 4, "1.5e3"), ("00.5", 4, "0.5"), ("08", 2, "8"),
    ])
    func aWrongNumeralIsReportedWithItsRepair(_ text: String, _ end: Int, _ repair: String) {
        let (tokens, diagnostics) = Lexer.tokens(of: Source(text))
        #expect(tokens.first?.kind == .invalid)
        #expect(diagnostics.map(\.code) == [.invalidLiteral])
        #expect(diagnostics.first?.range == SourceRange(0, end))
        #expect(diagnostics.first?.hint?.contains(repair) == true)
    }

    @Test func aPointAfterAValueIsNotANumeral() {
        #expect(kinds("x.5") == [.name, .symbol(.dot), .number])
        #expect(kinds("xs .5") == [.name, .symbol(.dot), .number])
        #expect(kinds(").5") == [.symbol(.closeParenthesis), .symbol(.dot), .number])
        #expect(kinds("it.5") == [.reserved(.it), .symbol(.dot), .number])
        #expect(kinds("(.5") == [.symbol(.openParenthesis), .number])
        #expect(kinds("not .5") == [.reserved(.not), .number])
        #expect(kinds("x + .5") == [.name, .symbol(.plus), .number])
        #expect(kinds("xs.f") == [.name, .symbol(.dot), .name])
    }

    @Test func optionalChainingIsOneSymbolOnlyBetweenItsNeighbours() {
        #expect(kinds("a?.b") == [.name, .symbol(.questionDot), .name])
        #expect(kinds("a?._b") == [.name, .symbol(.questionDot), .name])
        #expect(kinds("a?.`b`") == [.name, .symbol(.questionDot), .quotedName])
        #expect(kinds("a ?.b") == [.name, .symbol(.question), .symbol(.dot), .name])
        #expect(kinds("a? .b") == [.name, .symbol(.question), .symbol(.dot), .name])
        #expect(kinds("a?.5:1") == [.name, .symbol(.question), .number, .symbol(.colon), .number])
        #expect(kinds("a/**/?.b").contains(.symbol(.question)))
    }

    @Test func theLongestSymbolWins() {
        for symbol in Symbol.allCases where symbol != .questionDot {
            #expect(kinds(symbol.rawValue) == [.symbol(symbol)])
        }
        #expect(pieces("a+++b") == ["a", "++", "+", "b"])
        #expect(pieces("a<=-b") == ["a", "<=", "-", "b"])
        #expect(pieces("x->-1") == ["x", "->", "-", "1"])
        #expect(pieces("a???b:c") == ["a", "??", "?", "b", ":", "c"])
        #expect(pieces("2***3") == ["2", "**", "*", "3"])
    }

    @Test func aReservedWordIsNoNameAndANameMayBeginWithOne() {
        for word in ReservedWord.allCases {
            #expect(kinds(word.rawValue) == [.reserved(word)])
            #expect(kinds(word.rawValue + "x") == [.name])
            #expect(kinds(word.rawValue.uppercased()) == [.name])
            #expect(kinds("`\(word.rawValue)`") == [.quotedName])
        }
        #expect(
            Set(ReservedWord.allCases.map(\.rawValue))
                == [
                    "let", "fn", "if", "true", "false", "null", "it", "in", "not", "and", "or",
                    "as",
                ]
        )
    }

    @Test func spaceAndCommentsSeparate() {
        #expect(kinds("# a comment") == [])
        #expect(pieces("1 # one\n+ 2") == ["1", "+", "2"])
        #expect(pieces("1/* * / ** */+/**/2") == ["1", "+", "2"])
        #expect(pieces("\t1\r\n") == ["1"])
        #expect(pieces("\u{FEFF}1") == ["1"])
    }

    /// The literal as written, and the scalars that it stands for, by hand.
    @Test(arguments: [
        (#""a""#, [0x61]), (#"'a"b'"#, [0x61, 0x22, 0x62]), (#""""#, []),
        (#""\"\\\/\b\f\n\r\t\'""#, [0x22, 0x5C, 0x2F, 0x08, 0x0C, 0x0A, 0x0D, 0x09, 0x27]),
        (#""\u00e9""#, [0xE9]), (#""\uD83D\uDE00""#, [0x1F600]), (#""\u{1F600}""#, [0x1F600]),
        (#""\u{0}""#, [0]), (#""\u{10FFFF}""#, [0x10FFFF]), (#""é😀""#, [0xE9, 0x1F600]),
        (#""\u{d7ff}\u{E000}""#, [0xD7FF, 0xE000]), ("\"\t\"", [9]),
    ])
    func aTextStandsForItsScalars(_ literal: String, _ scalars: [UInt32]) {
        let source = Source(literal)
        let (tokens, diagnostics) = Lexer.tokens(of: source)
        #expect(tokens.map(\.kind) == [.string, .end])
        #expect(diagnostics.isEmpty)
        let text = source.stringText(SourceRange(0, source.bytes.count))
        #expect(text.unicodeScalars.map(\.value) == scalars)
    }

    @Test(arguments: [
        (#""\q""#, 1, 3), (#""\x41""#, 1, 3), (#""\uD83D""#, 1, 7), (#""\uDE00""#, 1, 7),
        (#""\uD83Dx""#, 1, 7), (#""\uD83DA""#, 1, 7), (#""\u00""#, 1, 5), (#""\u{}""#, 1, 4),
        (#""\u{110000}""#, 1, 11), (#""\u{D800}""#, 1, 9), (#""\u{1234567}""#, 1, 10),
        (#""\é""#, 1, 4), ("\"\u{1}\"", 1, 2), ("\"\u{7F}\"", 1, 2), ("\"ab\ncd", 0, 3),
    ])
    func aWrongTextIsReportedAtItsPlace(_ literal: String, _ start: Int, _ end: Int) {
        let (tokens, diagnostics) = Lexer.tokens(of: Source(literal))
        #expect(tokens.first?.kind == .invalid)
        #expect(diagnostics.map(\.code) == [.syntaxError])
        #expect(diagnostics.first?.range == SourceRange(start, end))
    }

    @Test(arguments: ["\"abc", "'abc", "\"abc\\", "\"", "`abc", "`", "/* abc", "/*", "1 + /**"])
    func whatIsNotClosedIsIncomplete(_ text: String) {
        let (_, diagnostics) = Lexer.tokens(of: Source(text))
        let end = text.utf8.count
        #expect(diagnostics.map(\.code) == [.incomplete])
        #expect(diagnostics.first?.range == SourceRange(end, end))
        #expect(diagnostics.first?.labels.count == 1)
    }

    @Test(arguments: [
        ("``", 0, 2), ("`a\nb`", 0, 2), ("`a\rb`", 0, 2), ("`a\u{1}b`", 2, 3), ("`a\tb`", 2, 3),
        ("`a\u{7F}`", 2, 3),
    ])
    func aWrongNameInBackticksIsReportedAtItsPlace(_ text: String, _ start: Int, _ end: Int) {
        let (tokens, diagnostics) = Lexer.tokens(of: Source(text))
        #expect(tokens.first?.kind == .invalid)
        #expect(diagnostics.first?.code == .syntaxError)
        #expect(diagnostics.first?.range == SourceRange(start, end))
    }

    @Test func namesStandForWhatIsBetweenTheirBackticks() {
        func name(_ text: String) -> String {
            Source(text).nameText(SourceRange(0, text.utf8.count))
        }
        #expect(name("abc") == "abc")
        #expect(name("`a b`") == "a b")
        #expect(name("`größe`") == "größe")
        #expect(name("if") == "if")
        #expect(name("a.b.c") == "a.b.c")
        #expect(name("a . /* x */ `b c`") == "a.b c")
        #expect(name(#""a\u0062""#) == "ab")
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0x80, 0x80],
        ] as [[UInt8]]
    )
    func bytesThatAreNotUTF8AreReportedWhereverTheyStand(_ bad: [UInt8]) {
        for (before, after) in [
            ("", ""), ("\"a", "b\""), ("# a", ""), ("/* a", "*/"), ("`a", "b`"),
        ] {
            let source = Source(bytes: Array(before.utf8) + bad + Array(after.utf8))
            let (_, diagnostics) = Lexer.tokens(of: source)
            let start = before.utf8.count
            #expect(diagnostics.map(\.code) == [.syntaxError])
            #expect(diagnostics.first?.range == SourceRange(start, start + bad.count))
        }
    }

    /// What people paste, where it is reported, and what the hint must say.
    @Test(arguments: [
        ("π", 0, 2, "pi"), ("τ", 0, 2, "tau"), ("2 × 3", 2, 4, "*"), ("6 ÷ 2", 2, 4, "/"),
        ("5 − 3", 2, 5, "-"), ("x²", 1, 3, "^2"), ("“a”", 0, 7, "straight"),
        ("größe", 0, 7, "`größe`"), ("a ≤ b", 2, 5, "<="), ("1\u{A0}+ 2", 1, 3, "space"),
        ("a & b", 2, 3, "and"), ("a | b", 2, 3, "or"), ("7 // 2", 2, 4, "div(a, b)"),
        ("a === b", 2, 5, "=="), ("a <> b", 2, 4, "!="), ("1..5", 1, 3, "range"),
        ("~a", 0, 2, "not"), ("x |> f", 2, 4, "f(x)"),
    ])
    func whatIsNotPartOfTheLanguageHasAHint(
        _ text: String,
        _ start: Int,
        _ end: Int,
        _ hint: String
    ) {
        let parsed = Parser.parse(Source(text))
        #expect(parsed.diagnostics.map(\.code) == [.syntaxError])
        #expect(parsed.diagnostics.first?.range == SourceRange(start, end))
        #expect(parsed.diagnostics.first?.hint?.contains(hint) == true)
    }
}
