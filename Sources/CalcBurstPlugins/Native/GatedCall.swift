#if Plugins
import CalcBurstFunctions

/// A call through libffi in this process, with the gate around it and a batch entry where there is one.
struct GatedCall: PluginCall {
    let call: any PluginCall
    let gate: PluginGate
    let isConcurrent: Bool
    let batch: NativeBatch?

    var hasRows: Bool { batch != nil || call.hasRows }

    func callAsFunction(_ operands: [Value], _ meter: inout Meter) throws(Fault) -> Value {
        try pass(&meter) { call, meter throws(Fault) in try call(operands, &meter) }
    }

    func rows(
        _ operands: [PluginColumn],
        count: Int,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        if let batch {
            return try batch.rows(
                operands,
                count: count,
                &meter,
                self,
                gate,
                isConcurrent: isConcurrent
            )
        }
        return try pass(&meter) { call, meter throws(Fault) in
            try call.rows(operands, count: count, &meter)
        }
    }

    private func pass<Answer: Sendable>(
        _ meter: inout Meter,
        _ body: (any PluginCall, inout Meter) throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        var inner = meter
        let result = try gate.pass(isConcurrent: isConcurrent) { () -> Result<Answer, Fault> in
            do throws(Fault) {
                return .success(try body(call, &inner))
            } catch {
                return .failure(error)
            }
        }
        meter = inner
        return try result.get()
    }
}

extension PluginGate {
    /// The operations with this gate around their calls.
    func around(_ operations: [PluginOperation]) -> [PluginOperation] {
        operations.map { operation in
            var operation = operation
            operation.call = GatedCall(
                call: operation.call,
                gate: self,
                isConcurrent: operation.marks.contains(.concurrent),
                batch: nil
            )
            return operation
        }
    }
}
#endif
