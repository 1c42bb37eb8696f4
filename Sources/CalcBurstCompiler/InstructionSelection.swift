import CalcBurstFunctions
package import CalcBurstMachine

/// Which functions have an instruction of their own; every other is called through its closure.
///
/// The rows are optional: they make a function fast and change nothing else. A test holds each to
/// its function, operand for operand.
package enum InstructionSelection {
    /// The instruction of a function of one number.
    package static let unary: [String: Opcode] = [
        "neg": .negate, "not": .not, "abs": .absolute, "sqrt": .squareRoot, "floor": .floor,
        "ceil": .ceiling, "sin": .sine, "cos": .cosine, "tan": .tangent, "asin": .arcsine,
        "acos": .arccosine, "ln": .logarithm, "log2": .logarithm2, "log10": .logarithm10,
        "atan": .arctangent, "tanh": .hyperbolicTangent, "exp": .exponential,
    ]

    /// The instructions of a function of two numbers, by where its operands are.
    package struct Binary: Sendable {
        /// The first in the accumulator, the second in a slot.
        package let accumulatorSlot: Opcode
        /// The first in a slot, the second in the accumulator.
        package let slotAccumulator: Opcode
        /// Both in slots.
        package let slots: Opcode?
        /// Whether `slots` takes them the other way round.
        package var slotsAreSwapped = false
    }

    package static let binary: [String: Binary] = [
        "add": Binary(accumulatorSlot: .addSlot, slotAccumulator: .addSlot, slots: .addSlots),
        "subtract": Binary(
            accumulatorSlot: .subtractSlot,
            slotAccumulator: .subtractInto,
            slots: .subtractSlots
        ),
        "multiply": Binary(
            accumulatorSlot: .multiplySlot,
            slotAccumulator: .multiplySlot,
            slots: .multiplySlots
        ),
        "divide": Binary(
            accumulatorSlot: .divideSlot,
            slotAccumulator: .divideInto,
            slots: .divideSlots
        ),
        "modulo": Binary(accumulatorSlot: .moduloSlot, slotAccumulator: .moduloInto, slots: nil),
        "power": Binary(accumulatorSlot: .powerSlot, slotAccumulator: .powerInto, slots: nil),
        "min": Binary(accumulatorSlot: .minimumSlot, slotAccumulator: .minimumInto, slots: nil),
        "max": Binary(accumulatorSlot: .maximumSlot, slotAccumulator: .maximumInto, slots: nil),
        "less": Binary(
            accumulatorSlot: .lessSlot,
            slotAccumulator: .greaterSlot,
            slots: .lessSlots
        ),
        "less_or_equal": Binary(
            accumulatorSlot: .lessOrEqualSlot,
            slotAccumulator: .greaterOrEqualSlot,
            slots: .lessOrEqualSlots
        ),
        "greater": Binary(
            accumulatorSlot: .greaterSlot,
            slotAccumulator: .lessSlot,
            slots: .lessSlots,
            slotsAreSwapped: true
        ),
        "greater_or_equal": Binary(
            accumulatorSlot: .greaterOrEqualSlot,
            slotAccumulator: .lessOrEqualSlot,
            slots: .lessOrEqualSlots,
            slotsAreSwapped: true
        ),
        "equal": Binary(
            accumulatorSlot: .equalSlot,
            slotAccumulator: .equalSlot,
            slots: .equalSlots
        ),
        "not_equal": Binary(
            accumulatorSlot: .notEqualSlot,
            slotAccumulator: .notEqualSlot,
            slots: .notEqualSlots
        ),
    ]
}
