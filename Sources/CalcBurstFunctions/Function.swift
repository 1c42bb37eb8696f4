/// An operation that expressions call by name: declared once, read by the checker, the machine, the
/// catalogue, the help and the JSON API.
///
/// ```swift
/// Function(
///     "hypot", .arithmetic, "The length of the hypotenuse.",
///     [Overload("(a: number, b: number) -> number", .lifted, .binary { hypot($0, $1) })],
///     examples: [Example("hypot(3, 4)", "5")]
/// )
/// ```
public struct Function: Sendable {
    /// Lower-case words joined by underscores; a plugin's name has a prefix and a dot.
    public let name: String
    public let group: Group
    /// One sentence that says what the answer is.
    public let summary: String
    /// The ways to call it; the first that takes the operands is called.
    public let overloads: [Overload]
    /// Calls with their answers; a test runs each.
    public let examples: [Example]
    /// Who gave it.
    public let origin: Origin

    public init(
        _ name: String,
        _ group: Group,
        _ summary: String,
        _ overloads: [Overload],
        examples: [Example] = [],
        origin: Origin = .language
    ) {
        self.name = name
        self.group = group
        self.summary = summary
        self.overloads = overloads
        self.examples = examples
        self.origin = origin
    }

    /// Where a function comes from.
    public enum Origin: Hashable, Sendable {
        case language
        case host
        case plugin(name: String, version: String)
    }

    /// The families of functions, in the order of the catalogue.
    public enum Group: String, CaseIterable, Hashable, Sendable {
        case operations = "Operations"
        case arithmetic = "Arithmetic"
        case comparison = "Comparison"
        case logic = "Logic and choice"
        case rounding = "Rounding"
        case exponential = "Roots and logarithms"
        case trigonometry = "Trigonometry"
        case reductions = "Reductions"
        case statistics = "Statistics"
        case scans = "Scans"
        case lists = "Lists"
        case records = "Records"
        case strings = "Strings"
        case conversion = "Conversion"
        case money = "Money"
        case host = "Host"
        case plugins = "Plugins"
    }

    /// A call and its answer, both written in the language.
    public struct Example: Hashable, Sendable {
        public let call: String
        public let result: String

        public init(_ call: String, _ result: String) {
            self.call = call
            self.result = result
        }
    }
}

public typealias Example = Function.Example

/// One way to call a function: its signature, its marks, and the code that answers.
public struct Overload: Sendable {
    /// The signature in the notation of `Signature`.
    public let signatureText: String
    /// The parsed signature; nil if the text is not one, which `FunctionLibrary` refuses.
    public var signature: Signature? { parsed.signature(of: signatureText) }
    private let parsed = ParsedSignature()
    public let marks: Marks
    package let implementation: Implementation
    /// The result type of a function whose signature cannot say it, such as `merge`.
    package let typing: Typing?
    /// Many calls at once, where that is quicker than one by one.
    package let rows: Rows?

    public init(
        _ signature: String,
        _ marks: Marks = [],
        _ implementation: Implementation,
        typing: Typing? = nil
    ) {
        self.init(signature, marks, implementation, typing: typing, rows: nil)
    }

    package init(
        _ signature: String,
        _ marks: Marks,
        _ implementation: Implementation,
        typing: Typing? = nil,
        rows: Rows?
    ) {
        signatureText = signature
        self.marks = marks
        self.implementation = implementation
        self.typing = typing
        self.rows = rows
    }

    /// What the engine may assume of an overload.
    public struct Marks: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Works element by element over lists.
        public static let lifted = Marks(rawValue: 1)
        /// Some operands are evaluated only if they are needed.
        public static let lazy = Marks(rawValue: 2)
        /// May give another answer for the same operands, so it is never folded or run twice.
        public static let impure = Marks(rawValue: 4)
        /// A non-finite operand always gives a non-finite result, so that the machine may check the
        /// result in place of the operands.
        public static let transparent = Marks(rawValue: 8)
    }

    /// The code of an overload.
    ///
    /// Numbers come as `Double`, booleans as 1 and 0. Operands are finite. A result that is not
    /// finite is a fault at the call: an infinity is `overflow`, NaN is `domain-error`.
    public enum Implementation: Sendable {
        case unary(@Sendable (Double) throws(Fault) -> Double)
        case binary(@Sendable (Double, Double) throws(Fault) -> Double)
        case ternary(@Sendable (Double, Double, Double) throws(Fault) -> Double)
        case quinary(@Sendable (Double, Double, Double, Double, Double) throws(Fault) -> Double)
        /// Two or more numbers, from the left: `f(f(a, b), c)`.
        case fold(@Sendable (Double, Double) throws(Fault) -> Double)
        /// Any values, one for each parameter and each further operand of the last one; a missing
        /// operand with a default comes as its default, a body as the list of its results.
        /// The engine has already charged fuel for the elements and bytes of the operands; what the
        /// function makes it charges itself.
        case values(@Sendable ([Value], inout Meter) throws(Fault) -> Value)
        /// A part of the language itself: the checker knows it by its name.
        case form
    }

    /// Answers `count` calls whose operands stand in columns; a fault of one is `inElement`.
    package typealias Rows =
        @Sendable (
            _ operands: [Column], _ count: Int, _ meter: inout Meter
        ) throws(Fault) -> List

    /// One operand of many calls.
    package enum Column: Sendable {
        /// The same in every call.
        case same(Value)
        /// One for each call.
        case each(List)
    }

    /// Gives the result type from the operands' types and, where an operand is a literal, its value;
    /// nil if the operands do not fit.
    public typealias Typing = @Sendable (_ types: [ValueType], _ literals: [Value?]) -> ValueType?
}
