package import CalcBurstFunctions

/// Functions as JSON: what the command's catalogue and the service's say about each.
package enum FunctionJSON {
    package static func value(of function: Function) -> Value {
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
}
