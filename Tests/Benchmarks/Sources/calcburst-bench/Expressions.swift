import Foundation

/// The expressions of `expressions.json`.
struct ExpressionSet: Decodable {
    let expressions: [Expression]
}

/// One expression, the ranges of its variables, and values with the result that they must give.
struct Expression: Decodable {
    struct Sample: Decodable {
        let values: [String: Double]
        let result: Expected
    }

    /// A number, or a truth that is compared exactly.
    enum Expected: Decodable {
        case number(Double)
        case truth(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let truth = try? container.decode(Bool.self) {
                self = .truth(truth)
            } else {
                self = .number(try container.decode(Double.self))
            }
        }

        /// Whether a result, in which 1 and 0 are the truths, is this.
        func matches(_ result: Double) -> Bool {
            switch self {
            case .number(let value): agree(value, result)
            case .truth(let value): result == (value ? 1 : 0)
            }
        }
    }

    let id: String
    let category: String
    let expr: String
    let vars: [String: [Double]]
    let samples: [Sample]

    /// The variables in the order of their slots.
    var variables: [String] { vars.keys.sorted() }

    /// Rows of random values inside the ranges, the same in every run.
    func randomRows(count: Int) -> Rows {
        var generator = SplitMix(state: 20_260_101)
        var values: [Double] = []
        for _ in 0..<count {
            for name in variables {
                let range = vars[name] ?? [0, 1]
                values.append(Double.random(in: range[0]...range[1], using: &generator))
            }
        }
        return Rows(columns: variables.count, count: count, values: values)
    }

    /// The rows of the samples.
    func sampleRows() -> Rows {
        Rows(
            columns: variables.count,
            count: samples.count,
            values: samples.flatMap { sample in variables.map { sample.values[$0] ?? .nan } }
        )
    }
}

/// Whether two results are the same but for the last bits.
func agree(_ a: Double, _ b: Double) -> Bool {
    a == b || abs(a - b) <= 1e-12 * max(abs(a), abs(b))
}

/// A small generator with a known start, so that every run draws the same rows.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
