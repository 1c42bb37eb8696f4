/// Comparisons, which work element by element; `same` compares whole values.
package let comparisonFunctions: [Function] = [
    equality(
        "equal",
        "Whether the operands are equal; the operator `==`.",
        isEqual: true,
        [
            Example("1 == 1", "true"), Example("true == false", "false"),
            Example("'a' == 'a'", "true"), Example("[1, 2] == 2", "[false, true]"),
            Example("{a: 1} == {a: 1}", "true"),
        ]
    ),
    equality(
        "not_equal",
        "Whether the operands differ; the operator `!=`.",
        isEqual: false,
        [
            Example("1 != 1", "false"), Example("true != false", "true"),
            Example("'a' != 'b'", "true"), Example("[1, 2] != 2", "[true, false]"),
            Example("{a: 1} != {a: 2}", "true"),
        ]
    ),
    order(
        "less",
        "Whether the first operand comes before the second; the operator `<`.",
        { $0 < $1 },
        { $0.precedes($1) },
        [
            Example("1 < 2", "true"), Example("'a' < 'b'", "true"),
            Example("[1, 3] < 2", "[true, false]"),
        ]
    ),
    order(
        "less_or_equal",
        "Whether the first operand does not come after the second; the operator `<=`.",
        { $0 <= $1 },
        { !$1.precedes($0) },
        [Example("2 <= 2", "true"), Example("'b' <= 'a'", "false")]
    ),
    order(
        "greater",
        "Whether the first operand comes after the second; the operator `>`.",
        { $0 > $1 },
        { $1.precedes($0) },
        [Example("1 > 2", "false"), Example("'b' > 'a'", "true")]
    ),
    order(
        "greater_or_equal",
        "Whether the first operand does not come before the second; the operator `>=`.",
        { $0 >= $1 },
        { !$0.precedes($1) },
        [Example("2 >= 2", "true"), Example("'a' >= 'b'", "false")]
    ),
    .ofValues(
        "is_in",
        .comparison,
        "Whether the value is an element of the list; the operator `in`.",
        "(value: T, list: [T]) -> bool",
        { operands, meter throws(Fault) in
            .bool(try meter.firstIndex(of: operands[0], in: operands[1].elements) != nil)
        },
        examples: [Example("2 in [1, 2]", "true"), Example("['a', 'c'] in ['a']", "[true, false]")]
    ),
    .ofValues(
        "is_not_in",
        .comparison,
        "Whether the value is no element of the list; the operator `not in`.",
        "(value: T, list: [T]) -> bool",
        { operands, meter throws(Fault) in
            .bool(try meter.firstIndex(of: operands[0], in: operands[1].elements) == nil)
        },
        examples: [Example("2 not in [1, 2]", "false"), Example("'b' not in ['a']", "true")]
    ),
    Function(
        "same",
        .comparison,
        "Whether two values, lists and records included, are the same as a whole.",
        [
            Overload("(a: number, b: number) -> bool", [], .binary { $0 == $1 ? 1 : 0 }),
            Overload("(a: bool, b: bool) -> bool", [], .binary { $0 == $1 ? 1 : 0 }),
            Overload(
                "(a: T, b: T) -> bool",
                [],
                .values { operands, meter throws(Fault) in
                    .bool(try meter.areSame(operands[0], operands[1]))
                }
            ),
        ],
        examples: [
            Example("same(1, 1)", "true"), Example("same(true, false)", "false"),
            Example("same([1, 2], [1, 2])", "true"), Example("same({a: 1}, {a: 2})", "false"),
        ]
    ),
]

private func equality(
    _ name: String,
    _ summary: String,
    isEqual: Bool,
    _ examples: [Example]
) -> Function {
    let compareNumbers: @Sendable (Double, Double) -> Double = { a, b in
        (a == b) == isEqual ? 1 : 0
    }
    let compareValues: @Sendable ([Value], inout Meter) throws(Fault) -> Value = {
        (operands, meter) throws(Fault) in
        .bool(try meter.areSame(operands[0], operands[1]) == isEqual)
    }
    return Function(
        name,
        .comparison,
        summary,
        [
            Overload("(a: number, b: number) -> bool", .lifted, .binary(compareNumbers)),
            Overload("(a: bool, b: bool) -> bool", .lifted, .binary(compareNumbers)),
            Overload("(a: string, b: string) -> bool", .lifted, .values(compareValues)),
            Overload(
                "(a: T, b: T) -> bool",
                .lifted,
                .values(compareValues),
                // Lists are compared element by element.
                typing: { types, _ in types.contains { $0.listDepth > 0 } ? nil : .bool }
            ),
        ],
        examples: examples
    )
}

private func order(
    _ name: String,
    _ summary: String,
    _ numbers: @escaping @Sendable (Double, Double) -> Bool,
    _ texts: @escaping @Sendable (String, String) -> Bool,
    _ examples: [Example]
) -> Function {
    Function(
        name,
        .comparison,
        summary,
        [
            Overload(
                "(a: number, b: number) -> bool",
                .lifted,
                .binary { a, b in numbers(a, b) ? 1 : 0 }
            ),
            Overload(
                "(a: string, b: string) -> bool",
                .lifted,
                .values { operands, _ in .bool(texts(operands[0].text, operands[1].text)) }
            ),
        ],
        examples: examples
    )
}
