import CalcBurstSource

/// Places and errors.
extension JSONReader {
    /// The range of the character at the index.
    func oneCharacter() -> SourceRange {
        SourceRange(index, min(bytes.count, index + (scalarLength() ?? 1)))
    }

    func notAValue() -> JSONError {
        var end = index
        while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
        let word = String(decoding: bytes[index..<min(end, index + 40)], as: UTF8.self)
        guard end > index else {
            let hint: String? =
                switch bytes[index] {
                case UInt8(ascii: "'"): "JSON has strings in double quotes"
                case UInt8(ascii: "+"), UInt8(ascii: "."): "a number begins with a digit or '-'"
                case UInt8(ascii: "#"), UInt8(ascii: "/"): commentHint()
                default: nil
                }
            return malformed("a value is expected here", at: oneCharacter(), hint: hint)
        }
        let hint: String? =
            switch word {
            case "NaN", "Infinity", "nan", "inf", "Inf": "JSON has no such number"
            case "True", "TRUE", "False", "FALSE": "write it in small letters"
            case "None", "undefined", "nil", "NULL", "Null": "write null"
            default: nil
            }
        return malformed(
            "'\(word)' is not a value of JSON",
            at: SourceRange(index, end),
            hint: hint
        )
    }

    func commentHint() -> String? {
        switch peek() {
        case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON has no comments"
        case UInt8(ascii: "'"): "JSON has strings in double quotes"
        case .some, nil: nil
        }
    }

    func ended(_ wanted: String) -> JSONError {
        malformed(
            "the text ends where \(wanted) is expected",
            at: SourceRange(bytes.count, bytes.count)
        )
    }

    func malformed(
        _ message: String,
        at range: SourceRange,
        hint: String? = nil
    ) -> JSONError {
        error(.malformedJSON, message, at: range, hint: hint)
    }

    func limit(
        _ name: String,
        _ maximum: Int,
        _ actual: Int?,
        _ counted: String,
        at range: SourceRange
    ) -> JSONError {
        error(
            .limitExceeded,
            "at most \(maximum) \(counted) are allowed",
            at: range,
            limit: Diagnostic.LimitFact(name: name, maximum: maximum, actual: actual)
        )
    }

    func error(
        _ code: DiagnosticCode,
        _ message: String,
        at range: SourceRange,
        hint: String? = nil,
        limit: Diagnostic.LimitFact? = nil
    ) -> JSONError {
        JSONError(
            code: code,
            message: message,
            range: range,
            pointer: pointer,
            limit: limit,
            hint: hint
        )
    }

    /// Where the reader is, as a JSON pointer.
    private var pointer: String {
        var pointer = ""
        for container in open {
            if container.isRecord {
                guard container.names.count > container.values.count,
                    let name = container.names.last
                else { break }
                pointer += "/"
                for scalar in name.unicodeScalars {
                    switch scalar {
                    case "~": pointer += "~0"
                    case "/": pointer += "~1"
                    default: pointer.unicodeScalars.append(scalar)
                    }
                }
            } else {
                pointer += "/\(container.values.count)"
            }
        }
        return pointer
    }

    func brief(_ range: Range<Int>) -> String {
        brief(String(decoding: bytes[range], as: UTF8.self))
    }

    /// A name or a numeral cut to forty characters.
    func brief(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(41)
        return scalars.count > 40
            ? String(String.UnicodeScalarView(scalars.prefix(40))) + "…" : text
    }
}
