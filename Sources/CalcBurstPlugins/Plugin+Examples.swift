#if Plugins
public import CalcBurst
import CalcBurstFunctions

extension Plugin {
    /// An example of a plugin that is not so.
    public struct WrongExample: Hashable, Sendable {
        public let operation: String
        /// The line as the plugin has it.
        public let example: String
        /// What came out instead.
        public let found: String
    }

    /// Runs all examples, and gives those whose answer is another one.
    ///
    /// The engine must have the plugin's functions.
    public func wrongExamples(in engine: Engine) -> [WrongExample] {
        operations.flatMap { operation in
            operation.examples.compactMap { example in
                example.failure(in: engine).map {
                    WrongExample(operation: operation.name, example: example.text, found: $0)
                }
            }
        }
    }

    /// How many examples there are.
    public var exampleCount: Int { operations.reduce(0) { $0 + $1.examples.count } }
}

extension PluginExample {
    /// What came out, if it is not what the example says.
    fileprivate func failure(in engine: Engine) -> String? {
        let outcome = Result { () throws(CalculationError) in try engine.evaluate(call) }
        switch (expectation, outcome) {
        case (.value(let text, let tolerance), .success(let found)):
            let expected: Value
            do throws(CalculationError) {
                expected = try engine.evaluate(text)
            } catch {
                return "its own answer is wrong: \(error.words)"
            }
            return found.isWithin(tolerance, of: expected) ? nil : ValueText.json(found)
        case (.value, .failure(let error)):
            return error.words
        case (.failure, .success(let found)):
            return ValueText.json(found)
        case (.failure(let reason?), .failure(let error)):
            return error.words.contains(reason) ? nil : error.words
        case (.failure(nil), .failure(let error)):
            // It is the call that must fail, not its text.
            if case .source = error { return error.words }
            return nil
        }
    }
}

extension CalculationError {
    /// Code, message and hint in one line, for an example to name a part of.
    fileprivate var words: String {
        diagnostics.map { "\($0.code): \($0.message)" + ($0.hint.map { " (\($0))" } ?? "") }
            .joined(separator: "; ")
    }
}

extension Value {
    /// Whether every number lies within a relative tolerance, or is equal if there is none; the rest
    /// must be equal.
    ///
    /// The walk keeps its own stack.
    fileprivate func isWithin(_ tolerance: Double?, of expected: Value) -> Bool {
        guard let tolerance else { return self == expected }
        var pending = [(self, expected)]
        while let pair = pending.popLast() {
            switch pair {
            case (.number(let found), .number(let expected)):
                let error = (found - expected).magnitude
                guard error <= tolerance * max(expected.magnitude, .leastNormalMagnitude) else {
                    return false
                }
            case (.list(let found), .list(let expected)):
                guard found.count == expected.count else { return false }
                pending += zip(found, expected)
            case (.record(let found), .record(let expected)):
                guard found.count == expected.count else { return false }
                for (name, value) in zip(found.names, found.values) {
                    guard let other = expected[name] else { return false }
                    pending.append((value, other))
                }
            case (let found, let expected):
                guard found == expected else { return false }
            }
        }
        return true
    }
}
#endif
