package import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstMachine
import CalcBurstSource

/// Calculations as the members of answers.
package enum CalculationDocument {
    /// The members of a calculation that is kept, or would have been.
    package static func members(
        _ calculation: Calculation,
        isStored: Bool,
        showsID: Bool = true
    ) -> [(name: String, value: Value)] {
        var members: [(name: String, value: Value)] = []
        if showsID { members.append(("calculation_id", .string(calculation.id))) }
        switch calculation.request {
        case .operation(let name, let operands):
            members.append(("operation", .string(name)))
            members.append(("operands", .list(List(operands))))
            members.append(("result", calculation.result))
        case .expression(let text, let variables):
            members.append(("expression", .string(text)))
            members.append(("variables", .record(variables)))
            members.append(("result", calculation.result))
            members.append(("type", .string(calculation.resultType)))
        }
        members.append(("execution_time_ms", .number(calculation.milliseconds)))
        members.append(("timestamp", .string(calculation.time.description)))
        members.append(("stored", .bool(isStored)))
        return members
    }

    /// What the request wanted to know besides the result, and what there is to say about its text.
    static func extras(
        _ answer: Evaluator.Answer,
        _ includes: Set<CalculationMessage.Inclusion>
    ) -> [(name: String, value: Value)] {
        var members: [(name: String, value: Value)] = []
        if includes.contains(.cost) {
            members.append(("cost", .object([("fuel", .count(answer.fuel))])))
        }
        guard let program = answer.program else { return members }
        if includes.contains(.bytecode) {
            members.append(("bytecode", listing(program)))
        }
        if !program.warnings.isEmpty {
            let warnings = program.warnings.map {
                DiagnosticJSON.value(of: $0, source: answer.source)
            }
            members.append(("warnings", .array(warnings)))
        }
        return members
    }

    /// The program, a line for each instruction.
    static func listing(_ program: Program) -> Value {
        .array(program.disassembly.split(separator: "\n").map { .string(String($0)) })
    }

    /// The tag of a calculation, which never changes while it is kept.
    static func tag(of calculation: Calculation) -> String {
        let text = JSON.write(.object(members(calculation, isStored: true)))
        return "\"\(Fingerprint.text(of: text))\""
    }
}

/// Short names for texts, to see whether they are the same: the 64 bits of FNV-1a.
///
/// Not for secrets, and not for texts that somebody chooses to collide: tags and cursors harm only
/// the one who makes them up.
enum Fingerprint {
    static func text(of text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
