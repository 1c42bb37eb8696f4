public import CalcBurstFunctions
import CalcBurstSource

/// Memory for running one program: its inputs, constants and temporaries.
///
/// Set the inputs by slot and run; numbers and truth values need no allocation. A frame belongs to
/// one thread at a time, and a program may have any number of frames.
@safe public final class Frame {
    package let code: Code
    // The pointers live as long as the frame and are as long as the code says; every index that an
    // instruction holds has been verified against those lengths.
    package let slots: UnsafeMutablePointer<Double>
    package let references: UnsafeMutablePointer<Value>
    package let returns: UnsafeMutablePointer<Int>
    package let meter: UnsafeMutablePointer<Meter>
    let loops: UnsafeMutablePointer<MapLoop>

    /// The reference inputs that have no value yet.
    private var unset: Set<Int> = []
    /// A slot that does not exist was set.
    private var strayIndex: Int?
    private var isRunning = false

    /// A NaN of our own: the input has not been set.
    private static let unsetNumber = Double(bitPattern: 0x7ff8_0000_ca1c_0001)

    package init(_ code: Code) {
        self.code = code
        unsafe slots = .allocate(capacity: max(1, code.slotCount))
        unsafe slots.initialize(repeating: 0, count: max(1, code.slotCount))
        unsafe references = .allocate(capacity: max(1, code.referenceCount))
        unsafe references.initialize(repeating: .null, count: max(1, code.referenceCount))
        unsafe returns = .allocate(capacity: max(1, code.instances.count))
        unsafe returns.initialize(repeating: 0, count: max(1, code.instances.count))
        unsafe loops = .allocate(capacity: max(1, code.loopCount))
        unsafe loops.initialize(repeating: MapLoop(), count: max(1, code.loopCount))
        unsafe meter = .allocate(capacity: 1)
        unsafe meter.initialize(to: Meter(limits: code.limits))
        for (slot, input) in code.inputs.enumerated() {
            if input.type.keepsSlot {
                unsafe slots[slot] = Self.unsetNumber
            } else if input.firstUse != nil {
                unset.insert(slot)
            }
        }
        for (position, constant) in code.constants.enumerated() {
            unsafe slots[code.inputs.count + position] = constant
        }
        for (position, constant) in code.references.enumerated() {
            unsafe references[code.inputs.count + position] = constant
        }
    }

    deinit {
        unsafe slots.deallocate()
        unsafe references.deinitialize(count: max(1, code.referenceCount))
        unsafe references.deallocate()
        unsafe returns.deallocate()
        unsafe loops.deinitialize(count: max(1, code.loopCount))
        unsafe loops.deallocate()
        unsafe meter.deinitialize(count: 1)
        unsafe meter.deallocate()
    }

    /// The number in an input's slot; a truth value is 1 or 0.
    ///
    /// Setting a slot that is not there makes the next run throw `missing-input`.
    public subscript(slot: Int) -> Double {
        get {
            guard code.inputs.indices.contains(slot) else { return 0 }
            return unsafe slots[slot]
        }
        set {
            // One comparison: a negative slot is a very large one.
            guard UInt(bitPattern: slot) < UInt(bitPattern: code.inputs.count) else {
                strayIndex = slot
                return
            }
            unsafe slots[slot] = newValue
        }
    }

    /// Sets an input to a value of its type.
    ///
    /// - Throws: `type-mismatch` if the value is of another type, `non-finite-input` if a number in
    ///   it is not finite, `limit-exceeded` if it is too deep.
    public func set(_ slot: Int, to value: Value) throws(EvaluationError) {
        guard code.inputs.indices.contains(slot) else {
            throw .strayInput(slot, code.inputs.count, code.source)
        }
        let input = code.inputs[slot]
        try InputCheck.check(value, for: input, code)
        if input.type.keepsSlot {
            unsafe slots[slot] = value.slot
        } else {
            unsafe references[slot] = value
            unset.remove(slot)
        }
    }

    /// Runs a program whose answer is a number, or a truth value, which is 1 or 0.
    ///
    /// Nothing is allocated if the expression has only numbers and truth values.
    public func run() throws(EvaluationError) -> Double {
        guard code.resultSlot == nil else {
            throw .notANumber(code.resultType, code.source)
        }
        return try runProgram()
    }

    /// Runs the program for an answer of any type.
    public func evaluate() throws(EvaluationError) -> Value {
        let scalar = try runProgram()
        guard let slot = code.resultSlot else {
            return code.resultType == .bool ? .bool(scalar != 0) : .number(scalar)
        }
        let result = unsafe references[slot]
        releaseTemporaries()
        return result
    }

