/// Records of known fields.
///
/// A signature cannot speak of the fields of a record, so these have a `typing`.
package let recordFunctions: [Function] = [
    .ofValues(
        "merge",
        .records,
        "The fields of both records; of a name that both have, the second one's.",
        "(a: A, b: B) -> R",
        typing: mergedType,
        { operands, meter throws(Fault) in
            let (a, b) = (operands[0].fields, operands[1].fields)
            try meter.makeList(count: a.count + b.count)
            var names: [String] = []
            var values: [Value] = []
            for (name, value) in zip(a.names, a.values) {
                names.append(name)
                values.append(b[name] ?? value)
            }
            for (name, value) in zip(b.names, b.values) where a[name] == nil {
                names.append(name)
                values.append(value)
            }
            return .record(Record(names: names, values: values) ?? .empty)
        },
        examples: [
            Example("merge({a: 1, b: 2}, {b: 3})", "{a: 1, b: 3}"),
            Example("merge({a: 1}, {b: 'x'})", "{a: 1, b: 'x'}"),
        ]
    ),
    .ofValues(
        "pick",
        .records,
        "The record with only the fields of the names, which are written as strings.",
        "(record: A, name: string, more: string...) -> R",
        typing: { types, literals in
            selectedType(types, literals) { record, names in
                record.fields.filter { names.contains(ExactText($0.name)) }
            }
        },
        { operands, meter throws(Fault) in
            try selection(of: operands, keepsNamed: true, &meter)
        },
        examples: [
            Example("pick({a: 1, b: 2, c: 3}, 'a', 'c')", "{a: 1, c: 3}"),
            Example("pick({a: 1}, 'a')", "{a: 1}"),
        ]
    ),
    .ofValues(
        "omit",
        .records,
        "The record without the fields of the names, which are written as strings.",
        "(record: A, name: string, more: string...) -> R",
        typing: { types, literals in
            selectedType(types, literals) { record, names in
                record.fields.filter { !names.contains(ExactText($0.name)) }
            }
        },
        { operands, meter throws(Fault) in
            try selection(of: operands, keepsNamed: false, &meter)
        },
        examples: [
            Example("omit({a: 1, b: 2, c: 3}, 'b')", "{a: 1, c: 3}"),
            Example("omit({a: 1}, 'a')", "{}"),
        ]
    ),
    .ofValues(
        "keys",
        .records,
        "The names of the fields, in the order in which they stand.",
        "(record: A) -> [string]",
        typing: { types, _ in
            guard case .record = types.first else { return nil }
            return .list(.string)
        },
        { operands, meter throws(Fault) in
            let names = operands[0].fields.names
            try meter.makeList(count: names.count)
            return .list(List(names.map(Value.string)))
        },
        examples: [
            Example("keys({b: 1, a: 2})", "['b', 'a']"), Example("keys({})", "[]"),
        ]
    ),
    .ofValues(
        "values",
        .records,
        "The values of the fields, which must have a type in common.",
        "(record: A) -> [T]",
        typing: { types, _ in
            guard case .record(let record) = types.first else { return nil }
            var element = ValueType.never
            for field in record.fields {
                guard let joined = element.joined(with: field.type) else { return nil }
                element = joined
            }
            return .list(element)
        },
        { operands, meter throws(Fault) in
            let values = operands[0].fields.values
            try meter.makeList(count: values.count)
            return .list(List(values))
        },
        examples: [
            Example("values({b: 1, a: 2})", "[1, 2]"), Example("values({a: 'x'})", "['x']"),
        ]
    ),
    .ofValues(
        "has",
        .records,
        "Whether the record has a field of the name.",
        "(record: A, name: string) -> bool",
        typing: { types, _ in
            guard case .record = types.first else { return nil }
            return .bool
        },
        { operands, meter throws(Fault) in
            try meter.visit(count: operands[0].fields.count)
            return .bool(operands[0].fields[operands[1].text] != nil)
        },
        examples: [
            Example("has({a: 1}, 'a')", "true"), Example("has({a: 1}, 'b')", "false"),
        ]
    ),
]

/// The type of `merge`: a field that the second may lack, or have as null, may be either's.
private let mergedType: Overload.Typing = { types, _ in
    guard types.count == 2, case .record(let a) = types[0], case .record(let b) = types[1] else {
        return nil
    }
    var fields: [(name: String, type: ValueType)] = []
    for field in a.fields {
        guard let theirs = b[field.name] else {
            fields.append((field.name, field.type))
            continue
        }
        guard theirs.admitsNull else {
            fields.append((field.name, theirs))
            continue
        }
        guard let joined = field.type.joined(with: theirs) else { return nil }
        fields.append((field.name, joined))
    }
    for field in b.fields where a[field.name] == nil {
        fields.append((field.name, field.type))
    }
    return .record(RecordType(fields))
}

/// The type of `pick` and `omit`, if the names are literals and fields of the record.
private func selectedType(
    _ types: [ValueType],
    _ literals: [Value?],
    _ select: (RecordType, Set<ExactText>) -> [RecordType.Field]
) -> ValueType? {
    guard case .record(let record) = types.first else { return nil }
    var names: Set<ExactText> = []
    for literal in literals.dropFirst() {
        guard case .string(let name) = literal, record[name] != nil else { return nil }
        names.insert(ExactText(name))
    }
    return .record(RecordType(select(record, names).map { (name: $0.name, type: $0.type) }))
}

private func selection(
    of operands: [Value],
    keepsNamed: Bool,
    _ meter: inout Meter
) throws(Fault) -> Value {
    let record = operands[0].fields
    try meter.makeList(count: record.count)
    let named = Set(operands.dropFirst().map { ExactText($0.text) })
    let kept = record.fields.filter { named.contains(ExactText($0.name)) == keepsNamed }
    return .record(Record(names: kept.map(\.name), values: kept.map(\.value)) ?? .empty)
}
