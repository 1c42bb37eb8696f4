import CalcBurstFunctions

/// Calls by signature: any function of the library whose result can be the type that is wanted.
extension ProgramGenerator {
    private typealias Letters = [UInt8: ValueType]

    /// A call that gives the type; nil if the draw finds none.
    mutating func call(_ type: ValueType, _ depth: Int) -> String? {
        for _ in 0..<40 {
            guard let function = random.element(of: library),
                let overload = random.element(of: function.overloads),
                let signature = overload.signature, overload.typing == nil
            else { return nil }
            if case .form = overload.implementation { continue }
            var letters: Letters = [:]
            if Self.match(signature.result, type, &letters) {
                return text(function.name, signature, letters, lifted: false, depth)
            }
            letters = [:]
            if case .list(let element) = type, overload.marks.contains(.lifted),
                Self.match(signature.result, element, &letters)
            {
                return text(function.name, signature, letters, lifted: true, depth)
            }
        }
        return nil
    }

    private static func match(
        _ pattern: Signature.Pattern,
        _ type: ValueType,
        _ letters: inout Letters
    ) -> Bool {
        switch (pattern, type) {
        case (.number, .number), (.bool, .bool), (.string, .string), (.null, .null): return true
        case (.variable(let letter), _):
            if let bound = letters[letter] { return bound == type }
            letters[letter] = type
            return true
        case (.list(let inner), .list(let element)): return match(inner, element, &letters)
        case (.optional(let inner), .optional(let solid)): return match(inner, solid, &letters)
        case (.number, _), (.bool, _), (.string, _), (.null, _), (.list, _), (.record, _),
            (.optional, _), (.body, _):
            return false
        }
    }

    private mutating func text(
        _ name: String,
        _ signature: Signature,
        _ letters: Letters,
        lifted: Bool,
        _ depth: Int
    ) -> String {
        var letters = letters
        var operands: [String] = []
        // One operand at least must be a list for the call to work through one.
        let through = random.below(max(1, signature.minimumCount))
        for (position, parameter) in signature.parameters.enumerated() {
            if parameter.defaultValue != nil, random.chance(1, in: 2) { break }
            let count = parameter.isVariadic ? random.below(3) : 1
            for _ in 0..<count {
                if case .body(let element, let result) = parameter.pattern {
                    operands.append(body(type(element, &letters), type(result, &letters), depth))
                    continue
                }
                var type = type(parameter.pattern, &letters)
                if lifted, position == through || random.chance(1, in: 2) { type = .list(type) }
                operands.append(expression(type, depth))
            }
        }
        return "\(name)(\(operands.joined(separator: ", ")))"
    }

    /// The type of a pattern; a letter that nothing has bound becomes some type.
    private mutating func type(_ pattern: Signature.Pattern, _ letters: inout Letters) -> ValueType
    {
        switch pattern {
        case .number: return .number
        case .bool: return .bool
        case .string: return .string
        case .null: return .null
        case .variable(let letter):
            if let bound = letters[letter] { return bound }
            let types: [ValueType] = [.number, .number, .string, .bool, Self.record]
            let type = random.element(of: types) ?? .number
            letters[letter] = type
            return type
        case .list(let inner): return .list(type(inner, &letters))
        case .record(let fields):
            return .record(
                RecordType(fields.map { (name: $0.name, type: type($0.pattern, &letters)) })
            )
        case .optional(let inner): return type(inner, &letters).optional
        case .body(_, let result): return type(result, &letters)
        }
    }

    /// A body of a call: what `it`, `.field` and a name for the element stand for is in sight.
    private mutating func body(_ element: ValueType, _ result: ValueType, _ depth: Int) -> String {
        let saved = names
        defer { names = saved }
        // The innermost body's element is the only `it`.
        names.removeAll { $0.text == "it" || $0.text.hasPrefix(".") }
        names.append(Name(text: "it", type: element))
        if case .record(let record) = element {
            for field in record.fields {
                names.append(Name(text: ".\(field.name)", type: field.type))
            }
        }
        guard random.chance(1, in: 3) else { return expression(result, depth) }
        let name = "e\(depth)"
        names.append(Name(text: name, type: element))
        names.append(Name(text: name, type: element))
        return "\(name) -> \(expression(result, depth))"
    }
}
