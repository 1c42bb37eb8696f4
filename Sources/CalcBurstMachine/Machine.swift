import CKernels
import CalcBurstFunctions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The loop that runs programs: one switch over the opcodes, the reference for every executor.
///
/// There are two forms of the one loop. The fast form lets a number that is not finite run on until
/// it would be hidden or is the answer; the checked form looks at every step. A program that stops
/// in the fast form is run again in the checked form, which finds the first fault in the order of
/// the text; a program that calls impure functions runs in the checked form only.
enum Machine {
    /// The answer of a run in the fast form; NaN if it stopped.
    @inline(never)
    static func runFast(
        _ program: UnsafePointer<UInt64>,
        _ f: UnsafeMutablePointer<Double>,
        _ frame: Frame
    ) -> Double {
        unsafe run(program, f, frame, checking: false)
    }

    /// The answer of a run in the checked form; NaN if it stopped, and the frame says where and why.
    @inline(never)
    static func runChecked(
        _ program: UnsafePointer<UInt64>,
        _ f: UnsafeMutablePointer<Double>,
        _ frame: Frame
    ) -> Double {
        unsafe run(program, f, frame, checking: true)
    }

    // The length is the language's: one case for each instruction, in the order of the list.
    //
    // Everything in here is a local or a plain pointer, since properties of a class would be
    // checked for exclusive access at every step. Fuel, faults, and what is needed only once a run
    // has stopped stand in the frame's state, so that they take no register: with the table of the
    // switch, five are left over calls, and the loop has five. A call that fails gives NaN.
    @inline(__always)
    private static func run(
        _ program: UnsafePointer<UInt64>,
        _ f: UnsafeMutablePointer<Double>,
        _ frame: Frame,
        checking: Bool
    ) -> Double {
        // It stays inside: the verifier has followed every jump.
        var next = unsafe program
        var a = 0.0
        var previous = 0.0

        while true {
            running: while true {
                let i = Word(unsafe next.pointee)
                unsafe next += 1
                if checking { previous = a }
                switch i.opcode {
                case .load: a = unsafe f[i.a]
                case .store: unsafe f[i.a] = a
                case .storeFinite:
                    guard a.isFiniteNumber else { break running }
                    unsafe f[i.a] = a
                case .check:
                    guard a.isFiniteNumber else { break running }

                case .addSlot: a = unsafe a + f[i.a]
                case .addSlots: a = unsafe f[i.a] + f[i.b]
                case .subtractSlot: a = unsafe a - f[i.a]
                case .subtractInto: a = unsafe f[i.a] - a
                case .subtractSlots: a = unsafe f[i.a] - f[i.b]
                case .multiplySlot: a = unsafe a * f[i.a]
                case .multiplySlots: a = unsafe f[i.a] * f[i.b]
                case .divideSlot:
                    let divisor = unsafe f[i.a]
                    guard divisor.isFiniteNumber else { break running }
                    a = a / divisor
                case .divideInto:
                    guard a.isFiniteNumber else { break running }
                    a = unsafe f[i.a] / a
                case .divideSlots:
                    let divisor = unsafe f[i.b]
                    guard divisor.isFiniteNumber else { break running }
                    a = unsafe f[i.a] / divisor
                case .moduloSlot:
                    let divisor = unsafe f[i.a]
                    guard bothFinite(a, divisor) else { break running }
                    a = modulo(a, divisor)
                case .moduloInto:
                    let dividend = unsafe f[i.a]
                    guard bothFinite(dividend, a) else { break running }
                    a = modulo(dividend, a)
                case .powerSlot:
                    let exponent = unsafe f[i.a]
                    guard bothFinite(a, exponent) else { break running }
                    a = power(a, exponent)
                case .powerInto:
                    let base = unsafe f[i.a]
                    guard bothFinite(base, a) else { break running }
                    a = power(base, a)
                case .square: a = a * a
                case .negate: a = -a
                case .minimumSlot:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = minimum(a, other)
                case .minimumInto:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = minimum(other, a)
                case .maximumSlot:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = maximum(a, other)
                case .maximumInto:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = maximum(other, a)

                case .lessSlot:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = a < other ? 1 : 0
                case .lessSlots:
                    let (left, right) = unsafe (f[i.a], f[i.b])
                    guard bothFinite(left, right) else { break running }
                    a = left < right ? 1 : 0
                case .lessOrEqualSlot:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = a <= other ? 1 : 0
                case .lessOrEqualSlots:
                    let (left, right) = unsafe (f[i.a], f[i.b])
                    guard bothFinite(left, right) else { break running }
                    a = left <= right ? 1 : 0
                case .greaterSlot:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = a > other ? 1 : 0
                case .greaterOrEqualSlot:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = a >= other ? 1 : 0
                case .equalSlot:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = a == other ? 1 : 0
                case .equalSlots:
                    let (left, right) = unsafe (f[i.a], f[i.b])
                    guard bothFinite(left, right) else { break running }
                    a = left == right ? 1 : 0
                case .notEqualSlot:
                    let other = unsafe f[i.a]
                    guard bothFinite(a, other) else { break running }
                    a = a != other ? 1 : 0
                case .notEqualSlots:
                    let (left, right) = unsafe (f[i.a], f[i.b])
                    guard bothFinite(left, right) else { break running }
                    a = left != right ? 1 : 0
                case .not: a = 1 - a

                case .absolute: a = abs(a)
                case .squareRoot: a = calcburst_sqrt(a)
                case .floor: a = a.rounded(.down)
                case .ceiling: a = a.rounded(.up)
                case .sine: a = sin(a)
                case .cosine: a = cos(a)
                case .tangent: a = tan(a)
                case .arcsine: a = asin(a)
                case .arccosine: a = acos(a)
                case .logarithm: a = log(a)
                case .logarithm2: a = log2(a)
                case .logarithm10: a = log10(a)
                case .arctangent:
                    guard a.isFiniteNumber else { break running }
                    a = atan(a)
                case .hyperbolicTangent:
                    guard a.isFiniteNumber else { break running }
                    a = tanh(a)
                case .exponential:
                    guard a.isFiniteNumber else { break running }
                    a = exp(a)

                case .call1:
                    guard a.isFiniteNumber else { break running }
                    a = frame.call(i.wide, a)
                    guard a.isFiniteNumber else { break running }
                case .call2:
                    let first = unsafe f[i.a]
                    guard bothFinite(first, a) else { break running }
                    a = frame.call(i.wide, first, a)
                    guard a.isFiniteNumber else { break running }
                case .call3:
                    let (first, second) = unsafe (f[i.a], f[i.a &+ 1])
                    guard bothFinite(first, second), a.isFiniteNumber else { break running }
                    a = frame.call(i.wide, first, second, a)
                    guard a.isFiniteNumber else { break running }
                case .call5:
                    guard a.isFiniteNumber else { break running }
                    a = frame.call(i.wide, slots: Int(i.a), a)
                    guard a.isFiniteNumber else { break running }

                case .jump: unsafe next = program + i.wide
                case .jumpIfFalse: if a == 0 { unsafe next = program + i.wide }
                case .jumpIfTrue: if a != 0 { unsafe next = program + i.wide }
                case .charge:
                    guard frame.charge(i.wide) else { return .nan }
                case .invoke:
                    unsafe frame.returns[Int(i.a)] = next - program
                    unsafe next = program + i.wide
                case .leave: unsafe next = program + frame.returns[Int(i.a)]
                case .operate:
                    a = frame.perform(i.wide, a)
                    guard a.isFiniteNumber else { break running }
                case .finish:
                    guard a.isFiniteNumber else { break running }
                    return a
                }
                if checking, !a.isFiniteNumber, i.opcode.shape != .none { break running }
            }

            // A fault of a value inside `try` goes on at its fallback; any other stops the run.
            guard let target = unsafe frame.fallback(for: next - program - 1, operand: previous)
            else { return .nan }
            unsafe next = program + target
            a = 0
        }
    }

