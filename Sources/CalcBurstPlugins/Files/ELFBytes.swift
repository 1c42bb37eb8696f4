#if Plugins
/// The bytes of a file, read at offsets that nobody has looked at.
struct ELFBytes: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    func byte(_ offset: Int) -> UInt8? {
        offset >= 0 && offset < bytes.count ? bytes[offset] : nil
    }

    func u16(_ offset: Int) -> UInt16? {
        guard offset >= 0, bytes.count - offset >= 2 else { return nil }
        // The two bytes are within the array.
        let value = unsafe bytes.withUnsafeBytes { buffer in
            unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
        }
        return UInt16(littleEndian: value)
    }

    func u32(_ offset: Int) -> UInt32? {
        guard offset >= 0, bytes.count - offset >= 4 else { return nil }
        // The four bytes are within the array.
        let value = unsafe bytes.withUnsafeBytes { buffer in
            unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        }
        return UInt32(littleEndian: value)
    }

    func u64(_ offset: Int) -> UInt64? {
        guard offset >= 0, bytes.count - offset >= 8 else { return nil }
        // The eight bytes are within the array.
        let value = unsafe bytes.withUnsafeBytes { buffer in
            unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        return UInt64(littleEndian: value)
    }

    /// `count` bytes from an offset, as a range of the file; nil unless all are in it.
    func range(_ offset: UInt64, _ count: UInt64) -> Range<Int>? {
        let (end, isOver) = offset.addingReportingOverflow(count)
        guard !isOver, end <= UInt64(bytes.count), let lower = Int(exactly: offset),
            let upper = Int(exactly: end)
        else { return nil }
        return lower..<upper
    }

    /// The range of the text from an offset to its NUL, which must come before `end`; nil if it does
    /// not, or not within `most` bytes.
    func text(_ offset: Int, before end: Int, most: Int) -> Range<Int>? {
        guard offset >= 0, offset < end, end <= bytes.count else { return nil }
        // One more than `most`, for the NUL.
        let limit = end - offset > most ? offset + most + 1 : end
        var index = offset
        while index < limit {
            if bytes[index] == 0 { return offset..<index }
            index += 1
        }
        return nil
    }
}
#endif
