import CalcBurst
import Testing

/// A session: lines, what they define, and where their mistakes are.
struct SessionTests {
    /// The value of a line that is an expression.
    private func value(_ line: String, in session: inout Session) throws -> Value {
        let entry = try session.enter(line)
        guard case .value(let value) = entry.outcome else {
            Issue.record("\(line) gives no value")
            return .null
        }
        return value
    }

    private func error(_ line: String, in session: inout Session) throws -> CalculationError {
        let error = #expect(throws: CalculationError.self) { try session.enter(line) }
        return try #require(error)
    }

    @Test func keepsVariablesAndFunctions() throws {
        var session = Session()
        let variable = try session.enter("rate = 0.25")
        guard case .variable(let kept) = variable.outcome else {
            Issue.record("no variable")
            return
        }
        #expect(kept.name == "rate" && kept.value == 0.25 && kept.type == .number)
        let function = try session.enter("f(x, y) = x * rate + y")
        guard case .function(let definition) = function.outcome else {
            Issue.record("no function")
            return
        }
        #expect(definition.name == "f" && definition.parameters == ["x", "y"])
        #expect(try value("f(4, 1)", in: &session) == 2)
        #expect(try value("ans + 1", in: &session) == 3)
    }

    @Test func isAValue() throws {
        var session = Session()
        _ = try session.enter("x = 1")
        var copy = session
        _ = try copy.enter("x = 2")
        #expect(try value("x", in: &session) == 1)
        #expect(try value("x", in: &copy) == 2)
    }

    @Test func readsVariablesAnewAtEachCall() throws {
        var session = Session()
        _ = try session.enter("r = 2")
        _ = try session.enter("f(x) = x * r")
        #expect(try value("f(10)", in: &session) == 20)
        _ = try session.enter("r = 3")
        #expect(try value("f(10)", in: &session) == 30)
        _ = try session.enter("r = [1, 2]")
        #expect(try value("f(10)", in: &session) == [10, 20])
    }

    @Test func replacesAFunctionThatOthersCall() throws {
        var session = Session()
        _ = try session.enter("f(x) = x + 1")
        _ = try session.enter("g(x) = f(x) * 2")
        _ = try session.enter("h(x) = x - 1")
        // The new `f` calls one that was defined after `g`.
        _ = try session.enter("f(x) = h(x) * 100")
        #expect(try value("g(3)", in: &session) == 400)
        #expect(session.functions.map(\.name) == ["h", "f", "g"])
    }

    @Test func refusesFunctionsThatCallThemselves() throws {
        var session = Session()
        _ = try session.enter("f(x) = x + 1")
        _ = try session.enter("g(x) = f(x)")
        _ = try session.enter("h(x) = g(x)")
        #expect(try error("k(x) = k(x - 1)", in: &session).code == .recursiveFunction)
        let circle = try error("f(x) = 1 + h(x)", in: &session)
        #expect(circle.code == .recursiveFunction)
        #expect(circle.diagnostics[0].range == SourceRange(11, 15))
        #expect(try value("h(1)", in: &session) == 2)
    }

    /// A definition or line, the code, and the range by hand, in bytes of the line itself.
    static let mistakes: [(String, DiagnosticCode, SourceRange)] = [
        ("1 + nothing", .unknownName, SourceRange(4, 11)),
        ("x = 1 + nothing", .unknownName, SourceRange(8, 15)),
        ("k(a) = a + nothing", .unknownName, SourceRange(11, 18)),
        ("twice('a') / 'b'", .typeMismatch, SourceRange(11, 12)),
        ("x = ", .incomplete, SourceRange(4, 4)),
        ("k(a) = ", .incomplete, SourceRange(7, 7)),
        ("k(a, a) = 1", .duplicateName, SourceRange(5, 6)),
        ("sqrt(a) = 1", .duplicateName, SourceRange(0, 4)),
        ("x = 1 / 0", .divisionByZero, SourceRange(6, 7)),
        ("x = 1 / 0 # note", .divisionByZero, SourceRange(6, 7)),
        ("1 / 0", .divisionByZero, SourceRange(2, 3)),
        ("1 / twice(0)", .divisionByZero, SourceRange(2, 3)),
        ("twice(1, 2)", .wrongArgumentCount, SourceRange(9, 10)),
    ]

