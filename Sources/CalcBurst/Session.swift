public import CalcBurstFunctions
import CalcBurstMachine
public import CalcBurstSource
import CalcBurstSyntax

/// A conversation with the engine: lines are evaluated in turn, and what they define stays.
///
/// ```swift
/// var session = Session()
/// try session.enter("r = 0.05")           // a variable
/// try session.enter("f(x) = x * (1 + r)") // a function
/// try session.enter("f(100)")             // 105
/// try session.enter("* 2")                // 210: goes on from `ans`
/// ```
///
/// A session is a value. A line that is refused, or whose evaluation stops, changes nothing. A
/// function may call the functions that were there when it was entered; what it says of variables is
/// read anew at each call. The places of an error lie in the line as it was entered, or in the
/// definition where the mistake is.
public struct Session: Sendable {
    /// The functions and limits; functions may be added, and none may be taken away.
    public package(set) var engine: Engine
    /// The values that lines may name, in the order in which they came; `ans` is among them.
    public private(set) var variables: [Variable] = []
    /// The functions that lines have defined, each after those that it calls.
    public internal(set) var functions: [Definition] = []

    /// The variable that holds the last value.
    public static let answerName = "ans"

    public init(_ engine: Engine = .standard) { self.engine = engine }

    /// A name and its value.
    public struct Variable: Hashable, Sendable {
        public let name: String
        public let value: Value
        /// The type of the value.
        public let type: ValueType
    }

    /// A function that a line has defined.
    public struct Definition: Hashable, Sendable {
        public let name: String
        public let parameters: [String]
        /// The line as it was entered.
        public let text: String
        /// The names of the functions that its body calls.
        let calls: Set<ExactText>
        let nodeCount: Int
    }

    /// What a line came to.
    public struct Entry: Sendable {
        /// The line; with `ans` in front if it goes on from the last value.
        public let text: String
        public let outcome: Outcome
        /// Findings that did not stop the line.
        public let warnings: [Diagnostic]

        /// The kinds of line.
        public enum Outcome: Sendable {
            case value(Value)
            case variable(Variable)
            case function(Definition)
        }
    }

    // MARK: Entering lines

    /// Evaluates a line, or keeps what it defines.
    public mutating func enter(_ line: String) throws(CalculationError) -> Entry {
        let text = Self.continued(line) ?? line
        let source = Source(text)
        let parsed = Parser.parse(source, as: .session, limits: engine.limits.clamped.source)
        switch parsed.kind {
        case .assignment(let name):
            try refuseFaulty(parsed)
            let script = Script(entry: source, as: .assignment(name))
            let (value, warnings) = try evaluate(script, parsed)
            let variable = try set(name, to: value, in: source)
            return Entry(text: text, outcome: .variable(variable), warnings: warnings)
        case .definition(let name):
            try refuseFaulty(parsed)
            let definition = parsed.definition(name, text: text)
            let warnings = try define(definition, parsed)
            return Entry(text: text, outcome: .function(definition), warnings: warnings)
        case .expression:
            let (value, warnings) = try evaluate(Script(entry: source, as: .expression), parsed)
            _ = try set(Self.answerName, to: value, in: source)
            return Entry(text: text, outcome: .value(value), warnings: warnings)
        }
    }

    /// Gives a variable a value, as a line `name = …` does.
    public mutating func define(_ name: String, as value: Value) throws(CalculationError) {
        _ = try set(name, to: value, in: Source(name))
    }

    /// Whether a line is only wrong because it ends too early, so that another should be asked for.
    ///
    /// A quote that is open is not: a string ends on its line, so another line cannot mend it.
    public func isIncomplete(_ line: String) -> Bool {
        let text = (Self.continued(line) ?? line) + "\n"
        return Parser.parse(Source(text), as: .session, limits: engine.limits.clamped.source)
            .isIncomplete
    }

    /// Takes a line through all stages without running it; definitions are inspected by their value.
    public func inspect(_ line: String) -> Inspection {
        let source = Source(line)
        let parsed = Parser.parse(source, as: .program, limits: engine.limits.clamped.source)
        var script = Script(entry: source, as: .expression)
        script.prepend(functions(neededFor: parsed.calls))
        var inspection = engine(for: script)
            .inspect(script.source, inputs: variables.map { (name: $0.name, type: $0.type) })
        inspection.diagnostics = script.located(inspection.diagnostics).diagnostics
        inspection.isIncomplete = parsed.isIncomplete
        inspection.names = parsed.freeNames
        inspection.tree = SyntaxDump.dump(parsed.tree, source: source)
        return inspection
    }

