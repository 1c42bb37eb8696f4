import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstService
import Testing

/// What links and the types of problems begin with.
@Suite struct LinkTests {
    @Test(
        arguments: [
            (nil, "calc.example:8443", "http://calc.example:8443"), (nil, nil, ""),
            ("https://public.example", "127.0.0.1:8080", "https://public.example"),
        ] as [(String?, String?, String)]
    )
    func areOfTheOperatorOrOfTheRequest(told: String?, host: String?, url: String) throws {
        var configuration = APIConfiguration()
        configuration.publicURL = told
        let api = CalculationAPI(configuration: configuration)
        let headers = APIHeaders(host.map { [(name: "Host", value: $0)] } ?? [])
        let request = APIRequest(method: "GET", path: "/nowhere", headers: headers)
        guard case .answer(let response) = api.begin(request) else {
            Issue.record("it asks the store")
            return
        }
        guard case .record(let problem) = try JSON.read(response.body) else {
            Issue.record("no problem document")
            return
        }
        #expect(problem["type"] == .string(url + "/problems/not-found"))
    }
}