    @inline(__always)
    private static func bothFinite(_ a: Double, _ b: Double) -> Bool {
        a.isFiniteNumber && b.isFiniteNumber
    }

    @inline(__always)
    private static func power(_ base: Double, _ exponent: Double) -> Double {
        exponent == 2 ? base * base : pow(base, exponent)
    }

    @inline(__always)
    private static func modulo(_ dividend: Double, _ divisor: Double) -> Double {
        divisor == 0 ? .nan : flooredRemainder(dividend, divisor)
    }

    @inline(__always)
    private static func minimum(_ a: Double, _ b: Double) -> Double { b < a ? b : a }

    @inline(__always)
    private static func maximum(_ a: Double, _ b: Double) -> Double { b > a ? b : a }
}

extension UnsafeMutablePointer<Double> {
    /// A slot by an instruction's operand.
    @unsafe @inline(__always)
    fileprivate subscript(operand: UInt16) -> Double {
        get { unsafe self[Int(operand)] }
        nonmutating set { unsafe self[Int(operand)] = newValue }
    }
}

extension Double {
    /// As `isFinite`, in two instructions instead of five.
    @inline(__always)
    fileprivate var isFiniteNumber: Bool { abs(self) <= .greatestFiniteMagnitude }
}

/// An instruction as one word, of which each case takes the operands that it needs.
///
/// Loading the four parts apart made the head of the loop longer than a line of the cache.
private struct Word {
    private let bits: UInt64

    @inline(__always)
    init(_ bits: UInt64) { self.bits = bits }

    @inline(__always)
    var opcode: Opcode {
        // The word was made from an instruction, so its first byte is an opcode.
        unsafe unsafeBitCast(UInt8(truncatingIfNeeded: bits), to: Opcode.self)
    }

    @inline(__always)
    var a: UInt16 { UInt16(truncatingIfNeeded: bits >> 16) }
    @inline(__always)
    var b: UInt16 { UInt16(truncatingIfNeeded: bits >> 32) }
    @inline(__always)
    var wide: Int { Int(truncatingIfNeeded: bits >> 32) }
}
