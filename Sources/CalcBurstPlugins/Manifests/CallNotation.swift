#if Plugins
import CalcBurstFunctions

/// How a manifest says that a C function is called.
///
/// ```
/// call   = result symbol "(" [ argument { "," argument } ] ")"
/// result = ctype | structure [ "." field ] | "c128" | "str" [ "~" symbol ] | "status" | "void"
/// argument = parameter [ ":" type ]                  narrowed with a check
///          | parameter ".ptr"                        elements of a list, bytes of a text
///          | parameter ".len" [ ":" ctype ]          how many; a size_t if nothing is said
///          | number ":" ctype                        a constant; `0:ptr` is the null pointer
///          | structure "{" argument { "," argument } "}"
///          | "out" ( ctype | "c128" | structure [ "." field ] | "str" [ "~" symbol ] )
///          | "..."                                   C's varargs from here on
/// ```
///
/// A text is copied; `~free` names the function that frees the original. With `status` or `void`
/// the answer is what the function fills, else it is its result.
struct CallNotation: Hashable, Sendable {
    var result: Result
    var symbol: String
    var arguments: [Argument] = []
    /// How many arguments are before `...`.
    var fixed: Int?

    enum Result: Hashable, Sendable {
        case nothing
        case status
        case value(Value)
    }

    /// A type by name, with the part of it that counts.
    struct Value: Hashable, Sendable {
        /// A C type, `c128` or a structure.
        var type: String
        var field: String?
        var free: String?
    }

    enum Argument: Hashable, Sendable {
        case parameter(String, type: String?)
        case elements(String)
        case count(String, type: String?)
        case constant(Double, type: String)
        case out(Value)
        indirect case structure(String, [Argument])
    }

    static let mostArguments = 40

    init(_ text: String) throws(PluginError) {
        var reader = try NotationReader(text, refusal: .invalidManifest)
        let value = try Self.value(&reader)
        switch (value.type, value.field, value.free) {
        case ("void", nil, nil): result = .nothing
        case ("status", nil, nil): result = .status
        case ("void", _, _), ("status", _, _):
            throw reader.refusal("nothing but the name of a function is expected before here")
        default: result = .value(value)
        }
        symbol = try reader.expectWord("the name of a function")
        try reader.expect("(")
        while !reader.take(")") {
            if !arguments.isEmpty || fixed != nil { try reader.expect(",") }
            if arguments.count == Self.mostArguments {
                throw reader.refusal("no more than \(Self.mostArguments) arguments are expected")
            }
            if reader.take("...") {
                if fixed != nil || arguments.isEmpty {
                    throw reader.refusal("'...' is expected once, behind an argument; see before")
                }
                fixed = arguments.count
            } else {
                try arguments.append(Self.argument(&reader, isField: false))
            }
        }
        if fixed == arguments.count, fixed != nil {
            throw reader.refusal("an argument is expected behind '...'")
        }
        try reader.expectEnd()
    }

    private static func value(_ reader: inout NotationReader) throws(PluginError) -> Value {
        var value = Value(type: try reader.expectWord("a type"))
        if reader.take(".") { value.field = try reader.expectWord("the name of a field") }
        if reader.take("~") {
            guard value.type == CType.text.rawValue, value.field == nil else {
                throw reader.refusal("'~' is expected behind str only; see before")
            }
            value.free = try reader.expectWord("the name of a function that frees")
        }
        return value
    }

    private static func argument(
        _ reader: inout NotationReader,
        isField: Bool
    ) throws(PluginError) -> Argument {
        if let number = reader.number() {
            try reader.expect(":")
            return .constant(number, type: try reader.expectWord("the type of a constant"))
        }
        let name = try reader.expectWord("an argument")
        if name == "true" || name == "false", reader.take(":") {
            return .constant(name == "true" ? 1 : 0, type: try reader.expectWord("bool"))
        }
        // A parameter may have that name too: then no other word follows.
        if name == "out", let next = reader.next(), !",:.{})".utf8.contains(next) {
            if isField { throw reader.refusal("a structure holds no 'out'; see before") }
            return .out(try value(&reader))
        }
        if reader.take("{") {
            if isField { throw reader.refusal("a structure holds no other; see before") }
            var fields: [Argument] = []
            repeat {
                try fields.append(argument(&reader, isField: true))
            } while fields.count <= CStructure.mostFields && reader.take(",")
            try reader.expect("}")
            return .structure(name, fields)
        }
        if reader.take(".") {
            switch reader.word() {
            case "ptr": return .elements(name)
            case "len": return .count(name, type: try type(&reader))
            default: throw reader.refusal("'.ptr' or '.len' is expected before here")
            }
        }
        return .parameter(name, type: try type(&reader))
    }

    private static func type(_ reader: inout NotationReader) throws(PluginError) -> String? {
        reader.take(":") ? try reader.expectWord("a type") : nil
    }
}
#endif
