/// A text to compile, as bytes.
///
/// The bytes need not be valid UTF-8; the lexer reports the place where they are not.
public struct Source: Hashable, Sendable {
    /// The text in UTF-8.
    public let bytes: [UInt8]

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The whole text; a byte that is not UTF-8 becomes U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text of a range; a range that reaches outside is cut.
    public subscript(range: SourceRange) -> String {
        let start = min(range.start, bytes.count)
        let end = min(max(range.end, start), bytes.count)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Where a byte offset is for people: line and column from 1, the column in characters.
    public func position(of offset: Int) -> SourcePosition {
        let end = min(max(offset, 0), bytes.count)
        var line = 1
        var lineStart = 0
        for index in 0..<end where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        let before = String(decoding: bytes[lineStart..<end], as: UTF8.self)
        return SourcePosition(line: line, column: before.unicodeScalars.count + 1)
    }

    /// The number of UTF-16 units before a byte offset: what JavaScript and editors count.
    public func utf16Offset(of offset: Int) -> Int {
        let end = min(max(offset, 0), bytes.count)
        return String(decoding: bytes[0..<end], as: UTF8.self).utf16.count
    }
}

/// A line and a column, both from 1, for people.
public struct SourcePosition: Hashable, Sendable {
    public let line: Int
    /// Counted in Unicode scalars.
    public let column: Int
}
