#if Plugins
import CalcBurstFunctions

extension PluginSignature {
    /// Reads the notation; what is refused is told with its place.
    package init(_ text: String) throws(PluginError) {
        var reader = try NotationReader(text, refusal: .invalidOperation)
        try reader.expect("(")
        var parameters: [Parameter] = []
        while !reader.take(")") {
            if !parameters.isEmpty { try reader.expect(",") }
            let next = try Self.parameter(&reader, after: parameters)
            parameters.append(next)
        }
        try reader.expect("->")
        let result = try Self.type(&reader)
        let mayFail = reader.take("!")
        try reader.expectEnd()
        self.init(parameters: parameters, result: result, mayFail: mayFail)
    }

    private static func parameter(
        _ reader: inout NotationReader,
        after parameters: [Parameter]
    ) throws(PluginError) -> Parameter {
        if parameters.last?.isVariadic == true {
            throw reader.refusal("only the last parameter may be '...', so no other is expected")
        }
        if parameters.count == mostParameters {
            throw reader.refusal("no more than \(mostParameters) parameters are expected")
        }
        let name = try reader.expectWord("the name of a parameter")
        if NameText.reservedWords.contains(name) {
            throw reader.refusal("the word '\(name)' cannot name a parameter; see before")
        }
        if parameters.contains(where: { $0.name == name }) {
            throw reader.refusal("the parameter '\(name)' comes twice; see before")
        }
        try reader.expect(":")
        let type = try type(&reader)
        let isVariadic = reader.take("...")
        if isVariadic, type != .f64, type != .i64 {
            throw reader.refusal("'...' goes with f64 and i64 only; see before")
        }
        var defaultValue: Value?
        if reader.take("=") {
            if isVariadic {
                throw reader.refusal("a parameter with '...' has no default; see before")
            }
            defaultValue = try literal(&reader, of: type)
        } else if parameters.last?.defaultValue != nil {
            throw reader.refusal("'\(name)' needs a default, as the one before it has one: '='")
        }
        return Parameter(
            name: name,
            type: type,
            defaultValue: defaultValue,
            isVariadic: isVariadic
        )
    }

    private static func type(_ reader: inout NotationReader) throws(PluginError) -> PluginType {
        var start = reader
        let isList = reader.take("[")
        if let word = reader.word() {
            if isList { try reader.expect("]") }
            if let type = PluginType(rawValue: isList ? "[\(word)]" : word) { return type }
        }
        throw start.refusal("a type, one of \(PluginType.names), is expected")
    }

    /// A default, which must be a value of the parameter's type.
    private static func literal(
        _ reader: inout NotationReader,
        of type: PluginType
    ) throws(PluginError) -> Value {
        var start = reader
        let value = reader.literal()
        switch (type, value) {
        case (.f64, .number), (.bool, .bool), (.string, .string): break
        case (.i64, .number(let number)) where WholeNumber.isExact(number): break
        case (.complex, _), (.numbers, _), (.integers, _):
            throw start.refusal("a parameter of \(type.rawValue) has no default; found one")
        case (.f64, _): throw start.refusal("a number is expected")
        case (.i64, _): throw start.refusal("a whole number within 2^53 is expected")
        case (.bool, _): throw start.refusal("true or false is expected")
        case (.string, _): throw start.refusal("a text in double quotes is expected")
        }
        return value ?? .null
    }
}

extension PluginType {
    /// All of them, as messages list them.
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: " ") }
}

/// Which numbers of the language stand for an integer of C.
enum WholeNumber {
    /// The largest: up to it every integer is a number of its own.
    static let largest = 9_007_199_254_740_992.0

    static func isExact(_ number: Double) -> Bool {
        abs(number) <= largest && number.rounded(.towardZero) == number
    }
}
#endif
