import CalcBurst
import CalcBurstTesting

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// Counts the allocations of running programs, and of nothing else.
//
// Reads lines of the corpus that give a value, from standard input. For each it compiles the text,
// makes a frame, sets the inputs and runs once; then it counts over as many runs as the first
// argument says, with the inputs set by slot before each. Prints the count and the line.
// `AllocationTests` builds the counter and preloads it.

typealias Counter = @convention(c) (CInt) -> Int

guard let symbol = unsafe dlsym(nil, "calcburst_count_allocations") else {
    print("the counter is not preloaded")
    exit(2)
}
let count = unsafe unsafeBitCast(symbol, to: Counter.self)
let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000

while let text = readLine() {
    guard let line = Corpus.line(text) else {
        print("not a line: \(text)")
        exit(2)
    }
    do {
        let program = try Engine.standard.compile(
            line.text,
            inputs: line.given.map { (name: $0.name, type: ValueType(of: $0.value)) }
        )
        let frame = program.makeFrame()
        for (slot, input) in line.given.enumerated() { try frame.set(slot, to: input.value) }
        let isScalar = line.isScalar
        let inputs = isScalar ? line.given.indices.map { frame[$0] } : []
        _ = try frame.evaluate()
        var allocations = count(1)
        for _ in 0..<runs {
            if isScalar {
                var slot = 0
                while slot < inputs.count {
                    frame[slot] = inputs[slot]
                    slot += 1
                }
                _ = try frame.run()
            } else {
                _ = try frame.evaluate()
            }
        }
        allocations = count(0) - allocations
        print("\(allocations) \(text)")
    } catch {
        print("no answer: \(text)")
        exit(2)
    }
}
