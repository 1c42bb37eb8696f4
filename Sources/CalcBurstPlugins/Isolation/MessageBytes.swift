#if Plugins
import CPluginSystem

/// Bytes of a message that is being written: numbers little-endian, texts with their length.
struct MessageWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ byte: UInt8) { bytes.append(byte) }
    mutating func put(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    mutating func put(_ count: Int) {
        var rest = UInt32(clamping: count)
        for _ in 0..<4 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func put(_ number: Double) {
        var rest = number.bitPattern
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func put<Element: BitwiseCopyable>(raw elements: [Element]) {
        unsafe elements.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
}

/// Bytes of a message that somebody else wrote, who may be hostile.
struct MessageReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var left: Int { bytes.count - position }

    mutating func byte() throws(Rubbish) -> UInt8 {
        guard left >= 1 else { throw Rubbish("a message that is too short") }
        position += 1
        return bytes[position - 1]
    }

    mutating func flag() throws(Rubbish) -> Bool {
        switch try byte() {
        case 0: false
        case 1: true
        case _: throw Rubbish("a flag that is none")
        }
    }

    /// A count, which is not above `most`.
    mutating func count(most: Int) throws(Rubbish) -> Int {
        guard left >= 4 else { throw Rubbish("a message that is too short") }
        var count = 0
        for place in 0..<4 { count |= Int(bytes[position + place]) << (8 * place) }
        position += 4
        guard count <= most else { throw Rubbish("\(count) where \(most) is the most") }
        return count
    }

    mutating func number() throws(Rubbish) -> Double {
        guard left >= 8 else { throw Rubbish("a message that is too short") }
        var pattern: UInt64 = 0
        for place in 0..<8 { pattern |= UInt64(bytes[position + place]) << (8 * place) }
        position += 8
        return Double(bitPattern: pattern)
    }

    /// A text of at most so many bytes, which must be UTF-8.
    mutating func text(most: Int) throws(Rubbish) -> String {
        let count = try count(most: most)
        guard left >= count else { throw Rubbish("a text that is cut off") }
        let range = position..<(position + count)
        position += count
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw Rubbish("a text that is not UTF-8")
        }
        return text
    }

    mutating func numbers(count: Int) throws(Rubbish) -> [Double] {
        guard count >= 0, left / 8 >= count else { throw Rubbish("a list that is cut off") }
        var numbers: [Double] = []
        numbers.reserveCapacity(count)
        for _ in 0..<count { numbers.append(try number()) }
        return numbers
    }

    mutating func bytes(count: Int) throws(Rubbish) -> [UInt8] {
        guard count >= 0, left >= count else { throw Rubbish("a list that is cut off") }
        position += count
        return Array(bytes[(position - count)..<position])
    }

    func end() throws(Rubbish) {
        guard left == 0 else { throw Rubbish("a message that is too long") }
    }
}

/// A message that makes no sense.
struct Rubbish: Error {
    let what: String
    init(_ what: String) { self.what = what }
}

/// The memory that host and helper share, as one message fills it.
struct SharedSpace {
    let memory: cplugin_shared
    private(set) var used: Int

    init(_ memory: cplugin_shared, used: Int = 0) {
        self.memory = memory
        self.used = used
    }

    var size: Int { memory.size }

    static let none = SharedSpace(cplugin_shared(address: 0, size: 0))

    /// Copies elements in; nil if there is no room.
    mutating func place<Element: BitwiseCopyable>(_ elements: [Element]) -> Int? {
        let start = used
        let isPlaced = unsafe elements.withUnsafeBytes { bytes in
            guard let address = bytes.baseAddress else { return true }
            return unsafe cplugin_shared_write(memory, start, address, bytes.count)
        }
        guard isPlaced else { return nil }
        // The next list begins at a multiple of 16.
        used = (start + elements.count * MemoryLayout<Element>.stride + 15) & ~15
        return start
    }

    /// Copies elements out before anybody looks at them, since the other side may still write.
    func copy<Element: BitwiseCopyable>(
        _ empty: Element,
        at offset: Int,
        count: Int
    ) throws(Rubbish) -> [Element] {
        var elements = [Element](repeating: empty, count: count)
        let isCopied = unsafe elements.withUnsafeMutableBytes { bytes in
            guard let address = bytes.baseAddress else { return true }
            return unsafe cplugin_shared_read(memory, offset, address, bytes.count)
        }
        guard isCopied else { throw Rubbish("a list outside the shared memory") }
        return elements
    }
}
#endif
