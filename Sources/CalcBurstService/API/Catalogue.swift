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
            ("source", .object([("kind", operation.function.group == .host ? "host" : "builtin")])),
        ])
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

    static func function(_ function: Function) -> Value {
        .object([
            ("name", .string(function.name)),
            ("group", .string(function.group.rawValue)),
            ("summary", .string(function.summary)),
            ("signatures", .array(function.overloads.map { .string($0.signatureText) })),
            ("pure", .bool(!function.overloads.contains { $0.marks.contains(.impure) })),
            (
                "examples",
                .array(
                    function.examples.map {
                        .object([("call", .string($0.call)), ("result", .string($0.result))])
                    }
                )
            ),
        ])
    }

    /// Every limit by its name; null is none.
    static func limits(_ engine: Engine, _ configuration: APIConfiguration) -> Value {
        var members = NamedLimit.all.map { limit -> (name: String, value: Value) in
            let isNone = limit.unit == .milliseconds && engine.limits.run.time == nil
            let value = engine.limits[keyPath: limit.path]
            return (name: limit.memberName, value: isNone ? .null : .count(value))
        }
        members += [
            ("body_bytes", .count(configuration.bodyBytes)),
            ("batch_body_bytes", .count(configuration.batchBodyBytes)),
            ("batch_items", .count(configuration.batchItems)),
            ("operation_operands", .count(configuration.operands)),
            ("output_bytes", .count(configuration.outputBytes)),
            ("json_values", .count(configuration.jsonValues)),
            ("json_keys", .count(configuration.jsonKeys)),
            ("list_items", .count(ListQuery.most)),
            ("list_days", .count(ListQuery.mostDays)),
            ("kept_days", .number(Double(Calculation.lifetime / 86_400_000))),
        ]
        return .object(members)
    }
}
