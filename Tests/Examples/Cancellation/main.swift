// Limits stop what takes too much; cancelling the task stops what takes too long.
import CalcBurst

// A thousand times a function that calls another twice, and so on: 2^20 steps for each element.
let doubled = (1...20).map { "fn f\($0)(x) = f\($0 - 1)(f\($0 - 1)(x));" }.joined(separator: "\n")
let text = "fn f0(x) = x + 1;\n\(doubled)\nsum(range(1000), f20(it))"

var frugal = Limits.untrusted
// Without a clock the fuel decides, however slow the machine is.
frugal.run.time = nil
do {
    _ = try Engine(limits: frugal).evaluate(text)
} catch {
    print(error.code, error.diagnostics[0].limit?.name ?? "")
}

var patient = Limits()
patient.run.fuel = 1_000_000_000
let engine = Engine(limits: patient)
let work = Task { try await engine.evaluateInBackground(text) }
work.cancel()
do {
    print(try await work.value)
} catch let stop as CalculationError {
    print(stop.code)
}
