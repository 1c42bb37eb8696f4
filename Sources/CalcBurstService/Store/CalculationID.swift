import Synchronization

/// The ids under which calculations are kept.
public enum CalculationID {
    /// Whether a text is an id: 1 to 128 of `A-Za-z0-9._:~-`.
    public static func isValid(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: ":"), UInt8(ascii: "~"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// A new id: `calc-` and 26 characters that sort by time.
    static func make(at time: Timestamp) -> String { "calc-" + SortedID.make(at: time) }
}

/// Ids of 26 characters that sort by time and never come twice: 48 bits of milliseconds and 80
/// random bits, in Crockford's base 32 (the ULID format).
///
/// Within a millisecond, and while the clock stands back, the random part counts up, so that the ids
/// of one process always rise.
enum SortedID {
    private struct Last {
        var milliseconds: UInt64 = 0
        var high: UInt64 = 0  // 16 of the 80 bits
        var low: UInt64 = 0
    }

    private static let last = Mutex(Last())
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func make(at time: Timestamp) -> String {
        let now = UInt64(clamping: time.milliseconds) & 0xffff_ffff_ffff
        let id = last.withLock { last -> Last in
            if now > last.milliseconds {
                var generator = SystemRandomNumberGenerator()
                // The highest bit is left free, for counting up.
                last = Last(
                    milliseconds: now,
                    high: generator.next() & 0x7fff,
                    low: generator.next()
                )
            } else {
                last.low &+= 1
                if last.low == 0 { last.high = (last.high &+ 1) & 0xffff }
            }
            return last
        }
        var bytes = [UInt8](repeating: UInt8(ascii: "0"), count: 26)
        // The 128 bits as 26 digits from the end; the first has only 3 bits.
        var high = id.milliseconds << 16 | id.high
        var low = id.low
        for position in stride(from: 25, through: 0, by: -1) {
            bytes[position] = alphabet[Int(truncatingIfNeeded: low & 31)]
            low = low >> 5 | high << 59
            high >>= 5
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
