#if Plugins
import CalcBurstFunctions

/// What a call gives, held against the signature.
extension BindingLowering {
    mutating func lowerResult(_ result: CallNotation.Result) throws(PluginError) {
        switch result {
        case .nothing:
            resultInC = "void"
            shape.answer = .outs(field: outFields.count == 1 ? outFields[0] : nil)
        case .status:
            resultInC = "int"
            shape.result = .scalar(.i32)
            shape.answer = .outs(field: outFields.count == 1 ? outFields[0] : nil)
            shape.outcome = .status(StatusRules())
        case .value(let value):
            let (type, field, inC) = try place(value)
            resultInC = inC
            shape.result = type
            shape.answer = .returned(field: field)
        }
        if outFields.count > 1, outFields.contains(where: { $0 != nil }) {
            throw refused("of several 'out' none can have a field")
        }
    }

    /// The type of a result or of what is filled, and the field of it that counts.
    mutating func place(
        _ value: CallNotation.Value
    ) throws(PluginError) -> (ForeignType, Int?, String) {
        if let free = value.free { freeSymbol = free }
        if let type = CType(rawValue: value.type), value.field == nil {
            if type == .pointer { throw refused("an operation has no ptr as its answer") }
            return (.scalar(type), nil, value.free == nil ? type.inC : "char *")
        }
        if value.type == PluginType.complex.rawValue, value.field == nil {
            let structure = try complex(nil)
            return (structure?.foreign ?? .complex, nil, structure?.name ?? "double _Complex")
        }
        let structure = try structure(value.type)
        guard let field = value.field else { return (structure.foreign, nil, structure.name) }
        guard let index = structure.fields.firstIndex(where: { $0.name == field }) else {
            throw refused("'\(structure.name)' has no field '\(field)'")
        }
        return (structure.foreign, index, structure.name)
    }

    /// The types that the answer is read from must fit the signature's result.
    func checkAnswer() throws(PluginError) {
        let fields: [CType] =
            switch shape.answer {
            case .call: []
            case .returned(let field): Self.pick(field, shape.result.fields)
            case .outs(let field): shape.outs.flatMap { Self.pick(field, $0.fields) }
            }
        let fits: (CType) -> Bool =
            switch signature.result {
            case .f64, .numbers: { $0.isFloat || $0.isInteger }
            case .i64, .integers: { $0.isInteger }
            case .bool: { $0 == .bool || $0.isInteger }
            case .complex: { $0.isFloat }
            case .string: { $0 == .text }
            }
        let hasCount =
            switch signature.result {
            case .f64, .i64, .bool, .string: fields.count == 1
            case .complex: fields.count == 2
            case .numbers, .integers: !fields.isEmpty
            }
        guard hasCount, fields.allSatisfy(fits) else {
            throw refused("the call does not give the signature's \(signature.result.rawValue)")
        }
    }

    private static func pick(_ field: Int?, _ fields: [CType]) -> [CType] {
        guard let field else { return fields }
        return field < fields.count ? [fields[field]] : []
    }

    /// A function that gets a pointer must hear of the length, or know it by another list's.
    func checkLengths(_ call: CallNotation) throws(PluginError) {
        var used = Set<String>()
        var hasLength = false
        for argument in call.arguments { Self.collect(argument, &used, &hasLength) }
        if let parameter = signature.parameters.first(where: { !used.contains($0.name) }) {
            throw refused("the call does not use the parameter '\(parameter.name)'")
        }
        let hasPointer = call.arguments.contains { argument in
            if case .elements = argument { true } else { false }
        }
        if hasPointer, !hasLength {
            throw refused("the call has a '.ptr' and no '.len': how long is the list?")
        }
    }

    private static func collect(
        _ argument: CallNotation.Argument,
        _ used: inout Set<String>,
        _ hasLength: inout Bool
    ) {
        switch argument {
        case .parameter(let name, _), .elements(let name): used.insert(name)
        case .count(let name, _):
            used.insert(name)
            hasLength = true
        case .structure(_, let fields):
            // A structure holds no other one.
            for field in fields { collect(field, &used, &hasLength) }
        case .constant, .out: break
        }
    }
}
#endif
