#if Plugins
/// A structure of a library, as a manifest declares it under `types`.
///
/// ```
/// structure = "{" name ":" ctype { "," name ":" ctype } "}" | "c128"
/// ```
struct CStructure: Hashable, Sendable {
    /// The name that the library's header gives it.
    var name: String
    var fields: [Field]
    /// Whether it was declared as `c128`, whose fields have no names.
    var isComplex: Bool

    struct Field: Hashable, Sendable {
        var name: String
        var type: CType
    }

    static let mostFields = 16

    init(name: String, _ text: String) throws(PluginError) {
        var reader = try NotationReader(text, refusal: .invalidManifest)
        self.name = name
        isComplex = reader.take("c128")
        fields = []
        if isComplex {
            fields = [Field(name: "re", type: .f64), Field(name: "im", type: .f64)]
        } else {
            try reader.expect("{")
            repeat {
                let field = try reader.expectWord("the name of a field")
                if fields.contains(where: { $0.name == field }) {
                    throw reader.refusal("the field '\(field)' comes twice; see before")
                }
                try reader.expect(":")
                guard let type = reader.word().flatMap(CType.init(rawValue:)), type.isPlain else {
                    throw reader.refusal("a number's type or bool is expected before here")
                }
                fields.append(Field(name: field, type: type))
                if fields.count > Self.mostFields {
                    throw reader.refusal("no more than \(Self.mostFields) fields are expected")
                }
            } while reader.take(",")
            try reader.expect("}")
        }
        try reader.expectEnd()
    }

    var foreign: ForeignType { .structure(fields.map(\.type)) }

    /// Whether a complex number can be passed as it.
    var holdsComplex: Bool { fields.count == 2 && fields.allSatisfy(\.type.isFloat) }
}

extension CType {
    /// Whether it is a number or a truth value.
    var isPlain: Bool { isFloat || isInteger || self == .bool }
}
#endif
