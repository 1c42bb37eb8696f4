import CCalcBurstPlugin

/// An operation for the table: made by a `Declaration` and a function that fits it.
@safe
public struct Operation {
    let name: String
    let signature: String
    let summary: String
    let examples: [String]
    let flags: Flags
    let cost: UInt32
    let function: cb_fn
    let rows: Rows?
}

/// What the host may assume of an operation.
public struct Flags: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Same operands, same answer, no effects: may be worked out ahead.
    public static let pure = Flags(rawValue: 1)
    /// The same answer within one evaluation.
    public static let stable = Flags(rawValue: 2)
    /// Any number of threads at once.
    public static let concurrent = Flags(rawValue: 4)
    /// A NaN operand gives NaN.
    public static let nanThrough = Flags(rawValue: 8)
    /// The same bits on every machine.
    public static let deterministic = Flags(rawValue: 16)
    /// Waits for something; must be `concurrent`.
    public static let mayBlock = Flags(rawValue: 32)
}

/// Many calls at once: the columns of the operands, room for the results, and how many rows.
public typealias Rows =
    @convention(c) (
        Call, UnsafePointer<UnsafeRawPointer?>?, UnsafeMutableRawPointer?, Int
    ) -> Status

/// A parameter of an operation.
public protocol Parameter {
    /// As the signature writes it.
    var notation: String { get }
}

/// `f64`: a `Double`.
public struct Number: Parameter {
    public let notation: String
    public init(_ name: String) { notation = "\(name): f64" }
    public init(_ name: String, default value: Double) { notation = "\(name): f64 = \(value)" }
}

/// `i64`: an `Int64`, refused before the call unless whole and within 2^53.
public struct Integer: Parameter {
    public let notation: String
    public init(_ name: String) { notation = "\(name): i64" }
    public init(_ name: String, default value: Int64) { notation = "\(name): i64 = \(value)" }
}

/// `bool`: a `Bool`.
public struct Truth: Parameter {
    public let notation: String
    public init(_ name: String) { notation = "\(name): bool" }
    public init(_ name: String, default value: Bool) { notation = "\(name): bool = \(value)" }
}

/// `str`: bytes and how many, which `text` makes a string.
public struct Text: Parameter {
    public let notation: String
    public init(_ name: String) { notation = "\(name): str" }
}

/// `[f64]`: numbers and how many, which `list` makes a collection.
public struct Numbers: Parameter {
    public let notation: String
    public init(_ name: String) { notation = "\(name): [f64]" }
    /// Any number of operands; the last parameter only.
    public init(anyNumberOf name: String) { notation = "\(name): f64..." }
}

/// What is said of an operation; one of its methods adds the function.
///
/// The methods' types keep signature and function together: `call` is for functions that cannot fail,
/// `attempt` for those that may, which take the call before the operands and the result's address after
/// them. A list is two operands: its elements and how many.
public struct Declaration {
    let name: String
    let summary: String
    let examples: [String]
    let flags: Flags
    let cost: UInt32

    /// `name` has its prefix: `shop.vat`; `examples` are checked by `calcburst plugin check`.
    public init(
        _ name: String,
        _ summary: String,
        examples: [String],
        flags: Flags = [.pure, .concurrent],
        cost: UInt32 = 0
    ) {
        self.name = name
        self.summary = summary
        self.examples = examples
        self.flags = flags
        self.cost = cost
    }

    /// An operation of any other shape; nobody checks that the function is of the signature's.
    ///
    /// The address is that of a `@convention(c)` function, by `unsafeBitCast`.
    @unsafe
    public func unchecked(
        signature: String,
        address: UnsafeRawPointer,
        rows: Rows? = nil
    ) -> Operation {
        unsafe operation(signature, unsafe address, rows)
    }

    func operation<Function>(
        _ parameters: [any Parameter],
        _ result: String,
        _ function: Function,
        _ rows: Rows? = nil
    ) -> Operation {
        let notation = parameters.map(\.notation).joined(separator: ", ")
        return unsafe operation("(\(notation)) -> \(result)", function, unsafe rows)
    }

    private func operation<Function>(
        _ signature: String,
        _ function: Function,
        _ rows: Rows?
    ) -> Operation {
        unsafe Operation(
            name: name,
            signature: signature,
            summary: summary,
            examples: examples,
            flags: flags,
            cost: cost,
            function: unsafe unsafeBitCast(function, to: cb_fn.self),
            rows: rows
        )
    }
}
