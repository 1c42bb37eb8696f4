import CalcBurst
import CalcBurstTesting
import Foundation
import Testing

/// Holds the executors to each other on programs that nobody thought of.
@Suite struct RandomProgramTests {
    /// How many programs are made: `CALCBURST_RANDOM_PROGRAMS` says, for release builds 100,000.
    static let count =
        ProcessInfo.processInfo.environment["CALCBURST_RANDOM_PROGRAMS"].flatMap { Int($0) }
        ?? 4_000
    static let shards = 16

    /// Small limits, so that they are met too and no program takes long.
    static let engine: Engine = {
        var limits = Limits()
        limits.run.fuel = 20_000
        limits.run.listLength = 300
        limits.run.stringLength = 2_000
        limits.run.memory = 100_000
        return Engine(limits: limits)
    }()

    private static let library = engine.library.functions

    @Test(arguments: 0..<shards)
    func executorsAgree(_ shard: Int) {
        var tally = Tally()
        for number in 0..<(Self.count / Self.shards) {
            let seed = UInt64(shard) << 32 | UInt64(number)
            var generator = ProgramGenerator(library: Self.library, seed: seed)
            let program = generator.program()
            let run = Agreement(program.text, inputs: program.inputs, engine: Self.engine)
            tally.add(run)
            guard !run.differences.isEmpty else { continue }
            let given = program.inputs
                .filter { program.text.contains($0.name) }
                .map { "\($0.name): \($0.type) = \(JSON.write($0.value))" }
            Issue.record(
                "seed \(seed): \(program.text)\n\(given.joined(separator: ", "))\n\(run.differences)"
            )
        }
        // Programs that do not check, or always fail, would hold nothing to anything.
        #expect(tally.checked * 3 > tally.total * 2, "\(tally)")
        #expect(tally.values * 3 > tally.total, "\(tally)")
    }

    struct Tally {
        var total = 0
        var checked = 0
        var values = 0
        var codes: [String: Int] = [:]

        mutating func add(_ run: Agreement) {
            total += 1
            switch run.outcome {
            case .value?: values += 1
            case .fault(let fault, _)?: codes[fault.code.rawValue, default: 0] += 1
            case .refused(let diagnostic)?: codes[diagnostic.code.rawValue, default: 0] += 1
            case nil:
                codes[
                    run.errors.first { $0.severity == .error }?.code.rawValue ?? "",
                    default: 0
                ] +=
                    1
                return
            }
            checked += 1
        }
    }
}
