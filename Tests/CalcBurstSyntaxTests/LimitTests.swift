import CalcBurstSource
import CalcBurstSyntax
import CalcBurstTesting
import Testing

/// A text of any size, and the limit that it meets.
struct Growth: Sendable, CustomTestStringConvertible {
    let name: String
    let limit: String
    let text: @Sendable (Int) -> String
    let limits: @Sendable (Int) -> SourceLimits

    var testDescription: String { name }

    init(
        _ limit: String,
        _ name: String,
        _ path: any WritableKeyPath<SourceLimits, Int> & Sendable,
        _ text: @escaping @Sendable (Int) -> String
    ) {
        self.name = name
        self.limit = limit
        self.text = text
        limits = { size in
            var limits = SourceLimits.ceilings
            limits[keyPath: path] = size
            return limits
        }
    }

    static func nested(_ opening: String, _ middle: String, _ closing: String = "") -> Growth {
        Growth("nesting", opening, \.nesting) { count in
            String(repeating: opening, count: count) + middle
                + String(repeating: closing, count: count)
        }
    }

    static func listed(
        _ limit: String,
        _ opening: String,
        _ path: any WritableKeyPath<SourceLimits, Int> & Sendable,
        _ closing: String,
        _ element: @escaping @Sendable (Int) -> String
    ) -> Growth {
        Growth(limit, opening, path) { count in
            opening + (0..<count).map(element).joined(separator: ", ") + closing
        }
    }

    static let all: [Growth] = [
        nested("(", "x", ")"), nested("[", "x", "]"), nested("{a: ", "x", "}"),
        nested("f(", "x", ")"), nested("if(a, b, ", "x", ")"), nested("map(a, e -> ", "x", ")"),
        nested("x[", "0", "]"), nested("x[:", "0", "]"), nested("- ", "x"), nested("+ ", "x"),
        nested("!", "x"), nested("not ", "x"), nested("2 ^ ", "x"), nested("x ?? ", "x"),
        nested("a ? ", "b", " : c"), nested("a ? b : ", "c"),
        Growth("source-length", "spaces", \.sourceLength) {
            "1" + String(repeating: " ", count: max($0 - 1, 0))
        },
        Growth("source-length", "a comment", \.sourceLength) {
            "1#" + String(repeating: "é", count: max($0 - 2, 0) / 2) + ($0 % 2 == 0 ? "" : " ")
        },
        Growth("nodes", "a list", \.nodes) {
            "[" + Array(repeating: "1", count: max($0 - 2, 0)).joined(separator: ",") + "]"
        },
        Growth("nodes", "fields", \.nodes) {
            "a" + String(repeating: ".b", count: max($0 - 2, 0))
        },
        Growth("numeral-length", "digits", \.numeralLength) { String(repeating: "1", count: $0) },
        Growth("numeral-length", "hexadecimal digits", \.numeralLength) {
            "0x" + String(repeating: "A", count: max($0 - 2, 0))
        },
        Growth("name-length", "a word", \.nameLength) { String(repeating: "a", count: $0) },
        Growth("name-length", "backticks", \.nameLength) {
            "`" + String(repeating: "é", count: $0 / 2) + ($0 % 2 == 0 ? "" : "e") + "`"
        },
        Growth("name-length", "a field", \.nameLength) { "x." + String(repeating: "a", count: $0) },
        listed("operands", "f(", \.operands, ")") { "\($0)" },
        listed("operands", "fn f(", \.operands, ") = 1; 2") { "a\($0)" },
        listed("literal-length", "[", \.literalLength, "]") { "\($0)" },
        listed("literal-length", "[", \.literalLength, ",]") { "\($0)" },
        listed("literal-length", "{", \.literalLength, "}") { "a\($0): 1" },
        listed("literal-length", "{", \.literalLength, ",}") { "a\($0): 1" },
    ]
}

