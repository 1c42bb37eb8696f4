#if Plugins
/// Reads an ELF file in steps, each of which leans only on what the ones before have checked.
struct ELFReader {
    let bytes: ELFBytes
    let file: String

    init(_ bytes: ELFBytes, file: String) {
        self.bytes = bytes
        self.file = file
    }

    func refusal(_ message: String) -> PluginError { PluginError(.notALibrary, file, message) }

    // MARK: - The header

    private enum HeaderSize {
        static let file = 64
        static let segment: UInt16 = 56
        static let section: UInt16 = 64
    }

    /// Reads what the file is and for which CPU.
    func readHeader() throws(PluginError) -> ELFImage.Machine {
        guard bytes.u32(0) == 0x464C_457F else {
            throw refusal(bytes.count == 0 ? "the file is empty" : "it is not an ELF file")
        }
        guard let size = bytes.byte(4), let order = bytes.byte(5), let type = bytes.u16(16),
            let number = bytes.u16(18)
        else { throw cutOff("in its header") }
        guard size == 2 else {
            throw size == 1
                ? PluginError(.wrongMachine, file, "it is for a 32-bit machine")
                : refusal("its header is damaged")
        }
        guard order == 1 else {
            throw order == 2
                ? PluginError(.wrongMachine, file, "it is for a big-endian machine")
                : refusal("its header is damaged")
        }
        guard let machine = ELFImage.Machine(rawValue: number), machine == .here else {
            let other = ELFImage.Machine(rawValue: number)?.name ?? "the CPU number \(number)"
            let here = ELFImage.Machine.here?.name ?? "another one"
            throw PluginError(.wrongMachine, file, "it is for \(other); this machine is \(here)")
        }
        guard bytes.count >= HeaderSize.file else { throw cutOff("in its header") }
        // The system is Linux or left open, and the padding is empty: the loader asks for both.
        guard bytes.byte(6) == 1, bytes.u32(20) == 1, [0, 3].contains(bytes.byte(7)),
            bytes.u64(8) == 0
        else { throw refusal("its header is of another version or system") }
        switch type {
        case 3: break
        case 1: throw refusal("it is an object file: link it with -shared")
        case 2: throw refusal("it is a program, not a library: link it with -shared")
        case 4: throw refusal("it is a core dump")
        default: throw refusal("its header is damaged")
        }
        try checkSections()
        return machine
    }

    /// The loader does not read the sections; but if they are not there, the file was cut off.
    private func checkSections() throws(PluginError) {
        guard let offset = bytes.u64(40), let size = bytes.u16(58), let count = bytes.u16(60) else {
            throw cutOff("in its header")
        }
        guard offset != 0 else { return }
        guard size == HeaderSize.section else { throw refusal("its section headers are damaged") }
        guard bytes.range(offset, UInt64(max(count, 1)) * UInt64(size)) != nil else {
            throw cutOff("in its section headers")
        }
    }

    func cutOff(_ place: String) -> PluginError { refusal("the file is cut off \(place)") }

    // MARK: - Segments

    /// The parts of the file that come into memory.
    struct Segments {
        /// In the order of their addresses; they do not overlap.
        var loaded: [Segment] = []
        var dynamic: Segment?
        var hasInterpreter = false
        var wantsExecutableStack = true

        /// The part of the file from an address to the end of its segment; nil if it is not there.
        func place(_ address: UInt64) -> Range<Int>? {
            for segment in loaded where segment.address <= address {
                let inside = address - segment.address
                guard inside < UInt64(segment.content.count),
                    let distance = Int(exactly: inside)
                else { continue }
                return segment.content.lowerBound + distance..<segment.content.upperBound
            }
            return nil
        }

        /// The part of the file for `count` bytes from an address; nil unless all are there.
        func place(_ address: UInt64, count: UInt64) -> Range<Int>? {
            guard let place = place(address), count <= UInt64(place.count),
                let count = Int(exactly: count)
            else { return nil }
            return place.lowerBound..<place.lowerBound + count
        }

        func isCode(_ address: UInt64) -> Bool {
            loaded.contains {
                $0.isExecutable && address >= $0.address
                    && address - $0.address < UInt64($0.content.count)
            }
        }
    }

    struct Segment {
        var address: UInt64
        var end: UInt64
        /// Where it is in the file.
        var content: Range<Int>
        var isExecutable: Bool
    }

    static let mostSegments = 64
    private static let page: UInt64 = 4096

    func readSegments() throws(PluginError) -> Segments {
        guard let offset = bytes.u64(32), let size = bytes.u16(54), let count = bytes.u16(56) else {
            throw cutOff("in its header")
        }
        guard size == HeaderSize.segment, count > 0, count <= Self.mostSegments else {
            throw refusal("its program headers are damaged")
        }
        guard let table = bytes.range(offset, UInt64(count) * UInt64(size)) else {
            throw cutOff("in its program headers")
        }
        var segments = Segments()
        for start in stride(from: table.lowerBound, to: table.upperBound, by: Int(size)) {
            try readSegment(start, &segments)
        }
        guard !segments.loaded.isEmpty else { throw refusal("it has nothing to load") }
        return segments
    }

    private func readSegment(_ start: Int, _ segments: inout Segments) throws(PluginError) {
        guard let type = bytes.u32(start), let flags = bytes.u32(start + 4),
            let offset = bytes.u64(start + 8), let address = bytes.u64(start + 16),
            let size = bytes.u64(start + 32), let memory = bytes.u64(start + 40),
            let alignment = bytes.u64(start + 48)
        else { throw cutOff("in its program headers") }
        let (end, isOver) = address.addingReportingOverflow(memory)
        let isStack = type == 0x6474_E551
        if isStack { segments.wantsExecutableStack = flags & 1 != 0 }
        // What is neither content nor a part of it is not the loader's.
        guard type == 1 || type == 2 || type == 3 || type == 7 else { return }
        guard let content = bytes.range(offset, size) else { throw cutOff("in a segment") }
        guard size <= memory, !isOver else { throw refusal("a segment is damaged") }
        let segment = Segment(
            address: address,
            end: end,
            content: content,
            isExecutable: flags & 1 != 0
        )
        switch type {
        case 1:
            try checkLoaded(segment, offset: offset, alignment: alignment, after: segments)
            segments.loaded.append(segment)
        case 2:
            guard segments.dynamic == nil else { throw refusal("it has two dynamic sections") }
            segments.dynamic = segment
        case 3:
            segments.hasInterpreter = true
        default:
            guard alignment & (alignment &- 1) == 0 else { throw refusal("a segment is damaged") }
        }
    }

    private func checkLoaded(
        _ segment: Segment,
        offset: UInt64,
        alignment: UInt64,
        after segments: Segments
    ) throws(PluginError) {
        let page = Self.page
        guard alignment & (alignment &- 1) == 0, alignment % page == 0,
            segment.address % page == offset % page,
            alignment == 0 || segment.address % alignment == offset % alignment,
            segment.end <= 1 << 47
        else { throw refusal("a segment is not aligned to pages") }
        // Each page comes from one segment, so that what is read here is what is in memory.
        let last = segments.loaded.last?.end ?? 0
        guard segments.loaded.isEmpty || (last + page - 1) / page <= segment.address / page else {
            throw refusal("its segments overlap")
        }
    }
}
#endif
