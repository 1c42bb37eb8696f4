public import CalcBurst

/// A value written as an expression of the language, in parentheses where it has a sign.
public func literal(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let truth): truth ? "true" : "false"
    case .number(let number): number.sign == .minus ? "(\(number))" : "\(number)"
    case .string(let text): quoted(text)
    case .list(let list): "[" + list.map(literal).joined(separator: ", ") + "]"
    case .record(let record):
        "{"
            + record.fields.map { quoted($0.name) + ": " + literal($0.value) }.joined(
                separator: ", "
            )
            + "}"
    }
}

private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": result += "\\" + String(scalar)
        case _ where scalar.value < 0x20 || scalar.value == 0x7f:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
