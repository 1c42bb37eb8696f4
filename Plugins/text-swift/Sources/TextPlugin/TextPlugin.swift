// text: texts that sound or look alike (txt.), in Swift with CalcBurstPluginKit.
//
//     swift build -c release -Xswiftc -static-stdlib
//
// It shows texts as operands and as answers, Swift errors, and a batch entry. The examples of
// txt.levenshtein and txt.soundex are those of the textbooks; Swift on Linux has no stable ABI, so the
// library brings its own standard library, and like every plugin it is never unloaded.

import CalcBurstPluginKit

/// How many characters must be added, taken away or changed to get from one text to the other.
func levenshtein(_ a: String, _ b: String, _ call: Call) throws -> Int64 {
    let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
    // Row by row through the table of all beginnings of `a` and of `b`.
    var row = Array(0...b.count)
    for (place, character) in a.enumerated() {
        if isCancelled(call) { throw Refusal("nobody waits any more", .cancelled) }
        var diagonal = place
        row[0] = place + 1
        for (column, other) in b.enumerated() {
            let changed = diagonal + (character == other ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
        }
    }
    return Int64(row[b.count])
}

/// The code of a name by its sound: a letter and three digits.
func soundex(_ name: String) throws -> String {
    let digits: [Character: Character] = [
        "B": "1", "F": "1", "P": "1", "V": "1",
        "C": "2", "G": "2", "J": "2", "K": "2", "Q": "2", "S": "2", "X": "2", "Z": "2",
        "D": "3", "T": "3",
        "L": "4",
        "M": "5", "N": "5",
        "R": "6",
    ]
    let letters = name.uppercased().filter { $0.isASCII && $0.isLetter }
    guard let first = letters.first else { throw Refusal("a name has a letter from A to Z") }
    var code = String(first)
    var last = digits[first]
    for letter in letters.dropFirst() where code.count < 4 {
        // H and W do not part two letters of one sound; a vowel does.
        if letter == "H" || letter == "W" { continue }
        let digit = digits[letter]
        if let digit, digit != last { code.append(digit) }
        last = digit
    }
    return code + String(repeating: "0", count: 4 - code.count)
}

func clamp(_ x: Double, _ low: Double, _ high: Double) throws -> Double {
    guard low <= high else { throw Refusal("the low end lies above the high one") }
    return max(low, min(x, high))
}

private let plugin = Plugin(
    "text",
    version: "1.0.0",
    license: "MIT",
    [
        Declaration(
            "txt.levenshtein",
            "How many characters must be added, taken away or changed to get the other text.",
            examples: [
                "txt.levenshtein('kitten', 'sitting') == 3",
                "txt.levenshtein('flaw', 'lawn') == 2",
                "txt.levenshtein('', 'Zürich') == 6",
            ],
            flags: [.pure, .concurrent, .deterministic]
        )
        .attempt(Text("a"), Text("b"), gives: Integer.self) { call, a, aCount, b, bCount, result in
            attempt(call, result) { try levenshtein(text(a, aCount), text(b, bCount), call) }
        },

        Declaration(
            "txt.soundex",
            "The code of a name by its English sound: a letter and three digits.",
            examples: [
                "txt.soundex('Robert') == 'R163'",
                "txt.soundex('Rupert') == 'R163'",
                "txt.soundex('Ashcraft') == 'A261'",
                "txt.soundex('Tymczak') == 'T522'",
                "txt.soundex('Pfister') == 'P236'",
                "txt.soundex('Honeyman') == 'H555'",
                "txt.soundex('42') fails 'a name has a letter'",
            ],
            flags: [.pure, .concurrent, .deterministic]
        )
        .attempt(Text("name"), gives: Text.self) { call, name, count in
            attemptText(call) { try soundex(text(name, count)) }
        },

        Declaration(
            "txt.clamp",
            "The nearest number that lies between two ends.",
            examples: [
                "txt.clamp(7, 0, 5) == 5",
                "txt.clamp(-1, 0, 5) == 0",
                "txt.clamp(0.5) == 0.5",
                "txt.clamp(1, 3, 2) fails 'the low end lies above'",
            ],
            flags: [.pure, .concurrent, .deterministic],
            cost: 10
        )
        .attempt(
            Number("x"),
            Number("low", default: 0),
            Number("high", default: 1),
            gives: Number.self
        ) { call, x, low, high, result in
            attempt(call, result) { try clamp(x, low, high) }
        } rows: { call, columns, result, count in
            let (x, low) = (column(columns, 0, count), column(columns, 1, count))
            let high = column(columns, 2, count)
            return attemptRows(call, result, count) { try clamp(x[$0], low[$0], high[$0]) }
        },
    ]
)

/// The one symbol that the host looks for.
@_cdecl("calcburst_plugin_v1")
public func calcburstPlugin() -> UnsafeRawPointer? { plugin.table }
