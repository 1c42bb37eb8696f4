package import Foundation

/// The rules of an EBNF file, in the notation that `Grammar/README.md` explains.
package struct EBNFGrammar: Sendable {
    package indirect enum Term: Sendable {
        case literal(String)
        case reference(String)
        case range(UInt32, UInt32)
        case sequence([Term])
        case choice([Term])
        case optional(Term)
        case repetition(Term)
        case exception(Term, not: Term)
    }

    package struct Rule: Sendable {
        package let name: String
        /// The rule as it is written, with single spaces.
        package let text: String
        package let term: Term
    }

    package enum Failure: Error {
        case unexpected(String, inRule: String)
    }

    package private(set) var rules: [Rule] = []
    private var positions: [String: Int] = [:]

    /// Reads a grammar file.
    package init(contentsOf url: URL) throws {
        try self.init(text: String(contentsOf: url, encoding: .utf8))
    }

    package init(text: String) throws {
        var reader = Reader(symbols: Self.symbols(of: text))
        while let rule = try reader.rule() {
            positions[rule.name] = rules.count
            rules.append(rule)
        }
    }

    package subscript(name: String) -> Rule? { positions[name].map { rules[$0] } }

    /// Whether a rule is one of characters, between which nothing may stand.
    package static func isLexical(_ name: String) -> Bool {
        name.unicodeScalars.allSatisfy { $0.properties.isUppercase || $0 == "_" }
    }

    /// Cuts the text into the symbols of the notation, without comments.
    package static func symbols(of text: String) -> [String] {
        var symbols: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            if rest.hasPrefix("(*") {
                rest = rest.range(of: "*)").map { rest[$0.upperBound...] } ?? ""
            } else if first.isWhitespace {
                rest.removeFirst()
            } else if first == "\"" || first == "'" {
                let end = rest.dropFirst().firstIndex(of: first) ?? rest.endIndex
                symbols.append(String(rest[..<end]) + String(first))
                rest = rest[end...].dropFirst()
            } else if rest.hasPrefix("..") {
                symbols.append("..")
                rest = rest.dropFirst(2)
            } else {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "#" }
                symbols.append(word.isEmpty ? String(first) : String(word))
                rest = rest.dropFirst(max(word.count, 1))
            }
        }
        return symbols
    }
}

/// Reads rules from symbols.
private struct Reader {
    let symbols: [String]
    var position = 0
    var ruleName = ""

    init(symbols: [String]) {
        self.symbols = symbols
    }

    private var symbol: String { position < symbols.count ? symbols[position] : "" }

    private mutating func take(_ expected: String) throws {
        guard symbol == expected else {
            throw EBNFGrammar.Failure.unexpected(symbol, inRule: ruleName)
        }
        position += 1
    }

    mutating func rule() throws -> EBNFGrammar.Rule? {
        guard position < symbols.count else { return nil }
        let start = position
        ruleName = symbol
        position += 1
        try take("=")
        let term = try choice()
        try take(";")
        let text = symbols[start..<position].joined(separator: " ")
        return EBNFGrammar.Rule(name: ruleName, text: text, term: term)
    }

    private mutating func choice() throws -> EBNFGrammar.Term {
        var terms = [try sequence()]
        while symbol == "|" {
            position += 1
            terms.append(try sequence())
        }
        return terms.count == 1 ? terms[0] : .choice(terms)
    }

    private mutating func sequence() throws -> EBNFGrammar.Term {
        var terms: [EBNFGrammar.Term] = []
        while !["", "|", ";", ")", "]", "}"].contains(symbol) {
            let term = try factor()
            if symbol == "-" {
                position += 1
                terms.append(.exception(term, not: try factor()))
            } else {
                terms.append(term)
            }
        }
        return terms.count == 1 ? terms[0] : .sequence(terms)
    }

    private mutating func factor() throws -> EBNFGrammar.Term {
        let first = symbol
        position += 1
        switch first {
        case "(":
            let term = try choice()
            try take(")")
            return term
        case "[":
            let term = try choice()
            try take("]")
            return .optional(term)
        case "{":
            let term = try choice()
            try take("}")
            return .repetition(term)
        default:
            guard let low = Self.characters(first) else { return .reference(first) }
            guard symbol == ".." else { return .literal(low) }
            position += 1
            let high = Self.characters(symbol)
            position += 1
            guard let from = low.unicodeScalars.first, let to = high?.unicodeScalars.first else {
                throw EBNFGrammar.Failure.unexpected(first, inRule: ruleName)
            }
            return .range(from.value, to.value)
        }
    }

    /// What `"+"`, `'+'` or `#x2B` stand for; nil for a name.
    private static func characters(_ symbol: String) -> String? {
        if symbol.hasPrefix("\"") || symbol.hasPrefix("'") {
            return String(symbol.dropFirst().dropLast())
        }
        guard symbol.hasPrefix("#x"), let value = UInt32(symbol.dropFirst(2), radix: 16) else {
            return nil
        }
        return Unicode.Scalar(value).map { String($0) }
    }
}
