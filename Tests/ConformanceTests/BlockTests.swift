import CalcBurst
import CalcBurstCompiler
import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSyntax
import CalcBurstTesting
import Foundation
import Synchronization
import Testing

/// The blocks of the corpus: refused texts with all their mistakes, and texts in every stage.
@Suite struct BlockTests {
    @Test(arguments: try Corpus.blocks(in: "rejections"))
    func rejectionHasItsMistakes(_ block: Corpus.Block) throws {
        let run = Agreement(block.source.text, given: block.given)
        let errors = run.errors.filter { $0.severity == .error }
        #expect(run.outcome == nil)
        let found = errors.map { "\($0.code) @ \($0.range.start)..\($0.range.end)" }
        #expect(found.joined(separator: "\n") == block["codes"])
        let drawn = CalculationError.source(
            SourceErrors(source: block.source, diagnostics: run.errors)
        ).rendered.trimmingCharacters(in: .newlines)
        #expect(drawn == block["picture"], "record with CALCBURST_RECORD=1")
        if drawn != block["picture"], isRecording {
            // A recording shows in the difference that a reviewer reads, and fails here.
            try Self.record(drawn, in: block)
        }
    }

    private var isRecording: Bool {
        ProcessInfo.processInfo.environment["CALCBURST_RECORD"] == "1"
    }

    private static let recorder = Mutex(())

    private static func record(_ picture: String, in recorded: Corpus.Block) throws {
        try recorder.withLock { _ in
            var blocks = try Corpus.blocks(in: "rejections").filter { $0.file == recorded.file }
            for index in blocks.indices where blocks[index].source == recorded.source {
                blocks[index].sections.removeAll { $0.name == "picture" }
                blocks[index].sections.append((name: "picture", text: picture))
            }
            try Corpus.write(blocks, to: recorded.file)
        }
    }

    @Test(arguments: try Corpus.files(in: "stages", suffix: ".txt"))
    func stagesAreAsRecorded(_ file: URL) throws {
        let recorded = try Corpus.blocks(in: "stages").filter { $0.file == file }
        var made: [Corpus.Block] = []
        for var block in recorded {
            let run = Agreement(block.source.text, given: block.given)
            #expect(run.differences == [])
            let program = try #require(run.program, "\(run.errors)")
            let expression = try #require(run.expression)
            let parsed = Parser.parse(block.source)
            block.record("tree", SyntaxDump.dump(parsed.tree, source: block.source))
            block.record("checked", CheckedDump.dump(expression))
            block.record("program", program.disassembly)
            if case .value(let value)? = run.outcome, let expected = block["value"] {
                #expect(value.isEqual(to: try JSON.read(expected)))
            } else {
                Issue.record("no value: \(run.outcome?.description ?? "")")
            }
            made.append(block)
        }
        let differs = zip(made, recorded).contains { new, old in
            new.sections.map { "\($0)" } != old.sections.map { "\($0)" }
        }
        if differs, isRecording {
            try Corpus.write(made, to: file)
        }
        for (new, old) in zip(made, recorded) {
            for section in ["tree", "checked", "program"] {
                #expect(new[section] == old[section], "record with CALCBURST_RECORD=1")
            }
        }
    }
}

extension Corpus.Block {
    /// Puts the text of a stage in its place: after the ones before it and before the value.
    fileprivate mutating func record(_ name: String, _ text: String) {
        let text = text.trimmingCharacters(in: .newlines)
        if let index = sections.firstIndex(where: { $0.name == name }) {
            sections[index].text = text
        } else {
            let end = sections.firstIndex { $0.name == "value" } ?? sections.count
            sections.insert((name, text), at: end)
        }
    }
}
