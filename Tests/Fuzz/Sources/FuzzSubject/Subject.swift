public import CalcBurst

/// What the engine made of a text; two runs of the same calculation must be equal.
public enum Answer: Equatable {
    case value(Value)
    /// It ran and stopped: the code.
    case fault(String)
    /// It does not compile: the codes of the errors.
    case rejected([String])
}

/// The engine under test.
///
/// This is the only file here that knows its interface.
public enum Subject {
    private static let engine = Engine.standard

    /// Compiles and runs a text with values, and holds what must be true of every answer.
    public static func answer(_ text: String, _ values: [(String, Value)] = []) -> Answer {
        do {
            let program = try engine.compile(
                text,
                inputs: values.map { ($0.0, ValueType(of: $0.1)) }
            )
            let value = try program.evaluate(
                Dictionary(values.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
            )
            require(isFinite(value), "an answer that is not finite: \(value)", text)
            return .value(value)
        } catch let errors as SourceErrors {
            let codes = errors.diagnostics.filter { $0.severity == .error }.map(\.code.rawValue)
            require(!codes.isEmpty, "refused without an error", text)
            for diagnostic in errors.diagnostics { check(diagnostic, text) }
            return .rejected(codes)
        } catch let error as EvaluationError {
            check(error.diagnostic, text)
            return .fault(error.code.rawValue)
        } catch {
            require(false, "an error of an unknown type: \(error)", text)
            return .rejected([])
        }
    }

    /// What an editor asks at every key: must agree with compiling.
    public static func diagnose(_ text: String) -> [String] {
        let diagnostics = engine.diagnose(text)
        for diagnostic in diagnostics { check(diagnostic, text) }
        return diagnostics.filter { $0.severity == .error }.map(\.code.rawValue)
    }

    private static func check(_ diagnostic: Diagnostic, _ text: String) {
        let ranges = [diagnostic.range] + diagnostic.labels.map(\.range)
        for range in ranges {
            let inside =
                range.start >= 0 && range.start <= range.end && range.end <= text.utf8.count
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

extension Subject {
    /// A value from JSON; nil if it is not JSON.
    public static func readJSON(_ bytes: [UInt8]) -> Value? { nil }
    public static func writeJSON(_ value: Value) -> String { "" }
}
