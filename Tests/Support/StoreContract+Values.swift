import CalcBurstFunctions
import CalcBurstService

extension StoreContract {
    // MARK: - What is kept

    private static let numbers: [Double] = [
        0, -0.0, 1, -1, 0.1, 1.0 / 3, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        2.2250738585072014e-308,
        1.7976931348623157e308, -1.7976931348623157e308, 9_007_199_254_740_991,
        9_007_199_254_740_992, 9_007_199_254_740_994, -9_007_199_254_740_992, 1e16, 1e21, 1e22,
        1e23, 123_456_789_012_345_680, 1.8446744073709552e19, 9.223372036854776e18, 1e-7, 1e300,
    ]

    private static let texts = [
        "", " ", "a", "\u{0}", "a\u{0}b\u{0}", "\"", "'", "\\", "'; DROP TABLE calculations; --",
        "?1", ":id", "e\u{301}", "\u{e9}", "\u{1F468}\u{200D}\u{1F469}", "\u{FEFF}x", "\u{FFFF}",
        "\u{10FFFF}", "\u{1}\u{1f}\u{7f}\u{2028}", "line\r\nline\ttab", "%_", "0x41", "12", "1e5",
        "null", "[1]",
    ]

    /// Numbers of all sizes, by a generator that is the same everywhere.
    private static let manyNumbers: [Double] = {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<10_000).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let bits = state ^ (state >> 29)
            let number = Double(bitPattern: bits)
            return number.isFinite && index % 2 == 0 ? number : Double(Int64(bitPattern: bits) >> 8)
        }
    }()

    private static func nested(_ depth: Int) -> Value {
        (0..<depth).reduce(Value.number(-0.0)) { inner, level in
            level % 2 == 0
                ? .list(List([inner]))
                : .record(Record(names: ["k"], values: [inner]) ?? .empty)
        }
    }

    static let values = [
        StoreContract("every number is kept bit for bit") { probe in
            let all = numbers.enumerated().map { index, number in
                Calculation(
                    id: "n-\(index)",
                    request: .operation("add", [number, 0]),
                    result: .number(number),
                    resultType: "number",
                    time: now,
                    milliseconds: number.magnitude
                )
            }
            await probe.roundTrip(all)
        },
        StoreContract("ten thousand operands are kept bit for bit") { probe in
            await probe.roundTrip([
                Calculation(
                    id: "many",
                    request: .operation("add", manyNumbers),
                    result: .list(List(manyNumbers)),
                    resultType: "[number]",
                    time: now,
                    milliseconds: 12.5
                )
            ])
        },
        StoreContract("every text is kept byte for byte, wherever it stands") { probe in
            let all = texts.enumerated().map { index, text in
                Calculation(
                    id: "t-\(index)",
                    request: .expression(
                        text,
                        Record(names: [text, text + "x"], values: [.string(text), 1]) ?? .empty
                    ),
                    result: .string(text),
                    resultType: "{\(text)}",
                    time: now,
                    milliseconds: 0
                )
            }
            await probe.roundTrip(all)
        },
        StoreContract("every kind of value is kept") { probe in
            let record = Record(
                names: ["z", "a", "e\u{301}", "\u{e9}", "empty"],
                values: [1, nil, .list(List([true, false])), .record(.empty), .list(.empty)]
            )
            let kinds: [Value] = [
                nil, true, false, .string(""), .list(.empty), .record(.empty),
                .list(List([1, nil, true, "x", [], [[]], [:]])),
                .list(List([true, false])), .record(record ?? .empty), nested(100),
            ]
            let all = kinds.enumerated().map { index, value in
                expression(
                    "v-\(index)",
                    "v",
                    variables: Record(names: ["v"], values: [value]) ?? .empty,
                    result: value
                )
            }
            await probe.roundTrip(all)
        },
        StoreContract("the ends of what an id may be are kept") { probe in
            let long = String(repeating: "~", count: 128)
            await probe.roundTrip(
                ["0", "-", "A.b_c:d~e-f", long, "a", "A", "1e5", "007"].map { sum($0) }
            )
        },
    ]
}
