#if Plugins
package import CalcBurstFunctions

/// An operation that a plugin offers: what is said of it, and how it is called.
package struct PluginOperation: Sendable {
    /// With its prefix: `fin.npv`.
    package var name: String
    package var signature: PluginSignature
    /// One sentence.
    package var summary: String
    package var examples: [PluginExample]
    package var marks: Marks
    /// About how long a call takes, in nanoseconds; 0 if unknown.
    package var cost: Int
    package var call: any PluginCall

    package init(
        name: String,
        signature: PluginSignature,
        summary: String,
        examples: [PluginExample],
        marks: Marks,
        cost: Int = 0,
        call: any PluginCall
    ) {
        self.name = name
        self.signature = signature
        self.summary = summary
        self.examples = examples
        self.marks = marks
        self.cost = cost
        self.call = call
    }

    /// What the engine may assume; the bits of `flags` in the C header.
    package struct Marks: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let pure = Marks(rawValue: 1)
        package static let stable = Marks(rawValue: 2)
        package static let concurrent = Marks(rawValue: 4)
        package static let nanThrough = Marks(rawValue: 8)
        package static let deterministic = Marks(rawValue: 16)
        package static let mayBlock = Marks(rawValue: 32)

        package static let all: Marks = [
            .pure, .stable, .concurrent, .nanThrough, .deterministic, .mayBlock,
        ]
    }
}

/// A way to call an operation: its own process's C function, a binding, or a helper process.
///
/// Operands are already of the signature's types, none is missing: a variadic parameter has its
/// operands as one list. Numbers for `i64` and `[i64]` may still be fractions or too large, which
/// the call refuses with `domain`.
package protocol PluginCall: Sendable {
    /// One call. A result that is not finite is `nonFiniteResult`; the fault has no place.
    func callAsFunction(_ operands: [Value], _ meter: inout Meter) throws(Fault) -> Value

    /// Whether `rows` does the work in one go, by a batch entry or by one message to a helper.
    var hasRows: Bool { get }

    /// `count` calls at once; each operand is a column, or one value for all rows.
    ///
    /// Only for scalar types. Gives the results in order; a fault comes wrapped in its row, as
    /// `inElement`.
    func rows(_ operands: [PluginColumn], count: Int, _ meter: inout Meter) throws(Fault) -> List
}

/// One operand of many calls: the same in every row, or a list of as many as there are rows.
package typealias PluginColumn = Overload.Column
#endif
