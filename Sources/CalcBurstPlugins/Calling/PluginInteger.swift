#if Plugins
import CCalcBurstPlugin
import CalcBurstFunctions

/// A whole number on its way to C: within 2^53, where every integer is a number of the language.
struct PluginInteger {
    let value: Int64

    static let most: Int64 = 1 << 53

    init(_ number: Double) throws(Fault) {
        guard let value = Int64(exactly: number), value.magnitude <= Self.most.magnitude else {
            throw .domain(
                "\(NumberText.general(number, digits: 17)) is not a whole number within 2^53"
            )
        }
        self.value = value
    }

    /// An integer that came from C, as a number.
    static func number(_ value: Int64, plugin: String) throws(Fault) -> Double {
        guard value.magnitude <= most.magnitude else {
            throw .pluginFailed(
                plugin: plugin,
                "gave \(value), an integer that numbers do not hold"
            )
        }
        return Double(value)
    }
}

extension cb_c128 {
    /// The record `{re, im}` as C has it.
    init(_ value: Value) {
        let fields = value.fields
        self.init(re: fields["re"]?.slot ?? .nan, im: fields["im"]?.slot ?? .nan)
    }

    private static let shape = Record.Shape(["re", "im"])

    var value: Value {
        guard let shape = Self.shape,
            let record = Record(shape: shape, values: [.number(re), .number(im)])
        else { return .null }
        return .record(record)
    }
}
#endif
