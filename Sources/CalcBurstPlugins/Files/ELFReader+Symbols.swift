#if Plugins
extension ELFReader {
    static let mostSymbols = 1_000_000
    /// Also bounds the work when all symbols point into one long text.
    static let longestSymbol = 255
    private static let symbolSize = 24

    /// Reads what the library offers: what the loader would find under a name.
    func readSymbols(
        _ dynamic: Dynamic,
        _ segments: Segments
    ) throws(PluginError) -> [String: ELFImage.Kind] {
        guard dynamic.values[.symbolSize] ?? 24 == 24, let address = dynamic.values[.symbols] else {
            throw refusal("its table of symbols is damaged")
        }
        let findable = try readFindable(dynamic, segments)
        guard !findable.isEmpty else { return [:] }
        guard
            let table = segments.place(
                address,
                count: UInt64(findable.upperBound) * UInt64(Self.symbolSize)
            )
        else { throw refusal("its table of symbols is damaged") }
        var versions: Range<Int>?
        if let address = dynamic.values[.versions] {
            versions = segments.place(address, count: UInt64(findable.upperBound) * 2)
            guard versions != nil else { throw refusal("its table of versions is damaged") }
        }
        var symbols: [String: ELFImage.Kind] = [:]
        for index in findable {
            if let versions, isHidden(bytes.u16(versions.lowerBound + index * 2) ?? 0) { continue }
            let start = table.lowerBound + index * Self.symbolSize
            guard let kind = kind(of: start, segments),
                let name = name(of: start, in: dynamic.texts)
            else { continue }
            // Which of two is found is the loader's secret; if they differ, it is not for us.
            if let other = symbols.updateValue(kind, forKey: name), other != kind {
                symbols[name] = .other
            }
        }
        return symbols
    }

    /// An old version that is kept for programs that were linked with it, and not found by name alone.
    private func isHidden(_ version: UInt16) -> Bool {
        version & 0x8000 != 0 && version & 0x7FFF >= 2
    }

    /// The kind of a symbol that is defined here and visible outside; nil of any other.
    private func kind(of start: Int, _ segments: Segments) -> ELFImage.Kind? {
        guard let info = bytes.byte(start + 4), let visibility = bytes.byte(start + 5),
            let section = bytes.u16(start + 6), let address = bytes.u64(start + 8)
        else { return nil }
        let binding = info >> 4
        // Global, weak, or one for the whole process; visible by default or protected.
        guard binding == 1 || binding == 2 || binding == 10 else { return nil }
        guard visibility & 3 == 0 || visibility & 3 == 3, section != 0 else { return nil }
        let isAbsolute = section == 0xFFF1
        switch info & 15 {
        case 2 where address == 0 && !isAbsolute, 10 where address == 0 && !isAbsolute: return nil
        case 2: return !isAbsolute && segments.isCode(address) ? .function : .other
        case 10: return !isAbsolute && segments.isCode(address) ? .indirectFunction : .other
        case 1, 5, 6: return .data
        default: return .other
        }
    }

    private func name(of start: Int, in texts: Range<Int>) -> String? {
        guard let offset = bytes.u32(start).flatMap({ Int(exactly: $0) }), offset < texts.count,
            let name = bytes.text(
                texts.lowerBound + offset,
                before: texts.upperBound,
                most: Self.longestSymbol
            ), !name.isEmpty,
            // Texts of Swift are equal when they look equal; the loader compares bytes.
            bytes.bytes[name].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return String(decoding: bytes.bytes[name], as: UTF8.self)
    }

    // MARK: - Hash tables

    /// The symbols that can be found by name; the loader prefers the newer kind of table.
    private func readFindable(
        _ dynamic: Dynamic,
        _ segments: Segments
    ) throws(PluginError) -> Range<Int> {
        if let address = dynamic.values[.newHash] {
            guard let table = segments.place(address), let found = readNewHash(table) else {
                throw refusal("its hash table is damaged")
            }
            return found
        }
        guard let address = dynamic.values[.hash] else {
            throw refusal("it has no hash table by which symbols are found")
        }
        guard let table = segments.place(address), let found = readHash(table) else {
            throw refusal("its hash table is damaged")
        }
        return found
    }

    /// Chains begin at the symbols that the buckets name, and end with an odd entry.
    private func readNewHash(_ table: Range<Int>) -> Range<Int>? {
        let start = table.lowerBound
        guard table.count >= 16, let bucketCount = bytes.u32(start),
            let first = bytes.u32(start + 4),
            let filterSize = bytes.u32(start + 8), let bucketCount = Int(exactly: bucketCount),
            let first = Int(exactly: first), let filterSize = Int(exactly: filterSize)
        else { return nil }
        // The loader ends the process if the size of the filter is not a power of two.
        guard filterSize > 0, filterSize & (filterSize - 1) == 0, first <= Self.mostSymbols,
            filterSize <= table.count / 8, bucketCount <= table.count / 4,
            16 + filterSize * 8 + bucketCount * 4 <= table.count
        else { return nil }
        let buckets = start + 16 + filterSize * 8
        var last = 0
        for bucket in 0..<bucketCount {
            guard let symbol = bytes.u32(buckets + bucket * 4).flatMap({ Int(exactly: $0) }),
                symbol == 0 || symbol >= first && symbol < Self.mostSymbols
            else { return nil }
            last = max(last, symbol)
        }
        guard last > 0 else { return 0..<0 }
        let chains = buckets + bucketCount * 4
        var symbol = last
        while true {
            let place = chains + (symbol - first) * 4
            guard symbol < Self.mostSymbols, place <= table.upperBound - 4,
                let entry = bytes.u32(place)
            else { return nil }
            symbol += 1
            if entry & 1 == 1 { return first..<symbol }
        }
    }

    /// The older kind: each chain goes from symbol to symbol, and must not come back to one.
    private func readHash(_ table: Range<Int>) -> Range<Int>? {
        let start = table.lowerBound
        guard table.count >= 8, let bucketCount = bytes.u32(start),
            let count = bytes.u32(start + 4),
            let bucketCount = Int(exactly: bucketCount), let count = Int(exactly: count),
            count <= Self.mostSymbols, bucketCount <= table.count / 4,
            8 + (bucketCount + count) * 4 <= table.count
        else { return nil }
        let chains = start + 8 + bucketCount * 4
        var seen = [Bool](repeating: false, count: count)
        for bucket in 0..<bucketCount {
            guard var symbol = bytes.u32(start + 8 + bucket * 4).flatMap({ Int(exactly: $0) })
            else {
                return nil
            }
            while symbol != 0 {
                guard symbol < count, !seen[symbol],
                    let next = bytes.u32(chains + symbol * 4).flatMap({ Int(exactly: $0) })
                else { return nil }
                seen[symbol] = true
                symbol = next
            }
        }
        return count > 1 ? 1..<count : 0..<0
    }
}
#endif
