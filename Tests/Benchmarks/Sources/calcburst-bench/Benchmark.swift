import CMuParser
import Foundation

/// Measures CalcBurst beside muParser over the expressions of a file.
@main
struct Benchmark {
    private static let rowCount = 256

    let effort: Effort
    let expressions: [Expression]

    static func main() {
        do {
            try run()
        } catch {
            FileHandle.standardError.write(Data("calcburst-bench: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() throws {
        var arguments = CommandLine.arguments.dropFirst()
        let short = arguments.first == "--short"
        if short { arguments.removeFirst() }
        guard let file = arguments.popFirst() else {
            throw Refusal(description: "usage: calcburst-bench [--short] EXPRESSIONS.json [ID...]")
        }
        let set = try JSONDecoder().decode(
            ExpressionSet.self,
            from: Data(contentsOf: URL(fileURLWithPath: file))
        )
        let chosen =
            arguments.isEmpty
            ? set.expressions : set.expressions.filter { arguments.contains($0.id) }
        guard !chosen.isEmpty else { throw Refusal(description: "no such expression") }
        let rows = try Benchmark(effort: short ? .short : .full, expressions: chosen).rows()
        print(machine())
        Report(rows: rows).print()
    }

    /// Checks and measures each expression; a wrong result ends the run.
    private func rows() throws -> [Row] {
        let ours = CalcBurstContender()
        let peer = MuParserContender()
        return try expressions.map { expression in
            let variables = expression.variables
            let prepared: [any Prepared] = try [
                ours.prepare(expression.expr, variables: variables),
                peer.prepare(expression.expr, variables: variables),
            ]
            try check(expression, prepared)

            let rows = expression.randomRows(count: Self.rowCount)
            var results = [Double](repeating: 0, count: Self.rowCount)
            let evaluation = try measure(
                effort,
                prepared.map { one in { try one.run(rows, count: $0, results: &results) } }
            )
            let parser = try PreparedParser(expression.expr, variables: variables)
            let compilation = try measure(
                effort,
                [
                    {
                        for _ in 0..<$0 {
                            _ = try ours.prepare(expression.expr, variables: variables)
                        }
                    },
                    { for _ in 0..<$0 { try parser.compile(expression.expr) } },
                ]
            )
            return Row(expression: expression, evaluation: evaluation, compilation: compilation)
        }
    }

    /// Holds the samples of the file, then every random row, against all engines.
    private func check(_ expression: Expression, _ prepared: [any Prepared]) throws {
        let samples = expression.sampleRows()
        let rows = expression.randomRows(count: Self.rowCount)
        var all: [[Double]] = []
        for (one, name) in zip(prepared, ["calcburst", "muparser"]) {
            var results = [Double](repeating: .nan, count: samples.count)
            try one.run(samples, count: samples.count, results: &results)
            for (sample, result) in zip(expression.samples, results)
            where !sample.result.matches(result) {
                throw Refusal(
                    description:
                        "wrong: \(name) \(expression.id) \(sample.values) gives \(result), not \(sample.result)"
                )
            }
            var drawn = [Double](repeating: .nan, count: rows.count)
            try one.run(rows, count: rows.count, results: &drawn)
            all.append(drawn)
        }
        for (row, pair) in zip(all[0], all[1]).enumerated() where !agree(pair.0, pair.1) {
            throw Refusal(
                description:
                    "wrong: \(expression.id), random row \(row): calcburst \(pair.0), muparser \(pair.1)"
            )
        }
    }
}
