#if Plugins
package import CalcBurstFunctions

/// What an operation of a plugin takes and gives, in the notation of its table or manifest.
///
/// ```
/// signature = "(" [ parameter { "," parameter } ] ")" "->" type [ "!" ]      "!": it may fail
/// parameter = name ":" type [ "=" literal ] | name ":" type "..."            the last only
/// type      = "f64" | "i64" | "bool" | "str" | "c128" | "[f64]" | "[i64]"
/// ```
///
/// Once an operand may be left out, those after it may be too. At most 16 parameters.
package struct PluginSignature: Hashable, Sendable {
    package var parameters: [Parameter]
    package var result: PluginType
    package var mayFail: Bool

    package struct Parameter: Hashable, Sendable {
        package var name: String
        /// Of a variadic parameter, the type of one operand.
        package var type: PluginType
        package var defaultValue: Value?
        package var isVariadic: Bool

        /// How the operand comes to the C function: a variadic parameter as a list.
        package var passed: PluginType {
            guard isVariadic else { return type }
            return type == .i64 ? .integers : .numbers
        }
    }

    package static let mostParameters = 16
}

/// The types of a plugin's parameters and results.
package enum PluginType: String, CaseIterable, Hashable, Sendable {
    /// A C `double`.
    case f64
    /// An `int64_t`; whole and within 2^53.
    case i64
    case bool
    /// UTF-8 and a length.
    case string = "str"
    /// `{re, im}`.
    case complex = "c128"
    case numbers = "[f64]"
    case integers = "[i64]"

    /// The type in the language.
    package var inLanguage: String {
        switch self {
        case .f64, .i64: "number"
        case .bool: "bool"
        case .string: "string"
        case .complex: "{re: number, im: number}"
        case .numbers, .integers: "[number]"
        }
    }

    /// Whether a batch entry can take a column of it.
    package var isScalar: Bool {
        switch self {
        case .f64, .i64, .bool, .complex: true
        case .string, .numbers, .integers: false
        }
    }

    /// Bytes of one value in a column; 0 if there are no columns of it.
    package var columnStride: Int {
        switch self {
        case .f64, .i64: 8
        case .bool: 1
        case .complex: 16
        case .string, .numbers, .integers: 0
        }
    }
}

extension PluginSignature {
    /// The signature as the language writes it: `(net: number, rate: number = 0.2) -> number`.
    package var inLanguage: String {
        let texts = parameters.map { parameter in
            var text = "\(parameter.name): \(parameter.type.inLanguage)"
            if parameter.isVariadic { text += "..." }
            if let value = parameter.defaultValue { text += " = \(ValueText.json(value))" }
            return text
        }
        return "(\(texts.joined(separator: ", "))) -> \(result.inLanguage)"
    }
}
#endif
