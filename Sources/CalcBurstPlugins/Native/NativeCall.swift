#if Plugins
import CCalcBurstPlugin
import CPluginSystem
package import CalcBurstFunctions

/// An operation of a native plugin, called in this process through a typed pointer; lists go through
/// its batch entry where it has one.
package struct NativeCall: PluginCall {
    let gate: PluginGate
    let function: TypedFunction
    let shape: TypedShape
    let isConcurrent: Bool
    /// What answers many rows at once.
    let batch: NativeBatch?

    package var hasRows: Bool { batch != nil }

    package func callAsFunction(
        _ operands: [Value],
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        switch shape {
        case .numbers, .fallibleNumbers:
            return .number(try number(operands.map(\.slot), meter))
        case .lists, .fallibleLists:
            return .number(try list(operands, meter))
        }
    }

    package func rows(
        _ operands: [PluginColumn],
        count: Int,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        guard let batch else { return .empty }
        return try batch.rows(
            operands,
            count: count,
            &meter,
            self,
            gate,
            isConcurrent: isConcurrent
        )
    }

    /// The answer for numbers, which must be as many as the shape has.
    func number(_ operands: [Double], _ meter: Meter) throws(Fault) -> Double {
        switch shape {
        case .numbers:
            let answer = try gate.pass(isConcurrent: isConcurrent) {
                unsafe operands.withUnsafeBufferPointer { unsafe function($0) }
            }
            return try Self.finite(answer)
        case .fallibleNumbers:
            return unsafe try ask(meter) { call, out in
                unsafe operands.withUnsafeBufferPointer { numbers in
                    unsafe function.status(call, numbers, out)
                }
            }
        case .lists, .fallibleLists:
            return .nan
        }
    }

    private func list(_ operands: [Value], _ meter: Meter) throws(Fault) -> Double {
        let first = operands.first?.elements.numbers ?? []
        let second = operands.dropFirst().first?.elements.numbers ?? []
        switch shape {
        case .lists(let count):
            let answer = try gate.pass(isConcurrent: isConcurrent) {
                unsafe first.withElements { xs in
                    guard count == 2 else { return unsafe function.list(xs, first.count) }
                    return unsafe second.withElements { ys in
                        unsafe function.lists(xs, first.count, ys, second.count)
                    }
                }
            }
            return try Self.finite(answer)
        case .fallibleLists(let count):
            return unsafe try ask(meter) { call, out in
                unsafe first.withElements { xs in
                    guard count == 2 else {
                        return unsafe function.listStatus(call, xs, first.count, out)
                    }
                    return unsafe second.withElements { ys in
                        unsafe function.listsStatus(call, xs, first.count, ys, second.count, out)
                    }
                }
            }
        case .numbers, .fallibleNumbers:
            return .nan
        }
    }

    /// Makes a call that may fail.
    private func ask(
        _ meter: Meter,
        _ body: (OpaquePointer, UnsafeMutablePointer<Double>) -> cb_status
    ) throws(Fault) -> Double {
        var call = HostCall(meter)
        var number = Double.nan
        let status = try gate.pass(isConcurrent: isConcurrent) {
            unsafe withUnsafeMutablePointer(to: &call.call) { call in
                unsafe body(OpaquePointer(call), &number)
            }
        }
        if let fault = call.fault(status, plugin: gate.plugin) { throw fault }
        return try Self.finite(number)
    }

    static func finite(_ answer: Double) throws(Fault) -> Double {
        guard answer.isFinite else { throw .nonFiniteResult }
        return answer
    }
}

/// The address of the elements of an empty list.
private nonisolated(unsafe) let placeOfNothing = unsafe UnsafePointer(
    UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)
        .initializeMemory(as: Double.self, repeating: 0, count: 2)
)

extension [Double] {
    /// The elements at an address that is never null and is a multiple of 16.
    fileprivate func withElements<R>(_ body: (UnsafePointer<Double>) -> R) -> R {
        unsafe withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress, !isEmpty { return unsafe body(base) }
            return unsafe body(placeOfNothing)
        }
    }
}
#endif
