#if Plugins
import CalcBurstFunctions

/// One operation of a manifest: what is said of it, and how the library's function is called.
struct Binding: Sendable {
    var name: String
    var signature: PluginSignature
    var summary: String
    var examples: [PluginExample]
    var marks: PluginOperation.Marks
    var cost: Int
    /// The function that is called.
    var symbol: String
    var call: BindingShape
    var requirements: [Requirement]

    /// The operation, with the addresses of the symbols that it needs.
    func operation(
        _ symbols: [String: UInt],
        status: StatusBlock?,
        plugin: String
    ) throws(PluginError) -> PluginOperation {
        guard let function = symbols[symbol] else {
            throw PluginError(.missingSymbol, plugin, "the library has no function '\(symbol)'")
        }
        var shape = call.shape
        shape.free = call.freeSymbol.flatMap { symbols[$0] }
        if case .status = shape.outcome, let status {
            var rules = status.rules
            rules.message = status.message.flatMap { symbols[$0] }
            shape.outcome = .status(rules)
        }
        let outcome = shape.outcome
        let plan = try CallPlan(shape, of: function, for: signature, plugin: plugin)
        let spread = call.spread.map { spread in
            SpreadPlans(operand: spread.operand, plugin: plugin) {
                [call, signature] count throws(PluginError) in
                var shape = call.spread(count)
                shape.outcome = outcome
                return try CallPlan(shape, of: function, for: signature, plugin: plugin)
            }
        }
        return PluginOperation(
            name: name,
            signature: signature,
            summary: summary,
            examples: examples,
            marks: marks,
            cost: cost,
            call: BindingCall(
                plan: plan,
                requirements: requirements,
                spread: spread,
                hasRows: signature.takesRows
            )
        )
    }
}

/// What the integers of a library mean that some of its functions return.
struct StatusBlock: Hashable, Sendable {
    var rules = StatusRules()
    /// The function that gives the words of a status.
    var message: String?
}
#endif