@Suite struct LimitTests {
    /// A limit of 12 holds at 12, is met at 13 and at 12,000.
    @Test(arguments: Growth.all)
    func aLimitHoldsUpToItsNumberAndIsMetBeyond(_ growth: Growth) {
        let limits = growth.limits(12)
        let fits = Parser.parse(Source(growth.text(12)), limits: limits)
        #expect(fits.diagnostics.isEmpty)
        for size in [13, 12_000] {
            let parsed = Parser.parse(Source(growth.text(size)), limits: limits)
            #expect(parsed.diagnostics.map(\.code) == [.limitExceeded])
            let fact = parsed.diagnostics.first?.limit
            #expect(fact?.name == growth.limit)
            #expect(fact?.maximum == 12)
            // Reading stops where the limit is met; what is one piece is known as a whole.
            if let actual = fact?.actual { #expect(actual == 13 || actual == size) }
            #expect(parsed.tree.nodes.count <= 3)
        }
    }

    @Test func theDefaultsAreThoseOfTheDesign() {
        let limits = SourceLimits()
        #expect(limits.sourceLength == 65_536)
        #expect(limits.nesting == 128)
        #expect(limits.nodes == 10_000)
        #expect(limits.numeralLength == 1_000)
        #expect(limits.nameLength == 255)
        #expect(limits.operands == 255)
        #expect(limits.literalLength == 10_000)
    }

    @Test func noLimitGoesAboveItsCeiling() {
        var limits = SourceLimits()
        limits.sourceLength = .max
        limits.nesting = .max
        limits.nodes = .max
        limits.numeralLength = .max
        let deep = Source(
            String(repeating: "(", count: 251) + "x" + String(repeating: ")", count: 251)
        )
        #expect(Parser.parse(deep, limits: limits).diagnostics.first?.limit?.maximum == 250)
        let long = Source(String(repeating: "1", count: 1_001))
        #expect(Parser.parse(long, limits: limits).diagnostics.first?.limit?.maximum == 1_000)
        let huge = Source(bytes: [UInt8](repeating: 0x20, count: 16 << 20 + 1))
        #expect(Parser.parse(huge, limits: limits).diagnostics.first?.limit?.maximum == 16 << 20)
    }

    @Test func aLimitIsReportedAlthoughTwentyMistakesCameBefore() {
        let text = String(repeating: "* 1 + ", count: 30) + String(repeating: "(", count: 1_000)
        let diagnostics = Parser.parse(Source(text)).diagnostics
        #expect(diagnostics.count == 20)
        #expect(diagnostics.last?.code == .limitExceeded)
    }

    // MARK: Hostile texts

    static let nests = [
        "(", "-", "+ ", "!", "not ", "[", "{a:", "f(", "if(", "x[", "2^", "x??", "x?", "x?y:",
        "map(a,b->", "(((-!", "{a:[f(", "-(2^",
    ]

    @Test(arguments: nests)
    func aMillionLevelsAreALimitOnASmallStack(_ opening: String) throws {
        let source = Source(String(repeating: opening, count: 1_000_000) + "x")
        let parsed = try #require(
            onSmallStack { Parser.parse(source, limits: .ceilings) }
        )
        #expect(parsed.diagnostics.map(\.code) == [.limitExceeded])
        #expect(parsed.diagnostics.first?.limit?.name == "nesting")
        #expect(parsed.diagnostics.first?.limit?.actual == 251)
        #expect(parsed.tree.nodes.count <= 3)
    }

    @Test func aSumOfAMillionTermsIsATreeOnASmallStack() throws {
        let source = Source(String(repeating: "x+", count: 999_999) + "x")
        let parsed = try #require(onSmallStack { Parser.parse(source, limits: .ceilings) })
        #expect(parsed.diagnostics.isEmpty)
        #expect(parsed.tree.nodes.count == 2_000_000)
    }

    /// What is long but not deep, and whether something is wrong with it.
    @Test(arguments: [
        ("x and ", "x", false), ("x < ", "x", false), ("x.y", "", false), ("[0]", "", false),
        ("x ", "x", true),
        (")", "", true), ("x)", "", true), ("x,", "x", true), ("let a = 1;", "a", false),
        ("f(x)*", "x", false),
        ("'", "", true), ("`", "", true), ("/*", "", true), ("//", "", true), ("//\n", "", true),
        ("\\", "", true),
        (";", "", true), ("x?y", "", true), ("x->", "x", true), ("}", "", true), ("é", "", true),
        ("\u{0}", "", true),
        ("= ", "", true), ("let ", "", true), ("fn f(", "", true), (".", "", true),
        ("?.", "", true),
        ("'\\q'", "", true), ("a as ", "", true), ("..1", "", true), ("0_", "", true),
    ])
    func aLongTextIsReadToItsEndOnASmallStack(
        _ piece: String,
        _ last: String,
        _ isWrong: Bool
    ) throws {
        let source = Source(String(repeating: piece, count: 20_000) + last)
        let count = try #require(
            onSmallStack {
                let parsed = Parser.parse(source, limits: .ceilings)
                _ = SyntaxDump.dump(parsed.tree, source: source)
                _ = SyntaxPrinter.print(parsed.tree, source: source)
                return parsed.diagnostics.count
            }
        )
        #expect(count <= 20)
        #expect((count > 0) == isWrong)
    }
}

/// Runs a closure on a thread with 128 KiB of stack.
private func onSmallStack<Result: Sendable>(
    _ body: @escaping @Sendable () -> Result
) -> Result? {
    DeepThread.run(stackSize: 128 << 10, body)
}
