import CalcBurstSource
import CalcBurstSyntax
import Testing

/// The shape of trees, their ranges, and their canonical text.
@Suite struct TreeTests {
    /// What is written, and the same with every parenthesis that it implies.
    @Test(arguments: [
        ("1 + 2 * 3", "1 + (2 * 3)"), ("1 - 2 - 3", "(1 - 2) - 3"), ("-2^2", "-(2^2)"),
        ("2^-1", "2^(-1)"), ("2^-3^2", "2^(-(3^2))"), ("2^3^2", "2^(3^2)"), ("2**3", "2^3"),
        ("-a.b", "-(a.b)"), ("-a[0]", "-(a[0])"), ("- -a", "-(-a)"), ("!a == b", "(!a) == b"),
        ("not a == b", "not (a == b)"), ("not a and b", "(not a) and b"),
        ("a or b and c", "a or (b and c)"), ("a && b || c", "(a and b) or c"),
        ("a ?? b ?? c", "a ?? (b ?? c)"), ("a ?? b + c", "a ?? (b + c)"),
        ("a ?? b > c", "(a ?? b) > c"), ("a ? b : c ? d : e", "a ? b : (c ? d : e)"),
        ("a ? b ? c : d : e", "a ? (b ? c : d) : e"), ("a or b ? c : d", "(a or b) ? c : d"),
        ("xs[a ? b : c : d]", "xs[(a ? b : c) : d]"), ("xs[: a ? b : c]", "xs[: (a ? b : c)]"),
        ("a not in b", "a not in (b)"), ("not a in b", "not (a in b)"),
        ("a * -b", "a * (-b)"), ("-a * b", "(-a) * b"), ("2^-a * b", "(2^(-a)) * b"),
        ("a % b / c", "(a % b) / c"), ("a ++ b + c", "(a ++ b) + c"), ("c?.5:1", "c ? (.5) : 1"),
        ("map(a, b -> c ? d : e)", "map(a, b -> (c ? d : e))"), ("+ +a", "+(+a)"),
        ("{a: b ? c : d}", "{a: (b ? c : d)}"), ("a.b.c", "((a.b).c)"), ("a?.b.c", "(a?.b).c"),
    ])
    func operatorsBindAsTheTableSays(_ written: String, _ meant: String) {
        let left = Parser.parse(Source(written))
        let right = Parser.parse(Source(meant))
        #expect(left.diagnostics.isEmpty)
        #expect(right.diagnostics.isEmpty)
        let isSame = left.tree.hasSameShape(
            as: right.tree,
            source: left.source,
            otherSource: right.source
        )
        #expect(isSame)
    }

    @Test(arguments: [
        ("(1 - 2) - 3", "1 - (2 - 3)"), ("a and b", "a or b"), ("-2", "+2"), ("!a", "not a"),
        ("a", "b"), ("1", "1.0"), ("'a'", "'b'"), ("a.b", "a.c"), ("a.b", "a?.b"), ("f(a)", "g(a)"),
        ("{a: 1}", "{b: 1}"), ("xs[1:]", "xs[:1]"), ("a < b < c", "a < b <= c"),
        ("map(a, x -> 1)", "map(a, y -> 1)"), ("let a = 1; a", "let b = 1; a"),
        ("fn f(a) = 1; 1", "fn f(b) = 1; 1"), ("true", "false"), ("[a, b]", "[b, a]"),
    ])
    func treesThatSaySomethingElseHaveAnotherShape(_ left: String, _ right: String) {
        let first = Parser.parse(Source(left))
        let second = Parser.parse(Source(right))
        let isSame = first.tree.hasSameShape(
            as: second.tree,
            source: first.source,
            otherSource: second.source
        )
        #expect(!isSame)
    }

