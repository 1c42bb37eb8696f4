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

    package init(_ code: Code) {
        self.code = code
        inputCount = code.inputs.count
        entryFuel = code.limits.fuel - code.entryCost
        unsafe slots = .allocate(capacity: max(1, code.slotCount))
        unsafe slots.initialize(repeating: 0, count: max(1, code.slotCount))
        unsafe references = .allocate(capacity: max(1, code.referenceCount))
        unsafe references.initialize(repeating: .null, count: max(1, code.referenceCount))
        unsafe returns = .allocate(capacity: max(1, code.instances.count))
        unsafe returns.initialize(repeating: 0, count: max(1, code.instances.count))
        unsafe loops = .allocate(capacity: max(1, code.loopCount))
        unsafe loops.initialize(repeating: MapLoop(), count: max(1, code.loopCount))
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State(meter: Meter(limits: code.limits)))
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

    /// Fuel that the last run used, for tests that hold executors to one another.
    package var fuelUsed: Int { unsafe code.limits.fuel - state.pointee.meter.fuel }

    private func runLookingCloser(isChecked: Bool = false) throws(EvaluationError) -> Double {
        try checkInputs()
        // A host's function may not run the frame that is calling it.
        guard unsafe !state.pointee.isRunning else { throw .reentrant(code.source) }
        unsafe state.pointee.isRunning = true
        defer { unsafe state.pointee.isRunning = false }

        unsafe state.pointee.meter = Meter(limits: code.limits)
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

    // MARK: Stopping

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
    private static let lookShift = 14

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
    private func stopOutOfFuel() {
        unsafe state.pointee.fault = .limit(.init("fuel", code.limits.fuel))
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

    // MARK: Calls without an instruction of their own

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

    // MARK: Why it stopped

    /// The error of a stopped run: the operands of the instruction, put to the function itself, say
    /// which fault it is.
    private func error() -> EvaluationError {
        if unsafe state.pointee.fault?.isOfTheWhole == true { unsafe state.pointee.address = -1 }
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

extension Fault {
    /// Whether it is about the evaluation and not about a place in the text.
    fileprivate var isOfTheWhole: Bool {
        switch self {
        case .cancelled: true
        case .limit(let limit): limit.name == "fuel" || limit.name == "time-ms"
        case .divisionByZero, .domain, .overflow, .nonFiniteResult, .indexOutOfRange, .emptyList,
            .lengthMismatch, .invalidNumber, .noConvergence:
            false
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
