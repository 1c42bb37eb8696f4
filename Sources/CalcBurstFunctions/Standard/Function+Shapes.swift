/// The common shapes of declarations, so that a family reads as a table.
extension Function {
    /// A function of one number that works element by element.
    static func ofOne(
        _ name: String,
        _ group: Group,
        _ summary: String,
        parameter: String = "x",
        result: String = "number",
        transparent: Bool = false,
        _ body: @escaping @Sendable (Double) throws(Fault) -> Double,
        examples: [Example]
    ) -> Function {
        Function(
            name,
            group,
            summary,
            [
                Overload(
                    "(\(parameter): number) -> \(result)",
                    transparent ? [.lifted, .transparent] : .lifted,
                    .unary(body)
                )
            ],
            examples: examples
        )
    }

    /// A function of two numbers that works element by element.
    static func ofTwo(
        _ name: String,
        _ group: Group,
        _ summary: String,
        parameters: (String, String) = ("a", "b"),
        result: String = "number",
        transparent: Bool = false,
        _ body: @escaping @Sendable (Double, Double) throws(Fault) -> Double,
        examples: [Example]
    ) -> Function {
        Function(
            name,
            group,
            summary,
            [
                Overload(
                    "(\(parameters.0): number, \(parameters.1): number) -> \(result)",
                    transparent ? [.lifted, .transparent] : .lifted,
                    .binary(body)
                )
            ],
            examples: examples
        )
    }

    /// A function of any values with one signature.
    static func ofValues(
        _ name: String,
        _ group: Group,
        _ summary: String,
        _ signature: String,
        marks: Overload.Marks = [],
        typing: Overload.Typing? = nil,
        _ body: @escaping @Sendable ([Value], inout Meter) throws(Fault) -> Value,
        examples: [Example]
    ) -> Function {
        Function(
            name,
            group,
            summary,
            [Overload(signature, marks, .values(body), typing: typing)],
            examples: examples
        )
    }
}
