import CalcBurstFunctions

/// The expressions of a type: operators, forms, and every function that gives it.
extension ProgramGenerator {
    mutating func expression(_ type: ValueType, _ depth: Int) -> String {
        guard depth > 0, !random.chance(1, in: 7) else { return leaf(type) }
        let below = depth - 1
        switch random.below(10) {
        case 0: return choice(type, below)
        case 1: return part(type, below)
        case 2, 3, 4: return call(type, below) ?? ownKind(type, below)
        case 5: return declaredCall(type, below) ?? ownKind(type, below)
        case _: return ownKind(type, below)
        }
    }

    /// Forms that give a value of any type.
    private mutating func choice(_ type: ValueType, _ depth: Int) -> String {
        let (a, b) = (expression(type, depth), expression(type, depth))
        switch random.below(6) {
        case 0: return "(\(expression(.bool, depth)) ? \(a) : \(b))"
        case 1: return "if(\(expression(.bool, depth)), \(a), \(b))"
        case 2, 3, 4: return "try(\(a), \(b))"
        case _:
            let key: ValueType = random.chance(1, in: 2) ? .number : .string
            return "switch(\(expression(key, depth)), \(leaf(key)), \(a), \(leaf(key)), \(b), \(a))"
        }
    }

    /// A part of something larger.
    private mutating func part(_ type: ValueType, _ depth: Int) -> String {
        if case .record(let record) = Self.record, random.chance(1, in: 2) {
            let fields = record.fields.filter { $0.type == type }.map(\.name)
            if let field = random.element(of: fields) {
                return "\(expression(Self.record, depth)).\(field)"
            }
            if case .list(let element) = type {
                let lifted = record.fields.filter { $0.type == element }.map(\.name)
                if let field = random.element(of: lifted) {
                    return "\(expression(.list(Self.record), depth)).\(field)"
                }
            }
        }
        let position =
            random.chance(3, in: 4)
            ? random.chance(1, in: 2) ? "0" : "-1" : expression(.number, depth)
        return "\(expression(.list(type), depth))[\(position)]"
    }

    private mutating func declaredCall(_ type: ValueType, _ depth: Int) -> String? {
        let fitting = functions.filter { $0.result == type }
        guard let function = random.element(of: fitting) else { return nil }
        let operands = function.parameters.map { expression($0, depth) }
        return "\(function.name)(\(operands.joined(separator: ", ")))"
    }

    // MARK: What only some types have

    private mutating func ownKind(_ type: ValueType, _ depth: Int) -> String {
        switch type {
        case .never, .null, .mixed: return leaf(type)
        case .number: return arithmetic(.number, .number, depth)
        case .bool: return truth(depth)
        case .string:
            return "(\(expression(.string, depth)) + \(expression(.string, depth)))"
        case .list(let element): return list(element, depth)
        case .record(let record):
            let fields = record.fields.map { "\($0.name): \(expression($0.type, depth))" }
            return "{" + fields.joined(separator: ", ") + "}"
        case .optional(let inner):
            if random.chance(1, in: 2) { return "find(\(expression(.list(inner), depth)), true)" }
            return "if(\(expression(.bool, depth)), null, \(expression(inner, depth)))"
        }
    }

    private mutating func arithmetic(_ a: ValueType, _ b: ValueType, _ depth: Int) -> String {
        let (left, right) = (expression(a, depth), expression(b, depth))
        switch random.below(14) {
        case 0: return a == b ? "(-\(left))" : "(\(left) - \(right))"
        case 1: return a == .number && b == .number ? coalesce(.number, depth) : "(+\(left))"
        case 2, 3, 4: return "(\(left) + \(right))"
        case 5, 6: return "(\(left) - \(right))"
        case 7, 8, 9: return "(\(left) * \(right))"
        case 10, 11: return "(\(left) / \(right))"
        case 12: return "(\(left) % \(right))"
        case _: return "(\(left) ^ \(right))"
        }
    }

    private mutating func coalesce(_ type: ValueType, _ depth: Int) -> String {
        "(\(expression(.optional(type), depth)) ?? \(expression(type, depth)))"
    }

    private static let comparisons = ["<", "<=", ">", ">=", "==", "!="]

