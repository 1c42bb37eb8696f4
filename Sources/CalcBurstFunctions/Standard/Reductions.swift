/// From a list to one value; those that take a body apply it to each element first.
package let reductionFunctions: [Function] = [
    reduction(
        "sum",
        .reductions,
        "The sum of the elements, exact to the last bit or two; 0 for an empty list.",
        { numbers throws(Fault) in try orderedSum(numbers).finite() },
        [
            Example("sum([1, 2, 3])", "6"), Example("sum([0.1, 0.2, 0.3])", "0.6"),
            Example("sum([1, 2], it * 10)", "30"),
        ]
    ),
    reduction(
        "product",
        .reductions,
        "The product of the elements, from the left; 1 for an empty list.",
        { numbers throws(Fault) in
            var product = 1.0
            for number in numbers { product *= number }
            guard product.isFinite else { throw .overflow }
            return product
        },
        [Example("product([2, 3, 4])", "24"), Example("product([1, 2], it + 1)", "6")]
    ),
    Function(
        "min",
        .reductions,
        "The smallest element of a list, or the smallest of two or more operands.",
        [
            Overload(
                "(list: [number]) -> number",
                [],
                .values { operands, _ throws(Fault) in
                    .number(try extreme(operands[0].elements) { $0 < $1 })
                }
            ),
            Overload(
                "(a: number, b: number, more: number...) -> number",
                .lifted,
                .fold { a, b in b < a ? b : a }
            ),
        ],
        examples: [
            Example("min([3, 1, 2])", "1"), Example("min(3, 1, 2)", "1"),
            Example("min([3, 1], 2)", "[2, 1]"),
        ]
    ),
    Function(
        "max",
        .reductions,
        "The largest element of a list, or the largest of two or more operands.",
        [
            Overload(
                "(list: [number]) -> number",
                [],
                .values { operands, _ throws(Fault) in
                    .number(try extreme(operands[0].elements) { $0 > $1 })
                }
            ),
            Overload(
                "(a: number, b: number, more: number...) -> number",
                .lifted,
                .fold { a, b in b > a ? b : a }
            ),
        ],
        examples: [
            Example("max([3, 1, 2])", "3"), Example("max(3, 1, 2)", "3"),
            Example("max([3, 1], 2)", "[3, 2]"),
        ]
    ),
    quantifier(
        "count",
        "How many elements hold, of booleans or of a body's results.",
        "number",
        { flags in .number(Double(flags.count { $0 })) },
        [Example("count([true, false, true])", "2"), Example("count([1, 2, 3], it > 1)", "2")]
    ),
    quantifier(
        "any",
        "Whether at least one element holds; false for an empty list.",
        "bool",
        { flags in .bool(flags.contains(true)) },
        [Example("any([false, true])", "true"), Example("any([1, 2], it > 2)", "false")]
    ),
    quantifier(
        "all",
        "Whether every element holds; true for an empty list.",
        "bool",
        { flags in .bool(!flags.contains(false)) },
        [Example("all([false, true])", "false"), Example("all([1, 2], it > 0)", "true")]
    ),
    quantifier(
        "none",
        "Whether no element holds; true for an empty list.",
        "bool",
        { flags in .bool(!flags.contains(true)) },
        [Example("none([false, false])", "true"), Example("none([1, 2], it > 1)", "false")]
    ),
    Function(
        "len",
        .reductions,
        "How many elements a list has, or how many Unicode scalars a string.",
        [
            Overload(
                "(list: [T]) -> number",
                [],
                .values { operands, _ in .number(Double(operands[0].elements.count)) }
            ),
            Overload(
                "(text: string) -> number",
                [],
                .values { operands, _ in .number(Double(operands[0].text.unicodeScalars.count)) }
            ),
        ],
        examples: [Example("len([7, 8, 9])", "3"), Example("len('Zoë')", "3")]
    ),
    .ofValues(
        "first",
        .reductions,
        "The first element.",
        "(list: [T]) -> T",
        { operands, _ throws(Fault) in
            guard let first = operands[0].elements.first else { throw .emptyList }
            return first
        },
        examples: [Example("first([7, 8])", "7"), Example("first(['a', 'b'])", "'a'")]
    ),
    .ofValues(
        "last",
        .reductions,
        "The last element.",
        "(list: [T]) -> T",
        { operands, _ throws(Fault) in
            guard let last = operands[0].elements.last else { throw .emptyList }
            return last
        },
        examples: [Example("last([7, 8])", "8"), Example("last(['a', 'b'])", "'b'")]
    ),
    .ofValues(
        "argmin",
        .reductions,
        "The position of the smallest element, the first of several.",
        "(list: [number]) -> number",
        { operands, _ throws(Fault) in
            .number(Double(try position(of: operands[0].elements.numbers ?? []) { $0 < $1 }))
        },
        examples: [Example("argmin([3, 1, 2])", "1"), Example("argmin([5, 5])", "0")]
    ),
    .ofValues(
        "argmax",
        .reductions,
        "The position of the largest element, the first of several.",
        "(list: [number]) -> number",
        { operands, _ throws(Fault) in
            .number(Double(try position(of: operands[0].elements.numbers ?? []) { $0 > $1 }))
        },
        examples: [Example("argmax([1, 3, 2])", "1"), Example("argmax([5, 5])", "0")]
    ),
    byKey(
        "min_by",
        "The element with the smallest key, the first of several.",
        { $0 < $1 },
        { $0.precedes($1) },
        [
            Example("min_by([-3, 2], it * it)", "2"),
            Example("min_by([{n: 'b'}, {n: 'a'}], .n)", "{n: 'a'}"),
        ]
    ),
    byKey(
        "max_by",
        "The element with the largest key, the first of several.",
        { $0 > $1 },
        { $1.precedes($0) },
        [
            Example("max_by([-3, 2], it * it)", "-3"),
            Example("max_by([{n: 'b'}, {n: 'a'}], .n)", "{n: 'b'}"),
        ]
    ),
]

