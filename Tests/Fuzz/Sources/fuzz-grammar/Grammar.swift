import CalcBurst
import Foundation
import FuzzSubject

/// Whether to print each sentence, to see what an input stands for: `SHOW=1 fuzz-grammar FILE`.
private let shows = ProcessInfo.processInfo.environment["SHOW"] != nil

/// Sentences of the grammar, with values for their variables, which must compile and mean one thing.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGrammar(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var sentence = Sentence(UnsafeBufferPointer(start: start, count: count))
    let values = sentence.values()
    let template = sentence.expression()

    let text = template.text { $0.name }
    if shows { FileHandle.standardError.write(Data((text + "\n").utf8)) }
    let answer = Subject.answer(text, values.map { ($0.variable.name, $0.value) })
    if case .rejected(let codes) = answer {
        require(codes == ["limit-exceeded"], "a sentence of the grammar is refused: \(codes)", text)
        return 0
    }
    if case .fault("limit-exceeded") = answer { return 0 }

    // Constants for variables: whatever the compiler folds must not change the answer.
    let folded = template.text { variable in
        values.first { $0.variable == variable }.map { literal($0.value) } ?? variable.name
    }
    let foldedAnswer = Subject.answer(folded)
    require(
        foldedAnswer.agrees(withShorter: answer),
        "\(answer), but with constants \(foldedAnswer): \(folded)",
        text
    )

    // Parentheses and a name for the whole change nothing.
    let inputs = values.map { ($0.variable.name, $0.value) }
    let wrapped = Subject.answer("((\(text)))", inputs)
    require(wrapped.agrees(withShorter: answer), "\(answer), but in parentheses \(wrapped)", text)
    let named = Subject.answer("let whole = \(text); whole", inputs)
    require(named.agrees(withShorter: answer), "\(answer), but with a name \(named)", text)

    if case .value(let value) = answer {
        let again = Subject.answer(literal(value))
        require(
            again.agrees(withShorter: answer),
            "the answer \(value) reads back as \(again)",
            text
        )
    }
    return 0
}
