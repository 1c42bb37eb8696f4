import FuzzSubject

/// Any bytes as a text: the lexer, the parser, the checker, and what compiles runs.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzText(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    let text = String(decoding: bytes, as: UTF8.self)
    let answer = Subject.answer(bytes)
    guard text.utf8.elementsEqual(bytes) else { return 0 }

    let found = Subject.diagnose(text)
    switch answer {
    case .rejected(let codes):
        require(!found.isEmpty, "diagnose finds nothing where compile finds \(codes)", text)
    case .value(let value):
        require(found.isEmpty, "diagnose finds \(found) in what compiles", text)
        let again = Subject.answer(literal(value))
        require(again.agrees(withShorter: answer), "\(value) reads back as \(again)", text)
    case .fault:
        require(found.isEmpty, "diagnose finds \(found) in what compiles", text)
    }
    return 0
}
