package import CalcBurstCompiler
public import CalcBurstFunctions
public import CalcBurstMachine
public import CalcBurstSource
package import CalcBurstSyntax

/// The front door: functions and limits, and the way from a text to an answer.
///
/// An engine is a value. Copy it, add functions to it, hand it to any task.
///
/// ```swift
/// let engine = Engine.standard
/// try engine.evaluate("sqrt(a^2 + b^2)", ["a": 3, "b": 4])            // 5
///
/// let program = try engine.compile("price * qty", inputs: ["price": .number, "qty": .number])
/// try program.evaluate(["price": 9.5, "qty": 2])                       // 19
/// ```
public struct Engine: Sendable {
    /// The functions that texts may call.
    public var library: FunctionLibrary
    /// What a text and its evaluation may use.
    public var limits: Limits

    /// The functions of the language and the default limits.
    public static let standard = Engine()

    public init(library: FunctionLibrary = .standard, limits: Limits = Limits()) {
        self.library = library
        self.limits = limits
    }

    // MARK: Compiling

    /// Compiles a text whose inputs have the given types; their order is the order of the slots.
    ///
    /// - Throws: `SourceErrors` with all mistakes of the text at once.
    public func compile(
        _ text: String,
        inputs: KeyValuePairs<String, ValueType> = [:]
    ) throws(SourceErrors) -> Program {
        try compile(Source(text), inputs: inputs.map { (name: $0.key, type: $0.value) })
    }

    /// As `compile(_:inputs:)`, for inputs that are only known when the host runs.
    public func compile(
        _ text: String,
        inputs: [(name: String, type: ValueType)]
    ) throws(SourceErrors) -> Program {
        try compile(Source(text), inputs: inputs, as: .program)
    }

    package func compile(
        _ source: Source,
        inputs: [(name: String, type: ValueType)],
        as start: Parser.Start = .program,
        optimised: Bool = true
    ) throws(SourceErrors) -> Program {
        let limits = limits.clamped
        let parsed = Parser.parse(source, as: start, limits: limits.source)
        let outcome = try Checker.check(
            parsed,
            in: environment(inputs),
            limits: limits.source
        )
        return try Compiler.compile(
            outcome,
            source: source,
            limits: limits.run,
            optimised: optimised
        )
    }

    package func environment(_ inputs: [(name: String, type: ValueType)]) -> Environment {
        var environment = Environment(library: library, inputs: inputs)
        environment.dataDepth = limits.clamped.dataDepth
        return environment
    }

    /// Everything that is wrong with a text, and its warnings; for editors, so it never throws.
    public func diagnose(
        _ text: String,
        inputs: KeyValuePairs<String, ValueType> = [:]
    ) -> [Diagnostic] {
        do throws(SourceErrors) {
            return try compile(text, inputs: inputs).warnings
        } catch {
            return error.diagnostics
        }
    }

    // MARK: Evaluating

    /// Compiles and runs a text once; the types of the variables are those of their values.
    ///
    /// Stops with `cancelled` soon after the task that called it is cancelled.
    public func evaluate(
        _ text: String,
        _ variables: [String: any ValueRepresentable] = [:]
    ) throws(CalculationError) -> Value {
        let sorted = variables.sorted { $0.key < $1.key }
        return try evaluate(Source(text), sorted.map { (name: $0.key, value: $0.value.value) })
    }

    /// As `evaluate(_:_:)`, for an answer of a Swift type.
    ///
    /// - Throws: `type-mismatch` if the answer is of another type.
    public func evaluate<T: ValueRepresentable>(
        _ text: String,
        _ variables: [String: any ValueRepresentable] = [:],
        as type: T.Type
    ) throws(CalculationError) -> T {
        let value = try evaluate(text, variables)
        guard let answer = T(value: value) else {
            let source = Source(text)
            throw .source(
                SourceErrors(
                    source: source,
                    diagnostics: [
                        Diagnostic(
                            .typeMismatch,
                            "the answer is \(ValueType(of: value)), not \(T.typeText)",
                            at: SourceRange(0, source.bytes.count)
                        )
                    ]
                )
            )
        }
        return answer
    }

    /// As `evaluate(_:_:)`, away from the caller's actor: a long evaluation does not hold it up.
    @concurrent
    public func evaluateInBackground(
        _ text: String,
        _ variables: [String: any ValueRepresentable] = [:]
    ) async throws(CalculationError) -> Value {
        try evaluate(text, variables)
    }

    /// As `evaluate(_:_:)`, for variables in an order of their own.
    public func evaluate(
        _ source: Source,
        _ variables: [(name: String, value: Value)]
    ) throws(CalculationError) -> Value {
        let program: Program
        do throws(SourceErrors) {
            program = try compile(source, inputs: try types(of: variables, for: source))
        } catch {
            throw .source(error)
        }
        do throws(EvaluationError) {
            return try program.evaluate(slots: variables.map(\.value))
        } catch {
            throw .evaluation(error)
        }
    }

    /// The types of values that came along, unless they are too deep to have one.
    package func types(
        of variables: [(name: String, value: Value)],
        for source: Source
    ) throws(SourceErrors) -> [(name: String, type: ValueType)] {
        let depth = limits.clamped.dataDepth
        var types: [(name: String, type: ValueType)] = []
        for (name, value) in variables {
            guard value.isWithin(depth: depth) else {
                throw SourceErrors(
                    source: source,
                    diagnostics: [
                        Diagnostic(
                            .limitExceeded,
                            "lists and records in '\(name)' are more than \(depth) deep",
                            at: SourceRange(0, 0),
                            limit: .init(name: "data-depth", maximum: depth)
                        )
                    ]
                )
            }
            types.append((name: name, type: ValueType(of: value)))
        }
        return types
    }

    // MARK: Functions

    /// Adds a function written in Swift; its signature is read off the closure.
    ///
    /// ```swift
    /// try engine.register("vat") { (net: Double, rate: Double) in net * (1 + rate) }
    /// ```
    ///
    /// A pure function always gives the same answer for the same operands, so that it may be worked
    /// out ahead and run again to find the place of a fault. The body may throw a `Fault`; any other
    /// error becomes a `domain-error` with its description. Throws if the name is not a name or is
    /// one of the language's functions.
    public mutating func register<each Operand: ValueRepresentable, Answer: ValueRepresentable>(
        _ name: String,
        _ summary: String = "A function of the host.",
        pure: Bool = true,
        _ body: @escaping @Sendable (repeat each Operand) throws -> Answer
    ) throws(FunctionLibrary.Refusal) {
        try library.add(
            Function(hostName: name, summary, isPure: pure, body)
        )
    }
}
