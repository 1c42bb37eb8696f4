import CalcBurst
import CalcBurstCompiler
import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSource
import CalcBurstSyntax
import CalcBurstTesting
import Testing

/// Nothing of the language is without a line in the corpus.
@Suite struct CoverageTests {
    /// Codes that no line can give, with what gives them and which test holds it.
    private static let otherwise: [DiagnosticCode: String] = [
        .unsupportedMode: "a request; the tests of the API",
        .malformedJSON: "data; the tests of JSON",
        .missingInput: "a host; the tests of the engine",
        .nonFiniteInput: "a host; the tests of the engine",
        .nonFiniteResult: "a host's function; the tests of the engine",
        .pluginFailed: "a plugin; the tests of plugins",
        .cancelled: "a host; the tests of the engine",
    ]

    private static let seen = Result { try Seen() }

    /// What one pass over the corpus has seen.
    private struct Seen {
        var codes: [String: Int] = [:]
        var opcodes: Set<Opcode> = []
        var kinds: Set<String> = []
        var operations: Set<String> = []
        var values: [String: Int] = [:]
        var faults: [String: Int] = [:]

        init() throws {
            for line in try Corpus.allLines() {
                switch line.expectation {
                case .value: count(line, into: &values)
                case .failure(let code, _):
                    codes[code, default: 0] += 1
                    count(line, into: &faults)
                case .warning(let code, _):
                    codes[code, default: 0] += 1
                }
                compile(line)
            }
            for block in try Corpus.blocks(in: "rejections") {
                for line in (block["codes"] ?? "").split(separator: "\n") {
                    codes[String(line.prefix { $0 != " " }), default: 0] += 1
                }
            }
        }

        private mutating func compile(_ line: Corpus.Line) {
            let engine = Engine.standard
            let parsed = Parser.parse(line.source)
            guard let types = try? engine.types(of: line.given, for: line.source),
                let checked = try? Checker.check(parsed, in: engine.environment(types))
            else { return }
            for node in checked.expression.nodes { kinds.insert(CoverageTests.name(of: node.kind)) }
            for optimised in [true, false] {
                guard
                    let program = try? Compiler.compile(
                        checked,
                        source: line.source,
                        limits: engine.limits.run,
                        optimised: optimised
                    )
                else { continue }
                opcodes.formUnion(program.code.instructions.map(\.opcode))
                for operation in program.code.operations {
                    operations.insert(CoverageTests.name(of: operation))
                }
            }
            for node in ConstantFolding.fold(checked.expression).nodes {
                kinds.insert(CoverageTests.name(of: node.kind))
            }
        }

        /// Counts the functions that a line calls by name or by their operators.
        private func count(_ line: Corpus.Line, into tally: inout [String: Int]) {
            for name in CoverageTests.functions(in: line.source) { tally[name, default: 0] += 1 }
        }
    }

    @Test func everyCodeHasTwoLines() throws {
        let seen = try Self.seen.get()
        for code in DiagnosticCode.allCases where Self.otherwise[code] == nil {
            #expect(seen.codes[code.rawValue, default: 0] >= 2, "\(code)")
        }
        let known = Set(DiagnosticCode.allCases.map(\.rawValue))
        #expect(seen.codes.keys.filter { !known.contains($0) } == [])
    }

    @Test func everyInstructionStandsInAProgram() throws {
        let seen = try Self.seen.get().opcodes
        #expect(Opcode.allCases.filter { !seen.contains($0) } == [])
    }

    @Test func everyKindOfNodeStandsInAnExpression() throws {
        let seen = try Self.seen.get().kinds
        let all = [
            "and", "attempt", "call", "capture", "coalesce", "conditional", "constant", "field",
            "filter", "index", "input", "invoke", "list", "map", "maskedAnd", "maskedCoalesce",
            "maskedConditional", "maskedOr", "or", "position", "record", "segment", "sequence",
            "slice", "variable", "widen",
        ]
        #expect(all.filter { !seen.contains($0) } == [])
        #expect(seen.filter { !all.contains($0) } == [])
    }

    @Test func everyOperationStandsInAProgram() throws {
        let seen = try Self.seen.get().operations
        let all = [
            "anyLane", "append", "beginMap", "box", "call", "copy", "endMap", "field", "fillNulls",
            "filter", "index", "isNull", "lanes", "lift", "list", "maskedAnd", "maskedOr",
            "nextElement", "position", "record", "select", "slice", "unbox",
        ]
        #expect(all.filter { !seen.contains($0) } == [])
        #expect(seen.filter { !all.contains($0) } == [])
    }

    @Test func everyFunctionHasFiveValuesAndTwoFaults() throws {
        let seen = try Self.seen.get()
        for function in FunctionLibrary.standard.functions {
            let (values, faults) = (
                seen.values[function.name, default: 0], seen.faults[function.name, default: 0]
            )
            #expect(values >= 5, "\(function.name) has \(values) values")
            #expect(faults >= 2, "\(function.name) has \(faults) faults")
        }
    }

    /// The functions that a text calls, by name or by an operator.
    private static func functions(in source: Source) -> Set<String> {
        let tree = Parser.parse(source).tree
        var names: Set<String> = []
        for node in tree.nodes {
            switch node.kind {
            case .call: names.insert(source.nameText(node.token))
            case .prefix(let symbol): names.insert(symbol.function)
            case .infix(let symbol): names.insert(symbol.function)
            case .chain(let symbols): names.formUnion(symbols.map(\.function))
            case .conditional: names.insert("if")
            case .number, .string, .bool, .null, .name, .element, .missing, .field, .optionalField,
                .elementField, .index, .slice, .body, .list, .record, .binding, .function, .program,
                .assignment, .definition, .selection, .item:
                break
            }
        }
        return names
    }

    /// The name of an enum's case.
    private static func name(of value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .enum
            ? mirror.children.first?.label ?? "\(value)" : "\(value)"
    }
}
