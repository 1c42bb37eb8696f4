#if Plugins
import CalcBurstFunctions

/// What a C function takes and gives, before places are given to it.
struct CallShape: Sendable {
    var arguments: [Argument] = []
    /// How many arguments are before C's `...`; nil if there is none.
    var fixed: Int?
    var result = ForeignType.nothing
    /// What the function fills through pointers.
    var outs: [ForeignType] = []
    var outcome = CallPlan.Outcome.always
    var answer = AnswerSource.returned(field: nil)
    /// Called with a text after it was copied.
    var free: UInt?

    struct Argument: Sendable {
        var type: ForeignType
        /// One for each field.
        var parts: [Part]
    }

    enum Part: Hashable, Sendable {
        case scalar(operand: Int)
        case realPart(operand: Int)
        case imaginaryPart(operand: Int)
        case elements(operand: Int)
        case count(operand: Int)
        /// A text for a function that looks for the NUL.
        case plainText(operand: Int)
        case element(Int, operand: Int)
        case constant(Double)
        case out(Int)
        /// The `cb_call`.
        case call
    }

    enum AnswerSource: Hashable, Sendable {
        /// The result, or one field of it.
        case returned(field: Int?)
        /// All that the function fills, or one field of it.
        case outs(field: Int?)
        case call
    }
}

extension CallPlan {
    static func step(
        _ part: CallShape.Part,
        _ type: CType,
        outs: [Int]
    ) -> Step {
        switch part {
        case .scalar(let operand): Step(source: .scalar, operand: operand, type: type)
        case .realPart(let operand): Step(source: .realPart, operand: operand, type: type)
        case .imaginaryPart(let operand):
            Step(source: .imaginaryPart, operand: operand, type: type)
        case .elements(let operand), .plainText(let operand):
            Step(source: .elements, operand: operand, type: type)
        case .count(let operand): Step(source: .count, operand: operand, type: type)
        case .element(let index, let operand):
            Step(source: .element(index), operand: operand, type: type)
        case .constant(let number): Step(source: .constant(number), type: type)
        case .out(let index): Step(source: .place(outs[index]), type: type)
        case .call: Step(source: .call, type: type)
        }
    }

    /// The pin that a part needs.
    static func pin(_ part: CallShape.Part, _ signature: PluginSignature) -> Pin? {
        switch part {
        case .elements(let operand), .count(let operand):
            switch signature.parameters[operand].passed {
            case .numbers: Pin(operand: operand, content: .numbers)
            case .integers: Pin(operand: operand, content: .integers)
            case .string: Pin(operand: operand, content: .text(isPlain: false))
            case .f64, .i64, .bool, .complex: nil
            }
        case .plainText(let operand): Pin(operand: operand, content: .text(isPlain: true))
        case .scalar, .realPart, .imaginaryPart, .element, .constant, .out, .call: nil
        }
    }

    /// Adds a pin unless the operand has one; a text that is anywhere plain is plain.
    static func add(_ pin: Pin, to pins: inout [Pin]) {
        guard let index = pins.firstIndex(where: { $0.operand == pin.operand }) else {
            pins.append(pin)
            return
        }
        if pin.content == .text(isPlain: true) { pins[index] = pin }
    }

    static func fields(
        of type: ForeignType,
        at place: Int,
        _ field: Int?,
        isResult: Bool
    ) -> [Field] {
        var isWide = false
        if isResult, case .scalar(let type) = type { isWide = type.isInteger || type == .bool }
        let all = zip(type.fields, type.offsets).map { type, offset in
            Field(offset: place + offset, type: type, isWide: isWide)
        }
        guard let field else { return all }
        return field < all.count ? [all[field]] : []
    }
}
#endif
