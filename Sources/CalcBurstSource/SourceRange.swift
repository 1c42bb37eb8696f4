/// Where in a text something stands: a half-open range of UTF-8 byte offsets.
public struct SourceRange: Hashable, Sendable {
    private let lower: Int32
    private let upper: Int32

    /// The offset of the first byte.
    public var start: Int { Int(lower) }
    /// The offset after the last byte.
    public var end: Int { Int(upper) }
    /// The number of bytes.
    public var count: Int { end - start }

    /// Makes a range; offsets that no text can have are clamped, and `end` is never before `start`.
    public init(_ start: Int, _ end: Int) {
        let first = Int32(clamping: max(0, start))
        lower = first
        upper = max(first, Int32(clamping: end))
    }

    /// The smallest range that holds both.
    public func joined(with other: SourceRange) -> SourceRange {
        SourceRange(min(start, other.start), max(end, other.end))
    }
}

extension SourceRange: CustomStringConvertible {
    public var description: String { "\(start)..\(end)" }
}
