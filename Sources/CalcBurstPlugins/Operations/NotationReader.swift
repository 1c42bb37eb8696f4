#if Plugins
import CalcBurstFunctions
import CalcBurstJSON

/// Reads the small notations of plugins from left to right: signatures, calls, conditions.
///
/// Each step skips spaces first. What is refused is told with its place, counted in bytes from 1.
struct NotationReader {
    let bytes: [UInt8]
    private(set) var index = 0
    private let code: PluginError.Code

    /// Longer texts are refused before they are read.
    static let longest = 4096

    init(_ text: String, refusal code: PluginError.Code) throws(PluginError) {
        bytes = Array(text.utf8)
        self.code = code
        guard bytes.count <= Self.longest else {
            throw PluginError(code, "", "the notation is longer than \(Self.longest) bytes")
        }
    }

    /// The error for what stands at the next character.
    mutating func refusal(_ what: String) -> PluginError {
        skipSpaces()
        let place = index == bytes.count ? "at the end" : "at character \(index + 1)"
        return PluginError(code, "", "\(what) \(place) of '\(cut(bytes[...]))'")
    }

    func cut(_ part: ArraySlice<UInt8>) -> String {
        let most = 80
        let text = String(decoding: part.prefix(most), as: UTF8.self)
        return part.count > most ? text + "…" : text
    }

    mutating func skipSpaces() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    }

    /// The byte that comes next; nil at the end.
    mutating func next() -> UInt8? {
        skipSpaces()
        return index < bytes.count ? bytes[index] : nil
    }

    mutating func isAtEnd() -> Bool {
        skipSpaces()
        return index == bytes.count
    }

    /// Whether these characters come next, without taking them.
    mutating func sees(_ characters: String) -> Bool {
        skipSpaces()
        return bytes[index...].starts(with: characters.utf8)
    }

    /// Takes these characters if they come next.
    mutating func take(_ characters: String) -> Bool {
        guard sees(characters) else { return false }
        index += characters.utf8.count
        return true
    }

    /// Takes these characters, which must come next.
    mutating func expect(_ characters: String) throws(PluginError) {
        guard take(characters) else { throw refusal("'\(characters)' is expected") }
    }

    mutating func expectEnd() throws(PluginError) {
        guard isAtEnd() else { throw refusal("nothing more is expected") }
    }

    /// Takes a word of letters, digits and underscores; nil, and takes nothing, if there is none.
    mutating func word() -> String? {
        skipSpaces()
        let start = index
        var end = start
        while end < bytes.count, isPartOfWord(bytes[end], first: end == start) { end += 1 }
        guard end > start else { return nil }
        index = end
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    mutating func expectWord(_ what: String) throws(PluginError) -> String {
        guard let word = word() else { throw refusal("\(what) is expected") }
        return word
    }

    private func isPartOfWord(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"):
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
        default: false
        }
    }

    /// Takes a number, `true`, `false` or a text in double quotes; nil if there is none of them.
    mutating func literal() -> Value? {
        skipSpaces()
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "\""): return text().map(Value.string)
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return number().map(Value.number)
        default:
            let start = index
            switch word() {
            case "true": return true
            case "false": return false
            default:
                index = start
                return nil
            }
        }
    }

    /// Takes a number of the language; nil if there is none.
    mutating func number() -> Double? {
        skipSpaces()
        var end = index
        if end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
        while end < bytes.count {
            let isExponentSign =
                (bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+"))
                && end > index && bytes[end - 1] | 0x20 == UInt8(ascii: "e")
            guard
                isPartOfWord(bytes[end], first: false) || bytes[end] == UInt8(ascii: ".")
                    || isExponentSign
            else { break }
            end += 1
        }
        guard case .success(let number) = NumberText.read(bytes, in: index..<end) else {
            return nil
        }
        index = end
        return number
    }

    /// Takes a text in double quotes, with JSON's escapes; nil if there is none.
    private mutating func text() -> String? {
        var end = index + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < bytes.count,
            case .string(let text)? = try? JSON.read(Array(bytes[index...end]))
        else { return nil }
        index = end + 1
        return text
    }
}
#endif
