import CalcBurstFunctions

/// Which lanes of a list are looked at; as deep as the choices around it are.
indirect enum Mask {
    case all(Bool)
    case lanes([Mask])

    /// The lanes of a value that pass a test and lie within the lanes around it.
    init(of value: Value, within outer: Mask?, _ test: (Value) -> Bool) {
        switch (value, outer) {
        case (_, .all(false)?):
            self = .all(false)
        case (.list(let list), _):
            var lanes: [Mask] = []
            for (lane, element) in list.enumerated() {
                lanes.append(Mask(of: element, within: outer?[lane], test))
            }
            self = .lanes(lanes)
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.record, _):
            self = test(value) ? outer ?? .all(true) : .all(false)
        }
    }

    /// The mask of one lane; a lane that the mask does not have is not looked at.
    subscript(lane: Int) -> Mask {
        switch self {
        case .all: self
        case .lanes(let lanes): lane < lanes.count ? lanes[lane] : .all(false)
        }
    }

    var selectsAny: Bool {
        switch self {
        case .all(let selected): selected
        case .lanes(let lanes): lanes.contains { $0.selectsAny }
        }
    }
}

/// Work that is done lane by lane; a value beside a list stands for each of its lanes.
enum Lanewise {
    /// Calls a function on the elements of its operands, through as many lists as `excess` says.
    static func lift(
        _ overload: Overload,
        _ operands: [Value],
        _ excess: [Int],
        _ mask: Mask?,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        let lifted = operands.indices.filter { excess[$0] > 0 }
        guard let first = lifted.first else {
            // Nobody looks at what stands in a lane that is not selected.
            if let mask, !mask.selectsAny { return .null }
            return try overload.call(operands, &meter)
        }
        let length = operands[first].elements.count
        for other in lifted.dropFirst() where operands[other].elements.count != length {
            throw .lengthMismatch(length, operands[other].elements.count)
        }
        try meter.makeList(count: length)
        var results: [Value] = []
        for lane in 0..<length {
            var parts = operands
            var inner = excess
            for position in lifted {
                parts[position] = operands[position].elements[lane]
                inner[position] -= 1
            }
            results.append(try lift(overload, parts, inner, mask?[lane], &meter))
        }
        return .list(List(results))
    }

    static func combine(
        _ left: Value,
        _ right: Value,
        _ meter: inout Meter,
        _ rule: (Bool, Bool) -> Bool
    ) throws(Fault) -> Value {
        guard let length = try commonLength(left, right) else {
            return .bool(rule(left.flag, right.flag))
        }
        try meter.makeList(count: length)
        var results: [Value] = []
        for lane in 0..<length {
            results.append(try combine(left.lane(lane), right.lane(lane), &meter, rule))
        }
        return .list(List(results))
    }

    static func choose(
        _ mask: Value,
        _ then: Value,
        _ otherwise: Value,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard case .list(let lanes) = mask else { return mask.flag ? then : otherwise }
        _ = try commonLength(mask, then)
        _ = try commonLength(mask, otherwise)
        try meter.makeList(count: lanes.count)
        var results: [Value] = []
        for (lane, choice) in lanes.enumerated() {
            results.append(try choose(choice, then.lane(lane), otherwise.lane(lane), &meter))
        }
        return .list(List(results))
    }

    static func fill(
        _ values: Value,
        _ fallbacks: Value,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard case .list(let list) = values else { return values.isNull ? fallbacks : values }
        _ = try commonLength(values, fallbacks)
        try meter.makeList(count: list.count)
        var results: [Value] = []
        for (lane, value) in list.enumerated() {
            results.append(try fill(value, fallbacks.lane(lane), &meter))
        }
        return .list(List(results))
    }

    /// The length of the lists among two operands; nil if neither is one.
    private static func commonLength(_ left: Value, _ right: Value) throws(Fault) -> Int? {
        var lengths: [Int] = []
        for value in [left, right] {
            if case .list(let list) = value { lengths.append(list.count) }
        }
        if lengths.count == 2, lengths[0] != lengths[1] {
            throw .lengthMismatch(lengths[0], lengths[1])
        }
        return lengths.first
    }
}

extension Value {
    /// The value of one lane.
    fileprivate func lane(_ lane: Int) -> Value {
        if case .list(let list) = self { list[lane] } else { self }
    }
}
