/// Lists: choosing, ordering, joining and searching their elements.
package let listFunctions: [Function] = [
    .ofValues(
        "map",
        .lists,
        "The results of the body for each element.",
        "(list: [T], body: T -> U) -> [U]",
        { operands, _ in operands[1] },
        examples: [
            Example("map([1, 2], it * 10)", "[10, 20]"), Example("map([{n: 1}], .n + 1)", "[2]"),
        ]
    ),
    .ofValues(
        "filter",
        .lists,
        "The elements for which the body holds.",
        "(list: [T], body: T -> bool) -> [T]",
        { operands, meter throws(Fault) in
            let list = operands[0].elements
            let flags = operands[1].elements.bools ?? []
            guard flags.count == list.count else { throw .lengthMismatch(list.count, flags.count) }
            let positions = flags.indices.filter { flags[$0] }
            try meter.makeList(count: positions.count)
            return .list(list.picking(positions))
        },
        examples: [
            Example("filter([1, 2, 3], it > 1)", "[2, 3]"), Example("filter([], it > 1)", "[]"),
        ]
    ),
    .ofValues(
        "find",
        .lists,
        "The first element for which the body holds, or null.",
        "(list: [T], body: T -> bool) -> T?",
        { operands, _ in
            let list = operands[0].elements
            guard let position = operands[1].elements.bools?.firstIndex(of: true),
                position < list.count
            else { return .null }
            return list[position]
        },
        examples: [
            Example("find([1, 2, 3], it > 1)", "2"), Example("find([1, 2], it > 5)", "null"),
        ]
    ),
    .ofValues(
        "index_of",
        .lists,
        "The position of the first element that is the same as the value, or null.",
        "(list: [T], value: T) -> number?",
        { operands, meter throws(Fault) in
            guard
                let position = try meter.firstIndex(of: operands[1], in: operands[0].elements)
            else { return .null }
            return .number(Double(position))
        },
        examples: [Example("index_of(['a', 'b'], 'b')", "1"), Example("index_of([1], 2)", "null")]
    ),
    .ofValues(
        "contains",
        .lists,
        "Whether an element is the same as the value.",
        "(list: [T], value: T) -> bool",
        { operands, meter throws(Fault) in
            .bool(try meter.firstIndex(of: operands[1], in: operands[0].elements) != nil)
        },
        examples: [
            Example("contains([1, 2], 2)", "true"), Example("contains(['a'], 'b')", "false"),
        ]
    ),
    .ofValues(
        "take",
        .lists,
        "The first n elements, or all if there are fewer.",
        "(list: [T], n: number) -> [T]",
        { operands, meter throws(Fault) in
            let count = operands[0].elements.count
            let taken = min(try wholeCount(operands[1].double, of: "n"), count)
            return try slice(operands[0].elements, 0..<taken, &meter)
        },
        examples: [Example("take([1, 2, 3], 2)", "[1, 2]"), Example("take([1], 5)", "[1]")]
    ),
    .ofValues(
        "drop",
        .lists,
        "The elements after the first n.",
        "(list: [T], n: number) -> [T]",
        { operands, meter throws(Fault) in
            let count = operands[0].elements.count
            let dropped = min(try wholeCount(operands[1].double, of: "n"), count)
            return try slice(operands[0].elements, dropped..<count, &meter)
        },
        examples: [Example("drop([1, 2, 3], 2)", "[3]"), Example("drop([1], 5)", "[]")]
    ),
    .ofValues(
        "slice",
        .lists,
        "The elements from start up to end, which is left out; negative positions count from the end.",
        "(list: [T], start: number, end: number? = null) -> [T]",
        { operands, meter throws(Fault) in
            let list = operands[0].elements
            let end = operands[2].isNull ? nil : operands[2].double
            let range = try sliceRange(operands[1].double, end, count: list.count)
            return try slice(list, range, &meter)
        },
        examples: [
            Example("slice([1, 2, 3, 4], 1, 3)", "[2, 3]"),
            Example("slice([1, 2, 3], -2)", "[2, 3]"),
        ]
    ),
    .ofValues(
        "concat",
        .lists,
        "The elements of all the lists, one after the other; the operator `++`.",
        "(a: [T], b: [T], more: [T]...) -> [T]",
        { operands, meter throws(Fault) in try joined(operands.map(\.elements), &meter) },
        examples: [
            Example("concat([1], [2, 3], [4])", "[1, 2, 3, 4]"),
            Example("['a'] ++ ['b']", "['a', 'b']"),
        ]
    ),
    .ofValues(
        "flatten",
        .lists,
        "The elements of the lists inside a list, one after the other.",
        "(list: [[T]]) -> [T]",
        { operands, meter throws(Fault) in
            try joined(operands[0].elements.map(\.elements), &meter)
        },
        examples: [
            Example("flatten([[1, 2], [3]])", "[1, 2, 3]"),
            Example("flatten([[], ['a']])", "['a']"),
        ]
    ),
    .ofValues(
        "zip",
        .lists,
        "The pairs of two lists of one length, as records with the fields a and b.",
        "(a: [A], b: [B]) -> [{a: A, b: B}]",
        { operands, meter throws(Fault) in
            let (a, b) = (operands[0].elements, operands[1].elements)
            guard a.count == b.count else { throw .lengthMismatch(a.count, b.count) }
            try meter.makeList(count: a.count)
            try meter.visit(count: 2 * a.count)
            guard let shape = Record.Shape(["a", "b"]) else { return .list(.empty) }
            let pairs = zip(a, b).map { a, b in Record(shape: shape, values: [a, b]) ?? .empty }
            return .list(List(pairs.map(Value.record)))
        },
        examples: [
            Example("zip([1, 2], ['x', 'y'])", "[{a: 1, b: 'x'}, {a: 2, b: 'y'}]"),
            Example("zip([], [])", "[]"),
        ]
    ),
    .ofValues(
        "reverse",
        .lists,
        "The elements from the last to the first.",
        "(list: [T]) -> [T]",
        { operands, meter throws(Fault) in
            let list = operands[0].elements
            try meter.makeList(count: list.count)
            return .list(list.picking(Array(list.indices.reversed())))
        },
        examples: [Example("reverse([1, 2, 3])", "[3, 2, 1]"), Example("reverse([])", "[]")]
    ),
    Function(
        "sort",
        .lists,
        "The elements from the smallest to the largest; strings by their UTF-8 bytes.",
        [
            Overload(
                "(list: [number]) -> [number]",
                [],
                .values { operands, meter throws(Fault) in
                    let numbers = operands[0].elements.numbers ?? []
                    try meter.sort(count: numbers.count)
                    try meter.makeList(count: numbers.count)
                    return .list(List(numbers.sorted()))
                }
            ),
            Overload(
                "(list: [string]) -> [string]",
                [],
                .values { operands, meter throws(Fault) in
                    try meter.makeList(count: operands[0].elements.count)
                    let order = try textOrder(operands[0].elements, &meter)
                    return .list(operands[0].elements.picking(order))
                }
            ),
        ],
        examples: [
            Example("sort([3, 1, 2])", "[1, 2, 3]"), Example("sort(['b', 'a'])", "['a', 'b']"),
        ]
    ),
    Function(
        "sort_by",
        .lists,
        "The elements in the order of the body's results; equal ones stay as they were.",
        [
            Overload(
                "(list: [T], body: T -> number) -> [T]",
                [],
                .values { operands, meter throws(Fault) in
                    let keys = operands[1].elements.numbers ?? []
                    try meter.sort(count: keys.count)
                    let order = keys.indices.sorted { keys[$0] < keys[$1] }
                    return try reordered(operands[0].elements, order, &meter)
                }
            ),
            Overload(
                "(list: [T], body: T -> string) -> [T]",
                [],
                .values { operands, meter throws(Fault) in
                    let order = try textOrder(operands[1].elements, &meter)
                    return try reordered(operands[0].elements, order, &meter)
                }
            ),
        ],
        examples: [
            Example("sort_by([3, 1, 2], -it)", "[3, 2, 1]"),
            Example("sort_by([{n: 'b'}, {n: 'a'}], .n)", "[{n: 'a'}, {n: 'b'}]"),
        ]
    ),
    .ofValues(
        "unique",
        .lists,
        "The elements without those that are the same as an earlier one.",
        "(list: [T]) -> [T]",
        { operands, meter throws(Fault) in
            let list = operands[0].elements
            // Hashing and comparing walk through each element.
            try meter.visitAll(of: operands[0])
            try meter.visitAll(of: operands[0])
            try meter.makeList(count: list.count)
            var seen: Set<Value> = []
            return .list(list.picking(list.indices.filter { seen.insert(list[$0]).inserted }))
        },
        examples: [
            Example("unique([1, 2, 1])", "[1, 2]"),
            Example("unique(['b', 'a', 'b'])", "['b', 'a']"),
        ]
    ),
    .ofValues(
        "compact",
        .lists,
        "The elements that are not null.",
        "(list: [T?]) -> [T]",
        { operands, meter throws(Fault) in
            let list = operands[0].elements
            let positions = list.indices.filter { !list[$0].isNull }
            try meter.makeList(count: positions.count)
            return .list(List(positions.map { list[$0] }))
        },
        examples: [Example("compact([1, null, 3])", "[1, 3]"), Example("compact([null])", "[]")]
    ),
]

private func slice(
    _ list: List,
    _ range: Range<Int>,
    _ meter: inout Meter
) throws(Fault) -> Value {
    try meter.makeList(count: range.count)
    return .list(list.slice(range))
}

private func joined(_ lists: [List], _ meter: inout Meter) throws(Fault) -> Value {
    try meter.makeList(count: lists.reduce(0) { $0 + $1.count })
    var numbers: [Double] = []
    for list in lists {
        guard let more = list.numbers else { return .list(List(lists.flatMap(\.values))) }
        numbers += more
    }
    return .list(List(numbers))
}

private func reordered(
    _ list: List,
    _ order: [Int],
    _ meter: inout Meter
) throws(Fault) -> Value {
    guard order.count == list.count else { throw .lengthMismatch(list.count, order.count) }
    try meter.makeList(count: order.count)
    return .list(list.picking(order))
}

/// The positions of strings in the order of their UTF-8 bytes.
private func textOrder(_ list: List, _ meter: inout Meter) throws(Fault) -> [Int] {
    let texts = list.map(\.text)
    let bytes = texts.reduce(0) { $0 + $1.utf8.count }
    try meter.sort(count: texts.count + bytes / 16)
    return texts.indices.sorted { texts[$0].precedes(texts[$1]) }
}
