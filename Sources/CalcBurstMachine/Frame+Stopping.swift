import CalcBurstFunctions
import CalcBurstSource

/// Where a run stops and why: fuel, deadlines, the fallbacks of `try`, and the place of a fault.
extension Frame {
    /// Takes the fuel of a segment; false if it does not suffice.
    @inline(__always)
    func charge(_ amount: Int) -> Bool {
        let before = unsafe state.pointee.meter.fuel
        let left = before - amount
        guard left >= 0 else {
            stopOutOfFuel()
            return false
        }
        unsafe state.pointee.meter.fuel = left
        // Now and then somebody looks whether to stop: when a higher digit of the fuel changes.
        if (before ^ left) >> Self.lookShift != 0 { return mayGoOn() }
        return true
    }

    /// As a power of two, the fuel after which cancellation and the deadline are looked at.
    static let lookShift = 14

    @inline(never)
    private func mayGoOn() -> Bool {
        do throws(Fault) {
            unsafe try state.pointee.meter.look()
            return true
        } catch {
            unsafe state.pointee.fault = error
            unsafe state.pointee.address = -1
            return false
        }
    }

    @inline(never)
    func stopOutOfFuel() {
        unsafe state.pointee.fault = .limit(.init("fuel", limits.fuel))
        unsafe state.pointee.address = -1
    }

    /// Where a run goes on after a fault at an address: the fallback of the innermost `try` around
    /// it, or around the call that led there; nil if there is none, or if nothing catches it.
    func fallback(for address: Int, operand: Double) -> Int? {
        unsafe state.pointee.address = address
        unsafe state.pointee.operand = operand
        guard unsafe state.pointee.fault?.isCatchable ?? true else { return nil }
        var address = address
        // Instances call only earlier ones, so the way back is at most as long as their list.
        for _ in 0...code.instances.count {
            if let handler = code.handlers.first(where: { $0.start <= address && address < $0.end })
            {
                unsafe state.pointee.fault = nil
                return handler.target
            }
            guard
                let instance = code.instances.firstIndex(where: {
                    $0.start <= address && address < $0.end
                })
            else { return nil }
            address = unsafe returns[instance] - 1
        }
        return nil
    }

    /// The error of a stopped run: the operands of the instruction, put to the function itself, say
    /// which fault it is.
    func error() -> EvaluationError {
        if unsafe state.pointee.fault?.isOfWholeText == true { unsafe state.pointee.address = -1 }
        var site = unsafe code.site(at: state.pointee.address)
        let operands = operandsOfStop()
        let fault = unsafe state.pointee.fault ?? fault(of: site, operands)
        // Fuel and time run out for the whole text, wherever it was when they did.
        if fault.isOfWholeText { site = Code.Site(place: SourceRange(0, code.source.bytes.count)) }
        unsafe state.pointee.fault = nil
        return EvaluationError(fault, at: site, operands: operands, source: code.source)
    }

    private func operandsOfStop() -> [Double] {
        let address = unsafe state.pointee.address
        let operand = unsafe state.pointee.operand
        guard code.instructions.indices.contains(address) else { return [] }
        let i = code.instructions[address]
        switch i.opcode.shape {
        case .accumulator: return [operand]
        case .accumulatorSlot: return unsafe [operand, slots[Int(i.a)]]
        case .slotAccumulator: return unsafe [slots[Int(i.a)], operand]
        case .slots: return unsafe [slots[Int(i.a)], slots[Int(i.b)]]
        case .slotsAccumulator:
            return unsafe [slots[Int(i.a)], slots[Int(i.a) + 1], operand]
        case .fourSlotsAccumulator:
            return (0..<4).map { unsafe slots[Int(i.a) + $0] } + [operand]
        case .none: return []
        }
    }

    private func fault(of site: Code.Site, _ operands: [Double]) -> Fault {
        do throws(Fault) {
            switch (site.implementation, operands.count) {
            case (.unary(let body), 1):
                _ = try body(operands[0]).finite()
            case (.binary(let body), 2), (.fold(let body), 2):
                _ = try body(operands[0], operands[1]).finite()
            case (.ternary(let body), 3):
                _ = try body(operands[0], operands[1], operands[2]).finite()
            case (.quinary(let body), 5):
                _ = try body(
                    operands[0],
                    operands[1],
                    operands[2],
                    operands[3],
                    operands[4]
                ).finite()
            case (.unary, _), (.binary, _), (.ternary, _), (.quinary, _), (.fold, _), (.values, _),
                (.form, _), (nil, _):
                break
            }
            return .overflow
        } catch {
            return error
        }
    }
}
