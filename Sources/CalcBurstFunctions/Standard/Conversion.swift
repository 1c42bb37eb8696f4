/// From one kind of value to another; nothing converts by itself.
package let conversionFunctions: [Function] = [
    .ofValues(
        "number",
        .conversion,
        "The number that the string spells.",
        "(text: string) -> number",
        marks: .lifted,
        { operands, _ throws(Fault) in .number(try number(operands[0].text)) },
        examples: [Example("number('12.5')", "12.5"), Example("number(['1', '1e3'])", "[1, 1000]")]
    ),
    .ofValues(
        "string",
        .conversion,
        "The value as a string: a string as it is, anything else as its JSON text.",
        "(value: T) -> string",
        { operands, meter throws(Fault) in
            if case .string = operands[0] { return operands[0] }
            return try jsonText(operands[0], &meter)
        },
        examples: [
            Example("string(2.50)", "'2.5'"), Example("string('a')", "'a'"),
            Example("string([1, 2])", "'[1,2]'"),
        ]
    ),
    .ofOne(
        "int",
        .conversion,
        "The whole part of the number.",
        transparent: true,
        { x in x.rounded(.towardZero) },
        examples: [Example("int(2.75)", "2"), Example("int(-2.75)", "-2")]
    ),
    .ofValues(
        "bool",
        .conversion,
        "The boolean that the string spells: 'true' or 'false'.",
        "(text: string) -> bool",
        marks: .lifted,
        { operands, _ throws(Fault) in
            switch operands[0].text {
            case "true": return true
            case "false": return false
            case _: throw .domain("only 'true' and 'false' are booleans")
            }
        },
        examples: [Example("bool('true')", "true"), Example("bool(['false'])", "[false]")]
    ),
    .ofValues(
        "json",
        .conversion,
        "The JSON text of the value.",
        "(value: T) -> string",
        { operands, meter throws(Fault) in try jsonText(operands[0], &meter) },
        examples: [
            Example("json('a')", "'\"a\"'"), Example("json({a: [1, 2]})", "'{\"a\":[1,2]}'"),
        ]
    ),
    .ofValues(
        "type_of",
        .conversion,
        "The type of the value, as messages write it.",
        "(value: T) -> string",
        { operands, meter throws(Fault) in
            try meter.visitAll(of: operands[0])
            let type = "\(ValueType(of: operands[0]))"
            try meter.makeString(bytes: type.utf8.count)
            return .string(type)
        },
        examples: [
            Example("type_of(1)", "'number'"), Example("type_of([{a: 'x'}])", "'[{a: string}]'"),
        ]
    ),
    .ofValues(
        "format",
        .conversion,
        "The number with fixed decimal places, halves away from 0, and a mark between thousands.",
        "(x: number, places: number = 2, group: string = \",\") -> string",
        marks: .lifted,
        { operands, meter throws(Fault) in
            let places = try wholeNumber(operands[1].double, in: 0...100, of: "places")
            let group = operands[2].text
            // There are at most 103 groups.
            try meter.makeString(bytes: 103 * group.utf8.count)
            try meter.makeString(bytes: 412)
            return .string(fixed(operands[0].double, places: places, group: group))
        },
        examples: [
            Example("format(1234567.891)", "'1,234,567.89'"), Example("format(2.5, 0)", "'3'"),
            Example("format([1234, -0.001], 1, ' ')", "['1 234.0', '0.0']"),
        ]
    ),
]

private func number(_ text: String) throws(Fault) -> Double {
    switch NumberText.read(text.utf8) {
    case .success(let number): return number
    case .failure(.outOfRange): throw .overflow
    case .failure(.inexactInteger):
        throw .domain("binary64 cannot hold this integer exactly")
    case .failure(.notANumeral): throw .invalidNumber(String(text.prefix(40)))
    }
}

private func jsonText(_ value: Value, _ meter: inout Meter) throws(Fault) -> Value {
    // The text takes at most 6 bytes for a byte of a string and 25 for a number.
    try meter.visitAll(of: value)
    let text = ValueText.json(value)
    try meter.makeString(bytes: text.utf8.count)
    return .string(text)
}

private func fixed(_ number: Double, places: Int, group: String) -> String {
    let decimal = DecimalNumber(number)
    var digits: [Character]
    let zeros = decimal.exponent + places
    if zeros >= 0 {
        digits = Array(decimal.coefficient.description)
        digits += [Character](repeating: "0", count: zeros)
    } else {
        let quotient = WholeQuotient(UInt128(decimal.coefficient), 1, shift: zeros)
        let units = quotient.map {
            RoundingMode.halfAway.round($0, isNegative: decimal.isNegative)
        }
        digits = Array((units ?? 0).description)
    }
    // A number that is rounded to 0 has no sign.
    let isNegative = decimal.isNegative && digits.contains { $0 != "0" }
    let missing = places + 1 - digits.count
    if missing > 0 { digits = [Character](repeating: "0", count: missing) + digits }
    let whole = digits.count - places
    var text = isNegative ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index == whole { text += "." }
        if index > 0, index < whole, (whole - index) % 3 == 0 { text += group }
        text.append(digit)
    }
    return text
}
