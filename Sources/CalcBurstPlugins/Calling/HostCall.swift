#if Plugins
import CCalcBurstPlugin
import CPluginSystem
import CalcBurstFunctions

/// The `cb_call` of one call: what a plugin's function left in it, made sense of and freed.
@safe struct HostCall: ~Copyable {
    var call = unsafe cb_call()
    private let memory: Int

    init(_ meter: borrowing Meter) {
        unsafe call.most_bytes = meter.limits.stringLength
        unsafe call.most_elements = meter.limits.listLength
        unsafe call.is_cancelled = { Task.isCancelled }
        memory = meter.limits.memory
    }

    /// A call whose answer is of a type: of the two ways to give one only that type's is open, so
    /// that the bytes of a text are never read as numbers.
    init(_ meter: borrowing Meter, for result: PluginType) {
        self.init(meter)
        if result != .string { unsafe call.most_bytes = 0 }
        if result != .numbers, result != .integers { unsafe call.most_elements = 0 }
    }

    deinit {
        var call = unsafe call
        unsafe cplugin_call_end(&call)
    }

    /// Why the call gave no answer; nil for `CB_OK`.
    func fault(_ status: cb_status, plugin: String) -> Fault? {
        switch Int(status) {
        case CB_OK: nil
        case CB_E_DOMAIN: .domain(reason ?? "the plugin \(plugin) gives no reason")
        case CB_E_RANGE: .overflow
        case CB_E_ARGUMENT: .domain(reason ?? "an operand is not what it takes")
        case CB_E_MEMORY: .limit(.init("memory", memory))
        case CB_E_CANCELLED: .cancelled
        case CB_E_INTERNAL: .pluginFailed(plugin: plugin, reason.map { "says: \($0)" } ?? "failed")
        case _: .pluginFailed(plugin: plugin, "gave the unknown status \(status)")
        }
    }

    /// The limit that the answer went over, whatever the status is; nil if it did not.
    func excess(of result: PluginType, _ limits: RunLimits) -> Fault? {
        guard unsafe call.is_over else { return nil }
        return result == .string
            ? .limit(.init("string-length", limits.stringLength))
            : .limit(.init("list-length", limits.listLength))
    }

    /// The text or the list that a call which succeeded has given.
    func answer(
        of result: PluginType,
        plugin: String,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard let bytes = unsafe call.answer else {
            throw .pluginFailed(plugin: plugin, "gave no answer")
        }
        let count = unsafe call.count
        switch result {
        case .string:
            try meter.makeString(bytes: count)
            let text = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
            return .string(try unsafe Self.text(text, plugin: plugin))
        case .numbers, .integers:
            try meter.makeList(count: count)
            var numbers: [Double] = []
            numbers.reserveCapacity(count)
            for index in 0..<count {
                let place = unsafe bytes + index * 8
                if result == .integers {
                    let whole = unsafe place.load(as: Int64.self)
                    numbers.append(try PluginInteger.number(whole, plugin: plugin))
                } else {
                    let number = unsafe place.load(as: Double.self)
                    guard number.isFinite else { throw .nonFiniteResult }
                    numbers.append(number)
                }
            }
            return .list(List(numbers))
        case .f64, .i64, .bool, .complex:
            throw .pluginFailed(plugin: plugin, "gave a list for a single value")
        }
    }

    /// A text of C's, which must be UTF-8.
    static func text(
        _ bytes: UnsafeRawBufferPointer,
        plugin: String
    ) throws(Fault) -> String {
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
            throw .pluginFailed(plugin: plugin, "gave a text that is not UTF-8")
        }
        return text
    }

    /// The error text, if there is one; what is not UTF-8 in it is replaced.
    private var reason: String? {
        guard let text = unsafe call.error, unsafe call.error_length > 0 else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: call.error_length)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}
#endif
