import CalcBurst
import CalcBurstFunctions

/// How results are written.
enum ResultFormat {
    /// For people: numbers rounded to so many digits, or exact if nil.
    case text(digits: Int?)
    /// One JSON value: a record, or a list of records for several expressions.
    case json
    /// A JSON record on each line.
    case lines
}

/// Writes results in one format, one after another.
struct ResultWriter {
    let format: ResultFormat
    /// Whether JSON is a list even of one result.
    let isList: Bool
    private var count = 0

    init(_ format: ResultFormat, isList: Bool) {
        self.format = format
        self.isList = isList
    }

    mutating func write(
        _ answer: Calculator.Answer,
        of text: String,
        to console: Console
    ) throws(Failure) {
        let type = answer.program.resultType.description
        try write(answer.value, type: type, of: text, to: console)
    }

    mutating func write(
        _ value: Value,
        type: String,
        of text: String,
        to console: Console
    ) throws(Failure) {
        defer { count += 1 }
        switch format {
        case .text(let digits):
            try console.result(ValueText.display(value, digits: digits))
        case .lines:
            try console.output.writeLine(Self.json(value, type, text))
        case .json:
            guard isList else {
                return try console.output.writeLine(Self.json(value, type, text))
            }
            try console.output.write(count == 0 ? "[" : ",\n ")
            try console.output.write(Self.json(value, type, text))
        }
    }

    /// Writes what is still missing, so that the output is complete even after an error.
    func finish(_ console: Console) throws(Failure) {
        if case .json = format, isList {
            try console.output.writeLine(count == 0 ? "[]" : "]")
        }
        try console.output.flush()
    }

    private static func json(_ value: Value, _ type: String, _ text: String) -> String {
        JSON.write(
            .object([("expression", .string(text)), ("result", value), ("type", .string(type))])
        )
    }
}
