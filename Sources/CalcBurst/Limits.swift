public import CalcBurstFunctions
public import CalcBurstSyntax

/// What a text and its evaluation may use; on by default, and nothing switches them off.
///
/// Set a limit lower as you like; higher values are cut to the ceiling.
public struct Limits: Hashable, Sendable {
    /// Limits of the text.
    public var source = SourceLimits()
    /// Limits of one evaluation.
    public var run = RunLimits()
    /// Lists and records inside each other; at most 128.
    public var dataDepth = 64

    public init() {}

    /// For formulas from strangers, as the service has them.
    public static let untrusted: Limits = {
        var limits = Limits()
        limits.source.sourceLength = 16 << 10
        limits.source.nesting = 64
        limits.source.nodes = 5_000
        limits.source.numeralLength = 400
        limits.source.operands = 64
        limits.run.fuel = 250_000
        limits.run.memory = 8 << 20
        limits.run.listLength = 10_000
        limits.run.stringLength = 256 << 10
        limits.run.time = .milliseconds(250)
        limits.dataDepth = 32
        return limits
    }()

    /// The highest value of each limit.
    public static let ceiling: Limits = {
        var limits = Limits()
        limits.source.sourceLength = 16 << 20
        limits.source.nesting = 250
        limits.source.nodes = 4_000_000
        limits.source.numeralLength = 1_000
        limits.source.nameLength = 65_535
        limits.source.names = 16_384
        limits.source.operands = 255
        limits.source.literalLength = 1_000_000
        limits.run.fuel = 1_000_000_000
        limits.run.memory = 256 << 20
        limits.run.listLength = 10_000_000
        limits.run.stringLength = 16 << 20
        limits.dataDepth = 128
        return limits
    }()

    /// The limits with each cut to its ceiling, and none below zero.
    package var clamped: Limits {
        var limits = self
        let ceiling = Limits.ceiling
        func cut<T>(_ path: WritableKeyPath<Limits, T>) where T: Comparable & BinaryInteger {
            limits[keyPath: path] = max(0, min(limits[keyPath: path], ceiling[keyPath: path]))
        }
        cut(\.source.sourceLength)
        cut(\.source.nesting)
        cut(\.source.nodes)
        cut(\.source.numeralLength)
        cut(\.source.nameLength)
        cut(\.source.names)
        cut(\.source.operands)
        cut(\.source.literalLength)
        cut(\.run.fuel)
        cut(\.run.memory)
        cut(\.run.listLength)
        cut(\.run.stringLength)
        cut(\.dataDepth)
        return limits
    }
}
