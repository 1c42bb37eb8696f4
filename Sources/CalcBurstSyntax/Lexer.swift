package import CalcBurstSource

/// Cuts the bytes of a source into tokens, one at a time and forwards only.
///
/// What is wrong with a piece is reported where it stands. Then a token that the writer may have
/// meant takes its place, so that the parser does not report the same mistake again.
package struct Lexer {
    /// More findings than this help nobody.
    static let maximumDiagnostics = 20

    let source: Source
    let limits: SourceLimits
    /// Where the next token is looked for.
    var offset: Int
    /// Where the text ends for this lexer.
    let end: Int
    private(set) var diagnostics: [Diagnostic] = []
    /// A limit was met: nothing more is read.
    private(set) var hasReachedLimit = false
    /// Ranges in which nothing is reported, since what stands there was probably not meant as code.
    private var silentRanges: [SourceRange] = []
    /// Whether the last token ends a value, and where: they decide what `.5` and `?.` are.
    private var lastEndsValue = false
    /// A text that is not closed has been reported: the quotes after it pair up wrongly.
    var hasOpenText = false
    private(set) var lastEnd = -1

    package init(_ source: Source, limits: SourceLimits = SourceLimits()) {
        self.source = source
        self.limits = limits.withinCeilings
        offset = 0
        end = source.bytes.count
        // A byte order mark may open a text that came from a file.
        if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// Reads a part of a source, which must be tokens from end to end.
    init(_ source: Source, in range: SourceRange) {
        self.source = source
        var limits = SourceLimits()
        limits.nameLength = range.count
        self.limits = limits
        end = min(range.end, source.bytes.count)
        offset = min(range.start, end)
    }

    /// All tokens of a text, the last of kind `end`, and what is wrong with them.
    package static func tokens(
        of source: Source,
        limits: SourceLimits = SourceLimits()
    ) -> (tokens: [Token], diagnostics: [Diagnostic]) {
        var lexer = Lexer(source, limits: limits)
        var tokens: [Token] = []
        repeat {
            tokens.append(lexer.next())
        } while tokens.last?.kind != .end
        return (tokens, lexer.diagnostics)
    }

    /// The next token; of kind `end` for ever once the text is read or a limit is met.
    package mutating func next() -> Token {
        while true {
            skipSpace()
            guard offset < end, !hasReachedLimit else {
                return Token(kind: .end, range: SourceRange(end, end))
            }
            let start = offset
            guard let kind = scan() else { continue }
            if hasReachedLimit { continue }
            let token = Token(kind: kind, range: SourceRange(start, offset))
            lastEndsValue = token.endsValue
            lastEnd = offset
            return token
        }
    }

    /// Reads one piece; nil if it was nothing but a mistake without which the text reads well.
    private mutating func scan() -> Token.Kind? {
        let byte = byte(at: offset)
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"):
            return word()
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return number()
        case UInt8(ascii: "."):
            return Self.isDigit(self.byte(at: offset + 1)) && !lastEndsValue ? number() : symbol()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return string(quote: byte)
        case UInt8(ascii: "`"):
            return quotedName()
        case 0x80...0xFF:
            return foreign()
        default:
            return symbol()
        }
    }

    // MARK: Bytes

    /// The byte at an offset, or 0 outside the text; a 0 inside is refused wherever it stands.
    func byte(at index: Int) -> UInt8 {
        index >= 0 && index < end ? source.bytes[index] : 0
    }

    /// The scalar at an offset and its length, or nil if the bytes there are not UTF-8.
    func scalar(at index: Int) -> (value: Unicode.Scalar, length: Int)? {
        let first = byte(at: index)
        let length: Int
        var value: UInt32
        let least: UInt32
        switch first {
        case 0x00...0x7F: return (Unicode.Scalar(first), 1)
        case 0xC2...0xDF: (length, value, least) = (2, UInt32(first & 0x1F), 0x80)
        case 0xE0...0xEF: (length, value, least) = (3, UInt32(first & 0x0F), 0x800)
        case 0xF0...0xF4: (length, value, least) = (4, UInt32(first & 0x07), 0x1_0000)
        default: return nil
        }
        for position in 1..<length {
            let byte = byte(at: index + position)
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default:
            false
        }
    }

    /// Moves on while the bytes could belong to a word or a numeral.
    mutating func skipWordBytes() {
        while Self.isWordByte(byte(at: offset)) { offset += 1 }
    }

    // MARK: Findings

    /// Adds a finding, unless one stands at the same place or enough have been found.
    mutating func report(_ diagnostic: Diagnostic) {
        let start = diagnostic.range.start
        guard diagnostics.count < Self.maximumDiagnostics, !hasReachedLimit else { return }
        guard !diagnostics.contains(where: { $0.range.start == start }) else { return }
        guard !silentRanges.contains(where: { $0.start <= start && start <= $0.end }) else {
            return
        }
        // A text ends too early only once.
        if diagnostic.code == .incomplete {
            guard !diagnostics.contains(where: { $0.code == .incomplete }) else { return }
        }
        diagnostics.append(diagnostic)
    }

    /// Adds that a limit was met and ends the reading.
    mutating func reportLimit(_ fact: Diagnostic.LimitFact, at range: SourceRange) {
        guard !hasReachedLimit else { return }
        hasReachedLimit = true
        if diagnostics.count >= Self.maximumDiagnostics { diagnostics.removeLast() }
        diagnostics.append(.limit(fact, at: range))
    }

    /// Reports nothing about the rest of the line.
    mutating func silenceRestOfLine() {
        guard diagnostics.count < Self.maximumDiagnostics else { return }
        if let last = silentRanges.last, offset <= last.end { return }
        var lineEnd = offset
        while lineEnd < end, byte(at: lineEnd) != UInt8(ascii: "\n") { lineEnd += 1 }
        silentRanges.append(SourceRange(offset, lineEnd))
    }

    /// A range from a start to where the lexer is.
    func range(from start: Int) -> SourceRange { SourceRange(start, offset) }
}
