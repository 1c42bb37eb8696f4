public import CalcBurst

/// What the engine made of a text; two runs of the same calculation must be equal.
public enum Answer: Equatable {
    case value(Value)
    /// It ran and stopped: the code.
    case fault(String)
    /// It does not compile: the codes of the errors.
    case rejected([String])

    /// Whether it is the answer of a shorter way to say the same; the longer way may be over a limit.
    public func agrees(withShorter answer: Answer) -> Bool {
        switch self {
        case .rejected(["limit-exceeded"]), .fault("limit-exceeded"): true
        case .value, .fault, .rejected: self == answer
        }
    }
}

/// The engine under test.
///
/// This is the only file here that knows its interface.
public enum Subject {
    /// With the limits for strangers, lower still, and no clock: the same bytes must do the same.
    private static let engine: Engine = {
        var limits = Limits.untrusted
        limits.run.fuel = 50_000
        limits.run.time = nil
        return Engine(limits: limits)
    }()

    /// Compiles and runs a text with values, and holds what must be true of every answer.
    public static func answer(_ text: String, _ values: [(String, Value)] = []) -> Answer {
        answer(Array(text.utf8), values)
    }

    /// As `answer(_:_:)`, for bytes that need not be UTF-8.
    public static func answer(_ bytes: [UInt8], _ values: [(String, Value)] = []) -> Answer {
        let source = Source(bytes: bytes)
        do throws(CalculationError) {
            let value = try engine.evaluate(source, values.map { (name: $0.0, value: $0.1) })
            require(isFinite(value), "an answer that is not finite: \(value)", source.text)
            return .value(value)
        } catch {
            for diagnostic in error.diagnostics { check(diagnostic, source) }
            // Drawing the picture must not stop the process either.
            require(!error.rendered.isEmpty, "an error without a picture", source.text)
            switch error {
            case .source(let errors):
                let codes = codes(errors.diagnostics)
                require(!codes.isEmpty, "refused without an error", source.text)
                return .rejected(codes)
            case .evaluation(let error):
                return .fault(error.code.rawValue)
            }
        }
    }

    /// What an editor asks at every key: the codes of the errors.
    public static func diagnose(_ text: String) -> [String] {
        let diagnostics = engine.diagnose(text)
        for diagnostic in diagnostics { check(diagnostic, Source(text)) }
        return codes(diagnostics)
    }

    /// A value from JSON; nil if it is not JSON.
    public static func readJSON(_ bytes: [UInt8]) -> Value? { try? JSON.read(bytes) }

    /// A value as JSON.
    public static func writeJSON(_ value: Value) -> String { JSON.write(value) }

    private static func codes(_ diagnostics: [Diagnostic]) -> [String] {
        diagnostics.filter { $0.severity == .error }.map(\.code.rawValue)
    }

    private static func check(_ diagnostic: Diagnostic, _ source: Source) {
        let text = source.text
        let ranges = [diagnostic.range] + diagnostic.labels.map(\.range)
        for range in ranges {
            let inside =
                range.start >= 0 && range.start <= range.end && range.end <= source.bytes.count
            require(inside, "\(diagnostic.code.rawValue) points outside: \(range)", text)
        }
        require(diagnostic.labels.count <= 2, "more than two labels", text)
        require(!diagnostic.message.isEmpty, "an empty message", text)
    }
}

/// Whether a value holds finite numbers only.
///
/// Recursion is safe here: the limits of the engine keep what it answers shallow.
public func isFinite(_ value: Value) -> Bool {
    switch value {
    case .null, .bool, .string: true
    case .number(let number): number.isFinite
    case .list(let list): list.allSatisfy(isFinite)
    case .record(let record): record.fields.allSatisfy { isFinite($0.value) }
    }
}

/// Stops the process, which libFuzzer reports as a crash with its input.
public func require(_ condition: Bool, _ claim: @autoclosure () -> String, _ text: String) {
    guard !condition else { return }
    fatalError("\(claim())\nThe text: \(text.debugDescription)")
}
