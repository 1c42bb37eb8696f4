import CalcBurstService
import Testing

@Suite struct CalculationIDTests {
    @Test(arguments: ["a", "order-17", "A.b_c:d~e-9", String(repeating: "x", count: 128)])
    func takesIds(text: String) {
        #expect(CalculationID.isValid(text))
    }

    @Test(arguments: [
        "", String(repeating: "x", count: 129), "a b", "a/b", "é", "a\u{0}", "a\n", "a%20", "\"a\"",
    ])
    func refusesOthers(text: String) {
        #expect(!CalculationID.isValid(text))
    }

    @Test func newIdsSortByTimeAndNeverComeTwice() async {
        let api = CalculationAPI()
        let ids = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<2_000).map { _ in Self.newID(api) } }
            }
            return await group.reduce(into: [[String]]()) { $0.append($1) }
        }
        for each in ids { #expect(each == each.sorted()) }
        let all = ids.flatMap { $0 }
        #expect(Set(all).count == all.count)
        #expect(all.allSatisfy { $0.utf8.count == 31 && $0.hasPrefix("calc-") })
        #expect(all.allSatisfy(CalculationID.isValid))
    }

    private static func newID(_ api: CalculationAPI) -> String {
        let request = APIRequest(
            method: "POST",
            path: "/calculate",
            headers: ["Content-Type": "application/json"],
            body: Array(#"{"operation":"add","operands":[1,2]}"#.utf8)
        )
        guard case .ask(.insert(let calculations, _), _) = api.begin(request) else { return "" }
        return calculations.first?.id ?? ""
    }
}