    private mutating func truth(_ depth: Int) -> String {
        switch random.below(8) {
        case 0: return "(not \(expression(.bool, depth)))"
        case 1: return "(\(expression(.bool, depth)) and \(expression(.bool, depth)))"
        case 2: return "(\(expression(.bool, depth)) or \(expression(.bool, depth)))"
        case 3:
            let type: ValueType = random.chance(1, in: 2) ? .number : .string
            let membership = random.chance(1, in: 2) ? "in" : "not in"
            return "(\(expression(type, depth)) \(membership) \(expression(.list(type), depth)))"
        case 4:
            let up = random.chance(1, in: 2)
            let symbols = up ? ["<", "<=", "=="] : [">", ">=", "=="]
            var text = expression(.number, depth)
            for _ in 0...random.below(2) {
                text += " \(random.element(of: symbols) ?? "==") \(expression(.number, depth))"
            }
            return "(\(text))"
        case _:
            let types: [ValueType] = [.number, .number, .string, .bool]
            let type = random.element(of: types) ?? .number
            let symbols = type == .bool ? ["==", "!="] : Self.comparisons
            let symbol = random.element(of: symbols) ?? "=="
            return "(\(expression(type, depth)) \(symbol) \(expression(type, depth)))"
        }
    }

    private mutating func list(_ element: ValueType, _ depth: Int) -> String {
        let whole = ValueType.list(element)
        switch random.below(9) {
        case 0:
            let elements = (0..<listLength()).map { _ in expression(element, depth - 1) }
            return "[" + elements.joined(separator: ", ") + "]"
        case 1: return "(\(expression(whole, depth)) ++ \(expression(whole, depth)))"
        case 2:
            let (start, end) = (bound(depth), bound(depth))
            return "\(expression(whole, depth))[\(start):\(end)]"
        case 3: return "\(expression(whole, depth))[\(expression(.list(.bool), depth))]"
        case 4:
            // Each side may be a value for all lanes.
            let mask = expression(.list(.bool), depth)
            return "(\(mask) ? \(laneOrAll(element, depth)) : \(laneOrAll(element, depth)))"
        case 5 where element == .number:
            return "(\(expression(.list(.optional(.number)), depth)) ?? "
                + "\(laneOrAll(element, depth)))"
        case _: return lanes(element, depth)
        }
    }

    private mutating func bound(_ depth: Int) -> String {
        switch random.below(4) {
        case 0: ""
        case 1: "-\(leaf(.number))"
        case 2: leaf(.number)
        case _: "\(random.below(4))"
        }
    }

    private mutating func laneOrAll(_ element: ValueType, _ depth: Int) -> String {
        expression(random.chance(2, in: 3) ? .list(element) : element, depth)
    }

    /// Operators over lists, where one side may be a single value.
    private mutating func lanes(_ element: ValueType, _ depth: Int) -> String {
        let other = random.chance(2, in: 3) ? ValueType.list(element) : innermost(element)
        let swap = random.chance(1, in: 2)
        let (a, b) = swap ? (other, .list(element)) : (.list(element), other)
        switch innermost(element) {
        case .number: return arithmetic(a, b, depth)
        case .bool:
            switch random.below(4) {
            case 0: return "(not \(expression(.list(element), depth)))"
            case 1: return "(\(expression(a, depth)) and \(expression(b, depth)))"
            case 2: return "(\(expression(a, depth)) or \(expression(b, depth)))"
            case _:
                let symbol = random.element(of: Self.comparisons) ?? "=="
                let (c, d) = (numbers(like: a), numbers(like: b))
                return "(\(expression(c, depth)) \(symbol) \(expression(d, depth)))"
            }
        case .string: return "(\(expression(a, depth)) + \(expression(b, depth)))"
        case .never, .null, .list, .record, .optional, .mixed:
            return leaf(.list(element))
        }
    }

    private func innermost(_ type: ValueType) -> ValueType {
        var type = type
        while case .list(let element) = type { type = element }
        return type
    }

    private func numbers(like type: ValueType) -> ValueType {
        if case .list(let element) = type { .list(numbers(like: element)) } else { .number }
    }
}
