#if Plugins && os(Linux)
import Foundation
import Testing

@testable import CalcBurstPlugins

/// The reader on damaged files: an answer or an error, never the end of the process.
@Suite struct FilesMutationTests {
    /// How many; `CALCBURST_MUTATIONS` in the environment says otherwise.
    static let count =
        ProcessInfo.processInfo.environment["CALCBURST_MUTATIONS"].flatMap(Int.init)
        ?? 50_000

    struct Seed: Sendable {
        let bytes: [UInt8]
        let hot: [Range<Int>]
    }

    static func seeds() throws -> [Seed] {
        let folder = try FilesFolder()
        let script = try folder.write(Array(FilesSources.versions.utf8), "script")
        let small = ["-nostdlib", "-s", "-Wl,--build-id=none", "-Wl,-z,noseparate-code"]
        var files = [
            try folder.compile(FilesSources.plain, "a.so", small),
            try folder.compile(FilesSources.indirect, "b.so", small + ["-Wl,--hash-style=sysv"]),
            try folder.compile(
                FilesSources.versioned,
                "c.so",
                small + ["-Wl,--version-script=\(script)", "-Wl,-rpath,$ORIGIN", "-Wl,-soname,c"]
            ),
        ]
        let system = try Data(contentsOf: URL(fileURLWithPath: SystemLibraries.find("libm.so.6")))
        files.append([UInt8](system.prefix(8 << 10)))
        return files.map { Seed(bytes: $0, hot: hotPlaces($0)) }
    }

    /// The headers, the start of the tables behind them, and the dynamic section.
    private static func hotPlaces(_ bytes: [UInt8]) -> [Range<Int>] {
        let reader = ELFReader(ELFBytes(bytes), file: "seed")
        var hot = [0..<64, 64..<64 + 56 * 8, 64 + 56 * 8..<min(bytes.count, 2_048)]
        if let segments = try? reader.readSegments(), let dynamic = segments.dynamic {
            hot.append(dynamic.content)
            hot.append(dynamic.content)
        }
        return hot
    }

    @Test func mutatedFilesEndNothing() async throws {
        let seeds = try Self.seeds()
        for seed in seeds.dropLast() {
            _ = try ELFImage(seed.bytes, file: "seed")
        }
        let parts = 4
        let counts = await withTaskGroup(of: [Int].self) { group in
            for part in 0..<parts {
                group.addTask {
                    Self.run(seeds, part, (Self.count + parts - 1 - part) / parts)
                }
            }
            return await group.reduce(into: [0, 0, 0]) { sums, counts in
                for index in 0..<3 { sums[index] += counts[index] }
            }
        }
        #expect(counts.reduce(0, +) == Self.count)
        // The mutations reach what they are for: some are taken, some refused, some for another CPU.
        #expect(counts.allSatisfy { $0 > Self.count / 1_000 }, "\(counts)")
    }

    /// How many were taken, refused as no library, and refused for their machine.
    private static func run(_ seeds: [Seed], _ part: Int, _ count: Int) -> [Int] {
        var mutation = FilesMutation(seed: UInt64(part) &* 7_919 &+ 1)
        var counts = [0, 0, 0]
        for index in 0..<count {
            let seed = seeds[(index + part) % seeds.count]
            let bytes = mutation.mutate(seed.bytes, hot: seed.hot)
            do throws(PluginError) {
                let image = try ELFImage(bytes, file: "mutated")
                for name in image.functions where !image.exports(name) {
                    Issue.record("\(name) is listed and not exported")
                }
                counts[0] += 1
            } catch {
                counts[error.code == .wrongMachine ? 2 : 1] += 1
                if error.code != .wrongMachine && error.code != .notALibrary {
                    Issue.record("an unexpected error: \(error)")
                }
            }
        }
        return counts
    }
}
#endif
