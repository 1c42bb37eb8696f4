import CalcBurstService
import Testing

/// Moments and their texts; the pairs are Python's `datetime.fromisoformat` and `timestamp`.
@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0), ("2026-01-15T10:30:00.000Z", 1_768_473_000_000),
            ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
            ("2000-02-29T00:00:00.000Z", 951_782_400_000), ("1969-12-31T23:59:59.999Z", -1),
            ("2100-03-01T00:00:00.000Z", 4_107_542_400_000),
            ("0001-01-01T00:00:00.000Z", -62_135_596_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)]
    )
    func writesAndReads(text: String, milliseconds: Int64) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.description == text)
        #expect(Timestamp(text) == time)
    }

    @Test(
        arguments: [
            ("2026-01-15T12:30:00+02:00", 1_768_473_000_000),
            ("2026-01-15T05:00:00.000-05:30", 1_768_473_000_000),
            ("2026-01-15t10:30:00z", 1_768_473_000_000),
            ("2026-01-15T10:30:00.5Z", 1_768_473_000_500),
            ("2026-01-15T10:30:00.123456789Z", 1_768_473_000_123),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ] as [(String, Int64)]
    )
    func readsOffsetsAndDecimals(text: String, milliseconds: Int64) {
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-01-15", "2026-01-15T10:30:00", "2026-01-15 10:30:00Z",
        "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-01-15T24:00:00Z", "2026-01-15T10:60:00Z", "2026-01-15T10:30:61Z",
        "2026-01-15T10:30:00.Z", "2026-01-15T10:30:00+2:00", "2026-01-15T10:30:00+24:00",
        "2026-01-15T10:30:00Zz", "+026-01-15T10:30:00Z", "٢٠٢٦-01-15T10:30:00Z",
    ])
    func refusesWhatIsNoMoment(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func anyNumberHasAText() {
        for milliseconds in [Int64.min, Int64.max, -1, 1 << 62] {
            #expect(!Timestamp(milliseconds: milliseconds).description.isEmpty)
        }
    }
}
