import CalcBurstSource
import CalcBurstSyntax
import CalcBurstTesting
import Foundation
import Testing

/// The files in `Grammar` and the code say the same.
@Suite struct GrammarFileTests {
    @Test func theParserQuotesEveryRuleOfTheGrammarAsItStandsThere() throws {
        let grammar = try EBNFGrammar(contentsOf: Repository.file("Grammar/CalcBurst.ebnf"))
        let folder = Repository.file("Sources/CalcBurstSyntax")
        var quoted: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for block in Self.indentedBlocks(of: text) where block.contains(" = ") {
                for rule in try EBNFGrammar(text: block).rules {
                    #expect(quoted[rule.name] == nil, "\(rule.name) is quoted twice")
                    quoted[rule.name] = rule.text
                }
            }
        }
        let written = Dictionary(uniqueKeysWithValues: grammar.rules.map { ($0.name, $0.text) })
        #expect(grammar.rules.count > 50)
        #expect(quoted.keys.sorted() == written.keys.sorted())
        for (name, text) in written { #expect(quoted[name] == text) }
    }

    /// The blocks of a file's comments that are indented as code.
    private static func indentedBlocks(of text: String) -> [String] {
        var blocks: [String] = []
        var block = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("///     ") {
                block += trimmed.dropFirst(3) + "\n"
            } else if !block.isEmpty {
                blocks.append(block)
                block = ""
            }
        }
        return blocks
    }

    @Test func everyRuleThatIsUsedIsThereAndEveryRuleIsUsed() throws {
        let grammar = try EBNFGrammar(contentsOf: Repository.file("Grammar/CalcBurst.ebnf"))
        var used: Set<String> = ["program", "session", "selection", "SPACE"]
        for rule in grammar.rules {
            for symbol in EBNFGrammar.symbols(of: rule.text).dropFirst()
            where symbol.first?.isLetter == true || symbol.hasPrefix("NOT_") {
                used.insert(symbol)
            }
        }
        #expect(used.sorted() == grammar.rules.map(\.name).sorted())
    }

    @Test func theReservedWordsOfTheGrammarAreThoseOfTheLexer() throws {
        let grammar = try EBNFGrammar(contentsOf: Repository.file("Grammar/CalcBurst.ebnf"))
        guard case .choice(let terms)? = grammar["RESERVED"]?.term else {
            Issue.record("RESERVED is not a choice")
            return
        }
        let words = terms.map { if case .literal(let word) = $0 { word } else { "" } }
        #expect(words == ReservedWord.allCases.map(\.rawValue))
    }

    // MARK: Operators.md

    private struct Row {
        let level: String
        let operators: [String]
        let associativity: String
        let written: String
        let readAs: String
    }

    private func rows() throws -> [Row] {
        try Repository.text("Grammar/Operators.md").split(separator: "\n")
            .filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
            .dropFirst()
            .map { line in
                let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|")
                    .map { $0.trimmingCharacters(in: .whitespaces).replacing("\u{1}", with: "|") }
                let operators = cells[1].split(separator: "`").map(String.init)
                    .filter { $0 != " " }
                return Row(
                    level: cells[0],
                    operators: operators,
                    associativity: cells[2],
                    written: cells[3].replacing("`", with: ""),
                    readAs: cells[4].replacing("`", with: "")
                )
            }
    }

    @Test func theOperatorPageIsTheOperatorTable() throws {
        let rows = try rows()
        #expect(rows.map(\.level) == OperatorLevel.allCases.reversed().map { "\($0)" })
        for (row, level) in zip(rows, OperatorLevel.allCases.reversed()) {
            #expect(row.associativity == "\(level.associativity)")
            var expected = PrefixOperator.allCases.filter { $0.level == level }.map(\.rawValue)
            for infix in InfixOperator.allCases where infix.level == level {
                expected += [infix.rawValue] + infix.synonyms
            }
            if level == .postfix { expected = [".", "?.", "[ ]"] }
            if level == .conditional { expected = ["? :"] }
            #expect(row.operators == expected)
        }
    }

    @Test func theExamplesOfTheOperatorPageReadAsItSays() throws {
        for row in try rows() {
            let written = Parser.parse(Source(row.written))
            let readAs = Parser.parse(Source(row.readAs))
            #expect(written.diagnostics.isEmpty && readAs.diagnostics.isEmpty)
            let isSame = written.tree.hasSameShape(
                as: readAs.tree,
                source: written.source,
                otherSource: readAs.source
            )
            #expect(isSame, "\(row.written)")
            #expect(row.readAs.contains("("))
        }
    }

    @Test func theSymbolsOfOperatorsAreThoseOfTheTable() {
        for infix in InfixOperator.allCases where infix != .isNotIn {
            for spelling in [infix.rawValue] + infix.synonyms {
                let read =
                    Symbol(rawValue: spelling)?.infix ?? ReservedWord(rawValue: spelling)?.infix
                #expect(read == infix)
            }
        }
        let spellings = InfixOperator.allCases.flatMap { [$0.rawValue] + $0.synonyms }
        for symbol in Symbol.allCases where symbol.infix != nil {
            #expect(spellings.contains(symbol.rawValue))
        }
    }
}
