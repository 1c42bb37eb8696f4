/// One step of a program: an opcode and up to three 16-bit operands, 8 bytes in all.
///
/// The machine has an accumulator `A` and a frame of 8-byte slots `F`: inputs, constants and
/// temporaries side by side, so that an operand is one indexed load wherever it comes from. What
/// is not a number or a truth value is worked on by an `Operation`, out of line.
package struct Instruction: Hashable, Sendable {
    package let opcode: Opcode
    package let a: UInt16
    package let b: UInt16
    package let c: UInt16

    package init(_ opcode: Opcode, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0) {
        self.opcode = opcode
        self.a = a
        self.b = b
        self.c = c
    }

    /// With one wide operand in place of `b` and `c`.
    package init(_ opcode: Opcode, _ a: UInt16 = 0, wide: UInt32) {
        self.init(
            opcode,
            a,
            UInt16(truncatingIfNeeded: wide),
            UInt16(truncatingIfNeeded: wide >> 16)
        )
    }

    /// The whole as the machine reads it: the opcode in the lowest byte, `a`, `b` and `c` above.
    var word: UInt64 {
        UInt64(opcode.rawValue) | UInt64(a) << 16 | UInt64(b) << 32 | UInt64(c) << 48
    }

    /// The operands `b` and `c` as one number: an address, a count, an index.
    package var wide: Int { Int(UInt32(b) | UInt32(c) << 16) }
}

/// Every instruction, with its effect.
///
/// `A` is the accumulator, `F[x]` a slot of the frame, `pc` the address of the next instruction, `w`
/// the wide operand. Comparisons give 1 or 0. *Checked* names what must be finite: if it is not,
/// the program is run again with every step checked, to find the place. All other instructions hand
/// a non-finite number on, and the check at the end sees it.
package enum Opcode: UInt8, CaseIterable, Hashable, Sendable {
    // Moving
    case load  // A = F[a]
    case store  // F[a] = A
    case storeFinite  // F[a] = A              checked: A
    case check  // -                     checked: A

    // Arithmetic
    case addSlot  // A = A + F[a]
    case addSlots  // A = F[a] + F[b]
    case subtractSlot  // A = A - F[a]
    case subtractInto  // A = F[a] - A
    case subtractSlots  // A = F[a] - F[b]
    case multiplySlot  // A = A * F[a]
    case multiplySlots  // A = F[a] * F[b]
    case divideSlot  // A = A / F[a]          checked: F[a]
    case divideInto  // A = F[a] / A          checked: A
    case divideSlots  // A = F[a] / F[b]       checked: F[b]
    case moduloSlot  // A = A mod F[a]        checked: both
    case moduloInto  // A = F[a] mod A        checked: both
    case powerSlot  // A = A ^ F[a]          checked: both
    case powerInto  // A = F[a] ^ A          checked: both
    case square  // A = A * A
    case negate  // A = -A
    case minimumSlot  // A = min(A, F[a])      checked: both
    case minimumInto  // A = min(F[a], A)      checked: both
    case maximumSlot  // A = max(A, F[a])      checked: both
    case maximumInto  // A = max(F[a], A)      checked: both

    // Comparing; checked: both
    case lessSlot  // A = A < F[a]
    case lessSlots  // A = F[a] < F[b]
    case lessOrEqualSlot  // A = A <= F[a]
    case lessOrEqualSlots  // A = F[a] <= F[b]
    case greaterSlot  // A = A > F[a]
    case greaterOrEqualSlot  // A = A >= F[a]
    case equalSlot  // A = A == F[a]
    case equalSlots  // A = F[a] == F[b]
    case notEqualSlot  // A = A != F[a]
    case notEqualSlots  // A = F[a] != F[b]
    case not  // A = 1 - A

    // Functions of one number that hand non-finite operands on
    case absolute  // A = |A|
    case squareRoot  // A = √A
    case floor  // A = ⌊A⌋
    case ceiling  // A = ⌈A⌉
    case sine  // A = sin A
    case cosine  // A = cos A
    case tangent  // A = tan A
    case arcsine  // A = asin A
    case arccosine  // A = acos A
    case logarithm  // A = ln A
    case logarithm2  // A = log2 A
    case logarithm10  // A = log10 A

    // Functions of one number that do not; checked: A
    case arctangent  // A = atan A
    case hyperbolicTangent  // A = tanh A
    case exponential  // A = exp A

    // Functions without an instruction of their own; checked: all operands
    case call1  // A = call w of A
    case call2  // A = call w of F[a], A
    case call3  // A = call w of F[a], F[a + 1], A
    case call5  // A = call w of F[a] … F[a + 3], A

    // Control
    case jump  // pc = w
    case jumpIfFalse  // if A == 0: pc = w
    case jumpIfTrue  // if A != 0: pc = w
    case charge  // takes w units of fuel
    case invoke  // return address of instance a = pc; pc = w
    case leave  // pc = return address of instance a
    case operate  // operation w; it may read and set A
    case finish  // the answer is A, or the result slot of the references
}

extension Opcode {
    /// Where the operands of an arithmetic instruction stand, in the order of the function's own.
    package enum Shape: Hashable, Sendable {
        case accumulator
        case accumulatorSlot
        case slotAccumulator
        case slots
        case slotsAccumulator
        case fourSlotsAccumulator
        /// No value is made that could be non-finite.
        case none
    }

    package var shape: Shape {
        switch self {
        case .square, .negate, .not, .absolute, .squareRoot, .floor, .ceiling, .sine, .cosine,
            .tangent, .arcsine, .arccosine, .logarithm, .logarithm2, .logarithm10, .arctangent,
            .hyperbolicTangent, .exponential, .call1:
            .accumulator
        case .addSlot, .subtractSlot, .multiplySlot, .divideSlot, .moduloSlot, .powerSlot,
            .minimumSlot, .maximumSlot, .lessSlot, .lessOrEqualSlot, .greaterSlot,
            .greaterOrEqualSlot, .equalSlot, .notEqualSlot:
            .accumulatorSlot
        case .subtractInto, .divideInto, .moduloInto, .powerInto, .minimumInto, .maximumInto,
            .call2:
            .slotAccumulator
        case .addSlots, .subtractSlots, .multiplySlots, .divideSlots, .lessSlots,
            .lessOrEqualSlots, .equalSlots, .notEqualSlots:
            .slots
        case .call3: .slotsAccumulator
        case .call5: .fourSlotsAccumulator
        case .load, .store, .storeFinite, .check, .jump, .jumpIfFalse, .jumpIfTrue, .charge,
            .invoke, .leave, .operate, .finish:
            .none
        }
    }
}
