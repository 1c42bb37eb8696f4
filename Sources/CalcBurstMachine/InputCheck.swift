import CalcBurstFunctions

/// Whether a value may come in as an input: its type, its numbers, its depth.
///
/// The walk keeps its own stack, since a host may hand over a value of any depth.
enum InputCheck {
    static func check(
        _ value: Value,
        for input: Program.Input,
        _ code: Code
    ) throws(EvaluationError) {
        var pending: [(value: Value, type: ValueType?, depth: Int)] = [(value, input.type, 0)]
        while let (value, type, depth) = pending.popLast() {
            guard depth <= maximumDepth else {
                throw .inputTooDeep(input, maximumDepth, code.source)
            }
            switch value {
            case .null, .bool, .string:
                break
            case .number(let number):
                if !number.isFinite { throw .nonFiniteInput(input, code.source) }
            case .list(let list):
                let element = type?.unwrapped.element
                if let numbers = list.plainNumbers {
                    guard numbers.allSatisfy(\.isFinite) else {
                        throw .nonFiniteInput(input, code.source)
                    }
                    if let element, !numbers.isEmpty, !element.admits(.number(0)) {
                        throw .inputMisfit(input, code.source)
                    }
                } else {
                    for item in list { pending.append((item, element, depth + 1)) }
                }
            case .record(let record):
                guard case .record(let fields)? = type?.unwrapped else {
                    for item in record.values { pending.append((item, nil, depth + 1)) }
                    break
                }
                for (name, item) in zip(record.names, record.values) {
                    pending.append((item, fields[name], depth + 1))
                }
                for field in fields.fields where record[field.name] == nil {
                    guard field.type.admitsNull else { throw .inputMisfit(input, code.source) }
                }
            }
            if let type, !type.admits(value) { throw .inputMisfit(input, code.source) }
        }
    }

    /// The deepest that a value may be, whatever the limits say.
    static let maximumDepth = 128
}

extension ValueType {
    fileprivate var element: ValueType? {
        if case .list(let element) = self { element } else { nil }
    }

    /// Whether the value's own kind is the type's; its parts are looked at on their own.
    fileprivate func admits(_ value: Value) -> Bool {
        switch (self, value) {
        case (.mixed, _): true
        case (.null, .null), (.optional, .null): true
        case (.optional(let type), _): type.admits(value)
        case (.bool, .bool), (.number, .number), (.string, .string), (.list, .list),
            (.record, .record):
            true
        case (.never, _), (.null, _), (.bool, _), (.number, _), (.string, _), (.list, _),
            (.record, _):
            false
        }
    }
}
