#if Plugins
import CPluginSystem
import CalcBurstFunctions
import CalcBurstTesting
import Foundation
import Testing

@testable import CalcBurstPlugins

/// What goes over the pipes: the same on both sides, and rubbish is found out.
@Suite struct IsolationMessageTests {
    private static let plenty = ValueBounds(bytes: 1 << 20, elements: 1 << 20)

    /// Memory of the test's own in place of what two processes share.
    private static func withSpace(_ size: Int, _ body: (SharedSpace) throws -> Void) rethrows {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        defer { unsafe memory.deallocate() }
        let shared = cplugin_shared(address: UInt(bitPattern: memory), size: size)
        try body(SharedSpace(shared))
    }

    private static let values: [Value] = [
        nil, true, false, 0, -0.0, .number(.leastNonzeroMagnitude), 1.7976931348623157e308, "",
        "na\u{EF}ve \u{1F600}",
        .list(.empty), [1, 2, 3], [true, false], .list(List((0..<5000).map(Double.init))),
        .list(List((0..<5000).map { $0 % 3 == 0 })), ["re": 1, "im": -2],
        .list(List((0..<600).map { ["re": .number(Double($0)), "im": 0.5] as Value })),
    ]

    @Test(arguments: [0, 1 << 10, 1 << 20])
    func valuesComeBackAsTheyWent(_ size: Int) throws {
        try Self.withSpace(size) { space in
            var filled = space
            var writer = MessageWriter()
            for value in Self.values { writer.put(value, &filled) }
            if size == 1 << 20 {
                // 5,000 numbers, 5,000 truth values and 600 pairs stand in the memory.
                #expect(writer.bytes.count < 1000)
                #expect(filled.used == 40_000 + 5_008 + 9_600)
            }
            var reader = MessageReader(writer.bytes)
            for value in Self.values { #expect(try reader.value(Self.plenty, space) == value) }
            try reader.end()
        }
    }

    @Test func faultsComeBackAsTheyWent() throws {
        let faults: [Fault] = [
            .divisionByZero, .domain("no such number"), .overflow, .nonFiniteResult,
            .indexOutOfRange(index: 2.5, count: 2), .emptyList, .lengthMismatch(2, 3),
            .invalidNumber("x"), .noConvergence(iterations: 9), .inElement(4, .overflow),
            .limit(.init("list-length", 0)), .pluginFailed(plugin: "p", "failed"), .cancelled,
        ]
        for fault in faults {
            var writer = MessageWriter()
            writer.put(fault)
            var reader = MessageReader(writer.bytes)
            #expect(try reader.fault(plugin: "p", rows: 10) == fault)
            try reader.end()
        }
    }

    @Test func faultInAFaultAndRowBeyondTheRowsAreRubbish() {
        var nested = MessageReader([9, 0, 0, 0, 0, 9, 0, 0, 0, 0, 2])
        #expect(throws: Rubbish.self) { try nested.fault(plugin: "p", rows: 10) }
        var beyond = MessageReader([9, 11, 0, 0, 0, 2])
        #expect(throws: Rubbish.self) { try beyond.fault(plugin: "p", rows: 10) }
    }

    @Test func answerIsHeldToItsType() {
        let big: Value = 9_007_199_254_740_992
        #expect(PluginType.f64.takes(1.5) && !PluginType.f64.takes(.number(.nan)))
        #expect(!PluginType.f64.takes(.number(.infinity)) && !PluginType.f64.takes("1"))
        #expect(PluginType.i64.takes(big) && !PluginType.i64.takes(9_007_199_254_740_994))
        #expect(!PluginType.i64.takes(1.5) && !PluginType.i64.takes(.number(.nan)))
        #expect(
            PluginType.complex.takes(["re": 1, "im": 2]) && !PluginType.complex.takes(["re": 1])
        )
        #expect(PluginType.numbers.takes([1.5]) && !PluginType.numbers.takes([1, "a"]))
        #expect(!PluginType.numbers.takes(.list(List([1, .infinity]))))
        #expect(PluginType.integers.takes([1, 2]) && !PluginType.integers.takes([1, 2.5]))
        #expect(PluginType.bool.takes(true) && !PluginType.bool.takes(1))
        #expect(PluginType.string.takes("") && !PluginType.string.takes(nil))
        let rows = Expected(type: .bool, rows: 2)
        #expect(rows.takes([true, false]) && !rows.takes([true]) && !rows.takes([1, 0]))
        #expect(!Expected(type: .f64, rows: 1).takes(.list(List([Double.nan]))))
    }

