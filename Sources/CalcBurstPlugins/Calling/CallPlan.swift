#if Plugins
import CalcBurstFunctions

/// How one C function is called with operands of the language: everything that is known before.
///
/// A call takes one piece of the stack, its frame. The plan says where in it each argument, the
/// pointers to them, the result and what the function fills have their places, and which small
/// steps put the operands there.
final class CallPlan: Sendable {
    /// Told when the function breaks its rules.
    let plugin: String
    let operandCount: Int
    let function: UInt
    let interface: ForeignInterface
    let frame: FrameLayout
    let steps: [Step]
    /// Operands whose elements or bytes stay in place during the call.
    let pins: [Pin]
    let outcome: Outcome
    let answer: Answer

    /// Gives everything its place.
    init(
        _ shape: CallShape,
        of function: UInt,
        for signature: PluginSignature,
        plugin: String
    ) throws(PluginError) {
        var frame = FrameLayout(operandCount: signature.parameters.count)
        frame.pointers = frame.take(shape.arguments.count * 8)
        frame.result = frame.take(shape.result.size)
        let outs = shape.outs.map { frame.take($0.size) }
        frame.outs = zip(outs, shape.outs).map { $0..<($0 + $1.size) }

        var steps: [Step] = []
        var pins: [Pin] = []
        for argument in shape.arguments {
            let place = frame.take(argument.type.size)
            frame.arguments.append(place)
            let fields = zip(argument.type.fields, argument.type.offsets)
            for (part, (type, offset)) in zip(argument.parts, fields) {
                var step = Self.step(part, type, outs: outs)
                step.offset = place + offset
                if part == .call { frame.call = step.offset }
                steps.append(step)
                if let pin = Self.pin(part, signature) { Self.add(pin, to: &pins) }
            }
        }

        let fields: Answer.Source =
            switch shape.answer {
            case .call: .call
            case .returned(let field):
                .fields(Self.fields(of: shape.result, at: frame.result, field, isResult: true))
            case .outs(let field):
                .fields(
                    zip(shape.outs, outs).flatMap { type, place in
                        Self.fields(of: type, at: place, field, isResult: false)
                    }
                )
            }
        self.plugin = plugin
        operandCount = signature.parameters.count
        self.function = function
        interface = try ForeignInterface(
            shape.arguments.map(\.type),
            result: shape.result,
            fixed: shape.fixed
        )
        self.frame = frame
        self.steps = steps
        self.pins = pins
        outcome = shape.outcome
        answer = Answer(type: signature.result, source: fields, free: shape.free)
    }

    /// One value that is put into the frame.
    struct Step: Sendable {
        var source: Source
        /// Which operand, counted from 0.
        var operand = 0
        var type: CType
        /// Where it goes.
        var offset = 0
    }

    enum Source: Hashable, Sendable {
        /// A number or a truth value.
        case scalar
        case realPart
        case imaginaryPart
        /// Where the elements of a list or the bytes of a text are, and how many.
        case elements
        case count
        /// One element of a list.
        case element(Int)
        case constant(Double)
        /// The address of a place in the frame, which the function fills.
        case place(Int)
        /// The `cb_call`, which is there only while the function runs.
        case call
    }

    struct Pin: Hashable, Sendable {
        var operand: Int
        var content: Content

        enum Content: Hashable, Sendable {
            case numbers
            case integers
            /// A text with a NUL behind it; a plain one has no other NUL.
            case text(isPlain: Bool)
        }
    }

    /// How the function says that it failed.
    enum Outcome: Sendable {
        /// By a result that is not a number.
        case always
        /// By a `cb_status`, with its words in the `cb_call`.
        case call
        /// By an integer, which the manifest explains.
        case status(StatusRules)
        /// By `errno`.
        case errorNumber
    }

    /// Where the answer is afterwards.
    struct Answer: Sendable {
        var type: PluginType
        var source: Source
        /// Called with a text after it was copied.
        var free: UInt?

        enum Source: Sendable {
            /// Fields in the frame: one, two of a complex number, or all elements of a list.
            case fields([Field])
            /// The `cb_call`.
            case call
        }
    }

    /// One value in the frame to be read after the call.
    struct Field: Hashable, Sendable {
        var offset: Int
        var type: CType
        /// Whether libffi wrote a narrow integer as a wide one.
        var isWide: Bool
    }
}

/// The places in a frame; the first ones are the pins, at 0.
struct FrameLayout: Hashable, Sendable {
    /// Where each argument is, for libffi.
    var arguments: [Int] = []
    /// The pointers to them.
    var pointers = 0
    var result = 0
    /// Where the address of the `cb_call` goes; nil if the function takes none.
    var call: Int?
    /// What the function fills; zeros before each call, so that nothing of an earlier one is left.
    var outs: [Range<Int>] = []
    private(set) var size: Int

    /// What a pin takes: an address and a count.
    static let pinSize = 16
    /// Up to this size a frame is on the stack; it is larger only with very many arguments.
    static let stackSize = 1024

    init(operandCount: Int) { size = operandCount * Self.pinSize }

    /// Takes room, at a multiple of 16.
    mutating func take(_ bytes: Int) -> Int {
        let offset = size
        size += max(16, bytes.rounded(upTo: 16))
        return offset
    }
}

/// What the integers mean that a library returns as its status.
struct StatusRules: Hashable, Sendable {
    /// Success.
    var ok: Int32 = 0
    /// The answer was too large for a number.
    var overflow: Set<Int32> = []
    /// The answer was too small, which is a success with 0 or nearly 0.
    var underflow: Set<Int32> = []
    /// A function that gives the words of a status: `const char *f(int)`.
    var message: UInt?
}
#endif
