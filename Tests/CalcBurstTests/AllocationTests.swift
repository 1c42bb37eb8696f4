import CalcBurstTesting
import Foundation
import Testing

#if os(Linux)

/// Evaluating numbers and truth values allocates nothing: counted by a malloc of our own, in the
/// probe of `Tests/Probes`.
@Suite struct AllocationTests {
    /// How often each line runs; `CALCBURST_ALLOCATION_RUNS` says, for release builds 1,000,000.
    private static let runs =
        ProcessInfo.processInfo.environment["CALCBURST_ALLOCATION_RUNS"] ?? "200"

    /// Without the optimiser of Swift closures may stand on the heap, so a debug build is held to
    /// the lines that are instructions alone.
    #if DEBUG
    private static let isHeld: @Sendable (Corpus.Line) -> Bool = { $0.isInstructionsAlone }
    #else
    private static let isHeld: @Sendable (Corpus.Line) -> Bool = { $0.isScalar }
    #endif

    @Test func scalarLineOfTheCorpusAllocatesNothing() throws {
        let lines = try Corpus.lines(in: ["evaluation"]).filter(Self.isHeld).map(\.line)
        #expect(lines.count > 300)
        let counts = try Self.count(lines)
        #expect(counts.count == lines.count)
        let allocating = counts.filter { !$0.hasPrefix("0 ") }
            .map { String($0.drop { $0 != " " }.dropFirst()) }
        #expect(allocating == [])
    }

    /// The counter can count.
    @Test func listAndLongStringAllocate() throws {
        for line in [
            "len(range(100)) => 100", "pad_left('', 20) => \"\"", "x + 1 given {\"x\": [1]} => [2]",
        ] {
            let count = try Self.count([line]).first?.split(separator: " ").first
            #expect(count.flatMap { Int($0) } ?? 0 >= Int(Self.runs) ?? 1, "\(line)")
        }
    }

    // MARK: The probe

    /// Counts every call that makes memory while it is switched on.
    private static let counter = """
        #include <errno.h>
        #include <stddef.h>
        extern void *__libc_malloc(size_t);
        extern void *__libc_calloc(size_t, size_t);
        extern void *__libc_realloc(void *, size_t);
        extern void *__libc_memalign(size_t, size_t);
        static volatile int counting;
        static volatile long made;
        long calcburst_count_allocations(int on) { counting = on; return made; }
        static void note(void) { if (counting) made++; }
        void *malloc(size_t n) { note(); return __libc_malloc(n); }
        void *calloc(size_t c, size_t n) { note(); return __libc_calloc(c, n); }
        void *realloc(void *p, size_t n) { note(); return __libc_realloc(p, n); }
        void *memalign(size_t a, size_t n) { note(); return __libc_memalign(a, n); }
        void *aligned_alloc(size_t a, size_t n) { note(); return __libc_memalign(a, n); }
        int posix_memalign(void **p, size_t a, size_t n) {
            note();
            *p = __libc_memalign(a, n);
            return *p ? 0 : ENOMEM;
        }
        """

    /// The allocations of each line, as the probe prints them.
    private static func count(_ lines: [String]) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "calcburst-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "counter.c")
        let library = folder.appending(path: "counter.so")
        try counter.write(to: source, atomically: true, encoding: .utf8)
        try run(
            "/usr/bin/env",
            ["cc", "-shared", "-fPIC", "-O1", "-fno-builtin", source.path, "-o", library.path]
        )
        let input = folder.appending(path: "lines")
        try (lines.joined(separator: "\n") + "\n").write(
            to: input,
            atomically: true,
            encoding: .utf8
        )
        let probe = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "AllocationProbe")
        return try run(
            probe.path,
            [runs],
            environment: ["LD_PRELOAD": library.path],
            input: input
        )
        .split(separator: "\n").map(String.init)
    }

    @discardableResult
    private static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        input: URL? = nil
    ) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let input { process.standardInput = try FileHandle(forReadingFrom: input) }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(path): \(text.suffix(500))")
        return text
    }
}

#endif
