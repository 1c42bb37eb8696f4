#if Server
import CalcBurstService
import Synchronization

/// The value of the `Date` field, made once a second.
final class HTTPDate: Sendable {
    private let now: @Sendable () -> Timestamp
    private let last = Mutex<(second: Int64, text: String)>((.min, ""))

    init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    /// The time now, as `Sun, 06 Nov 1994 08:49:37 GMT`.
    var text: String {
        let second = now().milliseconds / 1000
        return last.withLock { last in
            if last.second != second { last = (second, Self.text(of: second)) }
            return last.text
        }
    }

    /// A moment in seconds since 1970 as RFC 9110 5.6.7 writes it.
    static func text(of second: Int64) -> String {
        // `2026-01-15T10:30:00.000Z` has the fields, only in another order.
        let fields = Timestamp(milliseconds: second * 1000).description.utf8.map { $0 }
        guard fields.count == 24 else { return "" }
        func part(_ range: Range<Int>) -> String { String(decoding: fields[range], as: UTF8.self) }
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        // 1 January 1970 was a Thursday.
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let day = second >= 0 ? second / 86_400 : (second - 86_399) / 86_400
        let weekday = days[Int((day % 7 + 7) % 7)]
        let month = Int(part(5..<7)).flatMap {
            months.indices.contains($0 - 1) ? months[$0 - 1] : nil
        }
        return "\(weekday), \(part(8..<10)) \(month ?? "") \(part(0..<4)) \(part(11..<19)) GMT"
    }
}
#endif
