import CalcBurstFunctions
import CalcBurstSyntax

/// A limit by the name that errors call it by: the one list of them, for options and documents.
package struct NamedLimit: Sendable {
    /// The name in kebab case.
    package let name: String
    package let unit: Unit
    /// Where it is kept; a time in whole milliseconds.
    package let path: any WritableKeyPath<Limits, Int> & Sendable

    package enum Unit: Sendable {
        case count
        case bytes
        case milliseconds
    }

    /// Every limit of a text and of its evaluation.
    package static let all: [NamedLimit] = [
        NamedLimit(name: "fuel", unit: .count, path: \.run.fuel),
        NamedLimit(name: "time-ms", unit: .milliseconds, path: \.milliseconds),
        NamedLimit(name: "memory", unit: .bytes, path: \.run.memory),
        NamedLimit(name: "list-length", unit: .count, path: \.run.listLength),
        NamedLimit(name: "string-length", unit: .bytes, path: \.run.stringLength),
        NamedLimit(name: "data-depth", unit: .count, path: \.dataDepth),
        NamedLimit(name: "source-length", unit: .bytes, path: \.source.sourceLength),
        NamedLimit(name: "nesting", unit: .count, path: \.source.nesting),
        NamedLimit(name: "nodes", unit: .count, path: \.source.nodes),
        NamedLimit(name: "numeral-length", unit: .bytes, path: \.source.numeralLength),
        NamedLimit(name: "name-length", unit: .bytes, path: \.source.nameLength),
        NamedLimit(name: "names", unit: .count, path: \.source.names),
        NamedLimit(name: "operands", unit: .count, path: \.source.operands),
        NamedLimit(name: "literal-length", unit: .count, path: \.source.literalLength),
    ]
}

extension Limits {
    /// The time of a run in whole milliseconds; 0 stands for none.
    package var milliseconds: Int {
        get { run.timeInMilliseconds }
        set { run.time = .milliseconds(newValue) }
    }
}
