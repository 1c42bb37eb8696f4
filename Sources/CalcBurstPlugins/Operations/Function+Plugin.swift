#if Plugins
package import CalcBurstFunctions

extension Function {
    /// A function of the language made of the operations of one name, which are its overloads.
    ///
    /// From here on nothing in the engine knows that it comes from a plugin.
    package init(
        _ name: String,
        of operations: [PluginOperation],
        plugin: String,
        version: String
    ) {
        self.init(
            name,
            .plugins,
            operations.first?.summary ?? "",
            operations.map { Overload($0) },
            examples: operations.flatMap(\.examples).compactMap { example in
                guard case .value(let value, _) = example.expectation else { return nil }
                return Example(example.call, value)
            },
            origin: .plugin(name: plugin, version: version)
        )
    }
}

extension Overload {
    fileprivate init(_ operation: PluginOperation) {
        let call = operation.call
        let signature = operation.signature
        var marks: Marks = signature.parameters.isEmpty ? [] : .lifted
        if !operation.marks.contains(.pure) { marks.insert(.impure) }
        let rows: Rows? =
            call.hasRows
            ? { @Sendable columns, count, meter throws(Fault) in
                try call.rows(columns, count: count, &meter)
            } : nil
        self.init(
            signature.inLanguage,
            marks,
            operation.scalarImplementation
                ?? .values { operands, meter throws(Fault) in
                    try call(signature.gathered(operands), &meter)
                },
            rows: rows
        )
    }
}

extension PluginSignature {
    /// The operands one for each parameter: those of a variadic parameter as one list.
    fileprivate func gathered(_ operands: [Value]) -> [Value] {
        guard parameters.last?.isVariadic == true else { return operands }
        let fixed = parameters.count - 1
        let rest = operands.dropFirst(fixed).map(\.slot)
        return Array(operands.prefix(fixed)) + [.list(List(rest))]
    }
}

extension PluginOperation {
    /// The operation on plain numbers, which the machine calls without making values; nil for
    /// other shapes.
    fileprivate var scalarImplementation: Overload.Implementation? {
        guard let native = call as? NativeCall, case .numbers(let count) = native.shape else {
            return nil
        }
        let (function, gate, isConcurrent) = (native.function, native.gate, native.isConcurrent)
        switch count {
        case 1:
            return .unary { a throws(Fault) in
                try NativeCall.finite(gate.pass(isConcurrent: isConcurrent) { function(a) })
            }
        case 2:
            return .binary { a, b throws(Fault) in
                try NativeCall.finite(gate.pass(isConcurrent: isConcurrent) { function(a, b) })
            }
        case 3:
            return .ternary { a, b, c throws(Fault) in
                try NativeCall.finite(gate.pass(isConcurrent: isConcurrent) { function(a, b, c) })
            }
        case 5:
            return .quinary { a, b, c, d, e throws(Fault) in
                try NativeCall.finite(
                    gate.pass(isConcurrent: isConcurrent) { function(a, b, c, d, e) }
                )
            }
        case _: return nil
        }
    }
}
#endif
