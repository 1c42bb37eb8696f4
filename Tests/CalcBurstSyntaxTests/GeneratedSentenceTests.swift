import CalcBurstSource
import CalcBurstSyntax
import CalcBurstTesting
import Foundation
import Testing

/// The start rules by their names in the grammar.
enum StartRule: String, CaseIterable {
    case program
    case session
    case selection

    var start: Parser.Start {
        switch self {
        case .program: .program
        case .session: .session
        case .selection: .selection
        }
    }
}

@Suite struct GeneratedSentenceTests {
    let grammar: EBNFGrammar

    init() throws {
        grammar = try EBNFGrammar(contentsOf: Repository.file("Grammar/CalcBurst.ebnf"))
    }

    @Test(arguments: StartRule.allCases)
    func everySentenceParsesAndPrintsBack(_ rule: StartRule) {
        var generator = SentenceGenerator(grammar, seed: 1)
        var sizes = 0
        var kinds: Set<String> = []
        for round in 0..<1_000 {
            let sentence = generator.sentence(of: rule.rawValue, depth: 20 + round % 30)
            let source = Source(sentence.text)
            let parsed = Parser.parse(source, as: rule.start, limits: .ceilings)
            sizes += parsed.tree.nodes.count
            for node in parsed.tree.nodes { kinds.insert(node.kind.name) }
            // Generated records may repeat a field.
            let mistakes = parsed.diagnostics.filter { $0.code != .duplicateName }
            guard mistakes.isEmpty else {
                Issue.record("\(sentence.text)\n\(mistakes)")
                return
            }
            guard roundTrips(parsed, as: rule.start) else { return }
            guard invariantsHold(parsed) else { return }
        }
        // The sentences are not all trivial: they have every kind of node that the rule can make.
        #expect(sizes > 10_000)
        let expected = Set(Syntax.Kind.samples.map(\.name))
        let others: Set<String> =
            switch rule {
            case .program: ["missing", "assignment", "definition", "selection", "item"]
            case .session: ["missing", "selection", "item"]
            case .selection:
                ["missing", "assignment", "definition", "program", "binding", "function"]
            }
        #expect(kinds == expected.subtracting(others))
    }

    @Test(arguments: StartRule.allCases)
    func theBeginningOfASentenceIsOnlyIncomplete(_ rule: StartRule) {
        var generator = SentenceGenerator(grammar, seed: 2)
        var incomplete = 0
        for round in 0..<600 {
            let sentence = generator.sentence(of: rule.rawValue, depth: 20 + round % 30)
            let count = generator.random.below(sentence.tokens.count)
            let text = generator.join(Array(sentence.tokens.prefix(count)))
            let parsed = Parser.parse(Source(text), as: rule.start, limits: .ceilings)
            let mistakes = parsed.diagnostics.filter {
                $0.code != .duplicateName && $0.code != .incomplete
            }
            guard mistakes.isEmpty else {
                Issue.record("\(text)\n\(mistakes)")
                return
            }
            if parsed.isIncomplete { incomplete += 1 }
            guard invariantsHold(parsed) else { return }
        }
        #expect(incomplete > 200)
    }

    @Test(arguments: StartRule.allCases)
    func aMutatedSentenceGivesATreeAndPlacesInsideTheText(_ rule: StartRule) {
        var generator = SentenceGenerator(grammar, seed: 3)
        var wrong = 0
        for round in 0..<2_000 {
            let sentence = generator.sentence(of: rule.rawValue, depth: 20 + round % 30)
            var bytes = mutateTokens(sentence.tokens, with: &generator)
            if round % 2 == 0 { mutateBytes(&bytes, with: &generator.random) }
            let source = Source(bytes: bytes)
            let parsed = Parser.parse(source, as: rule.start, limits: .ceilings)
            guard invariantsHold(parsed) else { return }
            if parsed.diagnostics.isEmpty {
                guard roundTrips(parsed, as: rule.start) else { return }
            } else {
                wrong += 1
            }
        }
        #expect(wrong > 1_000)
    }

