/// How names are spelled in the language: bare if they are words, in backticks if not.
package enum NameText {
    /// The words that stand for something else and so need backticks as names.
    ///
    /// Held equal to the lexer's list by a test; the two stand on floors that do not see each other.
    package static let reservedWords: Set<String> = [
        "let", "fn", "if", "true", "false", "null", "it", "in", "not", "and", "or", "as",
    ]

    /// The name as it is written in an expression.
    package static func quoted(_ name: String) -> String {
        isWord(name) && !reservedWords.contains(name) ? name : "`\(name)`"
    }

    /// Whether a name is ASCII letters, digits and underscores and does not begin with a digit.
    package static func isWord(_ name: String) -> Bool {
        var first = true
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "_"):
                break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !first:
                break
            default:
                return false
            }
            first = false
        }
        return !first
    }
}
