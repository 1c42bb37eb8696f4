#if Plugins
import CalcBurstFunctions

/// The memory of one call, laid out by a plan: operands go in, the function runs, the answer comes
/// out.
@safe struct CallFrame {
    let plan: CallPlan
    let base: UnsafeMutableRawPointer

    /// Readies what is the same in every call of this frame.
    init(_ plan: CallPlan, at base: UnsafeMutableRawPointer) {
        self.plan = plan
        unsafe self.base = unsafe base
        for (index, place) in plan.frame.arguments.enumerated() {
            let pointer = unsafe base + place
            unsafe (base + plan.frame.pointers + index * 8)
                .storeBytes(of: pointer, as: UnsafeMutableRawPointer.self)
        }
    }

    // MARK: - In

    /// Puts what does not come from operands.
    func storeConstants() throws(Fault) {
        for step in plan.steps {
            switch step.source {
            case .constant(let number): try store(number, step, operand: 0)
            case .place(let place): unsafe store(base + place, step)
            case .scalar, .realPart, .imaginaryPart, .elements, .count, .element, .call: break
            }
        }
    }

    /// Puts what a step takes from its operand; what is pinned has its place already.
    func store(_ operand: Value, _ step: CallPlan.Step) throws(Fault) {
        switch step.source {
        case .scalar:
            switch operand {
            case .number(let number): try store(number, step, operand: step.operand)
            case .bool(let flag): try store(flag ? 1 : 0, step, operand: step.operand)
            case .null, .string, .list, .record:
                throw .pluginFailed(plugin: plan.plugin, "was called with another type")
            }
        case .realPart:
            try store(operand.fields["re"]?.double ?? 0, step, operand: step.operand)
        case .imaginaryPart:
            try store(operand.fields["im"]?.double ?? 0, step, operand: step.operand)
        case .elements:
            unsafe store(pin(step.operand).address, step)
        case .count:
            try store(Double(pin(step.operand).count), step, operand: step.operand)
        case .element(let index):
            let elements = operand.elements
            guard index < elements.count else { return }
            try store(elements[index].double, step, operand: step.operand)
        case .constant, .place, .call: break
        }
    }

    private func store(_ address: UnsafeMutableRawPointer, _ step: CallPlan.Step) {
        unsafe (base + step.offset).storeBytes(of: address, as: UnsafeMutableRawPointer.self)
    }

    /// Puts a number, if the C type has it.
    func store(_ number: Double, _ step: CallPlan.Step, operand: Int) throws(Fault) {
        try unsafe Self.put(number, step.type, at: base + step.offset, operand: operand)
    }

    /// Puts a number at a place, if the C type has it.
    static func put(
        _ number: Double,
        _ type: CType,
        at place: UnsafeMutableRawPointer,
        operand: Int
    ) throws(Fault) {
        switch type {
        case .f64: unsafe place.storeBytes(of: number, as: Double.self)
        case .f32:
            let narrow = Float(number)
            guard narrow.isFinite else {
                throw .domain("operand \(operand + 1) is too large for the library's float")
            }
            unsafe place.storeBytes(of: narrow, as: Float.self)
        case .bool: unsafe place.storeBytes(of: number == 0 ? 0 : 1, as: UInt8.self)
        case .i8, .u8, .i16, .u16, .i32, .u32, .i64, .u64, .usize:
            let whole = try PluginInteger(number).value
            guard type.range.contains(number) else { throw outside(type, operand) }
            // The bytes of a narrow integer are the low ones of a wide one.
            switch type.size {
            case 1: unsafe place.storeBytes(of: UInt8(truncatingIfNeeded: whole), as: UInt8.self)
            case 2: unsafe place.storeBytes(of: UInt16(truncatingIfNeeded: whole), as: UInt16.self)
            case 4: unsafe place.storeBytes(of: UInt32(truncatingIfNeeded: whole), as: UInt32.self)
            default: unsafe place.storeBytes(of: whole, as: Int64.self)
            }
        case .text, .pointer:
            // Of all numbers only a constant 0 comes here, which is no address.
            unsafe place.storeBytes(of: 0, as: UInt.self)
        }
    }

    private static func outside(_ type: CType, _ operand: Int) -> Fault {
        let least = NumberText.shortest(type.range.lowerBound)
        let most = NumberText.shortest(type.range.upperBound)
        return .domain("operand \(operand + 1) is not within \(least) and \(most)")
    }

    // MARK: - Pins

    /// Where an operand's elements are, and how many.
    @safe struct Place {
        var address: UnsafeMutableRawPointer
        var count: Int
    }

    func pin(_ operand: Int) -> Place {
        let place = unsafe base + operand * FrameLayout.pinSize
        return unsafe Place(
            address: place.load(as: UnsafeMutableRawPointer.self),
            count: place.load(fromByteOffset: 8, as: Int.self)
        )
    }

    func setPin(_ operand: Int, _ address: UnsafeRawPointer, count: Int) {
        let place = unsafe base + operand * FrameLayout.pinSize
        unsafe place.storeBytes(of: address, as: UnsafeRawPointer.self)
        unsafe place.storeBytes(of: count, toByteOffset: 8, as: Int.self)
    }

    /// Pins the operands from one of the plan's pins on, at most 16, and then goes on.
    func pinning<Answer>(
        from index: Int,
        _ operands: [Value],
        _ body: () throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        guard index < plan.pins.count else { return try body() }
        let pin = plan.pins[index]
        let operand = operands[pin.operand]
        switch pin.content {
        case .numbers:
            let numbers = operand.elements.numbers ?? []
            return try unsafe numbers.withUnsafeBufferPointer {
                (buffer) throws(Fault) -> Answer in
                let isAligned = UInt(bitPattern: buffer.baseAddress) % 16 == 0
                if let start = buffer.baseAddress, !numbers.isEmpty, isAligned {
                    unsafe setPin(pin.operand, start, count: numbers.count)
                    return try pinning(from: index + 1, operands, body)
                }
                return try pinningCopy(of: numbers, pin.operand) { () throws(Fault) -> Answer in
                    try pinning(from: index + 1, operands, body)
                }
            }
        case .integers:
            var wholes: [Int64] = []
            for element in operand.elements {
                wholes.append(try PluginInteger(element.double).value)
            }
            return try pinningCopy(of: wholes, pin.operand) { () throws(Fault) -> Answer in
                try pinning(from: index + 1, operands, body)
            }
        case .text(let isPlain):
            let text = Array(operand.text.utf8)
            if isPlain, text.contains(0) {
                throw .domain("operand \(pin.operand + 1) has a NUL character in it")
            }
            let answer = try pinningCopy(of: text + [0], pin.operand) {
                () throws(Fault) -> Answer in
                unsafe setPin(pin.operand, self.pin(pin.operand).address, count: text.count)
                return try pinning(from: index + 1, operands, body)
            }
            return answer
        }
    }

    /// Pins a copy at a multiple of 16.
    private func pinningCopy<Element: BitwiseCopyable, Answer>(
        of elements: [Element],
        _ operand: Int,
        _ body: () throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        let size = max(16, elements.count * MemoryLayout<Element>.stride)
        return try unsafe withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) {
            (buffer) throws(Fault) -> Answer in
            guard let start = buffer.baseAddress else {
                throw .pluginFailed(plugin: plan.plugin, "had no memory for its operands")
            }
            unsafe elements.withUnsafeBytes { bytes in
                unsafe buffer.copyMemory(from: bytes)
            }
            unsafe setPin(operand, start, count: elements.count)
            return try body()
        }
    }
}
#endif
