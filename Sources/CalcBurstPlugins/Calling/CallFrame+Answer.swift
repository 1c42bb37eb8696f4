#if Plugins
import CCalcBurstPlugin
import CFFI
import CPluginSystem
import CalcBurstFunctions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension CallFrame {
    /// Calls the function, and gives its answer.
    func invoke(_ meter: inout Meter) throws(Fault) -> Value {
        switch plan.outcome {
        case .always:
            call()
            return try answer(&meter)
        case .call:
            return try invokeWithCall(&meter)
        case .status(let rules):
            call()
            try check(rules)
            return try answer(&meter)
        case .errorNumber:
            errno = 0
            call()
            let code = errno
            if code == EDOM { throw .domain("there is no answer for these operands") }
            // Too small an answer sets the same code as too large a one.
            let isOverflow = code == ERANGE && (result.map { abs($0) >= 1 } ?? true)
            if isOverflow { throw .overflow }
            return try answer(&meter)
        }
    }

    private func call() {
        for out in plan.frame.outs {
            unsafe memset(base + out.lowerBound, 0, out.count)
        }
        let pointers = unsafe (base + plan.frame.pointers)
            .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        unsafe plan.interface.call(plan.function, pointers, result: base + plan.frame.result)
    }

    private func invokeWithCall(_ meter: inout Meter) throws(Fault) -> Value {
        guard let place = plan.frame.call else { return .null }
        let type = plan.answer.type
        var host = HostCall(meter, for: type)
        unsafe withUnsafeMutablePointer(to: &host.call) { context in
            unsafe (base + place).storeBytes(of: context, as: UnsafeMutablePointer<cb_call>.self)
            call()
        }
        let status = read(Field(offset: plan.frame.result, type: .i32, isWide: true))
        // A function that was refused room can only answer that it has no memory.
        if let excess = host.excess(of: type, meter.limits) { throw excess }
        let code = cb_status(truncatingIfNeeded: status)
        if let fault = host.fault(code, plugin: plan.plugin) { throw fault }
        switch plan.answer.source {
        case .call: return try host.answer(of: type, plugin: plan.plugin, &meter)
        case .fields: return try answer(&meter)
        }
    }

    /// Throws what a library's own status says.
    private func check(_ rules: StatusRules) throws(Fault) {
        let wide = read(Field(offset: plan.frame.result, type: .i32, isWide: true))
        let status = Int32(truncatingIfNeeded: wide)
        if status == rules.ok || rules.underflow.contains(status) { return }
        if rules.overflow.contains(status) { throw .overflow }
        throw .domain(rules.words(for: status) ?? "the library gave the status \(status)")
    }

    // MARK: - Out

    private typealias Field = CallPlan.Field

    /// The answer as a number, if it is one.
    private var result: Double? {
        guard case .fields(let fields) = plan.answer.source, fields.count == 1,
            fields[0].type.isFloat
        else { return nil }
        return float(fields[0])
    }

    private func answer(_ meter: inout Meter) throws(Fault) -> Value {
        guard case .fields(let fields) = plan.answer.source, let first = fields.first else {
            throw .pluginFailed(plugin: plan.plugin, "gave no answer")
        }
        switch plan.answer.type {
        case .f64, .i64: return .number(try number(first))
        case .bool: return .bool(read(first) != 0)
        case .complex:
            guard fields.count == 2 else { return .null }
            return cb_c128(re: try number(first), im: try number(fields[1])).value
        case .numbers, .integers:
            try meter.makeList(count: fields.count)
            var numbers: [Double] = []
            for field in fields { numbers.append(try number(field)) }
            return .list(List(numbers))
        case .string: return .string(try text(first, &meter))
        }
    }

    private func number(_ field: Field) throws(Fault) -> Double {
        if field.type.isFloat {
            let number = float(field)
            guard number.isFinite else { throw .nonFiniteResult }
            return number
        }
        let whole = read(field)
        // Half of a wide unsigned type is no signed number.
        if whole < 0, field.type == .u64 || field.type == .usize {
            throw .pluginFailed(
                plugin: plan.plugin,
                "gave \(UInt64(bitPattern: whole)), an integer that numbers do not hold"
            )
        }
        return try PluginInteger.number(whole, plugin: plan.plugin)
    }

    private func float(_ field: Field) -> Double {
        let place = unsafe base + field.offset
        return field.type == .f32
            ? Double(unsafe place.load(as: Float.self)) : unsafe place.load(as: Double.self)
    }

    /// An integer or a truth value.
    private func read(_ field: Field) -> Int64 {
        let place = unsafe base + field.offset
        let wide: Int64? = field.isWide ? unsafe place.load(as: Int64.self) : nil
        return switch field.type {
        case .i8:
            unsafe Int64(wide.map(Int8.init(truncatingIfNeeded:)) ?? place.load(as: Int8.self))
        case .u8:
            unsafe Int64(wide.map(UInt8.init(truncatingIfNeeded:)) ?? place.load(as: UInt8.self))
        case .bool:
            unsafe (wide.map(UInt8.init(truncatingIfNeeded:)) ?? place.load(as: UInt8.self)) == 0
                ? 0 : 1
        case .i16:
            unsafe Int64(wide.map(Int16.init(truncatingIfNeeded:)) ?? place.load(as: Int16.self))
        case .u16:
            unsafe Int64(wide.map(UInt16.init(truncatingIfNeeded:)) ?? place.load(as: UInt16.self))
        case .i32:
            unsafe Int64(wide.map(Int32.init(truncatingIfNeeded:)) ?? place.load(as: Int32.self))
        case .u32:
            unsafe Int64(wide.map(UInt32.init(truncatingIfNeeded:)) ?? place.load(as: UInt32.self))
        case .i64, .u64, .usize, .f64, .f32, .text, .pointer:
            unsafe wide ?? place.load(as: Int64.self)
        }
    }

    /// Copies a text of the library, and frees it if it is ours to free.
    private func text(_ field: Field, _ meter: inout Meter) throws(Fault) -> String {
        let address = unsafe (base + field.offset).load(as: UnsafeMutablePointer<CChar>?.self)
        guard let address = unsafe address else {
            throw .domain("there is no answer for these operands")
        }
        defer {
            if let free = plan.answer.free, let free = unsafe UnsafeRawPointer(bitPattern: free) {
                unsafe cffi_free(free, address)
            }
        }
        let length = unsafe strnlen(address, meter.limits.stringLength + 1)
        try meter.makeString(bytes: length)
        return try unsafe HostCall.text(
            UnsafeRawBufferPointer(start: address, count: length),
            plugin: plan.plugin
        )
    }
}

extension StatusRules {
    /// What the library says of a status; nil if it says nothing.
    func words(for status: Int32) -> String? {
        guard let message, let function = unsafe UnsafeRawPointer(bitPattern: message),
            let words = unsafe cffi_words(function, status)
        else { return nil }
        let length = unsafe strnlen(words, 1000)
        let bytes = unsafe UnsafeRawBufferPointer(start: words, count: length)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}
#endif
