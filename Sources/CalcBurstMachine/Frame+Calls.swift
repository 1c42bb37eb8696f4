import CalcBurstFunctions

/// Calls that have no instruction of their own; the loop makes them out of line.
extension Frame {
    /// The answer of a call; NaN if it failed, and then the state may hold a fault.
    @inline(never)
    func call(_ index: Int, _ a: Double) -> Double {
        guard case .unary(let body) = code.calls[index] else { return .nan }
        return noting { () throws(Fault) in try body(a) }
    }

    @inline(never)
    func call(_ index: Int, _ a: Double, _ b: Double) -> Double {
        switch code.calls[index] {
        case .binary(let body), .fold(let body):
            return noting { () throws(Fault) in try body(a, b) }
        case .unary, .ternary, .quinary, .values, .form: return .nan
        }
    }

    @inline(never)
    func call(_ index: Int, _ a: Double, _ b: Double, _ c: Double) -> Double {
        guard case .ternary(let body) = code.calls[index] else { return .nan }
        return noting { () throws(Fault) in try body(a, b, c) }
    }

    /// As the others, of four operands side by side in slots and one more.
    @inline(never)
    func call(_ index: Int, slots first: Int, _ last: Double) -> Double {
        guard case .quinary(let body) = code.calls[index] else { return .nan }
        let (a, b, c, d) = unsafe (
            slots[first], slots[first + 1], slots[first + 2], slots[first + 3]
        )
        // Zero if all are finite, NaN if one is not.
        guard a * 0 + b * 0 + c * 0 + d * 0 == 0 else { return .nan }
        return noting { () throws(Fault) in try body(a, b, c, d, last) }
    }

    /// Performs an operation; takes and gives the accumulator, or NaN if it failed.
    @inline(never)
    func perform(_ index: Int, _ a: Double) -> Double {
        noting { () throws(Fault) in try perform(code.operations[index], a) }
    }

    @inline(__always)
    private func noting(_ body: () throws(Fault) -> Double) -> Double {
        do throws(Fault) {
            return try body()
        } catch {
            unsafe state.pointee.fault = error
            return .nan
        }
    }
}
