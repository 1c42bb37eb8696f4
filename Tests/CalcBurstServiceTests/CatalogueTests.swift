import CalcBurst
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstService
import Testing

/// What the catalogue says can be sent, and gives what it says.
@Suite struct CatalogueTests {
    private let api = CalculationAPI()

    @Test func everyExampleOfAnOperationCanBeSent() throws {
        let catalogue = try get("/v1/operations")
        let operations = try #require(catalogue["operations"]?.elements)
        var seen = 0
        for operation in operations {
            let name = try #require(operation["name"])
            for example in try #require(operation["examples"]?.elements) {
                let body = Record(
                    names: ["operation", "operands", "store"],
                    values: [name, example["operands"] ?? .null, .bool(false)]
                )
                let answer = try post("/calculate", .record(try #require(body)))
                #expect(answer["result"] == example["result"], "\(name) \(example)")
                seen += 1
            }
        }
        #expect(seen > 40)
    }

    @Test func theSixAreThere() throws {
        let operations = try #require(try get("/v1/operations")["operations"]?.elements)
        let names = operations.compactMap { $0["name"] }
        for name in ["add", "subtract", "multiply", "divide", "power", "modulo"] {
            #expect(names.contains(.string(name)))
            let one = try get("/v1/operations/\(name)")
            #expect(operations.contains(one))
        }
    }

    /// The fewest and the most operands are those that the API takes.
    @Test func operandCountsAreThoseThatAreTaken() throws {
        for operation in try #require(try get("/v1/operations")["operations"]?.elements) {
            let name = try #require(operation["name"])
            guard case .number(let least)? = operation["operands"]?["min"] else {
                Issue.record("\(name) has no least number of operands")
                continue
            }
            if least > 1 {
                #expect(try code(name, Int(least) - 1) == .string("too-few-operands"), "\(name)")
            }
            if case .number(let most)? = operation["operands"]?["max"] {
                #expect(try code(name, Int(most) + 1) == .string("too-many-operands"), "\(name)")
            } else {
                #expect(try code(name, 300) != .string("too-many-operands"), "\(name)")
            }
        }
    }

    /// A batch has one budget: what one item uses the next ones miss.
    @Test func aBatchHasOneBudget() throws {
        let item = #"{"expression":"sum(range(0, 9000))","store":false}"#
        let items = Array(repeating: item, count: 40).joined(separator: ",")
        let answer = try post("/v1/batch", try JSON.read("{\"items\":[\(items)]}"))
        let results = try #require(answer["results"]?.elements)
        let codes = results.map { $0["body"]?["code"] }
        #expect(codes.first == .some(nil))
        #expect(codes.last == .string("limit-exceeded"))
        let limit = results.last?["body"]?["limit"]
        #expect(limit?["name"] == .string("fuel"))
        // What is told is the limit, not what was left of it.
        #expect(limit?["maximum"] == .number(250_000))
    }

    private func code(_ name: Value, _ count: Int) throws -> Value? {
        let operands = List(Array(repeating: 1.0, count: count))
        let body = Record(
            names: ["operation", "operands", "store"],
            values: [name, .list(operands), .bool(false)]
        )
        return try post("/calculate", .record(try #require(body)))["code"]
    }

    private func get(_ path: String) throws -> Value {
        try answer(APIRequest(method: "GET", path: path))
    }

    private func post(_ path: String, _ body: Value) throws -> Value {
        try answer(
            APIRequest(
                method: "POST",
                path: path,
                headers: ["Content-Type": "application/json"],
                body: Array(JSON.write(body).utf8)
            )
        )
    }

    private func answer(_ request: APIRequest) throws -> Value {
        guard case .answer(let response) = api.begin(request) else { return .null }
        return try JSON.read(response.body)
    }
}

extension Value {
    fileprivate subscript(name: String) -> Value? {
        if case .record(let record) = self { record[name] } else { nil }
    }

    fileprivate var elements: [Value]? {
        if case .list(let list) = self { list.values } else { nil }
    }
}
