import CalcBurst
import CalcBurstFunctions

/// What may be called and what is allowed, as documents.
enum Catalogue {
    /// One operation: its name, how many numbers it takes, and examples that can be sent.
    static func operation(_ operation: Operation) -> Value {
        .object([
            ("name", .string(operation.name)),
            ("summary", .string(operation.function.summary)),
            (
                "operands",
                .object([
                    ("min", .count(operation.least)),
                    ("max", operation.most.map(Value.count) ?? .null),
                    ("type", "number"),
                ])
            ),
            ("pure", .bool(operation.isPure)),
            ("examples", .array(operation.function.examples.compactMap { example($0, operation) })),
            ("source", source(operation.function.origin)),
        ])
    }

    private static func source(_ origin: Function.Origin) -> Value {
        switch origin {
        case .language: .object([("kind", "builtin")])
        case .host: .object([("kind", "host")])
        case .plugin(let name, let version):
            .object([
                ("kind", "plugin"), ("name", .string(name)), ("version", .string(version)),
            ])
        }
    }

    /// An example of the language as a request; nil if it is not a call with numbers.
    private static func example(_ example: Example, _ operation: Operation) -> Value? {
        let call = example.call
        guard call.hasPrefix(operation.name + "("), call.hasSuffix(")") else { return nil }
        let texts = call.dropFirst(operation.name.utf8.count + 1).dropLast()
            .split(separator: ",").map { $0.drop { $0 == " " } }
        let operands = texts.compactMap { Double($0) }.filter(\.isFinite)
        guard operands.count == texts.count, operands.count >= operation.least,
            operands.count <= operation.most ?? .max, let result = Double(example.result),
            result.isFinite
        else { return nil }
        return .object([("operands", .list(List(operands))), ("result", .number(result))])
    }

    /// Every limit by its name; null is none.
    static func limits(_ engine: Engine, _ configuration: APIConfiguration) -> Value {
        var members = NamedLimit.all.map { limit -> (name: String, value: Value) in
            let isNone = limit.unit == .milliseconds && engine.limits.run.time == nil
            let value = engine.limits[keyPath: limit.path]
            return (
                name: limit.memberName, value: isNone ? .null : .count(value)
            )
        }
        members += ServiceLimit.allCases.map { limit in
            (name: limit.memberName, value: .count(limit.maximum(configuration)))
        }
        members += [
            ("list_items", .count(ListQuery.most)),
            ("list_days", .count(ListQuery.mostDays)),
            ("kept_days", .number(Double(Calculation.lifetime / 86_400_000))),
        ]
        return .object(members)
    }
}
