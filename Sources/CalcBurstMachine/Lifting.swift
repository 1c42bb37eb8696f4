import CalcBurstFunctions

/// Runs an overload element by element over lists of equal length, through lists of lists too.
struct Lifting {
    private let overload: Overload
    private let givesBool: Bool

    init(_ overload: Overload) {
        self.overload = overload
        givesBool = overload.givesBool
    }

    /// The results, lane by lane.
    ///
    /// `excess` says through how many lists each operand goes; one with none is the same in every
    /// lane. Lanes that the mask does not select, or does not have, are not evaluated and hold a
    /// value that nobody reads; their lists have the lengths of the operands all the same. The
    /// recursion is as deep as the lists, which are at most 128 deep.
    func run(
        _ operands: [Value],
        _ excess: [Int],
        _ mask: Value?,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        var length: Int?
        for (operand, levels) in zip(operands, excess) where levels > 0 {
            let count = operand.elements.count
            if let length, length != count { throw .lengthMismatch(length, count) }
            length = count
        }
        guard let length else {
            if let mask, !Lanes.any(mask) { return .null }
            return try overload.call(operands, &meter)
        }
        try meter.makeList(count: length)
        let isFlat = excess.allSatisfy { $0 <= 1 }
        if isFlat, let rows = overload.rows {
            return .list(try inOneGo(rows, operands, excess, mask, length, &meter))
        }
        if isFlat, overload.isScalar, let result = try flat(operands, excess, mask, length) {
            return result
        }
        let inner = excess.map { max(0, $0 - 1) }
        var results: [Value] = []
        results.reserveCapacity(length)
        for lane in 0..<length {
            let parts = zip(operands, excess).map { operand, levels in
                levels > 0 ? operand.elements[lane] : operand
            }
            results.append(try run(parts, inner, mask.map { Self.lane($0, lane) }, &meter))
        }
        return .list(List(mask == nil ? results : Lanes.withoutHoles(results)))
    }

    /// The mask of one lane.
    private static func lane(_ mask: Value, _ lane: Int) -> Value {
        guard case .list(let lanes) = mask else { return mask }
        return lane < lanes.count ? lanes[lane] : .bool(false)
    }

    /// Numbers and truth values in plain arrays.
    private func flat(
        _ operands: [Value],
        _ excess: [Int],
        _ mask: Value?,
        _ length: Int
    ) throws(Fault) -> Value? {
        var columns: [Column] = []
        for (operand, levels) in zip(operands, excess) {
            guard let column = Column(operand, levels) else { return nil }
            columns.append(column)
        }
        var selected: [Bool]?
        if let mask {
            var flags: [Bool] = []
            flags.reserveCapacity(length)
            for lane in 0..<length {
                guard case .bool(let flag) = Self.lane(mask, lane) else { return nil }
                flags.append(flag)
            }
            selected = flags
        }
        var results = [Double](repeating: 0, count: length)
        switch overload.implementation {
        case .unary(let body):
            for lane in 0..<length where selected?[lane] ?? true {
                results[lane] = try body(columns[0][lane]).finite()
            }
        case .binary(let body), .fold(let body):
            let (left, right) = (columns[0], columns[1])
            for lane in 0..<length where selected?[lane] ?? true {
                results[lane] = try body(left[lane], right[lane]).finite()
            }
        case .ternary(let body):
            for lane in 0..<length where selected?[lane] ?? true {
                results[lane] =
                    try body(columns[0][lane], columns[1][lane], columns[2][lane]).finite()
            }
        case .quinary(let body):
            for lane in 0..<length where selected?[lane] ?? true {
                results[lane] =
                    try body(
                        columns[0][lane],
                        columns[1][lane],
                        columns[2][lane],
                        columns[3][lane],
                        columns[4][lane]
                    ).finite()
            }
        case .values, .form:
            return nil
        }
        return .list(givesBool ? List(results.map { $0 != 0 }) : List(results))
    }

    /// All lanes by one call of the overload's own; of a mask, the lanes that it selects.
    private func inOneGo(
        _ rows: Overload.Rows,
        _ operands: [Value],
        _ excess: [Int],
        _ mask: Value?,
        _ length: Int,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        let selected = mask.map { mask in
            (0..<length).filter { Self.lane(mask, $0) == .bool(true) }
        }
        let columns = zip(operands, excess).map { operand, levels -> Overload.Column in
            guard levels > 0 else { return .same(operand) }
            return .each(selected.map { operand.elements.picking($0) } ?? operand.elements)
        }
        let results: List
        do throws(Fault) {
            results = try rows(columns, selected?.count ?? length, &meter)
        } catch .inElement(let row, let fault) {
            let lane = selected.flatMap { row < $0.count ? $0[row] : nil } ?? row
            throw .inElement(lane, fault)
        }
        guard let selected else { return results }
        return Self.spread(results, over: selected, of: length)
    }

    /// The results in their lanes; the lanes between hold what nobody reads.
    private static func spread(_ results: List, over lanes: [Int], of length: Int) -> List {
        switch results.storage {
        case .numbers(let numbers):
            var spread = [Double](repeating: 0, count: length)
            for (lane, number) in zip(lanes, numbers) { spread[lane] = number }
            return List(storage: .numbers(spread))
        case .bools(let bools):
            var spread = [Bool](repeating: false, count: length)
            for (lane, bool) in zip(lanes, bools) { spread[lane] = bool }
            return List(storage: .bools(spread))
        case .values(let values):
            var spread = [Value](repeating: .null, count: length)
            for (lane, value) in zip(lanes, values) { spread[lane] = value }
            return List(Lanes.withoutHoles(spread))
        }
    }

    /// One operand of a flat run: a plain array, or the same number in every lane.
    private struct Column {
        private let numbers: [Double]
        private let isOne: Bool

        init?(_ operand: Value, _ levels: Int) {
            guard levels > 0 else {
                numbers = [operand.slot]
                isOne = true
                return
            }
            isOne = false
            switch operand.elements.storage {
            case .numbers(let numbers): self.numbers = numbers
            case .bools(let bools): numbers = bools.map { $0 ? 1 : 0 }
            case .values(let values): numbers = values.map(\.slot)
            }
        }

        subscript(lane: Int) -> Double { numbers[isOne ? 0 : lane] }
    }
}
