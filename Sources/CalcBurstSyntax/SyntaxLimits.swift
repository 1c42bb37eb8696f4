/// The limits of a text, checked before the work that they bound.
public struct SourceLimits: Hashable, Sendable {
    /// UTF-8 bytes of the text; the ceiling is 16 MiB.
    public var sourceLength = 64 << 10
    /// Brackets, prefix operators, powers, conditionals and calls inside each other; at most 250.
    public var nesting = 128
    /// Nodes of the tree; the ceiling is 4,000,000.
    public var nodes = 10_000
    /// Bytes of one numeral; at most 1,000.
    public var numeralLength = 1_000
    /// Bytes of one name.
    public var nameLength = 255
    /// Distinct input names.
    public var names = 1_024
    /// Operands of one call.
    public var operands = 255
    /// Elements of one list literal, fields of one record literal.
    public var literalLength = 10_000

    public init() {}

    /// The same limits, none above its ceiling.
    package var withinCeilings: SourceLimits {
        var limits = self
        limits.sourceLength = min(max(sourceLength, 0), 16 << 20)
        limits.nesting = min(max(nesting, 0), 250)
        limits.nodes = min(max(nodes, 0), 4_000_000)
        limits.numeralLength = min(max(numeralLength, 0), 1_000)
        limits.nameLength = min(max(nameLength, 0), 65_535)
        limits.names = min(max(names, 0), 65_535)
        limits.operands = min(max(operands, 1), 10_000)
        limits.literalLength = min(max(literalLength, 1), 4_000_000)
        return limits
    }
}
