import CalcBurstSource
import CalcBurstSyntax
import Testing

/// A text and what is wrong with it, as `code start..end`.
struct Rejection: Sendable, CustomTestStringConvertible {
    let text: String
    let findings: [String]
    var start = Parser.Start.program

    init(_ text: String, _ findings: String..., start: Parser.Start = .program) {
        self.text = text
        self.findings = findings
        self.start = start
    }

    var testDescription: String { text }
}

@Suite struct RecoveryTests {
    private func check(_ rejection: Rejection) {
        let parsed = Parser.parse(Source(rejection.text), as: rejection.start)
        #expect(parsed.diagnostics.map { "\($0.code) \($0.range)" } == rejection.findings)
    }

    @Test(arguments: [
        Rejection("1 + * 2", "syntax-error 4..5"),
        Rejection("1 + * 2 + * 3", "syntax-error 4..5", "syntax-error 10..11"),
        Rejection("((1 +) * (2 +))", "syntax-error 5..6", "syntax-error 13..14"),
        Rejection("* 2", "syntax-error 0..1"),
        Rejection("*", "syntax-error 0..1"),
        Rejection("(1 + *) / 2", "syntax-error 5..6"),
        Rejection("()", "syntax-error 1..2"),
        Rejection("and x", "syntax-error 0..3"),
        Rejection("x + as", "syntax-error 4..6"),
        Rejection("1 ++ ++ 2", "syntax-error 5..7"),
        Rejection("x ? : y", "syntax-error 4..5"),
        Rejection("a.1", "syntax-error 2..3"),
        Rejection("a.(b)", "syntax-error 2..3"),
        Rejection("x.5 + * 2", "syntax-error 2..3", "syntax-error 6..7"),
    ])
    func aMissingOperandIsReportedOnce(_ rejection: Rejection) {
        check(rejection)
    }

    @Test(arguments: [
        Rejection("2x", "syntax-error 1..2"),
        Rejection("2(3)", "syntax-error 1..2"),
        Rejection("2 x", "syntax-error 2..3"),
        Rejection("1 2 3 4", "syntax-error 2..3"),
        Rejection("1 2 + 3 4", "syntax-error 2..3", "syntax-error 8..9"),
        Rejection("(a)(b)", "syntax-error 3..4"),
        Rejection("xs[0](1)", "syntax-error 5..6"),
        Rejection("'a' 'b'", "syntax-error 4..7"),
        Rejection("total price", "syntax-error 6..11"),
        Rejection("x!", "syntax-error 1..2"),
        Rejection("x not y", "syntax-error 2..5"),
        Rejection("x = 5", "syntax-error 2..3"),
        Rejection("(x = 5) + * 2", "syntax-error 3..4", "syntax-error 10..11"),
        Rejection("2 { a: 1 }", "syntax-error 2..3"),
    ])
    func aMissingOperatorIsReportedOnce(_ rejection: Rejection) {
        check(rejection)
    }

    @Test func aMissingMultiplicationHasItsRepair() {
        for (text, repair) in [("2x", "2 * x"), ("2 x", "2 * x"), ("2(3)", "2 * (…)")] {
            let hint = Parser.parse(Source(text)).diagnostics.first?.hint
            #expect(hint == "write `\(repair)`")
        }
    }

    @Test(arguments: [
        Rejection("(1 + 2", "incomplete 6..6"),
        Rejection("(1 + 2]", "syntax-error 6..7"),
        Rejection("[(1 + 2]", "syntax-error 7..8"),
        Rejection("f([1, 2)", "syntax-error 7..8"),
        Rejection("{a: [1, 2}", "syntax-error 9..10"),
        Rejection("1 + 2)", "syntax-error 5..6"),
        Rejection("1 + 2)))", "syntax-error 5..6"),
        Rejection("1) + (2]", "syntax-error 1..2", "syntax-error 7..8"),
        Rejection("(1, 2)", "syntax-error 2..3"),
        Rejection("[1, (2, 3]", "syntax-error 6..7"),
        Rejection("map(xs, (x, y) -> x)", "syntax-error 10..11"),
        Rejection("1, 2", "syntax-error 1..2"),
        Rejection("1,234", "syntax-error 1..2"),
        Rejection("1,000", "invalid-literal 2..5"),
    ])
    func bracketsThatDoNotMatchAreReportedOnce(_ rejection: Rejection) {
        check(rejection)
    }

