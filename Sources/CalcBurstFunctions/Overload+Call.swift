extension Overload {
    /// Calls the code with operands of its types, whole; the one door to an implementation that is
    /// not an instruction of its own.
    ///
    /// Charges 1 unit of fuel for each element and for each 16 bytes of the operands, before the
    /// work. The result is finite.
    package func call(_ operands: [Value], _ meter: inout Meter) throws(Fault) -> Value {
        switch implementation {
        case .unary(let body):
            guard operands.count == 1 else { return .null }
            return scalar(try body(operands[0].slot).finite())
        case .binary(let body), .fold(let body):
            guard operands.count == 2 else { return .null }
            return scalar(try body(operands[0].slot, operands[1].slot).finite())
        case .ternary(let body):
            guard operands.count == 3 else { return .null }
            return scalar(
                try body(operands[0].slot, operands[1].slot, operands[2].slot).finite()
            )
        case .quinary(let body):
            guard operands.count == 5 else { return .null }
            return scalar(
                try body(
                    operands[0].slot,
                    operands[1].slot,
                    operands[2].slot,
                    operands[3].slot,
                    operands[4].slot
                ).finite()
            )
        case .values(let body):
            try meter.charge(fuel: operands.reduce(0) { $0 + $1.weight })
            return try body(operands, &meter)
        case .form:
            return .null
        }
    }

    /// Whether the code works on plain numbers and gives one.
    package var isScalar: Bool {
        switch implementation {
        case .unary, .binary, .ternary, .quinary, .fold: true
        case .values, .form: false
        }
    }

    /// Whether its scalar result is a truth value.
    package var givesBool: Bool { signature?.result == .bool }

    private func scalar(_ slot: Double) -> Value {
        givesBool ? .bool(slot != 0) : .number(slot)
    }
}

extension Value {
    /// The value as the machine keeps numbers and booleans: 8 bytes, true is 1.
    package var slot: Double {
        switch self {
        case .number(let number): number
        case .bool(let bool): bool ? 1 : 0
        case .null, .string, .list, .record: 0
        }
    }

    /// What looking at the whole value costs, beyond the call: elements, and bytes by 16.
    package var weight: Int {
        switch self {
        case .null, .bool, .number, .record: 0
        case .string(let text): text.utf8.count / 16
        case .list(let list): list.count
        }
    }
}
