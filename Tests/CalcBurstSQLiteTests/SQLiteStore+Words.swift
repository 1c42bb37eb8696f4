#if Server
import CalcBurstService
import CalcBurstTesting

@testable import CalcBurstSQLite

extension SQLiteStore {
    /// One word about an outcome.
    static func word(_ outcome: StoreOutcome) -> String {
        switch outcome {
        case .failed(let error): error.reason.rawValue
        case .found(let calculation): calculation.map { "found \($0.id)" } ?? "nothing"
        case .ready: "ready"
        case .page(let page): page.calculations.map(\.id).joined(separator: " ")
        case .inserted(let insertions):
            insertions.map { insertion in
                switch insertion {
                case .stored: "stored"
                case .taken(let calculation): "taken \(calculation.id)"
                case .failed(let error): error.reason.rawValue
                }
            }
            .joined(separator: " ")
        }
    }

    func insert(_ calculation: Calculation) async -> String {
        Self.word(await perform(.insert([calculation], now: StoreContract.now)))
    }

    func find(_ id: String) async -> String {
        Self.word(await perform(.find(id: id, now: StoreContract.now)))
    }

    func list() async -> [String] {
        Self.word(await perform(.list(.everything, now: StoreContract.now)))
            .split(separator: " ").map(String.init)
    }

    func check() async -> String { Self.word(await perform(.check)) }
}
#endif
