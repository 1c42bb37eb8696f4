#if Plugins
extension ELFReader {
    /// What the dynamic section tells the loader.
    struct Dynamic {
        /// Where the texts are in the file.
        var texts = 0..<0
        var soname: String?
        var needed: [String] = []
        var runPaths: [String] = []
        /// The entries that come at most once.
        var values: [Tag: UInt64] = [:]
    }

    /// The entries that are read here, and come at most once.
    enum Tag: UInt64 {
        case jumpSize = 2
        case hash = 4
        case texts = 5
        case symbols = 6
        case relocations = 7
        case relocationsSize = 8
        case relocationSize = 9
        case textsSize = 10
        case symbolSize = 11
        case soname = 14
        case path = 15
        case jumpKind = 20
        case jumps = 23
        case runPath = 29
        case relativeSize = 35
        case relatives = 36
        case relativeEntrySize = 37
        case newHash = 0x6FFF_FEF5
        case versions = 0x6FFF_FFF0
        case flags = 0x6FFF_FFFB
    }

    static let mostNeeded = 1_024
    static let longestPath = 4_096

    func readDynamic(_ segments: Segments) throws(PluginError) -> Dynamic {
        guard let section = segments.dynamic else {
            throw refusal("it has no dynamic section, so it is no shared library")
        }
        // The loader reads it in memory, where it has to be the same bytes.
        let place = segments.place(section.address, count: UInt64(section.content.count))
        guard place == section.content else { throw refusal("its dynamic section is not loaded") }
        var dynamic = Dynamic()
        var needed: [UInt64] = []
        var start = section.content.lowerBound
        while true {
            guard section.content.upperBound - start >= 16, let tag = bytes.u64(start),
                let value = bytes.u64(start + 8)
            else { throw refusal("its dynamic section has no end") }
            if tag == 0 { break }
            start += 16
            if tag == 1 {
                needed.append(value)
                guard needed.count <= Self.mostNeeded else {
                    throw refusal("it needs more than \(Self.mostNeeded) libraries")
                }
            } else if let tag = Tag(rawValue: tag) {
                guard dynamic.values.updateValue(value, forKey: tag) == nil else {
                    throw refusal("an entry of its dynamic section comes twice")
                }
            }
        }
        try readTexts(needed, &dynamic, segments)
        try checkRelocations(dynamic, segments)
        // Some libraries can be run too; they have a name as a library, which programs have not.
        let isProgram = (dynamic.values[.flags] ?? 0) & 0x0800_0000 != 0
        guard !isProgram, !segments.hasInterpreter || dynamic.soname != nil else {
            throw refusal("it is a program, not a library: link it with -shared")
        }
        return dynamic
    }

    private func readTexts(
        _ needed: [UInt64],
        _ dynamic: inout Dynamic,
        _ segments: Segments
    ) throws(PluginError) {
        guard let address = dynamic.values[.texts], let size = dynamic.values[.textsSize],
            let texts = segments.place(address, count: size), !texts.isEmpty,
            bytes.byte(texts.upperBound - 1) == 0
        else { throw refusal("its table of texts is damaged") }
        dynamic.texts = texts
        for offset in needed { dynamic.needed.append(try text(offset, in: texts)) }
        if let offset = dynamic.values[.soname] { dynamic.soname = try text(offset, in: texts) }
        for tag in [Tag.path, .runPath] {
            guard let offset = dynamic.values[tag] else { continue }
            let paths = try text(offset, in: texts).split(separator: ":")
            dynamic.runPaths += paths.map(String.init)
        }
    }

    private func text(_ offset: UInt64, in texts: Range<Int>) throws(PluginError) -> String {
        guard offset < UInt64(texts.count), let offset = Int(exactly: offset),
            let text = bytes.text(
                texts.lowerBound + offset,
                before: texts.upperBound,
                most: Self.longestPath
            )
        else { throw refusal("a text of its dynamic section is damaged") }
        return String(decoding: bytes.bytes[text], as: UTF8.self)
    }

    /// The loader ends the process where sizes are wrong, and reads past the end of what is not there.
    private func checkRelocations(
        _ dynamic: Dynamic,
        _ segments: Segments
    ) throws(PluginError) {
        let values = dynamic.values
        func isTable(_ address: Tag, _ size: Tag, of entry: UInt64) -> Bool {
            guard let address = values[address] else { return (values[size] ?? 0) == 0 }
            guard let size = values[size], size % entry == 0 else { return false }
            return size == 0 || segments.place(address, count: size) != nil
        }
        guard isTable(.relocations, .relocationsSize, of: 24), isTable(.jumps, .jumpSize, of: 24),
            isTable(.relatives, .relativeSize, of: 8), values[.relocationSize] ?? 24 == 24,
            values[.relativeEntrySize] ?? 8 == 8, values[.jumpKind] ?? 7 == 7
        else { throw refusal("its relocations are damaged") }
    }
}
#endif
