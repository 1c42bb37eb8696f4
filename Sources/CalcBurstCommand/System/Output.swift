/// A standard stream that is written to, with a buffer before it.
final class Output {
    let descriptor: Int32
    private var buffer: [UInt8] = []
    private static let bufferSize = 32 << 10

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func write(_ text: String) throws(Failure) { try write(text.utf8) }

    func write(_ bytes: some Sequence<UInt8>) throws(Failure) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    func writeLine(_ text: String) throws(Failure) {
        try write(text)
        try write(CollectionOfOne(UInt8(ascii: "\n")))
    }

    /// Hands over what is in the buffer.
    ///
    /// - Throws: a quiet success if nobody reads any more, otherwise an input/output error.
    func flush() throws(Failure) {
        guard !buffer.isEmpty else { return }
        let bytes = buffer
        buffer = []
        do throws(System.Failure) {
            try System.write(bytes, to: descriptor)
        } catch {
            if error.isBrokenPipe { throw Failure(.success) }
            throw Failure(.inputOutput, "cannot write: \(error.message)")
        }
    }
}
