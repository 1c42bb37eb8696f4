#if Plugins
/// What an ELF library says of itself, read without running any of it.
///
/// Nothing in the file is believed: each offset and count is checked against the bytes, each loop is
/// bounded by them. Read are the tables that the loader reads, at the places where the loader reads
/// them. What would end the process inside the loader, such as a segment behind the end of a file that
/// was cut off, is refused here.
package struct ELFImage: Sendable {
    package enum Machine: UInt16, CaseIterable, Hashable, Sendable {
        case x86 = 62
        case arm = 183

        /// The CPU of this process; nil if it is another.
        package static var here: Machine? {
            #if arch(x86_64)
            .x86
            #elseif arch(arm64)
            .arm
            #else
            nil
            #endif
        }

        package var name: String {
            switch self {
            case .x86: "x86-64"
            case .arm: "aarch64"
            }
        }
    }

    package enum Kind: Hashable, Sendable {
        case function
        /// A function that chooses one for this CPU when it is loaded.
        case indirectFunction
        case data
        /// Without a type, or one that is not for us.
        case other

        package var isFunction: Bool { self == .function || self == .indirectFunction }
    }

    package let machine: Machine
    /// The name by which other libraries need this one.
    package let soname: String?
    /// The libraries that this one needs, by name.
    package let needed: [String]
    /// Where the loader looks for them first.
    package let runPaths: [String]
    /// Whether the loader makes the stacks of the whole process executable for it.
    package let wantsExecutableStack: Bool
    private let symbols: [String: Kind]

    /// Reads a file; `file` is only for the words of an error.
    package init(_ bytes: [UInt8], file: String) throws(PluginError) {
        let reader = ELFReader(ELFBytes(bytes), file: file)
        machine = try reader.readHeader()
        let segments = try reader.readSegments()
        let dynamic = try reader.readDynamic(segments)
        soname = dynamic.soname
        needed = dynamic.needed
        runPaths = dynamic.runPaths
        wantsExecutableStack = segments.wantsExecutableStack
        symbols = try reader.readSymbols(dynamic, segments)
    }

    /// What the library offers under a name; nil if nothing.
    ///
    /// Only names of printable ASCII with at most 255 bytes are known, which those of C are.
    package func kind(of name: String) -> Kind? { symbols[name] }

    /// Whether the library itself offers a function of this name.
    package func exports(_ name: String) -> Bool { symbols[name]?.isFunction ?? false }

    /// The names of all functions that it offers, in order.
    package var functions: [String] {
        symbols.filter { $0.value.isFunction }.map(\.key).sorted()
    }

    /// The names of everything that it offers, in order.
    package var names: [String] { symbols.keys.sorted() }

    /// Whether libraries are looked for beside this one.
    package var usesOrigin: Bool {
        (needed + runPaths).contains { $0.contains("$ORIGIN") || $0.contains("${ORIGIN}") }
    }

    /// Refuses a library that does not offer a function.
    package func require(_ name: String, of file: String) throws(PluginError) {
        switch symbols[name] {
        case .function, .indirectFunction: return
        case .data:
            throw PluginError(.missingSymbol, file, "'\(name)' is data, not a function")
        case .other:
            throw PluginError(.missingSymbol, file, "'\(name)' is not marked as a function")
        case nil:
            throw PluginError(.missingSymbol, file, "it offers no function '\(name)' itself")
        }
    }
}
#endif
