#if Plugins
import CCalcBurstPlugin
import CPluginSystem
import CalcBurstFunctions

/// The shapes of C functions that are called directly, without libffi: those of most operations.
///
/// `unsafeBitCast` gives the pointer its type back, which the signature states and nobody can check:
/// a plugin whose table lies about its functions is wrong in any host.
enum TypedShape: Hashable, Sendable {
    /// `double f(double × n)`, n up to 8.
    case numbers(Int)
    /// `cb_status f(cb_call *, double × n, double *)`, n up to 6.
    case fallibleNumbers(Int)
    /// `double f((const double *, size_t) × n)`, n of 1 and 2.
    case lists(Int)
    /// `cb_status f(cb_call *, (const double *, size_t) × n, double *)`, n of 1 and 2.
    case fallibleLists(Int)

    /// The shape of a signature; nil if it is not one of these.
    init?(_ signature: PluginSignature) {
        guard signature.result == .f64 else { return nil }
        let types = signature.parameters.map(\.passed)
        if types.allSatisfy({ $0 == .f64 }) {
            guard types.count <= (signature.mayFail ? 6 : 8) else { return nil }
            self = signature.mayFail ? .fallibleNumbers(types.count) : .numbers(types.count)
        } else if types.allSatisfy({ $0 == .numbers }) {
            guard types.count <= 2 else { return nil }
            self = signature.mayFail ? .fallibleLists(types.count) : .lists(types.count)
        } else {
            return nil
        }
    }
}

/// The C types of the shapes.
typealias N = Double
private typealias F0 = @convention(c) () -> N
private typealias F1 = @convention(c) (N) -> N
private typealias F2 = @convention(c) (N, N) -> N
private typealias F3 = @convention(c) (N, N, N) -> N
private typealias F4 = @convention(c) (N, N, N, N) -> N
private typealias F5 = @convention(c) (N, N, N, N, N) -> N
private typealias F6 = @convention(c) (N, N, N, N, N, N) -> N
private typealias F7 = @convention(c) (N, N, N, N, N, N, N) -> N
private typealias F8 = @convention(c) (N, N, N, N, N, N, N, N) -> N

private typealias Call = OpaquePointer
private typealias Out = UnsafeMutablePointer<Double>
private typealias S0 = @convention(c) (Call, Out) -> cb_status
private typealias S1 = @convention(c) (Call, N, Out) -> cb_status
private typealias S2 = @convention(c) (Call, N, N, Out) -> cb_status
private typealias S3 = @convention(c) (Call, N, N, N, Out) -> cb_status
private typealias S4 = @convention(c) (Call, N, N, N, N, Out) -> cb_status
private typealias S5 = @convention(c) (Call, N, N, N, N, N, Out) -> cb_status
private typealias S6 = @convention(c) (Call, N, N, N, N, N, N, Out) -> cb_status

typealias Elements = UnsafePointer<Double>
private typealias L1 = @convention(c) (Elements, Int) -> N
private typealias L2 = @convention(c) (Elements, Int, Elements, Int) -> N
private typealias SL1 = @convention(c) (Call, Elements, Int, Out) -> cb_status
private typealias SL2 = @convention(c) (Call, Elements, Int, Elements, Int, Out) -> cb_status

/// A C function of one of the typed shapes.
@safe struct TypedFunction: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    init(_ pointer: UnsafeMutableRawPointer) { unsafe self.pointer = pointer }

    @inline(__always)
    @unsafe
    private func typed<Function>(_ type: Function.Type) -> Function {
        unsafe unsafeBitCast(pointer, to: type)
    }

    // MARK: Plain numbers, by their count

    @inline(__always) func callAsFunction(_ a: N) -> N {
        unsafe typed(F1.self)(a)
    }

    @inline(__always) func callAsFunction(_ a: N, _ b: N) -> N {
        unsafe typed(F2.self)(a, b)
    }

    @inline(__always) func callAsFunction(_ a: N, _ b: N, _ c: N) -> N {
        unsafe typed(F3.self)(a, b, c)
    }

    @inline(__always)
    func callAsFunction(_ a: N, _ b: N, _ c: N, _ d: N, _ e: N) -> N {
        unsafe typed(F5.self)(a, b, c, d, e)
    }

    /// With operands side by side; NaN if there are more than 8.
    @inline(__always)
    func callAsFunction(_ n: UnsafeBufferPointer<Double>) -> N {
        switch n.count {
        case 0: unsafe typed(F0.self)()
        case 1: unsafe typed(F1.self)(n[0])
        case 2: unsafe typed(F2.self)(n[0], n[1])
        case 3: unsafe typed(F3.self)(n[0], n[1], n[2])
        case 4: unsafe typed(F4.self)(n[0], n[1], n[2], n[3])
        case 5: unsafe typed(F5.self)(n[0], n[1], n[2], n[3], n[4])
        case 6: unsafe typed(F6.self)(n[0], n[1], n[2], n[3], n[4], n[5])
        case 7:
            unsafe typed(F7.self)(
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                n[5],
                n[6]
            )
        case 8:
            unsafe typed(F8.self)(
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                n[5],
                n[6],
                n[7]
            )
        case _: .nan
        }
    }

    // MARK: Functions that may fail

    /// The status of a call with operands side by side.
    @inline(__always)
    func status(
        _ call: OpaquePointer,
        _ n: UnsafeBufferPointer<Double>,
        _ out: UnsafeMutablePointer<Double>
    ) -> cb_status {
        switch n.count {
        case 0: unsafe typed(S0.self)(call, out)
        case 1: unsafe typed(S1.self)(call, n[0], out)
        case 2: unsafe typed(S2.self)(call, n[0], n[1], out)
        case 3: unsafe typed(S3.self)(call, n[0], n[1], n[2], out)
        case 4: unsafe typed(S4.self)(call, n[0], n[1], n[2], n[3], out)
        case 5:
            unsafe typed(S5.self)(call, n[0], n[1], n[2], n[3], n[4], out)
        case 6:
            unsafe typed(S6.self)(
                call,
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                n[5],
                out
            )
        case _: cb_status(CB_E_INTERNAL)
        }
    }

    // MARK: Lists

    func list(_ xs: Elements, _ count: Int) -> N {
        unsafe typed(L1.self)(xs, count)
    }

    func lists(_ xs: Elements, _ count: Int, _ ys: Elements, _ others: Int) -> N {
        unsafe typed(L2.self)(xs, count, ys, others)
    }

    func listStatus(
        _ call: OpaquePointer,
        _ xs: Elements,
        _ count: Int,
        _ out: UnsafeMutablePointer<Double>
    ) -> cb_status {
        unsafe typed(SL1.self)(call, xs, count, out)
    }

    func listsStatus(
        _ call: OpaquePointer,
        _ xs: Elements,
        _ count: Int,
        _ ys: Elements,
        _ others: Int,
        _ out: UnsafeMutablePointer<Double>
    ) -> cb_status {
        unsafe typed(SL2.self)(call, xs, count, ys, others, out)
    }
}
#endif
