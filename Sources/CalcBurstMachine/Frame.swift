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
    @usableFromInline let slots: UnsafeMutablePointer<Double>
    let references: UnsafeMutablePointer<Value>
    let returns: UnsafeMutablePointer<Int>
    let loops: UnsafeMutablePointer<MapLoop>
    /// What changes while a program runs stands behind a pointer, where no access is checked.
    let state: UnsafeMutablePointer<State>
    /// Not 0 if a run must look closer before or after: the one thing that the fast way looks at.
    @usableFromInline let attention: UnsafeMutablePointer<UInt8>
    @usableFromInline let inputCount: Int
    private let entryFuel: Int
    /// The limits of each run: the program's, or lower ones.
    let limits: RunLimits
    private let allowance: Allowance?

    /// What a run leaves behind.
    struct State {
        var meter: Meter
        /// Why it stopped; nil where a number was not finite, for the operands say why.
        var fault: Fault?
        /// The instruction where it stopped; -1 is none.
        var address = -1
        /// The accumulator before that instruction.
        var operand = 0.0
        /// The reference inputs that have no value yet.
        var unset: Set<Int> = []
        /// A slot that does not exist was set.
        var strayIndex: Int?
        var isRunning = false
    }

    /// Why a run must look closer.
    private enum Attention {
        /// An input may be unset or not finite.
        static let inputs: UInt8 = 1
        /// The program is not one of numbers and instructions alone.
        static let program: UInt8 = 2
    }

    /// A NaN of our own: the input has not been set.
    private static let unsetNumber = Double(bitPattern: 0x7ff8_0000_ca1c_0001)

    package init(_ code: Code, limits: RunLimits? = nil, of allowance: Allowance? = nil) {
        let limits = limits?.cut(to: code.limits) ?? code.limits
        self.code = code
        self.limits = limits
        self.allowance = allowance
        inputCount = code.inputs.count
        entryFuel = min(limits.fuel, max(0, allowance?.fuel ?? .max)) - code.entryCost
        unsafe slots = .allocate(capacity: max(1, code.slotCount))
        unsafe slots.initialize(repeating: 0, count: max(1, code.slotCount))
        unsafe references = .allocate(capacity: max(1, code.referenceCount))
        unsafe references.initialize(repeating: .null, count: max(1, code.referenceCount))
        unsafe returns = .allocate(capacity: max(1, code.instances.count))
        unsafe returns.initialize(repeating: 0, count: max(1, code.instances.count))
        unsafe loops = .allocate(capacity: max(1, code.loopCount))
        unsafe loops.initialize(repeating: MapLoop(), count: max(1, code.loopCount))
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State(meter: Meter(limits: limits, of: allowance)))
        unsafe attention = .allocate(capacity: 1)
        unsafe attention.initialize(to: Attention.inputs)
        // A long run looks at the clock, which must have been set.
        let isLong = (code.cost ?? .max) >> Self.lookShift > 0
        if code.usesOperations || !code.calls.isEmpty || code.isImpure || code.resultSlot != nil
            || entryFuel < 0 || isLong
        {
            unsafe attention.pointee |= Attention.program
        }
        for (slot, input) in code.inputs.enumerated() {
            if input.type.keepsSlot {
                unsafe slots[slot] = Self.unsetNumber
            } else if input.firstUse != nil {
                unsafe state.pointee.unset.insert(slot)
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
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
        unsafe attention.deallocate()
    }

    /// The number in an input's slot; a truth value is 1 or 0.
    ///
    /// A slot that is not there makes the next run throw `missing-input`, and a number that is not
    /// finite `non-finite-input`.
    @inlinable
    public subscript(slot: Int) -> Double {
        get {
            // One comparison: a negative slot is a very large one.
            guard UInt(bitPattern: slot) < UInt(bitPattern: inputCount) else { return 0 }
            return unsafe slots[slot]
        }
        set {
            guard UInt(bitPattern: slot) < UInt(bitPattern: inputCount) else {
                noteStray(slot)
                return
            }
            unsafe slots[slot] = newValue
            if !newValue.isFinite { noteInput() }
        }
    }

    @usableFromInline
    func noteInput() { unsafe attention.pointee |= Attention.inputs }

    @usableFromInline
    func noteStray(_ slot: Int) {
        unsafe state.pointee.strayIndex = slot
        noteInput()
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
            unsafe state.pointee.unset.remove(slot)
        }
    }

    /// Runs a program whose answer is a number, or a truth value, which is 1 or 0.
    ///
    /// Nothing is allocated if the expression has only numbers and truth values.
    public func run() throws(EvaluationError) -> Double {
        if unsafe attention.pointee == 0 {
            unsafe state.pointee.meter.fuel = entryFuel
            let answer = unsafe Machine.runFast(code.start, slots, self)
            if answer.isFinite { return answer }
        }
        return try runForNumber()
    }

    @inline(never)
    private func runForNumber() throws(EvaluationError) -> Double {
        guard code.resultSlot == nil else {
            throw .notANumber(code.resultType, code.source)
        }
        return try runLookingCloser()
    }

    /// Runs the program for an answer of any type.
    public func evaluate() throws(EvaluationError) -> Value {
        guard let slot = code.resultSlot else {
            let scalar = try run()
            return code.resultType == .bool ? .bool(scalar != 0) : .number(scalar)
        }
        _ = try runLookingCloser()
        return takeResult(slot)
    }

    /// As `evaluate()`, with every step checked from the start, for tests: `fuelUsed` is exact then.
    ///
    /// The fast form may take more inside a `try` whose value turns out not to be finite.
    package func evaluateChecked() throws(EvaluationError) -> Value {
        let scalar = try runLookingCloser(isChecked: true)
        if let slot = code.resultSlot { return takeResult(slot) }
        return code.resultType == .bool ? .bool(scalar != 0) : .number(scalar)
    }

    private func takeResult(_ slot: Int) -> Value {
        let result = unsafe references[slot]
        releaseTemporaries()
        return result
    }

    /// Fuel that the last run used.
    package var fuelUsed: Int { unsafe entryFuel + code.entryCost - state.pointee.meter.fuel }

    private func runLookingCloser(isChecked: Bool = false) throws(EvaluationError) -> Double {
        try checkInputs()
        // A host's function may not run the frame that is calling it.
        guard unsafe !state.pointee.isRunning else { throw .reentrant(code.source) }
        unsafe state.pointee.isRunning = true
        defer { unsafe state.pointee.isRunning = false }

        unsafe state.pointee.meter = Meter(limits: limits, of: allowance)
        unsafe state.pointee.meter.fuel = entryFuel
        unsafe state.pointee.fault = nil
        guard entryFuel >= 0 else {
            stopOutOfFuel()
            throw error()
        }
        if !code.isImpure, !isChecked {
            let answer = unsafe Machine.runFast(code.start, slots, self)
            if answer.isFinite { return answer }
            // Nobody waits for a place in a cancelled run.
            if unsafe state.pointee.fault == .cancelled { throw error() }
            unsafe state.pointee.meter.refill()
            unsafe state.pointee.meter.fuel = entryFuel
            unsafe state.pointee.fault = nil
        }
        let answer = unsafe Machine.runChecked(code.start, slots, self)
        if answer.isFinite { return answer }
        throw error()
    }

    private func checkInputs() throws(EvaluationError) {
        guard unsafe attention.pointee & Attention.inputs != 0 else { return }
        if let stray = unsafe state.pointee.strayIndex {
            unsafe state.pointee.strayIndex = nil
            throw .strayInput(stray, code.inputs.count, code.source)
        }
        for (slot, input) in code.inputs.enumerated() {
            let number = unsafe slots[slot]
            // What the text does not name needs no value.
            if input.firstUse == nil { continue }
            let isUnset = unsafe state.pointee.unset.contains(slot)
            if isUnset || number.bitPattern == Self.unsetNumber.bitPattern {
                throw .missingInput(input, code.source)
            }
            if !number.isFinite { throw .nonFiniteInput(input, code.source) }
        }
        unsafe attention.pointee &= ~Attention.inputs
    }

    /// Lets go of what temporaries hold, so that a frame that waits does not keep a large list.
    private func releaseTemporaries() {
        let first = code.inputs.count + code.references.count
        for slot in first..<max(first, code.referenceCount) {
            unsafe references[slot] = .null
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
