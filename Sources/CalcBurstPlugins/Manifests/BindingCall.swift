#if Plugins
package import CalcBurstFunctions
import Synchronization

/// An operation of a manifest, called through libffi after its conditions were looked at.
package final class BindingCall: PluginCall {
    private let plan: CallPlan
    private let plain: PlainCall?
    private let requirements: [Requirement]
    private let spread: SpreadPlans?
    package let hasRows: Bool

    init(plan: CallPlan, requirements: [Requirement], spread: SpreadPlans?, hasRows: Bool) {
        self.plan = plan
        plain = spread == nil ? PlainCall(plan) : nil
        self.requirements = requirements
        self.spread = spread
        self.hasRows = hasRows
    }

    package func callAsFunction(
        _ operands: [Value],
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard operands.count == plan.operandCount else { return try plan(operands, &meter) }
        for requirement in requirements { try requirement.check { operands[$0] } }
        if let plain { return try plain(operands, plugin: plan.plugin) }
        guard let spread else { return try plan(operands, &meter) }
        return try spread.plan(count: operands[spread.operand].elements.count)(operands, &meter)
    }

    package func rows(
        _ operands: [PluginColumn],
        count: Int,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        try plan.rows(operands, count: count, &meter) { row throws(Fault) in
            for requirement in requirements {
                try requirement.check { operands[$0].value(row: row) }
            }
        }
    }
}

extension PluginColumn {
    /// The operand of a row that the column has.
    fileprivate func value(row: Int) -> Value {
        switch self {
        case .same(let value): value
        case .each(let list): row < list.count ? list[row] : .null
        }
    }
}

/// The prepared calls of a function with C's varargs, one for each number of arguments.
///
/// libffi must be told where the varargs begin and how many they are: on some machines they travel
/// in other places than named arguments.
final class SpreadPlans: Sendable {
    /// The operand whose elements are the varargs.
    let operand: Int
    private let plugin: String
    private let prepare: @Sendable (Int) throws(PluginError) -> CallPlan
    private let plans = Mutex<[Int: CallPlan]>([:])

    init(
        operand: Int,
        plugin: String,
        prepare: @escaping @Sendable (Int) throws(PluginError) -> CallPlan
    ) {
        self.operand = operand
        self.plugin = plugin
        self.prepare = prepare
    }

    func plan(count: Int) throws(Fault) -> CallPlan {
        guard count <= BindingShape.mostSpread else {
            throw .domain("it takes at most \(BindingShape.mostSpread) numbers at once")
        }
        return try plans.withLock { plans throws(Fault) in
            if let known = plans[count] { return known }
            do throws(PluginError) {
                let plan = try prepare(count)
                plans[count] = plan
                return plan
            } catch {
                throw .pluginFailed(plugin: plugin, error.message)
            }
        }
    }
}
#endif
