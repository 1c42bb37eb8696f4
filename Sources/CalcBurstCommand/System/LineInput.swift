/// Lines of a stream, read with bounded memory.
struct LineInput {
    private let descriptor: Int32
    /// The most bytes of a line that are kept: one more than a text may have.
    private let most: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var hasEnded = false
    private static let chunkSize = 64 << 10

    /// Lines of a descriptor; of a line longer than the limit only the limit and a byte are kept, so
    /// that whoever compiles it says that it is too long.
    init(_ descriptor: Int32, limit: Int) {
        self.descriptor = descriptor
        most = min(max(limit, 0), 16 << 20) + 1
    }

    /// The next line without what ends it; nil at the end.
    ///
    /// Calls `beforeWaiting` before each read, which is the time to hand over results.
    mutating func next(beforeWaiting: () throws(Failure) -> Void) throws(Failure) -> [UInt8]? {
        var line: [UInt8] = []
        var isEmpty = true
        while true {
            if start == buffer.count {
                if hasEnded { return isEmpty ? nil : line }
                try beforeWaiting()
                try fill()
                continue
            }
            isEmpty = false
            let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n"))
            let part = buffer[start..<(end ?? buffer.count)]
            line.append(contentsOf: part.prefix(most - line.count))
            guard let end else {
                start = buffer.count
                continue
            }
            start = end + 1
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            return line
        }
    }

    private mutating func fill() throws(Failure) {
        do throws(System.Failure) {
            buffer = try System.read(from: descriptor, atMost: Self.chunkSize)
        } catch {
            throw Failure(.inputOutput, "cannot read standard input: \(error.message)")
        }
        start = 0
        if buffer.isEmpty { hasEnded = true }
    }
}
