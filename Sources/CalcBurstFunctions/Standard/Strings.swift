/// Strings: compared byte for byte, with positions in Unicode scalars.
package let stringFunctions: [Function] = [
    .ofValues(
        "upper",
        .strings,
        "The string in upper case, after Unicode's default mapping.",
        "(text: string) -> string",
        marks: .lifted,
        { operands, meter throws(Fault) in try made(operands[0].text.uppercased(), &meter) },
        examples: [
            Example("upper('Straße')", "'STRASSE'"), Example("upper(['a', 'b'])", "['A', 'B']"),
        ]
    ),
    .ofValues(
        "lower",
        .strings,
        "The string in lower case, after Unicode's default mapping.",
        "(text: string) -> string",
        marks: .lifted,
        { operands, meter throws(Fault) in try made(operands[0].text.lowercased(), &meter) },
        examples: [Example("lower('ÄB')", "'äb'"), Example("lower(['A', 'B'])", "['a', 'b']")]
    ),
    .ofValues(
        "trim",
        .strings,
        "The string without white space at its ends.",
        "(text: string) -> string",
        marks: .lifted,
        { operands, meter throws(Fault) in
            let scalars = operands[0].text.unicodeScalars
            let front = scalars.drop { $0.properties.isWhitespace }
            let end = front.lastIndex { !$0.properties.isWhitespace }
            return try made(end.map { String(front[...$0]) } ?? "", &meter)
        },
        examples: [Example("trim('  a b ')", "'a b'"), Example("trim([' x', 'y '])", "['x', 'y']")]
    ),
    .ofValues(
        "replace",
        .strings,
        "The string with each occurrence of a part replaced by another.",
        "(text: string, part: string, replacement: string) -> string",
        marks: .lifted,
        { operands, meter throws(Fault) in
            let pieces = try pieces(of: operands[0].text, between: operands[1].text)
            return try joined(pieces.map { $0[...] }, by: operands[2].text, &meter)
        },
        examples: [
            Example("replace('a-b-c', '-', '+')", "'a+b+c'"),
            Example("replace('aaa', 'aa', 'b')", "'ba'"),
        ]
    ),
    .ofValues(
        "split",
        .strings,
        "The parts of the string between the separators.",
        "(text: string, separator: string) -> [string]",
        { operands, meter throws(Fault) in
            let pieces = try pieces(of: operands[0].text, between: operands[1].text)
            try meter.makeList(count: pieces.count)
            try meter.makeString(bytes: operands[0].text.utf8.count)
            return .list(List(pieces.map { .string(String(decoding: $0, as: UTF8.self)) }))
        },
        examples: [
            Example("split('a,b,,c', ',')", "['a', 'b', '', 'c']"),
            Example("split('', ',')", "['']"),
        ]
    ),
    .ofValues(
        "join",
        .strings,
        "The strings of the list, one after the other, with the separator between them.",
        "(list: [string], separator: string) -> string",
        { operands, meter throws(Fault) in
            let texts = operands[0].elements.map { ArraySlice($0.text.utf8) }
            return try joined(texts, by: operands[1].text, &meter)
        },
        examples: [Example("join(['a', 'b'], ', ')", "'a, b'"), Example("join([], ',')", "''")]
    ),
    .ofValues(
        "substr",
        .strings,
        "The part of the string from start, of count scalars or to its end.",
        "(text: string, start: number, count: number? = null) -> string",
        marks: .lifted,
        { operands, meter throws(Fault) in
            let scalars = operands[0].text.unicodeScalars
            let length = scalars.count
            let start = try slicePosition(operands[1].double, count: length, of: "start")
            var count = length - start
            if !operands[2].isNull {
                count = min(count, try wholeCount(operands[2].double, of: "count"))
            }
            return try made(String(scalars.dropFirst(start).prefix(count)), &meter)
        },
        examples: [
            Example("substr('abcdef', 2, 3)", "'cde'"), Example("substr('abcdef', -2)", "'ef'"),
        ]
    ),
    test("starts_with", "Whether the string begins with the other.", "'abc', 'ab'") { text, part in
        text.starts(with: part)
    },
    test("ends_with", "Whether the string ends with the other.", "'abc', 'bc'") { text, part in
        text.suffix(part.count).elementsEqual(part)
    },
    test("includes", "Whether the other string stands in the string.", "'abc', 'b'") { text, part in
        PatternSearch(part).first(in: text) != nil
    },
    .ofValues(
        "index",
        .strings,
        "The position in Unicode scalars where the other string first stands, or null.",
        "(text: string, part: string) -> number?",
        marks: .lifted,
        { operands, _ in
            let bytes = Array(operands[0].text.utf8)
            guard
                let position = PatternSearch(Array(operands[1].text.utf8)).first(in: bytes)
            else { return .null }
            // The bytes 10xxxxxx go on with a scalar, all others begin one.
            return .number(Double(bytes[..<position].count { $0 & 0xC0 != 0x80 }))
        },
        examples: [Example("index('Zoë!', '!')", "3"), Example("index('abc', 'x')", "null")]
    ),
    padding(
        "pad_left",
        "The string with fill before it, until it has the width.",
        atStart: true,
        [Example("pad_left('7', 3, '0')", "'007'"), Example("pad_left('abc', 2)", "'abc'")]
    ),
    padding(
        "pad_right",
        "The string with fill after it, until it has the width.",
        atStart: false,
        [Example("pad_right('ab', 4, '.')", "'ab..'"), Example("pad_right('abc', 2)", "'abc'")]
    ),
    .ofValues(
        "like",
        .strings,
        "Whether the pattern stands for the whole string: * for any scalars, ? for one.",
        "(text: string, pattern: string) -> bool",
        marks: .lifted,
        { operands, meter throws(Fault) in
            .bool(try Glob(operands[1].text).matches(operands[0].text, &meter))
        },
        examples: [
            Example("like('report.csv', '*.csv')", "true"), Example("like('ab', 'a?b')", "false"),
        ]
    ),
]