    @Test func aBracketThatDoesNotMatchPointsAtItsOpener() {
        let diagnostics = Parser.parse(Source("[1, (2 + 3]")).diagnostics
        #expect(diagnostics.map(\.range) == [SourceRange(10, 11)])
        #expect(diagnostics.first?.labels.map(\.range) == [SourceRange(4, 5)])
        let incomplete = Parser.parse(Source("f(a, [1")).diagnostics
        #expect(incomplete.map(\.code) == [.incomplete])
        #expect(incomplete.first?.labels.map(\.range) == [SourceRange(5, 6)])
    }

    @Test(arguments: [
        Rejection("[1 2 3]", "syntax-error 3..4"),
        Rejection("[1 2, 3 4]", "syntax-error 3..4", "syntax-error 8..9"),
        Rejection("f(1 2)", "syntax-error 4..5"),
        Rejection("{a: 1 b: 2}", "syntax-error 6..7"),
        Rejection("f(1,)", "syntax-error 4..5"),
        Rejection("[,]", "syntax-error 1..2"),
        Rejection("[1,,2]", "syntax-error 3..4"),
        Rejection("{a: 1, a: 2}", "duplicate-name 7..8"),
        Rejection("{a: 1, 'a': 2, b: 3, `a`: 4}", "duplicate-name 7..10", "duplicate-name 21..24"),
        Rejection("{x, y: 1}", "syntax-error 2..3"),
        Rejection("{x = 1}", "syntax-error 3..4"),
        Rejection("{1: 2, b: *}", "syntax-error 1..2", "syntax-error 10..11"),
        Rejection("{a: 1: 2}", "syntax-error 5..6"),
        Rejection("{a: {a: 1}}"),
        Rejection("xs[]", "syntax-error 3..4"),
        Rejection("xs[1, 2]", "syntax-error 4..5"),
        Rejection("xs[1:2:3]", "syntax-error 6..7"),
    ])
    func mistakesInListsAndRecordsAreReportedOnce(_ rejection: Rejection) {
        check(rejection)
    }

    @Test(arguments: [
        Rejection("a < b > c", "comparison-chain 6..7"),
        Rejection("a >= b == c < d", "comparison-chain 12..13"),
        Rejection("a == b < c > d", "comparison-chain 11..12"),
        Rejection("a < b > c < d > e", "comparison-chain 6..7"),
        Rejection("a != b == c", "comparison-chain 7..9"),
        Rejection("a == b != c", "comparison-chain 7..9"),
        Rejection("a in b in c", "comparison-chain 7..9"),
        Rejection("a < b not in c", "comparison-chain 6..12"),
        Rejection("a < b <= c == d"),
        Rejection("a == b >= c > d"),
        Rejection("(a < b) > c"),
        Rejection("a < b and b > c"),
    ])
    func aChainGoesOneWay(_ rejection: Rejection) {
        check(rejection)
    }

    @Test(arguments: [
        Rejection("1 + not x", "syntax-error 4..7"),
        Rejection("-not x", "syntax-error 1..4"),
        Rejection("a == not b", "syntax-error 5..8"),
        Rejection("2 ^ not x and * 2", "syntax-error 4..7", "syntax-error 14..15"),
        Rejection("a and not not b ? not c : not d"),
        Rejection("a == (not b)"),
        Rejection("x -> 1", "syntax-error 2..4"),
        Rejection("map(xs, it -> 1)", "syntax-error 11..13"),
        Rejection("map(xs, x + y -> 1)", "syntax-error 14..16"),
        Rejection("map(xs, [x -> 1])", "syntax-error 11..13"),
        Rejection("a ? b", "incomplete 5..5"),
        Rejection("(a ? b)", "syntax-error 6..7"),
        Rejection("f(a ? b, c)", "syntax-error 7..8"),
        Rejection("a : b", "syntax-error 2..3"),
        Rejection("if x then y else z", "syntax-error 0..2"),
        Rejection("a as b", "syntax-error 2..4"),
    ])
    func whatStandsInTheWrongPlaceIsReportedOnce(_ rejection: Rejection) {
        check(rejection)
    }

