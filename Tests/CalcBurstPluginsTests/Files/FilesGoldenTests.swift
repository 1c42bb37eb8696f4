#if Plugins && os(Linux)
import Foundation
import Testing

@testable import CalcBurstPlugins

/// Real libraries, as binutils sees them.
@Suite struct FilesGoldenTests {
    static let libraries = ["libm.so.6", "libc.so.6", "libstdc++.so.6"]

    @Test(arguments: libraries) func symbolsAreThoseOfReadelf(_ soname: String) throws {
        let path = try SystemLibraries.find(soname)
        let image = try Self.image(path)
        var expected: [String: ELFImage.Kind] = [:]
        let table = try FilesFolder.run(["readelf", "--dyn-syms", "--wide", path])
        for line in table.split(separator: "\n") {
            // Num: Value Size Type Bind Vis Ndx Name
            let words = line.split(separator: " ")
            guard words.count >= 8, words[0].hasSuffix(":"), words[6] != "UND",
                ["GLOBAL", "WEAK", "UNIQUE"].contains(words[4]),
                ["DEFAULT", "PROTECTED"].contains(words[5]),
                let name = Self.name(words[7])
            else { continue }
            expected[name] =
                switch words[3] {
                case "FUNC": .function
                case "IFUNC": .indirectFunction
                case "OBJECT", "TLS", "COMMON": .data
                default: .other
                }
        }
        #expect(expected.count > 500)
        #expect(Set(image.names) == Set(expected.keys))
        for (name, kind) in expected { #expect(image.kind(of: name) == kind, "\(name)") }
    }

    @Test(arguments: libraries) func functionsAreThoseOfNm(_ soname: String) throws {
        let path = try SystemLibraries.find(soname)
        let table = try FilesFolder.run(["nm", "--dynamic", "--defined-only", path])
        let functions = table.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard words.count >= 3, ["T", "W", "i"].contains(words[1]) else { return nil }
            return Self.name(words[2])
        }
        #expect(try Self.image(path).functions == Set(functions).sorted())
    }

    @Test(arguments: libraries) func namesAreThoseOfReadelf(_ soname: String) throws {
        let path = try SystemLibraries.find(soname)
        let image = try Self.image(path)
        let table = try FilesFolder.run(["readelf", "--dynamic", "--wide", path])
        func texts(_ tag: String) -> [String] {
            table.split(separator: "\n").filter { $0.contains("(\(tag))") }.compactMap { line in
                guard let start = line.lastIndex(of: "["), let end = line.lastIndex(of: "]") else {
                    return nil
                }
                return String(line[line.index(after: start)..<end])
            }
        }
        #expect(image.needed == texts("NEEDED"))
        #expect(!image.needed.isEmpty)
        #expect(image.soname == texts("SONAME").first)
        #expect(image.soname == soname)
        #expect(image.runPaths == texts("RUNPATH") + texts("RPATH"))
    }

    private static func image(_ path: String) throws -> ELFImage {
        try ELFImage([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), file: path)
    }

    /// The name without its version; nil of an old version, which has one @ only, and of a long name.
    private static func name(_ text: Substring) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let name = parts.first, name.utf8.count <= 255, parts.count != 2 else { return nil }
        return String(name)
    }
}
#endif