    @Test(arguments: [
        ("((1+2))*3", "(1 + 2) * 3"), ("a**b", "a ^ b"), ("a&&b||c", "a and b or c"),
        ("1_000", "1_000"), (#"'it\'s'"#, #"'it\'s'"#), ("`a b`.`c`", "`a b`.`c`"),
        ("+ + x", "+ +x"), ("- - x", "--x"), ("(5).f", "(5).f"), ("xs [ 1 : ]", "xs[1:]"),
        ("{ 'a' : 1 , }", "{'a': 1}"), ("f ( )", "f()"), ("a . b ( 1 )", "a.b(1)"),
        ("(a<b)==c", "(a < b) == c"), ("a<b<c", "a < b < c"), ("(not a)==b", "(not a) == b"),
        ("let x=1;fn f(a,b)=a;x # end", "let x = 1;\nfn f(a, b) = a;\nx"),
        ("(-2)^2", "(-2) ^ 2"), ("2^(-2)", "2 ^ -2"), ("(a?b:c)?d:e", "(a ? b : c) ? d : e"),
        ("if(a,b,c)", "if(a, b, c)"), ("a - (b - c)", "a - (b - c)"),
        ("(a ?? b) ?? c", "(a ?? b) ?? c"),
    ])
    func theCanonicalTextHasNoParenthesesThatItCanDoWithout(_ written: String, _ canonical: String)
    {
        let parsed = Parser.parse(Source(written))
        #expect(SyntaxPrinter.print(parsed.tree, source: parsed.source) == canonical)
    }

    @Test func theRangesOfANodeHoldItsPartsButNotTheParenthesesAroundIt() {
        let text = "let n = (1 + 22) * xs[-1]; f.g(n, o -> {a: it.b})?.c ? .d : a < b <= c"
        let parsed = Parser.parse(Source(text))
        #expect(parsed.diagnostics.isEmpty)
        let picture = """
            program  0..70
            ├─ let n  0..26
            │  └─ infix *  8..25
            │     ├─ infix +  9..15
            │     │  ├─ number 1  9..10
            │     │  └─ number 22  13..15
            │     └─ index  19..25
            │        ├─ name xs  19..21
            │        └─ prefix -  22..24
            │           └─ number 1  23..24
            └─ conditional  27..70
               ├─ optional field c  27..52
               │  └─ call f.g  27..49
               │     ├─ name n  31..32
               │     └─ body o  34..48
               │        └─ record a  39..48
               │           └─ field b  43..47
               │              └─ it  43..45
               ├─ element field d  55..57
               └─ chain < <=  60..70
                  ├─ name a  60..61
                  ├─ name b  64..65
                  └─ name c  69..70

            """
        #expect(SyntaxDump.dump(parsed.tree, source: parsed.source) == picture)
    }

    @Test func theTokensOfNodesAreWhatNamesThem() throws {
        func tokens(_ text: String, as start: Parser.Start = .program) -> [String] {
            let parsed = Parser.parse(Source(text), as: start)
            return parsed.tree.nodes.map { parsed.source[$0.token] }
        }
        #expect(tokens("a not in b") == ["a", "b", "not in", ""])
        #expect(tokens("-a ? b : c") == ["a", "-", "b", "c", "?", ""])
        #expect(tokens("xs[ 1 : ]") == ["xs", "1", "[ 1 : ]", ""])
        #expect(tokens("a . b(`c d`)") == ["`c d`", "a . b", ""])
        #expect(tokens("f(x -> x)") == ["x", "x", "f", ""])
        #expect(tokens("x = 5", as: .session) == ["5", "x"])
        #expect(tokens("f(a, b) = 5", as: .session) == ["5", "f"])
        #expect(tokens("a, b as c", as: .selection) == ["a", "", "b", "c", ""])

        let chain = Parser.parse(Source("a < b == c"))
        let id = try #require(chain.tree.nodes.firstIndex { $0.kind == .chain([.less, .equal]) })
        #expect(
            chain.tree.operatorRanges(of: Syntax.ID(id)) == [SourceRange(2, 3), SourceRange(6, 8)]
        )
        let record = Parser.parse(Source("{a: 1, 'b c': 2}"))
        #expect(
            record.tree.fieldNames(of: 2).map(record.source.nameText) == ["a", "b c"]
        )
    }

    @Test func theStartRulesHaveTheirRoots() {
        func root(_ text: String, _ start: Parser.Start) -> Syntax.Kind? {
            Parser.parse(Source(text), as: start).tree.nodes.last?.kind
        }
        #expect(root("1", .program) == .program)
        #expect(root("1", .session) == .program)
        #expect(root("x = 1", .session) == .assignment)
        #expect(root("x == 1", .session) == .program)
        #expect(root("f(x) = 1", .session) == .definition)
        #expect(root("f() = 1", .session) == .definition)
        #expect(root("f(x) == 1", .session) == .program)
        #expect(root("let x = 1; x", .session) == .program)
        #expect(root("a, b", .selection) == .selection)
        #expect(root("", .program) == .program)
        #expect(root("", .selection) == .selection)
    }

    @Test func whatIsMissingIsAHoleAndTheRestIsKept() {
        let parsed = Parser.parse(Source("(1 + ) * [2 3, x y]"))
        let picture = """
            program  0..19
            └─ infix *  0..19
               ├─ infix +  1..5
               │  ├─ number 1  1..2
               │  └─ missing  5..5
               └─ list  9..19
                  ├─ number 2  10..11
                  ├─ number 3  12..13
                  ├─ name x  15..16
                  └─ name y  17..18

            """
        #expect(SyntaxDump.dump(parsed.tree, source: parsed.source) == picture)
    }
}
