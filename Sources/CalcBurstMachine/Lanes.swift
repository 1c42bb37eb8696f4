import CalcBurstFunctions

/// Choosing lane by lane under masks, which are truth values, lists of them, or lists of lists.
///
/// Where one side has a list and the other a single value, the value stands for every lane. Each
/// recursion is as deep as the lists, which are at most 128 deep.
enum Lanes {
    /// The mask of the lanes that are meant, and only where the mask around it is true.
    static func select(
        _ value: Value,
        _ selection: Operation.Selection,
        within outer: Value?
    ) -> Value {
        if case .bool(false)? = outer { return .bool(false) }
        switch value {
        case .list(let list):
            var around: List?
            if case .list(let lanes)? = outer { around = lanes }
            var results: [Value] = []
            results.reserveCapacity(list.count)
            for (lane, element) in list.enumerated() {
                // Of unequal lengths the operation itself speaks; here a lane too many is off.
                let mask = around.map { lane < $0.count ? $0[lane] : .bool(false) }
                results.append(select(element, selection, within: mask))
            }
            return .list(List(results))
        case .null, .bool, .number, .string, .record:
            let isMeant =
                switch selection {
                case .whereTrue: value.flag
                case .whereFalse: !value.flag
                case .whereNull: value.isNull
                }
            guard isMeant else { return .bool(false) }
            return outer ?? .bool(true)
        }
    }

    /// Whether a mask selects any lane at all.
    static func any(_ mask: Value) -> Bool {
        switch mask {
        case .bool(let flag): flag
        case .list(let list): list.contains { any($0) }
        case .null, .number, .string, .record: false
        }
    }

    static func and(
        _ left: Value,
        _ right: Value,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        try combine(left, right, &meter) { $0 && $1 }
    }

    static func or(
        _ left: Value,
        _ right: Value,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        try combine(left, right, &meter) { $0 || $1 }
    }

    private static func combine(
        _ left: Value,
        _ right: Value,
        _ meter: inout Meter,
        _ rule: (Bool, Bool) -> Bool
    ) throws(Fault) -> Value {
        guard let length = try length(left, right) else {
            return .bool(rule(left.flag, right.flag))
        }
        try meter.makeList(count: length)
        var results: [Value] = []
        results.reserveCapacity(length)
        for lane in 0..<length {
            results.append(try combine(part(left, lane), part(right, lane), &meter, rule))
        }
        return .list(List(results))
    }

    /// `then` where the mask is true, `otherwise` where it is false.
    static func choose(
        _ mask: Value,
        _ then: Value,
        _ otherwise: Value,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard case .list(let lanes) = mask else { return mask.flag ? then : otherwise }
        for arm in [then, otherwise] {
            if case .list(let list) = arm, list.count != lanes.count {
                throw .lengthMismatch(lanes.count, list.count)
            }
        }
        try meter.makeList(count: lanes.count)
        var results: [Value] = []
        results.reserveCapacity(lanes.count)
        for (lane, mask) in lanes.enumerated() {
            results.append(try choose(mask, part(then, lane), part(otherwise, lane), &meter))
        }
        return .list(List(results))
    }

    /// The values, and the fallbacks where they are null.
    static func fill(
        _ values: Value,
        _ fallbacks: Value,
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        guard case .list(let list) = values else { return values.isNull ? fallbacks : values }
        if case .list(let others) = fallbacks, others.count != list.count {
            throw .lengthMismatch(list.count, others.count)
        }
        try meter.makeList(count: list.count)
        var results: [Value] = []
        results.reserveCapacity(list.count)
        for (lane, value) in list.enumerated() {
            results.append(try fill(value, part(fallbacks, lane), &meter))
        }
        return .list(List(results))
    }

    /// Holes filled with a value of the others' kind, so that the list stays a plain one.
    static func withoutHoles(_ results: [Value]) -> [Value] {
        guard let first = results.first(where: { !$0.isNull }) else { return results }
        switch first {
        case .number: return results.map { $0.isNull ? .number(0) : $0 }
        case .bool: return results.map { $0.isNull ? .bool(false) : $0 }
        case .null, .string, .list, .record: return results
        }
    }

    private static func length(_ left: Value, _ right: Value) throws(Fault) -> Int? {
        switch (left, right) {
        case (.list(let a), .list(let b)):
            guard a.count == b.count else { throw .lengthMismatch(a.count, b.count) }
            return a.count
        case (.list(let list), _), (_, .list(let list)): return list.count
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.record, _): return nil
        }
    }

    private static func part(_ value: Value, _ lane: Int) -> Value {
        if case .list(let list) = value { list[lane] } else { value }
    }
}