    @Test(arguments: [
        Rejection("let x = 1", "incomplete 9..9"),
        Rejection("let x = 1;", "incomplete 10..10"),
        Rejection("let x", "incomplete 5..5"),
        Rejection("let", "incomplete 3..3"),
        Rejection("fn f(a, b", "incomplete 9..9"),
        Rejection("let x = 1\nx + 2", "syntax-error 10..11"),
        Rejection("let x = 1 let y = 2; x", "syntax-error 10..13"),
        Rejection("let 5 = 3; 1", "syntax-error 4..5"),
        Rejection("let if = 3; 1", "syntax-error 4..6"),
        Rejection("let x 5; 1 + * 2", "syntax-error 6..7", "syntax-error 13..14"),
        Rejection("let x; 1", "syntax-error 5..6"),
        Rejection("let x = (1 + 2; x", "syntax-error 14..15"),
        Rejection("let x = [f(1; x + * 2", "syntax-error 12..13", "syntax-error 18..19"),
        Rejection("(let x = 1; x)", "syntax-error 1..4"),
        Rejection("1 + let x = 2", "syntax-error 4..7"),
        Rejection("fn f = 1; 2", "syntax-error 5..6"),
        Rejection("fn f(1) = 1; 2", "syntax-error 5..6"),
        Rejection("fn f(a b) = 1; 2", "syntax-error 7..8"),
        Rejection("1 + 2;", "syntax-error 5..6"),
        Rejection("1; 2", "syntax-error 1..2"),
        Rejection("let a = 1, b = 2; a", "syntax-error 9..10"),
    ])
    func mistakesInStatementsAreReportedOnce(_ rejection: Rejection) {
        check(rejection)
    }

    @Test(arguments: [
        Rejection("x = 5;", "syntax-error 5..6", start: .session),
        Rejection("x =", "incomplete 3..3", start: .session),
        Rejection("if = 3", "syntax-error 0..2", start: .session),
        Rejection("f(a, b) =", "incomplete 9..9", start: .session),
        Rejection("f(1) = 3", "syntax-error 5..6", start: .session),
        Rejection("a as", "incomplete 4..4", start: .selection),
        Rejection("a,", "incomplete 2..2", start: .selection),
        Rejection("a as if", "syntax-error 5..7", start: .selection),
        Rejection("a as b + 1, * 2", "syntax-error 7..8", "syntax-error 12..13", start: .selection),
        Rejection("f(a as b)", "syntax-error 4..6", start: .selection),
        Rejection("let x = 1; x", "syntax-error 0..3", start: .selection),
    ])
    func mistakesInSessionsAndSelectionsAreReportedOnce(_ rejection: Rejection) {
        check(rejection)
    }

    @Test(arguments: [
        "", "  ", "# nothing", "1 +", "(", "f(1,", "[1,", "{", "{a", "{a:", "{a: 1,",
        "a.", "a?.", "x ? y", "x ? y :", "xs[", "xs[1:", "not", "-", "if", "a not", "map(xs, x ->",
        "let", "let x", "let x =", "fn", "fn f", "fn f(", "fn f(a", "fn f(a,", "fn f(a)",
        "fn f(a) =", "fn f(a) = a", "\"a", "`a", "/* a", "a in", "2 ^", "a ??",
    ])
    func aTextThatEndsTooEarlyIsOnlyIncomplete(_ text: String) {
        let parsed = Parser.parse(Source(text))
        let end = text.utf8.count
        #expect(parsed.isIncomplete)
        #expect(parsed.diagnostics.map(\.range) == [SourceRange(end, end)])
    }

    @Test(arguments: ["1 + * ", ")", "(1 + * 2", "2x (", "let 5 =", "\"a\nb"])
    func aTextWithAnotherMistakeIsNotOnlyIncomplete(_ text: String) {
        let parsed = Parser.parse(Source(text))
        #expect(!parsed.diagnostics.isEmpty)
        #expect(!parsed.isIncomplete)
        #expect(!Parser.parse(Source("1")).isIncomplete)
    }

    @Test func atMostTwentyMistakesAreReportedAndTheFirstOnesFirst() {
        let text = String(repeating: "* 1 + ", count: 100) + "1"
        let diagnostics = Parser.parse(Source(text)).diagnostics
        #expect(diagnostics.map(\.range.start) == (0..<20).map { $0 * 6 })
    }

    @Test func whatFollowsADoubleSlashOnItsLineIsNotReported() {
        let parsed = Parser.parse(Source("7 // don't (count on it\n + * 2"))
        #expect(parsed.diagnostics.map(\.range) == [SourceRange(2, 4), SourceRange(27, 28)])
    }
}
