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
}