    @Test func textOfAPluginCannotMoveTheCursor() {
        #expect(PlainText.line("a\u{1B}[31mb\r\nc\u{202E}d") == "a [31mb c d")
        #expect(PlainText.lastWords(Array(" \n\t ".utf8)) == nil)
        #expect(PlainText.lastWords([0x66, 0xFF, 0x67]) == "f\u{FFFD}g")
    }

    /// Random bodies, half of them a good one with a few bytes changed.
    @Test func randomAnswersNeverTrap() throws {
        var random = SeededRandom(seed: 4)
        let report = try Self.report()
        var good: [[UInt8]] = []
        var space = SharedSpace.none
        for answer in [
            .ready(report), .refused(PluginError(.startFailed, "p", "text", hint: "hint")),
            .value([1, 2, 3]), .value("text"), .fault(.inElement(1, .domain("text"))),
        ] as [HelperAnswer] {
            good.append(Array(answer.frame(number: 1, isWorn: false, &space).dropFirst(9)))
        }
        Self.withSpace(4096) { space in
            var taken = 0
            for round in 0..<100_000 {
                var body = good[Int(random.next() % 5)]
                if round % 2 == 0 {
                    body = (0..<Int(random.next() % 60)).map { _ in UInt8(random.next() & 255) }
                } else {
                    for _ in 0..<(1 + random.next() % 3) {
                        body[Int(random.next() % 65_536) % body.count] = UInt8(random.next() & 255)
                    }
                }
                let kind = UInt8(random.next() % 5)
                let answer = try? HelperAnswer(kind: kind, body, space, Self.plenty, plugin: "p")
                taken += answer == nil ? 0 : 1
            }
            // Some are answers by chance, and most are not.
            #expect(taken > 100 && taken < 50_000)
        }
    }

    private static func report() throws -> HelperReport {
        HelperReport(
            name: "p",
            version: "1",
            license: "MIT",
            homepage: "",
            confinement: ["seccomp"],
            operations: [
                .init(
                    name: "p.f",
                    signature: try PluginSignature("(x: f64, s: str = \"a\") -> str !"),
                    summary: "A text.",
                    examples: try PluginExample.lines("p.f(1) == \"a\"\np.f(2) fails 'domain'"),
                    marks: .pure,
                    cost: 3
                )
            ]
        )
    }

    // MARK: A helper that answers rubbish

