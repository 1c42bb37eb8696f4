import CalcBurstService
import CalcBurstSource
import CalcBurstTesting
import Testing

/// The exchanges of `Corpus/api`, in process: the API with a store in memory.
@Suite struct ExchangeTests {
    @Test(arguments: try ExchangeFile.all())
    func everyExchangeGivesItsAnswer(_ file: ExchangeFile) async {
        let run = ExchangeRun(store: MemoryStore())
        for difference in await run.differences(in: file) { Issue.record("\(difference)") }
    }

    @Test func everyCodeThatTheServiceGivesHasAnExchange() throws {
        let exchanges = try ExchangeFile.all().flatMap(\.exchanges)
        let text = exchanges.map { "\($0.answer.first)\n\($0.answer.body ?? "")" }
            .joined(separator: "\n")
        // Codes that no request can bring about, each with its reason.
        let impossible: [DiagnosticCode: String] = [
            .missingInput: "a text is compiled for the variables that came with it",
            .nonFiniteInput: "JSON holds no NaN and no infinity",
            .nonFiniteResult: "only functions of a host give one",
            .noConvergence: "no function of the library iterates without an end",
            .pluginFailed: "only functions of a plugin; the tests of plugins give it",
            .cancelled: "the service cancels nothing",
        ]
        for code in ServiceCode.allCases {
            #expect(exchanges.contains { $0.answer.first == "\(code.status) \(code.rawValue)" })
        }
        for code in DiagnosticCode.allCases {
            let isGiven =
                text.contains("400 \(code.rawValue)\n")
                || text.contains("\"code\": \"\(code.rawValue)\"")
            #expect(isGiven != impossible.keys.contains(code), "\(code)")
        }
    }

    // MARK: The runner itself

    private static let expected = """
        === a claim
        > GET /
        < 200
        < A: b
        < !C
        <
        < {"a": 1, "b": ["<id>"]}
        """

    private static func answer(
        _ body: String = #"{"a": 1, "b": ["calc-01JDC4W4Z9M2T7Q0V8R1K5N3XA"]}"#
    ) -> APIResponse {
        APIResponse(
            status: 200,
            headers: [
                "Content-Type": "application/json", "X-Request-Id": "r",
                "X-Content-Type-Options": "nosniff", "A": "b",
            ],
            body: Array(body.utf8)
        )
    }

    private func differences(_ answer: APIResponse) throws -> [String] {
        let file = try ExchangeFile(name: "self", text: Self.expected)
        return ExchangeMatch(file.exchanges[0], answer, text: ExchangeText()).differences
    }

    @Test func theRunnerTakesARightAnswer() throws {
        #expect(try differences(Self.answer()).isEmpty)
    }

    @Test(arguments: [
        #"{"a": 2, "b": ["calc-01JDC4W4Z9M2T7Q0V8R1K5N3XA"]}"#,
        #"{"a": true, "b": ["calc-01JDC4W4Z9M2T7Q0V8R1K5N3XA"]}"#,
        #"{"a": 1, "b": ["calc-01JDC4W4Z9M2T7Q0V8R1K5N3XA"], "z": 1}"#,
        #"{"b": ["calc-01JDC4W4Z9M2T7Q0V8R1K5N3XA"]}"#,
        #"{"a": 1, "b": ["17"]}"#, #"{"a": 1, "b": []}"#, "", "null",
    ])
    func theRunnerNoticesAWrongBody(_ body: String) throws {
        #expect(try !differences(Self.answer(body)).isEmpty)
    }

    @Test func theRunnerNoticesAWrongStatus() throws {
        var answer = Self.answer()
        answer.status = 201
        #expect(try !differences(answer).isEmpty)
    }

    @Test func theRunnerNoticesHeaders() throws {
        var answer = Self.answer()
        answer.headers["A"] = nil
        #expect(try !differences(answer).isEmpty)
        answer = Self.answer()
        answer.headers.append("A", "b")
        #expect(try !differences(answer).isEmpty)
        answer = Self.answer()
        answer.headers["C"] = "d"
        #expect(try !differences(answer).isEmpty)
    }

    @Test func theRunnerNoticesARowTooManyAndARowMissing() async throws {
        let request = #"{"operation": "add", "operands": [1, 2], "id": "x"}"#
        for stored in ["none", "y", "x y"] {
            let text = """
                === a claim
                > POST /calculate
                >
                > \(request)
                < 200
                <
                < {"...": true}
                stored: \(stored)
                """
            let file = try ExchangeFile(name: "self", text: text)
            let differences = await ExchangeRun(store: MemoryStore()).differences(in: file)
            #expect(differences.count == 1)
        }
    }
}
