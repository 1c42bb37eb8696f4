import CalcBurstFunctions
import Testing

/// Every declaration of the standard library keeps the rules of declarations.
struct StandardLibraryTests {
    static let functions = standardFunctions

    @Test func everySignatureIsWrittenInTheNotation() {
        for function in Self.functions {
            #expect(!function.overloads.isEmpty, "\(function.name)")
            for overload in function.overloads {
                #expect(overload.signature != nil, "\(function.name)\(overload.signatureText)")
            }
        }
    }

    @Test func noNameComesTwice() {
        let names = Self.functions.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count > 120)
    }

    @Test func everyNameIsLowerCaseWords() {
        for name in Self.functions.map(\.name) {
            #expect(name.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil, "\(name)")
            #expect(!["str", "num"].contains(name))
        }
    }

    @Test func everySummaryIsASentence() {
        for function in Self.functions {
            let summary = function.summary
            #expect(summary.hasSuffix("."), "\(function.name)")
            #expect(!summary.contains(". "), "\(function.name)")
            #expect(summary.first?.isLowercase == false, "\(function.name)")
        }
    }

    @Test func everyFunctionHasTwoExamplesAndOneForEachOverload() {
        for function in Self.functions {
            #expect(function.examples.count >= max(2, function.overloads.count), "\(function.name)")
            for example in function.examples {
                #expect(LiteralReader.value(example.result) != nil, "\(example.result)")
            }
        }
    }

    @Test func everyExampleOnLiteralsGivesItsAnswer() throws {
        var count = 0
        for function in Self.functions {
            for example in function.examples {
                guard let call = StandardCall(example.call) else { continue }
                var meter = Meter(limits: RunLimits())
                guard let answer = try call.answer(&meter) else { continue }
                #expect(answer == LiteralReader.value(example.result), "\(example.call)")
                count += 1
            }
        }
        #expect(count > 200)
    }

    @Test func theOperatorsHaveTheirFunctions() {
        let names = [
            "neg", "plus", "not", "power", "multiply", "divide", "modulo", "add", "subtract",
            "concat", "coalesce", "equal", "not_equal", "less", "less_or_equal", "greater",
            "greater_or_equal", "is_in", "is_not_in", "and", "or", "if", "switch", "try",
        ]
        for name in names { #expect(FunctionLibrary.standard[name] != nil, "\(name)") }
    }

    @Test func bodiesBelongToTheirFunctionsOnly() {
        let names = Self.functions
            .filter { $0.overloads.contains { $0.signatureText.contains("body:") } }
            .map(\.name)
        #expect(
            Set(names) == [
                "map", "filter", "find", "all", "any", "none", "count", "sum", "product", "mean",
                "sort_by", "min_by", "max_by",
            ]
        )
    }

    @Test func nothingIsImpureAndOnlyFormsAreLazy() {
        for function in Self.functions {
            for overload in function.overloads {
                #expect(!overload.marks.contains(.impure))
                var isForm = false
                if case .form = overload.implementation { isForm = true }
                #expect(overload.marks.contains(.lazy) == isForm, "\(function.name)")
            }
        }
    }

    /// The machine does not check the operands of a transparent function, so it meets infinities and
    /// NaN, and must answer with one rather than throw: the place of the fault is the operand's.
    @Test func transparentFunctionsCarryWhatIsNotFiniteThrough() throws {
        let odd = [Double.infinity, -.infinity, .nan]
        let any = odd + [0, -0.0, 1, -1, 0.5, -2, 1e308, -1e308, .leastNonzeroMagnitude]
        var count = 0
        for function in Self.functions {
            for overload in function.overloads where overload.marks.contains(.transparent) {
                count += 1
                switch overload.implementation {
                case .unary(let body):
                    for x in odd { #expect(try !body(x).isFinite, "\(function.name)(\(x))") }
                case .binary(let body), .fold(let body):
                    for a in any {
                        for b in any where !a.isFinite || !b.isFinite {
                            #expect(try !body(a, b).isFinite, "\(function.name)(\(a), \(b))")
                        }
                    }
                case .ternary(let body):
                    for a in any {
                        for b in any {
                            for c in any where ![a, b, c].allSatisfy(\.isFinite) {
                                #expect(
                                    try !body(a, b, c).isFinite,
                                    "\(function.name)(\(a), \(b), \(c))"
                                )
                            }
                        }
                    }
                case .quinary, .values, .form:
                    Issue.record("\(function.name) cannot be transparent")
                }
            }
        }
        #expect(count > 25)
    }

    @Test func equalityOfListsWorksElementByElement() throws {
        let call = try #require(StandardCall("equal([1, 2], [1, 3])"))
        var meter = Meter(limits: RunLimits())
        #expect(try call.answer(&meter) == [true, false])
        let records = try #require(StandardCall("equal([{a: 1}, {a: 2}], {a: 2})"))
        #expect(try records.answer(&meter) == [false, true])
    }

    @Test func recordFunctionsKnowTheTypesOfTheirResults() {
        let a = ValueType.record(RecordType([("x", .number), ("y", .string)]))
        let b = ValueType.record(RecordType([("y", .optional(.string)), ("z", .bool)]))
        let merge = FunctionLibrary.standard["merge"]?.resolve([a, b], literals: [nil, nil])
        #expect(merge?.result.description == "{x: number, y: string?, z: bool}")
        let pick = FunctionLibrary.standard["pick"]
        #expect(
            pick?.resolve([a, .string], literals: [nil, "x"])?.result.description == "{x: number}"
        )
        #expect(pick?.resolve([a, .string], literals: [nil, "q"]) == nil)
        #expect(pick?.resolve([a, .string], literals: [nil, nil]) == nil)
        let omit = FunctionLibrary.standard["omit"]
        #expect(
            omit?.resolve([a, .string], literals: [nil, "x"])?.result.description == "{y: string}"
        )
        #expect(FunctionLibrary.standard["keys"]?.resolve([.number], literals: [nil]) == nil)
        #expect(FunctionLibrary.standard["values"]?.resolve([a], literals: [nil]) == nil)
    }
}
