#if Server
/// The checksum of a row: FNV-1a with 64 bits, which every change of a single byte changes.
///
/// It is there against faults of the disk and edits by hand, not against an adversary.
struct Checksum {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    /// Adds eight bytes, the lowest first.
    mutating func add(_ bits: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            add(UInt8(truncatingIfNeeded: bits >> shift))
        }
    }

    /// Adds the length and the bytes of a text; a missing text is not an empty one.
    mutating func add(_ text: String?) {
        guard var text else { return add(UInt64.max) }
        add(UInt64(text.utf8.count))
        text.withUTF8 { bytes in
            for index in bytes.indices { add(unsafe bytes[index]) }
        }
    }
}
#endif