    @Test(arguments: mistakes) func placesMistakesInTheLine(
        _ line: String,
        _ code: DiagnosticCode,
        _ range: SourceRange
    ) throws {
        var session = Session()
        _ = try session.enter("twice(x) = x + x")
        let found = try error(line, in: &session)
        #expect(found.code == code)
        #expect(found.diagnostics[0].range == range)
        #expect(found.source == Source(line))
        for label in found.diagnostics[0].labels { #expect(label.range.end <= line.utf8.count) }
    }

    @Test func placesMistakesInTheDefinitionWhereTheyAre() throws {
        var session = Session()
        _ = try session.enter("inverse(x) = 1 / x # of x")
        _ = try session.enter("later(x) = inverse(x)")
        let fault = try error("1 + later(0)", in: &session)
        #expect(fault.source == Source("inverse(x) = 1 / x # of x"))
        #expect(fault.diagnostics[0].range == SourceRange(15, 16))
        #expect(fault.diagnostics[0].labels == [.init(SourceRange(17, 18), "this is 0")])
        #expect(fault.diagnostics[0].hint == "this is in the definition of 'inverse'")
        let mismatch = try error("later('a')", in: &session)
        #expect(mismatch.code == .typeMismatch)
        #expect(mismatch.source == Source("inverse(x) = 1 / x # of x"))
        // What is wrong in the line itself comes first.
        let both = try error("later('a') + nothing", in: &session)
        #expect(both.source == Source("later('a') + nothing"))
        #expect(both.diagnostics.map(\.code) == [.unknownName])
    }

    @Test func guessesAmongItsOwnFunctions() throws {
        var session = Session()
        _ = try session.enter("payment(x) = x")
        #expect(try error("paymnet(1)", in: &session).diagnostics[0].suggestions == ["payment"])
    }

    @Test func changesNothingWhenALineIsRefused() throws {
        var session = Session()
        _ = try session.enter("x = 1")
        _ = try session.enter("2")
        for line in ["x = 1/0", "x = y", "x = ", "f(a) = b", "1/0", "nothing"] {
            _ = try error(line, in: &session)
        }
        #expect(session.variables.map(\.name) == ["x", "ans"])
        #expect(session.variables.map(\.value) == [1, 2])
        #expect(session.functions.isEmpty)
    }

    @Test func declaresFunctionsOfALineForThatLineOnly() throws {
        var session = Session()
        _ = try session.enter("f(x) = x")
        #expect(try value("fn f(x) = x * 2; f(3)", in: &session) == 6)
        #expect(try value("f(3)", in: &session) == 3)
        #expect(try value("let y = 4; f(y)", in: &session) == 4)
        #expect(try error("y", in: &session).code == .unknownName)
    }

    @Test func namesMayBeWordsOfTheLanguageInBackticks() throws {
        var session = Session()
        _ = try session.enter("`if` = 3")
        #expect(try value("`if` * 2", in: &session) == 6)
    }

    @Test func holdsOnlySoManyNames() throws {
        var limits = Limits()
        limits.source.names = 3
        var session = Session(Engine(limits: limits))
        _ = try session.enter("a = 1")
        _ = try session.enter("b(x) = x")
        _ = try session.enter("c = 1")
        #expect(try error("d = 1", in: &session).code == .limitExceeded)
        #expect(try error("d(x) = 1", in: &session).code == .limitExceeded)
        _ = try session.enter("a = 2")
        _ = try session.enter("b(x) = 2")
    }

    @Test func definitionsDoNotUseUpTheRoomOfALine() throws {
        var limits = Limits()
        limits.source.sourceLength = 60
        limits.source.nodes = 16
        var session = Session(Engine(limits: limits))
        for index in 1...20 {
            let previous = index == 1 ? "x" : "f\(index - 1)(x)"
            _ = try session.enter("f\(index)(x) = \(previous) + 1 # a comment as long as this")
        }
        #expect(try value("f20(0)", in: &session) == 20)
        let long = "1 + " + String(repeating: "1", count: 60)
        #expect(try error(long, in: &session).code == .limitExceeded)
    }

    @Test func knowsWhichLinesAreIncomplete() {
        let session = Session()
        for line in ["(1", "1 +", "f(x) =", "x =", "[1,", "let x = 1;", "* "] {
            #expect(session.isIncomplete(line), "\(line)")
        }
        for line in ["1", "1)", "1 + * 2", "f(x) = x", "* 2", "'a"] {
            #expect(!session.isIncomplete(line), "\(line)")
        }
    }

    @Test func inspectsALineWithoutRunningIt() throws {
        var session = Session()
        _ = try session.enter("xs = [1, 2]")
        _ = try session.enter("f(x) = x * 2")
        let right = session.inspect("f(xs) > 1/0")
        #expect(right.program?.resultType == .list(.bool))
        #expect(right.names == ["xs"])
        #expect(right.tree.hasPrefix("program  0..11\n"))
        let wrong = session.inspect("f(1) + nothing")
        #expect(!wrong.isRight)
        #expect(wrong.diagnostics.map(\.range) == [SourceRange(7, 14)])
    }
}
