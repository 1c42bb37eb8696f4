#if Plugins
package import CalcBurstFunctions

/// A plugin's function, called through libffi: any native signature, lowered as the C header says.
package final class ForeignCall: PluginCall {
    private let plan: CallPlan
    private let plain: PlainCall?
    package let hasRows: Bool

    /// Prepares the call of a function; `plugin` is named when it breaks its rules.
    package init(
        function: UnsafeRawPointer,
        signature: PluginSignature,
        plugin: String
    ) throws(PluginError) {
        plan = try CallPlan(
            CallShape(lowering: signature),
            of: UInt(bitPattern: function),
            for: signature,
            plugin: plugin
        )
        plain = PlainCall(plan)
        hasRows = signature.takesRows
    }

    package func callAsFunction(
        _ operands: [Value],
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        if let plain, operands.count == plan.operandCount {
            return try plain(operands, plugin: plan.plugin)
        }
        return try plan(operands, &meter)
    }

    package func rows(
        _ operands: [PluginColumn],
        count: Int,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        try plan.rows(operands, count: count, &meter)
    }
}

extension PluginSignature {
    /// Whether a call of many rows can be one loop: everything is a scalar.
    package var takesRows: Bool {
        result.isScalar && parameters.allSatisfy(\.passed.isScalar)
    }
}

extension PluginSignature.Parameter {
    /// How the natural lowering passes it.
    fileprivate func arguments(operand: Int) -> [CallShape.Argument] {
        func scalar(_ type: CType) -> [CallShape.Argument] {
            [.init(type: .scalar(type), parts: [.scalar(operand: operand)])]
        }
        return switch passed {
        case .f64: scalar(.f64)
        case .i64: scalar(.i64)
        case .bool: scalar(.bool)
        case .complex:
            [
                .init(
                    type: .complex,
                    parts: [.realPart(operand: operand), .imaginaryPart(operand: operand)]
                )
            ]
        case .string, .numbers, .integers:
            [
                .init(type: .scalar(.pointer), parts: [.elements(operand: operand)]),
                .init(type: .scalar(.usize), parts: [.count(operand: operand)]),
            ]
        }
    }
}

extension PluginType {
    /// How C takes or gives it as one value; nil for texts and lists.
    var foreign: ForeignType? {
        switch self {
        case .f64: .scalar(.f64)
        case .i64: .scalar(.i64)
        case .bool: .scalar(.bool)
        case .complex: .complex
        case .string, .numbers, .integers: nil
        }
    }
}

extension CallShape {
    /// The fixed lowering of a native signature to C, with the name that the C header describes.
    init(lowering signature: PluginSignature) throws(PluginError) {
        let operands = signature.parameters.enumerated().flatMap { position, parameter in
            parameter.arguments(operand: position)
        }
        guard signature.mayFail else {
            guard let result = signature.result.foreign else {
                throw PluginError(
                    .invalidOperation,
                    "",
                    "a result of \(signature.result.rawValue) needs '!' behind it"
                )
            }
            self.init(arguments: operands, result: result)
            return
        }
        self.init(result: .scalar(.i32), outcome: .call)
        arguments = [Argument(type: .scalar(.pointer), parts: [.call])] + operands
        if let result = signature.result.foreign {
            outs = [result]
            arguments.append(Argument(type: .scalar(.pointer), parts: [.out(0)]))
            answer = .outs(field: nil)
        } else {
            answer = .call
        }
    }
}
#endif
