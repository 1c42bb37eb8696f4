#if Server
import CalcBurstService
import Dispatch
import Logging
import Testing

@testable import CalcBurstServer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@Suite struct ServerPartsTests {
    @Test(arguments: [
        // The example of RFC 9110 5.6.7, then from Python's email.utils.formatdate.
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_825_600, "Tue, 29 Feb 2000 12:00:00 GMT"),
        (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
        (1_797_638_400, "Sat, 19 Dec 2026 00:00:00 GMT"),
    ])
    func datesAreWrittenAsTheStandardSays(second: Int64, text: String) {
        #expect(HTTPDate.text(of: second) == text)
    }

    @Test(arguments: [
        ("localhost", "localhost"), ("LOCALHOST:8080", "localhost"), ("localhost.", "localhost"),
        ("[::1]:80", "[::1]"), ("[::1]", "[::1]"), ("127.0.0.1:", "127.0.0.1"),
        ("", nil), (":80", nil), (".", nil), ("a b", nil), ("a@b", nil), ("a:b", nil),
        ("a:123456", nil), ("::1", nil), ("[]", nil), ("[::1", nil), ("[g]", nil), ("a/b", nil),
        ("caf\u{E9}", nil),
    ])
    func hostsAreReadWithOrWithoutAPort(text: String, name: String?) {
        #expect(HostCheck.name(of: text) == name)
    }

    @Test func nothingThatIsLoggedBeginsALineOfItsOwn() {
        var line = JSONLine()
        let forged = "a\r\n{\"level\":\"info\"}\u{0}\u{1B}[2J\u{7F}\u{85}\u{2028}\\é"
        line.add("message", forged)
        let text = String(decoding: line.finished, as: UTF8.self)
        let expected =
            #"{"message":"a\u000d\u000a{\"level\":\"info\"}\u0000\u001b[2J\u007f\u0085\u2028\\é"}"#
        #expect(text == expected + "\n")
    }

    @Test func linesAreDroppedWhileNobodyReadsAndCountedAfterwards() async throws {
        var ends: [CInt] = [-1, -1]
        try #require(unsafe pipe(&ends) == 0)
        let output = LogOutput(descriptor: ends[1], capacity: 1000)
        let line = Array(repeating: UInt8(ascii: "x"), count: 99) + [UInt8(ascii: "\n")]
        // A pipe holds 64 KiB; the writer then waits, and 1000 bytes wait for it.
        for _ in 0..<5000 { output.write(line) }
        var read: [UInt8] = []
        var buffer: [UInt8] = Array(repeating: 0, count: 1 << 16)
        while !String(decoding: read, as: UTF8.self).contains("dropped") {
            let count = readSome(ends[0], &buffer, 1 << 16)
            try #require(count > 0)
            read += buffer[..<count]
            output.write(line)
        }
        await output.flush(within: .seconds(60))
        close(ends[0])
        close(ends[1])
        #expect(read.count < 400_000)
    }

    @Test func aFullPoolRefusesAtOnceAndLetsInAgainLater() async {
        let pool = EvaluationPool(threads: 1, queue: 1)
        let gate = Gate()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<3 {
                group.addTask { await pool.run { gate.wait() } != nil }
            }
            // One runs and one waits, so the first that is over is the one that was refused.
            #expect(await group.next() == false)
            gate.open()
            gate.open()
            #expect(await group.next() == true)
            #expect(await group.next() == true)
        }
        #expect(await pool.run { 4 } == 4)
        await pool.shutDown()
    }

    @Test func aFullPoolIsOverloadedButHealthAndDocumentsAnswer() async {
        let api = CalculationAPI()
        let pool = EvaluationPool(threads: 1, queue: 0)
        let documents = EvaluationPool(threads: 1, queue: 100)
        var logger = Logger(label: "test") { _ in JSONLogHandler() }
        logger.logLevel = .critical
        let responder = CalculationResponder(
            api: api,
            store: ReadyStore(),
            journal: Journal(metrics: api.metrics, logger: logger),
            evaluations: pool,
            documents: documents
        )
        let gate = Gate()
        async let running = pool.run { gate.wait() }
        await gate.untilEntered()
        let sum = APIRequest(method: "GET", path: "/v1/evaluate", query: "expr=1")
        let refusal = await responder.answer(sum)
        #expect(refusal.status == 503)
        #expect(refusal.facts.code == "overloaded")
        #expect(refusal.headers["Retry-After"] == "1")
        for path in ["/health", "/ready", "/metrics", "/v1/limits", "/v1/functions"] {
            #expect(await responder.answer(APIRequest(method: "GET", path: path)).status == 200)
        }
        gate.open()
        _ = await running
        #expect(await responder.answer(sum).status == 200)
        await pool.shutDown()
        await documents.shutDown()
    }
}

/// The system's `read`, which a local name may hide.
private func readSome(_ descriptor: CInt, _ bytes: inout [UInt8], _ count: Int) -> Int {
    unsafe read(descriptor, &bytes, count)
}

/// A store that is always ready and keeps nothing.
private struct ReadyStore: CalculationStore {
    var backend: String { "memory" }

    func perform(_ request: StoreRequest) async -> StoreOutcome { .ready }
}

/// Holds a thread of a pool until it is told.
private final class Gate: Sendable {
    // A test waits as a task: a semaphore would hold one of the few threads that tasks have.
    private let entered = AsyncStream.makeStream(of: Void.self)
    private let opened = DispatchSemaphore(value: 0)

    func wait() {
        entered.continuation.yield()
        opened.wait()
    }

    func untilEntered() async {
        for await _ in entered.stream { return }
    }

    func open() { opened.signal() }
}
#endif
