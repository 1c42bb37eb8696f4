/// Lines that somebody types at a terminal, which may be interrupted.
struct TerminalInput {
    /// What came.
    enum Event {
        case line([UInt8])
        /// Ctrl-C: what was typed of the line is gone.
        case interrupted
        /// Ctrl-D, or the terminal has gone.
        case end
    }

    private let interrupts: Interrupts
    /// The most bytes of a line that are kept.
    private let most: Int
    /// What was typed and not given out yet.
    private var pending: [UInt8] = []

    init(_ interrupts: Interrupts, limit: Int) {
        self.interrupts = interrupts
        most = limit + 1
    }

    mutating func next() -> Event {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(pending[..<end].prefix(most))
                pending.removeSubrange(...end)
                return .line(line)
            }
            // Of a line that is too long enough is kept to say so.
            if pending.count > most { pending.removeSubrange(most...) }
            let ready = System.wait(for: [
                .init(interrupts.descriptor, toWrite: false),
                .init(System.standardInput, toWrite: false),
            ])
            if ready[0] {
                interrupts.clear()
                pending = []
                return .interrupted
            }
            let bytes: [UInt8]
            do throws(System.Failure) {
                bytes = try System.read(from: System.standardInput, atMost: 4_096)
            } catch {
                return .end
            }
            guard !bytes.isEmpty else {
                let line = pending
                pending = []
                return line.isEmpty ? .end : .line(line)
            }
            pending += bytes
        }
    }
}