/// The string as a value; only for work that its operand bounds, since it is charged afterwards.
private func made(_ text: String, _ meter: inout Meter) throws(Fault) -> Value {
    try meter.makeString(bytes: text.utf8.count)
    return .string(text)
}

private func pieces(of text: String, between separator: String) throws(Fault) -> [ArraySlice<UInt8>]
{
    if separator.utf8.isEmpty { throw .domain("the part to look for must not be empty") }
    let bytes = Array(text.utf8)
    let search = PatternSearch(Array(separator.utf8))
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    for position in search.all(in: bytes) {
        pieces.append(bytes[start..<position])
        start = position + search.pattern.count
    }
    pieces.append(bytes[start...])
    return pieces
}

private func joined(
    _ pieces: [ArraySlice<UInt8>],
    by separator: String,
    _ meter: inout Meter
) throws(Fault) -> Value {
    let own = pieces.reduce(0) { $0 + $1.count }
    let between = max(0, pieces.count - 1) * separator.utf8.count
    try meter.makeString(bytes: own + between)
    try meter.visit(count: pieces.count)
    let bytes = Array(pieces.joined(separator: separator.utf8))
    return .string(String(decoding: bytes, as: UTF8.self))
}

/// A test of the bytes of two strings, which holds for the first example and not for `'x', 'y'`.
private func test(
    _ name: String,
    _ summary: String,
    _ example: String,
    _ body: @escaping @Sendable ([UInt8], [UInt8]) -> Bool
) -> Function {
    .ofValues(
        name,
        .strings,
        summary,
        "(text: string, part: string) -> bool",
        marks: .lifted,
        { operands, _ in .bool(body(Array(operands[0].text.utf8), Array(operands[1].text.utf8))) },
        examples: [Example("\(name)(\(example))", "true"), Example("\(name)('x', 'y')", "false")]
    )
}

private func padding(
    _ name: String,
    _ summary: String,
    atStart: Bool,
    _ examples: [Example]
) -> Function {
    .ofValues(
        name,
        .strings,
        summary,
        "(text: string, width: number, fill: string = \" \") -> string",
        marks: .lifted,
        { operands, meter throws(Fault) in
            let text = operands[0].text
            let fill = operands[2].text
            guard fill.unicodeScalars.count == 1 else {
                throw .domain("the fill must be one scalar")
            }
            let width = try wholeCount(operands[1].double, of: "the width")
            let missing = max(0, width - text.unicodeScalars.count)
            try meter.makeString(bytes: text.utf8.count + missing * fill.utf8.count)
            let padding = String(repeating: fill, count: missing)
            return .string(atStart ? padding + text : text + padding)
        },
        examples: examples
    )
}
