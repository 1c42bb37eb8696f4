import CalcBurst
import CalcBurstFunctions
import CalcBurstMachine
import CalcBurstSource

/// Evaluates one text after another with the same variables.
struct Calculator {
    let engine: Engine
    private(set) var variables: [(name: String, value: Value)] = []
    private var types: [(name: String, type: ValueType)] = []

    init(_ engine: Engine) { self.engine = engine }

    /// The inputs of every text.
    var inputs: [(name: String, type: ValueType)] { types }

    /// A value, and what is known about how it came.
    struct Answer {
        let value: Value
        let program: Program
        let compileTime: Duration
        let runTime: Duration
    }

    /// Gives a variable a value; the last of several counts.
    mutating func define(
        _ name: String,
        as value: Value,
        for source: Source
    ) throws(CalculationError) {
        let type: [(name: String, type: ValueType)]
        do throws(SourceErrors) {
            type = try engine.types(of: [(name: name, value: value)], for: source)
        } catch {
            throw .source(error)
        }
        if let place = variables.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
            variables.remove(at: place)
            types.remove(at: place)
        }
        variables.append((name: name, value: value))
        types += type
    }

    func calculate(_ source: Source) throws(CalculationError) -> Answer {
        let clock = ContinuousClock()
        let start = clock.now
        let program: Program
        do throws(SourceErrors) {
            program = try engine.compile(source, inputs: types)
        } catch {
            throw .source(error)
        }
        let compiled = clock.now
        do throws(EvaluationError) {
            let frame = program.makeFrame()
            // What the text does not name need not be looked at.
            for (slot, input) in program.inputs.enumerated()
            where input.firstUse != nil && variables.indices.contains(slot) {
                try frame.set(slot, to: variables[slot].value)
            }
            let value = try frame.evaluate()
            return Answer(
                value: value,
                program: program,
                compileTime: compiled - start,
                runTime: clock.now - compiled
            )
        } catch {
            throw .evaluation(error)
        }
    }
}

extension CalculationError {
    /// What the command's status says about it.
    var status: ExitStatus {
        switch self {
        // The compiler says so of a program of its own that the verifier refuses.
        case .source where diagnostics.contains { $0.message.hasPrefix("a bug in CalcBurst") }: .bug
        case .source: .data
        case .evaluation(let error): error.code == .cancelled ? .interrupted : .evaluation
        }
    }
}

/// Texts of which nothing comes: blank, or only comments.
enum BlankText {
    static func isBlank(_ bytes: [UInt8]) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D:
                index += 1
            case UInt8(ascii: "#"):
                index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.endIndex
            case UInt8(ascii: "/") where bytes[index...].starts(with: "/*".utf8):
                guard let end = commentEnd(in: bytes, from: index + 2) else { return false }
                index = end
            default:
                return false
            }
        }
        return true
    }

    private static func commentEnd(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
                return index + 2
            }
            index += 1
        }
        return nil
    }
}