    /// Answers `load` from a file, and each call with what its operand's bits choose.
    private static let rubbish = """
        #include <stdint.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        #include <fcntl.h>
        static uint64_t seed;
        static uint32_t next(void) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            return seed >> 33;
        }
        static void all(const void *p, size_t n) {
            while (n > 0) { ssize_t k = write(4, p, n); if (k <= 0) _exit(1); p = (char *)p + k; n -= k; }
        }
        static int take(void *p, size_t n) {
            while (n > 0) { ssize_t k = read(3, p, n); if (k <= 0) return 0; p = (char *)p + k; n -= k; }
            return 1;
        }
        static unsigned char frame[1 << 20], body[1 << 20];
        static void head(uint32_t length, uint32_t number, int kind) {
            unsigned char h[9];
            memcpy(h, &length, 4); memcpy(h + 4, &number, 4); h[8] = kind;
            all(h, 9);
        }
        int main(int count, char **words) {
            unsigned char request[9];
            uint32_t length, number;
            while (take(request, 9)) {
                memcpy(&length, request, 4); memcpy(&number, request + 4, 4);
                if (length > sizeof body || !take(body, length)) return 1;
                if (request[8] == 0) {
                    int file = open(words[1], O_RDONLY);
                    ssize_t size = read(file, frame, sizeof frame);
                    close(file);
                    memcpy(frame + 4, &number, 4);
                    all(frame, size);
                    continue;
                }
                double x;
                memcpy(&x, body + length - 12, 8);
                seed = (uint64_t)x * 7919 + 1;
                next(); next();
                size_t size = next() % 400;
                unsigned char bytes[400];
                for (size_t i = 0; i < size; i++) bytes[i] = next();
                switch ((uint64_t)x % 12) {
                case 0: all(bytes, size); return 0;
                case 1: head(next(), number, next() % 4); all(bytes, size); return 0;
                case 2: head(size, number, next()); all(bytes, size); break;
                case 3: head(size, number, next() % 4); all(bytes, size); break;
                case 4: { double bad[] = {0.0 / 0.0, 1.0 / 0.0}; unsigned char t = 3;
                          head(9, number, 2); all(&t, 1); all(&bad[next() % 2], 8); break; }
                case 5: { unsigned char t[10] = {5}; uint32_t n = next(), o = next(); t[5] = 1;
                          memcpy(t + 1, &n, 4); memcpy(t + 6, &o, 4);
                          head(10, number, 2); all(t, 10); break; }
                case 6: { unsigned char t[9] = {4, 4, 0, 0, 0, 'c', 'a', 'f', 0xe9};
                          head(9, number, 2); all(t, 9); break; }
                case 7: close(4); break;
                case 8: { unsigned char t[9] = {3}; head(9, number, 2); all(t, 9);
                          head(9, number, 2); all(t, 9); break; }
                case 9: { unsigned char t[9] = {3}; head(9, number + next(), 2); all(t, 9); break; }
                case 10: { unsigned char t[9] = {3, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f};
                           head(9, number, 2); all(t, 9); break; }
                default: head(0xffffffff, number, 2); for (;;) all(bytes, sizeof bytes);
                }
            }
            return 0;
        }
        """

    @Test func rubbishIsAFaultAndNothingElse() throws {
        var report = try Self.report()
        report.operations[0].signature = try PluginSignature("(x: f64) -> f64")
        var space = SharedSpace.none
        let frame = HelperAnswer.ready(report).frame(number: 0, isWorn: false, &space)
        let ready = FileManager.default.temporaryDirectory
            .appending(path: "calcburst-ready-\(UUID().uuidString)")
        try Data(frame).write(to: ready)
        defer { try? FileManager.default.removeItem(at: ready) }
        var limits = IsolationLimits()
        limits.call = .seconds(60)
        limits.start = .seconds(60)
        limits.pause = .zero
        limits.failures = .max
        let plugin = try IsolatedPlugin(
            file: "rubbish",
            path: "rubbish",
            program: HelperProgram(
                path: Hostile.program("rubbish", Self.rubbish),
                arguments: [ready.path]
            ),
            limits: limits
        )
        defer { plugin.stop() }
        var answers = 0
        var misdeeds: Set<Substring> = []
        for number in 0..<2000 {
            do {
                let value = try plugin.call("p.f", Double(number))
                answers += value == 1.5 ? 1 : 0
                // Of two answers at once the first may come alone; the second is found out later.
                #expect(value == 1.5 || value == 0 && number % 12 == 8)
            } catch let fault as Fault {
                if let words = Optional(fault).misdeed { misdeeds.insert(words.prefix(30)) }
            }
        }
        // One of twelve is a good answer: 10, 22 up to 1990. The others were told apart.
        #expect(answers == 166)
        #expect(misdeeds.count > 8)
    }
}
#endif
