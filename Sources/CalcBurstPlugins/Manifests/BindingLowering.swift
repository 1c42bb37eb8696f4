#if Plugins
import CalcBurstFunctions

/// Holds the call of a binding against its signature and the manifest's structures.
struct BindingLowering {
    let signature: PluginSignature
    let structures: [CStructure]
    var shape = CallShape()
    var argumentsInC: [String] = []
    var resultInC = ""
    var freeSymbol: String?
    var spread: BindingShape.Spread?
    var outFields: [Int?] = []

    init(_ signature: PluginSignature, _ structures: [CStructure]) {
        self.signature = signature
        self.structures = structures
    }

    mutating func lower(_ call: CallNotation) throws(PluginError) -> BindingShape {
        for (index, argument) in call.arguments.enumerated() {
            let isVariadic = call.fixed.map { index >= $0 } ?? false
            try lower(argument, isVariadic: isVariadic)
        }
        shape.fixed = call.fixed
        try lowerResult(call.result)
        try checkAnswer()
        try checkLengths(call)
        return BindingShape(
            shape: shape,
            argumentsInC: call.fixed.map { argumentsInC.prefix($0) + ["..."] } ?? argumentsInC,
            resultInC: resultInC,
            freeSymbol: freeSymbol,
            spread: spread
        )
    }

    func refused(_ message: String) -> PluginError {
        PluginError(.invalidManifest, "", message)
    }

    // MARK: - Arguments

    private mutating func lower(
        _ argument: CallNotation.Argument,
        isVariadic: Bool
    ) throws(PluginError) {
        switch argument {
        case .structure(let name, let fields):
            let structure = try structure(name)
            guard fields.count == structure.fields.count else {
                throw refused("'\(name)' has \(structure.fields.count) fields")
            }
            var parts: [CallShape.Part] = []
            for (field, value) in zip(structure.fields, fields) {
                let (part, type) = try scalar(value, preferred: field.type)
                guard type == field.type else {
                    throw refused("the field '\(field.name)' of '\(name)' is of another type")
                }
                parts.append(part)
            }
            add(structure.foreign, parts, inC: name)
        case .out(let value):
            let (type, field, inC) = try place(value)
            add(.scalar(.pointer), [.out(shape.outs.count)], inC: "\(inC) *")
            shape.outs.append(type)
            outFields.append(field)
        case .elements(let name):
            let operand = try operand(name)
            let inC =
                switch signature.parameters[operand].passed {
                case .numbers: "const double *"
                case .integers: "const \(CType.i64.inC) *"
                case .string: CType.text.inC
                case .f64, .i64, .bool, .complex:
                    throw refused("'\(name).ptr': '\(name)' is no list and no text")
                }
            add(.scalar(.pointer), [.elements(operand: operand)], inC: inC)
        case .parameter(let name, let type):
            let operand = try operand(name)
            switch signature.parameters[operand].passed {
            case .complex:
                let structure = try complex(type)
                add(
                    structure?.foreign ?? .complex,
                    [.realPart(operand: operand), .imaginaryPart(operand: operand)],
                    inC: structure?.name ?? "double _Complex"
                )
            case .numbers, .integers:
                try addSpread(operand, type, isVariadic: isVariadic)
            case .f64, .i64, .bool, .string:
                try addScalar(argument, isVariadic: isVariadic)
            }
        case .count, .constant:
            try addScalar(argument, isVariadic: isVariadic)
        }
    }

    private mutating func add(_ type: ForeignType, _ parts: [CallShape.Part], inC: String) {
        shape.arguments.append(CallShape.Argument(type: type, parts: parts))
        argumentsInC.append(inC)
    }

    private mutating func addScalar(
        _ argument: CallNotation.Argument,
        isVariadic: Bool
    ) throws(PluginError) {
        let (part, type) = try scalar(argument, preferred: nil)
        if isVariadic, !type.isVariadic {
            throw refused("behind '...' C has no \(type.rawValue); say i32, u32 or f64")
        }
        add(.scalar(type), [part], inC: type.inC)
    }

