#if Plugins
import CalcBurstFunctions

/// A call whose arguments are the operands, one scalar each, and whose result is one number.
///
/// Most functions are like this. What a plan keeps in arrays is here at a fixed address, so that a
/// call counts no references and allocates nothing.
struct PlainCall: Sendable {
    private let interface: ForeignInterface
    private let function: UInt
    /// Of the types of the arguments; they live as long as the process, as the interface does.
    private let types: UInt
    private let count: Int
    private let result: CType

    /// The places in the memory of a call.
    private static let pointers = 8 * PluginSignature.mostParameters
    private static let answer = 2 * pointers
    private static let size = answer + 16

    /// Nil if the plan is for another shape.
    init?(_ plan: CallPlan) {
        guard case .always = plan.outcome, case .fields(let fields) = plan.answer.source,
            fields.count == 1, plan.pins.isEmpty, plan.frame.outs.isEmpty,
            plan.steps.count == plan.operandCount, plan.frame.arguments.count == plan.operandCount,
            plan.operandCount <= PluginSignature.mostParameters
        else { return nil }
        for (index, step) in plan.steps.enumerated() {
            guard step.source == .scalar, step.operand == index else { return nil }
        }
        switch (plan.answer.type, fields[0].type) {
        case (.f64, .f64), (.i64, .i64), (.bool, .bool): result = fields[0].type
        case _: return nil
        }
        guard fields[0].offset == plan.frame.result else { return nil }
        interface = plan.interface
        function = plan.function
        count = plan.operandCount
        let types = UnsafeMutablePointer<CType>.allocate(capacity: max(1, count))
        for (index, step) in plan.steps.enumerated() {
            unsafe (types + index).initialize(to: step.type)
        }
        self.types = UInt(bitPattern: types)
    }

    /// One call; there are as many operands as the plan has.
    func callAsFunction(_ operands: [Value], plugin: String) throws(Fault) -> Value {
        try unsafe withUnsafeTemporaryAllocation(byteCount: Self.size, alignment: 16) {
            (memory) throws(Fault) -> Value in
            guard let base = memory.baseAddress,
                let types = unsafe UnsafePointer<CType>(bitPattern: types)
            else { return .null }
            let pointers = unsafe (base + Self.pointers)
                .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
            for index in 0..<count {
                let place = unsafe base + index * 8
                unsafe pointers[index] = place
                let number: Double =
                    switch operands[index] {
                    case .number(let number): number
                    case .bool(let flag): flag ? 1 : 0
                    case .null, .string, .list, .record: 0
                    }
                try unsafe CallFrame.put(number, types[index], at: place, operand: index)
            }
            let answer = unsafe base + Self.answer
            unsafe interface.call(function, pointers, result: answer)
            switch result {
            case .f64:
                let number = unsafe answer.load(as: Double.self)
                guard number.isFinite else { throw .nonFiniteResult }
                return .number(number)
            case .i64:
                let whole = unsafe answer.load(as: Int64.self)
                return .number(try PluginInteger.number(whole, plugin: plugin))
            case _: return .bool(unsafe answer.load(as: UInt8.self) != 0)
            }
        }
    }
}
#endif
