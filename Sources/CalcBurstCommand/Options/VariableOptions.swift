import CalcBurst
import CalcBurstFunctions
import CalcBurstSource

/// What `--vars` and `--let` mean.
enum VariableOptions {
    /// Defines the names of a file, then those of the `let`s in order; the last of a name counts.
    static func define(
        file: String?,
        lets: [String],
        in calculator: inout Calculator,
        _ console: Console
    ) throws(Failure) {
        if let file { try define(file: file, in: &calculator, console) }
        for text in lets { try define(text, in: &calculator, console) }
    }

    private static func define(
        file: String,
        in calculator: inout Calculator,
        _ console: Console
    ) throws(Failure) {
        var limits = JSONLimits()
        limits.depth = calculator.engine.limits.dataDepth
        let bytes = try InputFile.read(file, limit: limits.length)
        let source = Source(bytes: bytes)
        let place = Place.file(file == "-" ? "standard input" : file)
        let value: Value
        do throws(JSONError) {
            value = try JSON.read(bytes, limits: limits)
        } catch {
            try console.report([error.diagnostic], in: source, place: place)
            throw Failure(.data)
        }
        guard case .record(let record) = value else {
            throw Failure(
                .data,
                "\(place.text) holds \(kind(of: value)), not an object",
                help: #"--vars takes names and values: {"price": 9.5, "qty": 2}"#
            )
        }
        for (name, value) in record.fields {
            do throws(CalculationError) {
                try calculator.define(name, as: value, for: source)
            } catch {
                try console.report(error, place: place)
                throw Failure(.data)
            }
        }
    }

    private static func define(
        _ text: String,
        in calculator: inout Calculator,
        _ console: Console
    ) throws(Failure) {
        guard let equal = text.firstIndex(of: "="),
            let name = name(String(text[..<equal]))
        else {
            throw .usage(
                "--let takes NAME=EXPRESSION, not '\(text)'",
                help: "for example: --let rate=0.05; a name that is no word stands in backticks"
            )
        }
        let source = Source(String(text[text.index(after: equal)...]))
        let place = Place.file("--let \(name)")
        let answer: Calculator.Answer
        do throws(CalculationError) {
            answer = try calculator.calculate(source)
            try calculator.define(name, as: answer.value, for: source)
        } catch {
            try console.report(error, place: place)
            throw Failure(error.status)
        }
        try console.warn(answer.program.warnings, in: source, place: place)
    }

    /// The name that is spelled so; nil if it is none.
    private static func name(_ text: String) -> String? {
        let name = text.trimmingSpaces
        if NameText.isWord(name), !NameText.reservedWords.contains(name) { return name }
        let bytes = Array(name.utf8)
        guard bytes.count > 2, bytes.first == 0x60, bytes.last == 0x60 else { return nil }
        let inner = bytes.dropFirst().dropLast()
        guard !inner.contains(0x60) else { return nil }
        return String(decoding: inner, as: UTF8.self)
    }

    private static func kind(of value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool: "a truth value"
        case .number: "a number"
        case .string: "a string"
        case .list: "a list"
        case .record: "an object"
        }
    }
}