    private func mutateTokens(
        _ sentence: [String],
        with generator: inout SentenceGenerator
    ) -> [UInt8] {
        var tokens = sentence
        let replacements =
            Symbol.allCases.map(\.rawValue) + ReservedWord.allCases.map(\.rawValue)
            + ["x", "1", "'t'", "`q`"]
        for _ in 0...generator.random.below(3) where !tokens.isEmpty {
            let place = generator.random.below(tokens.count)
            switch generator.random.below(5) {
            case 0: tokens.remove(at: place)
            case 1: tokens.insert(tokens[place], at: place)
            case 2: tokens.swapAt(place, generator.random.below(tokens.count))
            case 3: tokens[place] = generator.random.element(of: replacements) ?? ""
            default: tokens.removeLast(tokens.count - place)
            }
        }
        return Array(generator.join(tokens).utf8)
    }

    private func mutateBytes(_ bytes: inout [UInt8], with random: inout SeededRandom) {
        for _ in 0...random.below(3) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(5) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(bytes[place], at: place)
            case 2: bytes.swapAt(place, random.below(bytes.count))
            case 3: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            default: bytes.removeLast(bytes.count - place)
            }
        }
    }

    /// Whether a tree's canonical text parses to the same tree, and prints as itself.
    private func roundTrips(_ parsed: ParsedSyntax, as start: Parser.Start) -> Bool {
        let text = SyntaxPrinter.print(parsed.tree, source: parsed.source)
        let source = Source(text)
        let again = Parser.parse(source, as: start, limits: .ceilings)
        let isSame =
            again.diagnostics.allSatisfy { $0.code == .duplicateName }
            && parsed.tree.hasSameShape(
                as: again.tree,
                source: parsed.source,
                otherSource: source
            )
        #expect(isSame, "\(parsed.source.text)\n\(text)\n\(again.diagnostics)")
        let isStable = SyntaxPrinter.print(again.tree, source: source) == text
        #expect(isStable, "\(text)")
        return isSame && isStable
    }

    /// Whether everything about a parse points into its text and its tree.
    private func invariantsHold(_ parsed: ParsedSyntax) -> Bool {
        let count = parsed.source.bytes.count
        var problems: [String] = []
        for diagnostic in parsed.diagnostics {
            let ranges = [diagnostic.range] + diagnostic.labels.map(\.range)
            if ranges.contains(where: { $0.end > count }) { problems.append("\(diagnostic)") }
            if diagnostic.code == .incomplete, diagnostic.range != SourceRange(count, count) {
                problems.append("\(diagnostic)")
            }
        }
        let starts = parsed.diagnostics.map(\.range.start)
        if starts != starts.sorted() || starts.count > 20 { problems.append("\(starts)") }
        if Set(starts).count != starts.count { problems.append("two at one place") }
        if parsed.tree.root == nil { problems.append("no root") }
        var parents = [Int](repeating: 0, count: parsed.tree.nodes.count)
        for index in parsed.tree.nodes.indices {
            let id = Syntax.ID(index)
            let node = parsed.tree[id]
            if node.range.end > count { problems.append("\(node)") }
            for child in parsed.tree.children(of: id) {
                if child >= id { problems.append("a child after its parent") }
                parents[Int(child)] += 1
                let range = parsed.tree[child].range
                if range.start < node.range.start || range.end > node.range.end {
                    problems.append("\(parsed.tree[child].kind) is not inside \(node.kind)")
                }
            }
        }
        // Each node but the root has one parent.
        if parents.dropLast().contains(where: { $0 != 1 }) || parents.last != 0 {
            problems.append("not a tree: \(parents)")
        }
        let text = parsed.source.text
        #expect(problems.isEmpty, "\(text)\n\(parsed.source.bytes)\n\(parsed.diagnostics)")
        return problems.isEmpty
    }
}
