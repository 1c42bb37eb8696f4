/// Finds a short sequence in a long one, in time that grows with the two lengths added.
///
/// After Donald Knuth, James Morris and Vaughan Pratt, "Fast pattern matching in strings", SIAM
/// Journal on Computing 6, 1977.
struct PatternSearch<Element: Equatable> {
    let pattern: [Element]
    /// For each position, the length of the longest start of the pattern that ends there, too.
    private let fallback: [Int]

    init(_ pattern: [Element]) {
        self.pattern = pattern
        var fallback = [Int](repeating: 0, count: pattern.count)
        var length = 0
        for index in pattern.indices.dropFirst() {
            while length > 0, pattern[index] != pattern[length] { length = fallback[length - 1] }
            if pattern[index] == pattern[length] { length += 1 }
            fallback[index] = length
        }
        self.fallback = fallback
    }

    /// The first position at or after `start` where the pattern stands; nil if there is none.
    func first(in text: [Element], from start: Int = 0) -> Int? {
        if pattern.isEmpty { return start <= text.count ? start : nil }
        var length = 0
        var index = start
        while index < text.count {
            while length > 0, text[index] != pattern[length] { length = fallback[length - 1] }
            if text[index] == pattern[length] { length += 1 }
            if length == pattern.count { return index - length + 1 }
            index += 1
        }
        return nil
    }

    /// All positions where the pattern stands, none inside another; none for an empty pattern.
    func all(in text: [Element]) -> [Int] {
        var positions: [Int] = []
        var start = 0
        while !pattern.isEmpty, let position = first(in: text, from: start) {
            positions.append(position)
            start = position + pattern.count
        }
        return positions
    }
}

/// A pattern of `like`: `*` stands for any scalars, `?` for one.
struct Glob {
    /// The parts between the stars; nil is a scalar that may be any.
    private let parts: [[UInt32?]]

    init(_ pattern: String) {
        parts =
            pattern.unicodeScalars
            .split(separator: "*", omittingEmptySubsequences: false)
            .map { part in part.map { $0 == "?" ? nil : $0.value } }
    }

    /// Whether the pattern stands for the whole text.
    ///
    /// Between its first and last part each part is taken where it first fits. That takes linear
    /// time, but for parts with `?`, whose comparisons are charged one by one.
    func matches(_ text: String, _ meter: inout Meter) throws(Fault) -> Bool {
        let scalars: [UInt32?] = text.unicodeScalars.map(\.value)
        try meter.visit(count: scalars.count / 16)
        guard let first = parts.first, let last = parts.last else { return false }
        if parts.count == 1 {
            return first.count == scalars.count && fits(first, scalars, at: 0)
        }
        let end = scalars.count - last.count
        guard first.count <= end, fits(first, scalars, at: 0), fits(last, scalars, at: end) else {
            return false
        }
        var position = first.count
        let middle = Array(scalars[..<end])
        for part in parts.dropFirst().dropLast() {
            guard let found = try find(part, middle, from: position, &meter) else { return false }
            position = found + part.count
        }
        return true
    }

    private func fits(_ part: [UInt32?], _ text: [UInt32?], at position: Int) -> Bool {
        guard position + part.count <= text.count else { return false }
        return part.indices.allSatisfy { part[$0] == nil || part[$0] == text[position + $0] }
    }

    private func find(
        _ part: [UInt32?],
        _ text: [UInt32?],
        from start: Int,
        _ meter: inout Meter
    ) throws(Fault) -> Int? {
        guard part.contains(nil) else {
            return PatternSearch(part).first(in: text, from: start)
        }
        var position = start
        while position + part.count <= text.count {
            try meter.visit(count: part.count / 16 + 1)
            if fits(part, text, at: position) { return position }
            position += 1
        }
        return nil
    }
}