    /// The line with `ans` in front, if it begins with an operator that needs something before it.
    ///
    /// `+` and `-` count only with a space after them: `- 2` goes on, `-2` is minus two.
    static func continued(_ line: String) -> String? {
        let bytes = Array(line.utf8.drop { $0 == 0x20 || $0 == 0x09 }.prefix(2))
        guard let first = bytes.first else { return nil }
        let second = bytes.count > 1 ? bytes[1] : 0
        let goesOn: Bool
        switch first {
        case UInt8(ascii: "*"), UInt8(ascii: "^"), UInt8(ascii: "%"), UInt8(ascii: "<"):
            goesOn = true
        case UInt8(ascii: "/"): goesOn = second != UInt8(ascii: "*")
        case UInt8(ascii: "="): goesOn = second == UInt8(ascii: "=")
        case UInt8(ascii: "+"), UInt8(ascii: "-"): goesOn = second == UInt8(ascii: " ")
        default: goesOn = false
        }
        guard goesOn else { return nil }
        return answerName + " " + String(line.drop { $0 == " " || $0 == "\t" })
    }

    // MARK: Steps

    private func refuseFaulty(_ parsed: ParsedSyntax) throws(CalculationError) {
        guard parsed.diagnostics.contains(where: { $0.severity == .error }) else { return }
        throw .source(SourceErrors(source: parsed.source, diagnostics: parsed.diagnostics))
    }

    private func evaluate(
        _ script: Script,
        _ parsed: ParsedSyntax
    ) throws(CalculationError) -> (value: Value, warnings: [Diagnostic]) {
        let (program, script) = try compile(script, parsed)
        do throws(EvaluationError) {
            let frame = program.makeFrame()
            // What the text does not name need not be looked at.
            for (slot, input) in program.inputs.enumerated()
            where input.firstUse != nil && variables.indices.contains(slot) {
                try frame.set(slot, to: variables[slot].value)
            }
            return (try frame.evaluate(), script.located(program.warnings).diagnostics)
        } catch {
            throw .evaluation(script.located(error))
        }
    }

    /// Compiles a script with the functions that it calls before it.
    func compile(
        _ script: Script,
        _ parsed: ParsedSyntax,
        without name: String? = nil
    ) throws(CalculationError) -> (program: Program, script: Script) {
        var whole = script
        whole.prepend(functions(neededFor: parsed.calls, without: name))
        do throws(SourceErrors) {
            return (try compile(whole), whole)
        } catch {
            guard error.diagnostics.contains(where: { $0.code == .unknownName }) else {
                throw .source(whole.located(error))
            }
            // With all functions in sight the guesses at what was meant are better.
            let declared = parsed.declaredFunctions.union(name.map { [ExactText($0)] } ?? [])
            var everything = script
            everything.prepend(functions(independentOf: declared))
            do throws(SourceErrors) {
                return (try compile(everything), everything)
            } catch {
                throw .source(everything.located(error))
            }
        }
    }

    private func compile(_ script: Script) throws(SourceErrors) -> Program {
        try engine(for: script)
            .compile(script.source, inputs: variables.map { (name: $0.name, type: $0.type) })
    }

    /// The engine, with room for the definitions that stand before the line.
    private func engine(for script: Script) -> Engine {
        var engine = engine
        engine.limits.source.sourceLength += script.preludeLength
        engine.limits.source.nodes += script.preludeNodes
        return engine
    }

    private mutating func set(
        _ name: String,
        to value: Value,
        in source: Source
    ) throws(CalculationError) -> Variable {
        let types: [(name: String, type: ValueType)]
        do throws(SourceErrors) {
            types = try engine.types(of: [(name: name, value: value)], for: source)
        } catch {
            throw .source(error)
        }
        let variable = Variable(name: name, value: value, type: types.first?.type ?? .null)
        if let place = variables.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
            variables[place] = variable
        } else {
            try makeRoom(in: source)
            variables.append(variable)
        }
        return variable
    }

    /// Refuses one more name where there are as many as a session may hold.
    func makeRoom(in source: Source) throws(CalculationError) {
        let most = engine.limits.clamped.source.names
        guard variables.count + functions.count >= most else { return }
        let diagnostic = Diagnostic(
            .limitExceeded,
            "a session holds at most \(most) names",
            at: SourceRange(0, source.bytes.count),
            limit: .init(name: "names", maximum: most)
        )
        throw .source(SourceErrors(source: source, diagnostics: [diagnostic]))
    }
}