    /// A value that takes one place, or one field of a structure.
    func scalar(
        _ argument: CallNotation.Argument,
        preferred: CType?
    ) throws(PluginError) -> (CallShape.Part, CType) {
        switch argument {
        case .parameter(let name, let text):
            let operand = try operand(name)
            let given = signature.parameters[operand].passed
            let type = try text.map(ctype) ?? preferred ?? given.natural
            guard let type, given.goes(to: type) else {
                throw refused("'\(name)' is \(given.rawValue), which does not go there")
            }
            let isText = given == .string
            return (isText ? .plainText(operand: operand) : .scalar(operand: operand), type)
        case .count(let name, let text):
            let operand = try operand(name)
            guard !signature.parameters[operand].passed.isScalar else {
                throw refused("'\(name).len': '\(name)' is no list and no text")
            }
            let type = try text.map(ctype) ?? preferred ?? .usize
            guard type.isInteger else { throw refused("'\(name).len' is an integer") }
            return (.count(operand: operand), type)
        case .constant(let number, let text):
            let type = try ctype(text)
            let fits =
                switch type {
                case .f64: true
                case .f32: Float(number).isFinite
                case .bool: number == 0 || number == 1
                case .pointer: number == 0
                case .text: false
                case .i8, .u8, .i16, .u16, .i32, .u32, .i64, .u64, .usize:
                    WholeNumber.isExact(number) && type.range.contains(number)
                }
            guard fits else {
                throw refused("\(NumberText.shortest(number)) is no \(type.rawValue)")
            }
            return (.constant(number), type)
        case .elements, .out, .structure:
            throw refused("a structure is filled with numbers and truth values only")
        }
    }

    private mutating func addSpread(
        _ operand: Int,
        _ text: String?,
        isVariadic: Bool
    ) throws(PluginError) {
        let parameter = signature.parameters[operand]
        let natural: CType = parameter.passed == .integers ? .i64 : .f64
        let type = try text.map(ctype) ?? natural
        guard isVariadic, spread == nil else {
            throw refused(
                "'\(parameter.name)' is a list: say '.ptr' and '.len', or '...' before it"
            )
        }
        guard type.isVariadic, type.isInteger == (natural == .i64), type.isPlain else {
            throw refused("the elements of '\(parameter.name)' do not go there")
        }
        spread = .init(position: shape.arguments.count, operand: operand, type: type)
        // One argument stands for all of them until there is a list.
        add(.scalar(type), [.element(0, operand: operand)], inC: type.inC)
    }

    // MARK: - Names

    func operand(_ name: String) throws(PluginError) -> Int {
        guard let index = signature.parameters.firstIndex(where: { $0.name == name }) else {
            throw refused("the signature has no parameter '\(name)'")
        }
        return index
    }

    func structure(_ name: String) throws(PluginError) -> CStructure {
        guard let structure = structures.first(where: { $0.name == name }) else {
            throw refused("there is no type '\(name)'")
        }
        return structure
    }

    func ctype(_ name: String) throws(PluginError) -> CType {
        guard let type = CType(rawValue: name) else { throw refused("there is no type '\(name)'") }
        return type
    }

    /// The structure for a complex number: the one that is named, or the only one declared as c128.
    func complex(_ name: String?) throws(PluginError) -> CStructure? {
        guard let name, name != PluginType.complex.rawValue else {
            let all = structures.filter(\.isComplex)
            return all.count == 1 ? all[0] : nil
        }
        let structure = try structure(name)
        guard structure.holdsComplex else {
            throw refused("a complex number does not go into '\(name)'")
        }
        return structure
    }
}

extension PluginType {
    /// The C type that a binding passes it as, if it says nothing else.
    fileprivate var natural: CType? {
        switch self {
        case .f64: .f64
        case .i64: .i64
        case .bool: .bool
        case .string: .text
        case .complex, .numbers, .integers: nil
        }
    }

    /// Whether a call may pass it as a C type, with a check where that is narrower.
    fileprivate func goes(to type: CType) -> Bool {
        switch self {
        case .f64: type.isFloat || type.isInteger
        case .i64: type.isInteger
        case .bool: type == .bool || type.isInteger
        case .string: type == .text
        case .complex, .numbers, .integers: false
        }
    }
}
#endif
