/// Logic and choice; all but `not` evaluate an operand only if it is needed.
package let logicFunctions: [Function] = [
    form(
        "if",
        "The second operand if the condition holds, else the third; the operator `?:`.",
        "(condition: bool, then: T, otherwise: T) -> T",
        [
            Example("if(2 > 1, 'yes', 'no')", "'yes'"),
            Example("if([true, false], 1, 0)", "[1, 0]"),
        ]
    ),
    form(
        "and",
        "Whether both hold; the second is not evaluated if the first does not hold.",
        "(a: bool, b: bool) -> bool",
        [Example("true and false", "false"), Example("[true, false] and true", "[true, false]")]
    ),
    form(
        "or",
        "Whether one holds; the second is not evaluated if the first holds.",
        "(a: bool, b: bool) -> bool",
        [Example("true or false", "true"), Example("[true, false] or false", "[true, false]")]
    ),
    Function(
        "not",
        .logic,
        "Whether the operand does not hold; the operators `not` and `!`.",
        [Overload("(a: bool) -> bool", .lifted, .unary { a in 1 - a })],
        examples: [Example("not true", "false"), Example("![true, false]", "[false, true]")]
    ),
    form(
        "coalesce",
        "The first operand that is not null; the operator `??`.",
        "(value: T?, fallback: T, more: T...) -> T",
        [Example("coalesce(null, 2)", "2"), Example("find([1, 2], it > 5) ?? 0", "0")]
    ),
    form(
        "switch",
        "The value after the first case that the key is equal to, else the last operand.",
        "(key: K, cases: T...) -> T",
        [
            Example("switch('b', 'a', 1, 'b', 2, 0)", "2"),
            Example("switch(7, 1, 'one', 'many')", "'many'"),
        ]
    ),
    form(
        "try",
        "The first operand, or the second if evaluating the first is a fault of its values.",
        "(value: T, fallback: T) -> T",
        [Example("try(1 / 0, 0)", "0"), Example("try(4 / 2, 0)", "2")]
    ),
]

private func form(
    _ name: String,
    _ summary: String,
    _ signature: String,
    _ examples: [Example]
) -> Function {
    Function(name, .logic, summary, [Overload(signature, .lazy, .form)], examples: examples)
}
