#if Plugins
import CalcBurstTesting

/// Changes bytes at random, the same way each time.
struct FilesMutation {
    private var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    mutating func next() -> UInt64 { random.next() }

    mutating func below(_ bound: Int) -> Int { random.below(bound) }

    private static let numbers: [UInt64] = [
        0, 1, 2, 3, 7, 8, 16, 24, 56, 64, 255, 256, 4095, 4096, 0x7FFF, 0x8000, 0xFFFF, 0xFFF1,
        0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x6FFF_FEF5, 0x6FFF_FFFB, 1 << 47,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ]

    /// Makes one to four changes.
    ///
    /// `hot` are places where a change tells more.
    mutating func mutate(_ seed: [UInt8], hot: [Range<Int>] = []) -> [UInt8] {
        var bytes = seed
        for _ in 0...below(4) { change(&bytes, hot) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ hot: [Range<Int>]) {
        guard !bytes.isEmpty else { return }
        var place = below(bytes.count)
        if !hot.isEmpty, below(4) > 0 {
            let range = hot[below(hot.count)]
            place = min(range.lowerBound + below(range.count), bytes.count - 1)
        }
        switch below(8) {
        case 0: bytes[place] ^= 1 << UInt8(truncatingIfNeeded: below(8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: next())
        case 2: put(Self.numbers[below(Self.numbers.count)], 2, place & ~1, &bytes)
        case 3: put(Self.numbers[below(Self.numbers.count)], 4, place & ~3, &bytes)
        case 4: put(Self.numbers[below(Self.numbers.count)], 8, place & ~7, &bytes)
        case 5: put(UInt64(bytes.count) &+ next() % 33 &- 16, 8, place & ~7, &bytes)
        case 6:
            // Eight bytes of another place.
            let other = below(bytes.count) & ~7
            for index in 0..<8 where place + index < bytes.count && other + index < bytes.count {
                bytes[place + index] = bytes[other + index]
            }
        default:
            if below(4) == 0 {
                bytes.removeSubrange(place...)
            } else {
                put(next() % 65_536, 8, place & ~7, &bytes)
            }
        }
    }

    private func put(_ number: UInt64, _ size: Int, _ place: Int, _ bytes: inout [UInt8]) {
        for index in 0..<size where place + index < bytes.count {
            bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index))
        }
    }
}
#endif
