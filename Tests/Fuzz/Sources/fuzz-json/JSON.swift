import CalcBurst
import FuzzSubject

/// Any bytes as JSON: what is accepted is written and read back as the same value.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    let shown = String(decoding: bytes, as: UTF8.self)
    guard let value = Subject.readJSON(bytes) else { return 0 }
    require(isFinite(value), "a number that is not finite", shown)
    let written = Subject.writeJSON(value)
    let again = Subject.readJSON(Array(written.utf8))
    require(
        again == value,
        "written as \(written), which reads as \(String(describing: again))",
        shown
    )
    return 0
}