/// A function of a list of numbers, or of a body's results.
func reduction(
    _ name: String,
    _ group: Function.Group,
    _ summary: String,
    _ body: @escaping @Sendable ([Double]) throws(Fault) -> Double,
    _ examples: [Example]
) -> Function {
    Function(
        name,
        group,
        summary,
        [
            Overload(
                "(list: [number]) -> number",
                [],
                .values { operands, _ throws(Fault) in
                    .number(try body(operands[0].elements.numbers ?? []))
                }
            ),
            Overload(
                "(list: [T], body: T -> number) -> number",
                [],
                .values { operands, _ throws(Fault) in
                    .number(try body(operands[1].elements.numbers ?? []))
                }
            ),
        ],
        examples: examples
    )
}

private func quantifier(
    _ name: String,
    _ summary: String,
    _ result: String,
    _ body: @escaping @Sendable ([Bool]) -> Value,
    _ examples: [Example]
) -> Function {
    Function(
        name,
        .reductions,
        summary,
        [
            Overload(
                "(list: [bool]) -> \(result)",
                [],
                .values { operands, _ in body(operands[0].elements.bools ?? []) }
            ),
            Overload(
                "(list: [T], body: T -> bool) -> \(result)",
                [],
                .values { operands, _ in body(operands[1].elements.bools ?? []) }
            ),
        ],
        examples: examples
    )
}

private func byKey(
    _ name: String,
    _ summary: String,
    _ numbers: @escaping @Sendable (Double, Double) -> Bool,
    _ texts: @escaping @Sendable (String, String) -> Bool,
    _ examples: [Example]
) -> Function {
    Function(
        name,
        .reductions,
        summary,
        [
            Overload(
                "(list: [T], body: T -> number) -> T",
                [],
                .values { operands, _ throws(Fault) in
                    let keys = operands[1].elements.numbers ?? []
                    return try element(try position(of: keys, numbers), of: operands[0])
                }
            ),
            Overload(
                "(list: [T], body: T -> string) -> T",
                [],
                .values { operands, meter throws(Fault) in
                    try meter.visitAll(of: operands[1])
                    let keys = operands[1].elements.map(\.text)
                    return try element(try position(of: keys, texts), of: operands[0])
                }
            ),
        ],
        examples: examples
    )
}

private func extreme(
    _ list: List,
    _ precedes: (Double, Double) -> Bool
) throws(Fault) -> Double {
    guard let numbers = list.numbers, var best = numbers.first else { throw .emptyList }
    for number in numbers where precedes(number, best) { best = number }
    return best
}

private func position<Key>(
    of keys: [Key],
    _ precedes: (Key, Key) -> Bool
) throws(Fault) -> Int {
    guard var best = keys.first else { throw .emptyList }
    var position = 0
    for (index, key) in keys.enumerated() where precedes(key, best) {
        best = key
        position = index
    }
    return position
}

private func element(_ position: Int, of list: Value) throws(Fault) -> Value {
    let list = list.elements
    guard position < list.count else { throw .lengthMismatch(list.count, position + 1) }
    return list[position]
}
