import CalcBurst
import CalcBurstTesting
import Dispatch
import Testing

/// Programs on many threads, and evaluations that are stopped.
@Suite struct ConcurrencyTests {
    @Test func oneProgramRunsOnEightThreadsAtOnce() async throws {
        let program = try Engine.standard.compile(
            "let a = sqrt(x); sum(map(range(50), it * a)) + (x > 500 ? len(name) : try(1 / 0, 1))",
            inputs: ["x": .number, "name": .string]
        )
        @Sendable func answer(_ x: Double) -> Double {
            (0..<50).reduce(0) { $0 + Double($1) * x.squareRoot() } + (x > 500 ? 3 : 1)
        }
        await withTaskGroup { group in
            for thread in 0..<8 {
                group.addTask {
                    await DeepThread.result(stackSize: 512 << 10) {
                        let frame = program.makeFrame()
                        var wrong = 0
                        for step in 0..<200 {
                            let x = Double((thread * 200 + step) % 1000)
                            frame[0] = x
                            do {
                                try frame.set(1, to: "abc")
                                let found = try frame.run()
                                if abs(found - answer(x)) > 1e-9 * answer(x) { wrong += 1 }
                            } catch {
                                wrong += 1
                            }
                        }
                        return wrong
                    }
                }
            }
            for await wrong in group { #expect(wrong == 0) }
        }
    }

    @Test func anotherTaskCancelsALongEvaluation() async throws {
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        var engine = Engine.standard
        engine.limits.run.fuel = .max
        engine.limits.run.memory = .max
        // It goes on once it is cancelled, however long that takes: no limit comes first.
        let cancelled = DispatchSemaphore(value: 0)
        try engine.register("begin") { () -> Double in
            signal.yield()
            cancelled.wait()
            return 1
        }
        let work = Task { [engine] in
            await Result {
                () async throws(CalculationError) in
                try await engine.evaluateInBackground(
                    "begin() + sum(map(range(100000), n -> sum(map(range(1000), it * n))))"
                )
            }
        }
        for await _ in started { break }
        work.cancel()
        cancelled.signal()
        let result = await work.value
        guard case .failure(let error) = result else {
            Issue.record("it was not cancelled: \(result)")
            return
        }
        #expect(error.code == .cancelled)
    }

    @Test func evaluationStopsWhenItsTimeIsUp() throws {
        var engine = Engine.standard
        engine.limits.run.time = .zero
        #expect(try engine.evaluate("1 + 1") == 2)
        for text in [
            "sum(map(range(100000), it * 2))", "try(sum(map(range(100000), it * 2)), 0)",
            "sum(range(100000) * 2)",
        ] {
            let error = #expect(throws: CalculationError.self) { try engine.evaluate(text) }
            #expect(error?.code == .limitExceeded, "\(text)")
            #expect(error?.diagnostics.first?.limit?.name == "time-ms", "\(text)")
            #expect(error?.diagnostics.first?.range == SourceRange(0, text.utf8.count), "\(text)")
        }
    }

    /// Calls of functions alone, without a list: the deadline is looked at there too.
    @Test func deadlineStopsStraightCode() throws {
        var engine = Engine()
        engine.limits.run.fuel = 1_000_000_000
        engine.limits.run.time = .milliseconds(1)
        var text = "fn f0(x) = x + 1; "
        for level in 1...29 { text += "fn f\(level)(x) = f\(level - 1)(f\(level - 1)(x)); " }
        let program = try engine.compile(text + "f29(x)", inputs: ["x": .number])
        #expect(program.cost ?? 0 > 1_000_000)
        let frame = program.makeFrame()
        frame[0] = 0
        let error = #expect(throws: EvaluationError.self) { try frame.run() }
        #expect(error?.diagnostic.limit?.name == "time-ms")
    }
}

extension Result where Failure == CalculationError {
    fileprivate init(_ body: () async throws(CalculationError) -> Success) async {
        do throws(CalculationError) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
