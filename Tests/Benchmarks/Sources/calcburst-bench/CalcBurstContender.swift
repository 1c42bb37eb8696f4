import CalcBurst

/// CalcBurst, called through the interface for hosts that evaluate often: numbers by slot.
///
/// This is the only file here that knows the engine.
struct CalcBurstContender: Contender {
    let name = "calcburst"

    func prepare(_ text: String, variables: [String]) throws -> any Prepared {
        PreparedProgram(try compile(text, variables: variables))
    }

    private func compile(_ text: String, variables: [String]) throws -> Program {
        try Engine.standard.compile(
            text,
            inputs: variables.map { (name: $0, type: .number) }
        )
    }
}

private final class PreparedProgram: Prepared {
    private let program: Program

    init(_ program: Program) { self.program = program }

    func run(_ rows: Rows, count: Int, results: inout [Double]) throws {
        let frame = program.makeFrame()
        let columns = rows.columns
        let values = rows.values.span
        var output = results.mutableSpan
        var row = 0
        for _ in 0..<count {
            let first = row * columns
            for column in 0..<columns { frame[column] = values[first + column] }
            output[row] = try frame.run()
            row = row + 1 == rows.count ? 0 : row + 1
        }
    }
}
