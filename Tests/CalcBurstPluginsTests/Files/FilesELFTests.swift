#if Plugins && os(Linux)
import Foundation
import Testing

@testable import CalcBurstPlugins

/// Every file that is refused for what is in it.
@Suite struct FilesELFTests {
    let folder: FilesFolder

    init() throws {
        folder = try FilesFolder()
    }

    func code(_ bytes: [UInt8]) -> PluginError.Code? {
        filesCode { () throws(PluginError) in _ = try ELFImage(bytes, file: "x.so") }
    }

    func missing(_ image: ELFImage, _ name: String) -> PluginError.Code? {
        filesCode { () throws(PluginError) in try image.require(name, of: "x.so") }
    }

    @Test func whatALibraryOffers() throws {
        let image = try ELFImage(try folder.compile(FilesSources.plain, "a.so"), file: "a.so")
        #expect(image.machine == .here)
        let expected: [String: ELFImage.Kind?] = [
            "twice": .function, "thrice": .function, "weak": .function, "shielded": .function,
            "count": .data, "local": .data, "hidden": nil, "inner": nil, "printf": nil, "": nil,
        ]
        for (name, kind) in expected { #expect(image.kind(of: name) == kind, "\(name)") }
        #expect(image.exports("twice"))
        #expect(!image.exports("count"))
        #expect(missing(image, "twice") == nil)
        #expect(missing(image, "count") == .missingSymbol)
        #expect(missing(image, "local") == .missingSymbol)
        // The loader would find this one in the C library.
        #expect(missing(image, "strlen") == .missingSymbol)
        #expect(missing(image, "inner") == .missingSymbol)
    }

    @Test func aFunctionThatIsChosenWhenLoaded() throws {
        let image = try ELFImage(try folder.compile(FilesSources.indirect, "a.so"), file: "a.so")
        #expect(image.kind(of: "chosen") == .indirectFunction)
        #expect(image.exports("chosen"))
        #expect(image.kind(of: "text") == .data)
    }

    @Test func oldVersionsAreNotFoundByName() throws {
        let script = try folder.write(Array(FilesSources.versions.utf8), "script")
        let bytes = try folder.compile(
            FilesSources.versioned,
            "a.so",
            ["-Wl,--version-script=\(script)"]
        )
        let image = try ELFImage(bytes, file: "a.so")
        #expect(image.functions == ["answer"])
    }

    @Test(arguments: ["sysv", "gnu", "both"]) func bothKindsOfHashTable(_ style: String) throws {
        let options = ["-Wl,--hash-style=\(style)", "-nostdlib"]
        let image = try ELFImage(
            try folder.compile(FilesSources.plain, "a.so", options),
            file: "a.so"
        )
        #expect(image.functions == ["shielded", "thrice", "twice", "weak"])
    }

    @Test func namesAndPaths() throws {
        let bytes = try folder.compile(
            FilesSources.plain,
            "a.so",
            [
                "-Wl,-soname,liba.so.1", "-Wl,-rpath,$ORIGIN/lib:/usr/lib/a b",
                "-Wl,--no-as-needed", "-lm",
            ]
        )
        let image = try ELFImage(bytes, file: "a.so")
        #expect(image.soname == "liba.so.1")
        #expect(image.needed == ["libm.so.6", "libc.so.6"])
        #expect(image.runPaths == ["$ORIGIN/lib", "/usr/lib/a b"])
        #expect(image.usesOrigin)
        #expect(!image.wantsExecutableStack)
        let plain = try folder.compile(
            FilesSources.plain,
            "b.so",
            ["-nostdlib", "-z", "execstack"]
        )
        let other = try ELFImage(plain, file: "b.so")
        #expect(other.needed == [] && other.runPaths == [] && other.soname == nil)
        #expect(!other.usesOrigin)
        #expect(other.wantsExecutableStack)
    }

    @Test func whatIsNoLibrary() throws {
        #expect(code([]) == .notALibrary)
        #expect(code([0x7F]) == .notALibrary)
        #expect(code([0x7F, 0x45, 0x4C, 0x46]) == .notALibrary)
        #expect(code(Array("INPUT(libgsl.so.27)\n".utf8)) == .notALibrary)
        #expect(code([UInt8](repeating: 0, count: 100_000)) == .notALibrary)
        #expect(code(try folder.compile(FilesSources.program, "a.o", ["-c"])) == .notALibrary)
    }

    @Test func programs() throws {
        var program = try folder.compile(FilesSources.program, "a", ["-pie"])
        #expect(code(program) == .notALibrary)
        // Programs of older linkers do not say so, but have an interpreter.
        let flags = try #require(firstIndex(of: [0xFB, 0xFF, 0xFF, 0x6F, 0, 0, 0, 0], in: program))
        program.replaceSubrange(flags + 8..<flags + 16, with: [UInt8](repeating: 0, count: 8))
        #expect(code(program) == .notALibrary)
        let fixed = try folder.compile(FilesSources.program, "b", ["-pie", "-no-pie"])
        #expect(code(fixed) == .notALibrary)
    }

    private func firstIndex(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        stride(from: 0, to: bytes.count - pattern.count, by: 8).first { start in
            bytes[start..<start + pattern.count].elementsEqual(pattern)
        }
    }

    @Test func otherMachines() throws {
        let bytes = try folder.compile(FilesSources.plain, "a.so")
        func changed(_ offset: Int, _ byte: UInt8) -> PluginError.Code? {
            var bytes = bytes
            bytes[offset] = byte
            return code(bytes)
        }
        #expect(changed(4, 1) == .wrongMachine)
        #expect(changed(5, 2) == .wrongMachine)
        let other: UInt8 = ELFImage.Machine.here == .x86 ? 183 : 62
        #expect(changed(18, other) == .wrongMachine)
        #expect(changed(18, 243) == .wrongMachine)
        #expect(changed(4, 0) == .notALibrary)
        #expect(changed(5, 3) == .notALibrary)
        #expect(changed(6, 0) == .notALibrary)
        #expect(changed(7, 9) == .notALibrary)
        #expect(changed(20, 2) == .notALibrary)
    }

    /// A file that was cut off ends the process inside the loader.
    @Test func everyPartOfAFileIsRefused() throws {
        let bytes = try folder.compile(FilesSources.plain, "a.so")
        #expect(code(bytes) == nil)
        let lengths = (0..<bytes.count).filter { length in
            length < 1_024 || length % 7 == 0 || bytes.count - length < 99
        }
        let taken = lengths.filter { code(Array(bytes[..<$0])) != .notALibrary }
        #expect(taken.isEmpty, "of \(bytes.count) bytes, the first \(taken.prefix(5)) are taken")
    }

    /// What would make the loader run in a circle, read elsewhere or end the process.
    @Test(.timeLimit(.minutes(1))) func damagedTables() throws {
        for style in ["sysv", "gnu"] {
            let options = ["-Wl,--hash-style=\(style)", "-nostdlib"]
            let bytes = try folder.compile(FilesSources.plain, "\(style).so", options)
            let reader = ELFReader(ELFBytes(bytes), file: "a.so")
            let segments = try reader.readSegments()
            let dynamic = try reader.readDynamic(segments)
            func number(_ offset: Int) throws -> Int { Int(try #require(reader.bytes.u32(offset))) }
            func changed(_ offset: Int, _ number: Int) -> PluginError.Code? {
                var bytes = bytes
                for index in 0..<4 {
                    bytes[offset + index] = UInt8(truncatingIfNeeded: number >> (8 * index))
                }
                return code(bytes)
            }
            let address = try #require(dynamic.values[style == "sysv" ? .hash : .newHash])
            let table = try #require(segments.place(address)).lowerBound
            let buckets = try number(table)
            #expect(changed(table, buckets) == nil)
            #expect(changed(table, 1 << 30) == .notALibrary)
            if style == "sysv" {
                let used = try (0..<buckets).map { try number(table + 8 + $0 * 4) }
                let first = try #require(used.first { $0 != 0 })
                // A chain that comes back to its start.
                #expect(changed(table + 8 + (buckets + first) * 4, first) == .notALibrary)
                #expect(changed(table + 8 + (buckets + first) * 4, 9_999) == .notALibrary)
                #expect(changed(table + 4, -1) == .notALibrary)
            } else {
                #expect(changed(table + 8, 0) == .notALibrary)
                #expect(changed(table + 8, 3) == .notALibrary)
                #expect(changed(table + 4, 1 << 20) == .notALibrary)
            }
            // The entries of the dynamic section, each by its tag.
            let section = try #require(segments.dynamic).content
            for start in stride(from: section.lowerBound, to: section.upperBound, by: 16) {
                let tag = try number(start)
                guard [5, 6, 8, 9, 10, 11].contains(tag) else { continue }
                #expect(changed(start + 8, (1 << 30) + 1) == .notALibrary, "\(tag)")
            }
            // Offset, address, size in the file and in memory of the first segment.
            for place in [8, 16, 32] { #expect(changed(64 + place, 1 << 30) == .notALibrary) }
            #expect(changed(64 + 40, 1) == .notALibrary)
        }
    }

    @Test func manyFunctionsTakeLittleTime() throws {
        let source = (0..<5_000).map { "int function_\($0)(void) { return \($0); }" }
        let bytes = try folder.compile(source.joined(separator: "\n"), "a.so", ["-O0"])
        let image = try ELFImage(bytes, file: "a.so")
        #expect(image.functions.count(where: { $0.hasPrefix("function_") }) == 5_000)
    }
}
#endif
