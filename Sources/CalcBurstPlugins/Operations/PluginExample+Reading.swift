#if Plugins
import CalcBurstFunctions

extension PluginExample {
    /// Reads one example: `call == value ~ tolerance`, or `call fails 'domain'`.
    package init(_ line: String) throws(PluginError) {
        let marks = try Marks(line)
        let bytes = marks.reader.bytes
        func part(_ range: Range<Int>) -> String {
            let text = bytes[range].drop { $0 == 0x20 || $0 == 0x09 }
            let end = text.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? text.startIndex
            return String(decoding: text[..<end], as: UTF8.self)
        }
        func refused(_ what: String) -> PluginError {
            PluginError(
                .invalidOperation,
                "",
                "\(what) in the example '\(marks.reader.cut(bytes[...]))'"
            )
        }

        let call: String
        if let fails = marks.fails, fails > marks.equals ?? -1 {
            call = part(0..<fails)
            expectation = .failure(try Self.reason(part((fails + 5)..<bytes.count), refused))
        } else if let equals = marks.equals {
            call = part(0..<equals)
            let tilde = marks.tilde.flatMap { $0 > equals ? $0 : nil }
            let value = part((equals + 2)..<(tilde ?? bytes.count))
            guard !value.isEmpty else { throw refused("there is no value after '=='") }
            var tolerance: Double?
            if let tilde {
                let numeral = part((tilde + 1)..<bytes.count)
                guard case .success(let number) = NumberText.read(Array(numeral.utf8)), number > 0
                else { throw refused("there is no tolerance above 0 after '~'") }
                tolerance = number
            }
            expectation = .value(value, tolerance: tolerance)
        } else {
            throw refused("there is neither '==' nor 'fails'")
        }
        guard !call.isEmpty else { throw refused("there is no call") }
        self.call = call
        text = part(0..<bytes.count)
    }

    /// Reads the examples of a table, one a line; empty lines are skipped.
    package static func lines(_ text: String) throws(PluginError) -> [PluginExample] {
        var examples: [PluginExample] = []
        for line in text.split(whereSeparator: \.isNewline)
        where line.contains(where: { $0 != " " && $0 != "\t" }) {
            try examples.append(PluginExample(String(line)))
        }
        return examples
    }

    /// What stands after `fails`: nothing, or a text in quotes.
    private static func reason(
        _ text: String,
        _ refused: (String) -> PluginError
    ) throws(PluginError) -> String? {
        guard let quote = text.utf8.first else { return nil }
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
            text.utf8.count > 2, text.utf8.last == quote
        else { throw refused("after 'fails' a text in quotes or nothing is expected") }
        return String(decoding: text.utf8.dropFirst().dropLast(), as: UTF8.self)
    }
}

/// Where the signs of an example stand, outside of texts and brackets; the last of each.
private struct Marks {
    let reader: NotationReader
    private(set) var equals: Int?
    private(set) var fails: Int?
    private(set) var tilde: Int?

    init(_ line: String) throws(PluginError) {
        reader = try NotationReader(line, refusal: .invalidOperation)
        let bytes = reader.bytes
        var depth = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
                index = Self.end(ofTextAt: index, in: bytes)
                continue
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "~") where depth == 0: tilde = index
            case UInt8(ascii: "=") where depth == 0:
                if bytes[index...].starts(with: "==".utf8) {
                    equals = index
                    index += 2
                    continue
                }
            case UInt8(ascii: "f") where depth == 0 && Self.isWord("fails", at: index, in: bytes):
                fails = index
            default: break
            }
            index += 1
        }
    }

    /// The index after the text in quotes that begins at an index.
    private static func end(ofTextAt start: Int, in bytes: [UInt8]) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != bytes[start] {
            let isEscape = bytes[index] == UInt8(ascii: "\\") && bytes[start] != UInt8(ascii: "`")
            index += isEscape ? 2 : 1
        }
        return index + 1
    }

    private static func isWord(_ word: String, at index: Int, in bytes: [UInt8]) -> Bool {
        guard bytes[index...].starts(with: word.utf8) else { return false }
        let after = index + word.utf8.count
        let before = index - 1
        return (before < 0 || !isNamePart(bytes[before]))
            && (after >= bytes.count || !isNamePart(bytes[after]))
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...:
            true
        default: false
        }
    }
}
#endif
