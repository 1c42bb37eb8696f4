#if Plugins
import CalcBurstFunctions

extension CallPlan {
    /// One call with operands of the signature's types.
    func callAsFunction(_ operands: [Value], _ meter: inout Meter) throws(Fault) -> Value {
        guard operands.count == operandCount else {
            throw .pluginFailed(plugin: plugin, "was called with \(operands.count) operands")
        }
        return try withFrame { frame throws(Fault) in
            try frame.storeConstants()
            return try frame.pinning(from: 0, operands) { () throws(Fault) -> Value in
                for step in steps where step.takesOperand {
                    try frame.store(operands[step.operand], step)
                }
                return try frame.invoke(&meter)
            }
        }
    }

    /// Many calls in one frame, for operands that are scalars.
    func rows(
        _ columns: [PluginColumn],
        count: Int,
        _ meter: inout Meter,
        checking check: (Int) throws(Fault) -> Void = { _ throws(Fault) in }
    ) throws(Fault) -> List {
        guard columns.count == operandCount, pins.isEmpty else {
            throw .pluginFailed(plugin: plugin, "was called with other columns than it takes")
        }
        var moving: [MovingStep] = []
        for step in steps where step.takesOperand {
            if case .each(let list) = columns[step.operand] {
                guard list.count >= count else { throw .lengthMismatch(list.count, count) }
                moving.append(MovingStep(step: step, list: list))
            }
        }
        return try withFrame { frame throws(Fault) in
            try frame.storeConstants()
            for step in steps where step.takesOperand {
                if case .same(let value) = columns[step.operand] {
                    guard count > 0 else { break }
                    do throws(Fault) {
                        try frame.store(value, step)
                    } catch { throw .inElement(0, error) }
                }
            }
            var results = RowResults(count: count)
            for row in 0..<count {
                do throws(Fault) {
                    try check(row)
                    for entry in moving { try frame.store(row: row, entry) }
                    results.append(try frame.invoke(&meter))
                } catch {
                    throw error.isOfWholeText ? error : .inElement(row, error)
                }
                if row % 1024 == 1023 { try meter.look() }
            }
            return results.list
        }
    }

    /// The memory of one call, on the stack unless there are very many arguments.
    private func withFrame<Answer>(
        _ body: (CallFrame) throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        func run(_ memory: UnsafeMutableRawBufferPointer) throws(Fault) -> Answer {
            guard let base = memory.baseAddress else {
                throw .pluginFailed(plugin: plugin, "had no memory for its operands")
            }
            return try unsafe body(CallFrame(self, at: base))
        }
        // With the size known where it is written, the compiler moves the stack pointer and no more.
        if frame.size <= FrameLayout.stackSize {
            return try unsafe withUnsafeTemporaryAllocation(
                byteCount: FrameLayout.stackSize,
                alignment: 16,
                run
            )
        }
        return try unsafe withUnsafeTemporaryAllocation(
            byteCount: frame.size,
            alignment: 16,
            run
        )
    }
}

extension CallPlan.Step {
    var takesOperand: Bool {
        switch source {
        case .scalar, .realPart, .imaginaryPart, .elements, .count, .element: true
        case .constant, .place, .call: false
        }
    }
}

/// A step whose operand is another one in each row.
struct MovingStep {
    var step: CallPlan.Step
    var list: List
    /// The elements of a plain list of numbers.
    var numbers: [Double]?

    init(step: CallPlan.Step, list: List) {
        self.step = step
        self.list = list
        numbers = step.source == .scalar ? list.plainNumbers : nil
    }
}

extension CallFrame {
    fileprivate func store(row: Int, _ entry: MovingStep) throws(Fault) {
        if let numbers = entry.numbers {
            try store(numbers[row], entry.step, operand: entry.step.operand)
        } else {
            try store(entry.list[row], entry.step)
        }
    }
}

/// The answers of many rows, kept plain as long as they are numbers.
private struct RowResults {
    private var numbers: [Double] = []
    private var values: [Value] = []

    init(count: Int) { numbers.reserveCapacity(count) }

    mutating func append(_ value: Value) {
        if values.isEmpty, case .number(let number) = value {
            numbers.append(number)
        } else {
            if values.isEmpty { values = numbers.map(Value.number) }
            values.append(value)
        }
    }

    var list: List { values.isEmpty ? List(numbers) : List(values) }
}
#endif