    private func runProgram() throws(EvaluationError) -> Double {
        try checkInputs()
        // A host's function may not run the frame that is calling it.
        guard !isRunning else { throw .reentrant(code.source) }
        isRunning = true
        defer { isRunning = false }

        if code.usesOperations { unsafe meter.pointee = Meter(limits: code.limits) }
        guard !code.isImpure else { return try finish(Machine.runChecked(self)) }
        switch Machine.runFast(self) {
        case .finished(let answer):
            return answer
        case .stopped(let stop):
            // Nobody waits for a place in a cancelled run.
            if stop.fault == .cancelled { throw error(of: stop) }
            if code.usesOperations { unsafe meter.pointee.refill() }
            return try finish(Machine.runChecked(self))
        }
    }

    private func finish(_ outcome: Machine.Outcome) throws(EvaluationError) -> Double {
        switch outcome {
        case .finished(let answer): return answer
        case .stopped(let stop): throw error(of: stop)
        }
    }

    private func checkInputs() throws(EvaluationError) {
        var probe = 0.0
        for slot in 0..<code.inputs.count {
            // Zero for a finite number, NaN for any other.
            probe = unsafe probe + slots[slot] * 0
        }
        if probe == 0, strayIndex == nil, unset.isEmpty { return }
        if let stray = strayIndex {
            strayIndex = nil
            throw .strayInput(stray, code.inputs.count, code.source)
        }
        for (slot, input) in code.inputs.enumerated() {
            let number = unsafe slots[slot]
            if unset.contains(slot) || number.bitPattern == Self.unsetNumber.bitPattern {
                // What the text does not name needs no value.
                if input.firstUse == nil { continue }
                throw .missingInput(input, code.source)
            }
            if !number.isFinite { throw .nonFiniteInput(input, code.source) }
        }
    }

    /// Lets go of what temporaries hold, so that a frame that waits does not keep a large list.
    private func releaseTemporaries() {
        let first = code.inputs.count + code.references.count
        for slot in first..<max(first, code.referenceCount) {
            unsafe references[slot] = .null
        }
    }

    // MARK: Calls without an instruction of their own

    func call(_ index: Int, _ a: Double) throws(Fault) -> Double {
        if case .unary(let body) = code.calls[index] { return try body(a) }
        return .nan
    }

    func call(_ index: Int, _ a: Double, _ b: Double) throws(Fault) -> Double {
        switch code.calls[index] {
        case .binary(let body), .fold(let body): return try body(a, b)
        case .unary, .ternary, .values, .form: return .nan
        }
    }

    func call(_ index: Int, _ a: Double, _ b: Double, _ c: Double) throws(Fault) -> Double {
        if case .ternary(let body) = code.calls[index] { return try body(a, b, c) }
        return .nan
    }

    // MARK: Why it stopped

    /// The error of a stopped run: the operands of the instruction, put to the function itself, say
    /// which fault it is.
    private func error(of stop: Machine.Stop) -> EvaluationError {
        let site = code.site(at: stop.address)
        let operands = operands(of: stop)
        let fault = stop.fault ?? fault(of: site, operands)
        return EvaluationError(fault, at: site, operands: operands, source: code.source)
    }

    private func operands(of stop: Machine.Stop) -> [Double] {
        guard code.instructions.indices.contains(stop.address) else { return [] }
        let i = code.instructions[stop.address]
        switch i.opcode.shape {
        case .accumulator: return [stop.operand]
        case .accumulatorSlot: return unsafe [stop.operand, slots[Int(i.a)]]
        case .slotAccumulator: return unsafe [slots[Int(i.a)], stop.operand]
        case .slots: return unsafe [slots[Int(i.a)], slots[Int(i.b)]]
        case .slotsAccumulator:
            return unsafe [slots[Int(i.a)], slots[Int(i.a) + 1], stop.operand]
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
            case (.unary, _), (.binary, _), (.ternary, _), (.fold, _), (.values, _), (.form, _),
                (nil, _):
                break
            }
            return .overflow
        } catch {
            return error
        }
    }
}

extension ValueType {
    /// Whether values of the type stand in the frame as plain slots.
    package var keepsSlot: Bool {
        switch self {
        case .number, .bool: true
        case .never, .null, .string, .list, .record, .optional, .mixed: false
        }
    }
}
