import CalcBurst
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstService
import CalcBurstTesting
import Testing

/// A `+` in `?expr=`: however a text was encoded, it is read as it was meant.
@Suite struct QueryPlusTests {
    /// The ways in which programs put a text into a query.
    enum Encoding: CaseIterable {
        /// Everything but letters and digits as escapes.
        case strict
        /// As a person types it: the plus stays, the space is an escape.
        case typed
        /// As a form is encoded: the space is a plus, the plus an escape.
        case form

        func encode(_ text: String) -> String {
            text.utf8.map { byte in
                switch (byte, self) {
                case (UInt8(ascii: " "), .form): "+"
                case (UInt8(ascii: "+"), .typed): "+"
                case _:
                    Unicode.Scalar(byte).properties.isAlphabetic && byte < 0x80
                        ? String(Unicode.Scalar(byte))
                        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
            }.joined()
        }
    }

    @Test(arguments: Encoding.allCases)
    func expressionsOfTheCorpusHaveTheirValue(encoding: Encoding) throws {
        let api = CalculationAPI(engine: Engine())
        var seen = 0
        for line in try Corpus.lines(in: ["evaluation"]) where line.given.isEmpty {
            guard let expected = try? Engine.standard.evaluate(line.text) else { continue }
            // A plus or a space in quotes cannot be told from the other.
            if encoding == .form, line.text.contains(where: { "'\"`#".contains($0) }) { continue }
            let request = APIRequest(
                method: "GET",
                path: "/v1/evaluate",
                query: "expr=" + encoding.encode(line.text)
            )
            guard case .answer(let response) = api.begin(request) else {
                Issue.record("\(line): asks the store")
                continue
            }
            let body = try JSON.read(response.body)
            guard case .record(let members) = body, let result = members["result"] else {
                Issue.record("\(line): \(String(decoding: response.body, as: UTF8.self))")
                continue
            }
            #expect(result == expected, "\(line)")
            seen += 1
        }
        #expect(seen > 1_000)
    }

    @Test(arguments: [
        ("1+2", "3"), ("1%2B2", "3"), ("1%2b+2", "3"), ("1+%2B+2", "3"), ("2+*+3", "6"),
        ("'a'+%2B+'b'", "ab"), ("1e+2", "100"), ("sum([1,+2,+3])", "6"), ("%31+%2B+1", "2"),
    ])
    func readsPlusAsItWasMeant(query: String, result: String) {
        #expect(answer("expr=\(query)&format=text") == result + "\n")
    }

    /// A text that is wrong in both readings is described as it came.
    @Test func aWrongTextKeepsItsPlus() {
        #expect(answer("expr=1+%2A+%2A")?.contains("syntax-error") == true)
        #expect(answer("expr=1+*+)&format=text")?.contains(#""snippet":"1+*+)"#) == true)
    }

    @Test(arguments: ["%", "%2", "%zz", "%ff", "%C3%28"])
    func refusesWhatIsNotEncoded(text: String) {
        #expect(answer("expr=\(text)")?.contains("invalid-field") == true)
    }

    private func answer(_ query: String) -> String? {
        let request = APIRequest(method: "GET", path: "/v1/evaluate", query: query)
        guard case .answer(let response) = CalculationAPI().begin(request) else { return nil }
        return String(decoding: response.body, as: UTF8.self)
    }
}
