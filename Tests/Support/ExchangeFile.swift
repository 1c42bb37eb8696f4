import Foundation

/// A request to the API and the answer that it must get, as a file of `Corpus/api` has it.
///
/// `Tests/Corpus/README.md` describes the form.
package struct Exchange: Sendable, CustomStringConvertible {
    /// The file and the line of the claim.
    package let place: String
    /// What it shows.
    package let claim: String
    /// What is said behind `given:`, for this exchange or its file.
    package var given: [String]
    /// The request: its first line, its headers, and its body; nil if it has none.
    package var request = Message()
    /// The answer: status and perhaps code, headers, and the body; nil if it has none.
    package var answer = Message()
    /// The ids of the rows that it stores; `*` is any, `none` is no row.
    package var stored = "none"

    package var description: String { "\(place): \(claim)" }

    /// What stands behind `given: WORD `; empty if nothing does, nil if the word is not given.
    package func given(_ word: String) -> String? {
        let line = given.last { $0 == word || $0.hasPrefix(word + " ") }
        return line.map { String($0.dropFirst(word.count + 1)) }
    }

    /// Lines behind `>` or `<`.
    package struct Message: Sendable {
        package var first = ""
        package var headers: [String] = []
        package var body: String?
        fileprivate var isBodyBegun = false
    }
}

/// One file of exchanges that share a store, in their order.
package struct ExchangeFile: Sendable, CustomStringConvertible {
    package let name: String
    package var exchanges: [Exchange] = []

    package var description: String { name }

    /// All files, by name.
    package static func all() throws -> [ExchangeFile] {
        try Corpus.files(in: "api", suffix: ".exchange").map { file in
            try ExchangeFile(
                name: file.lastPathComponent,
                text: String(contentsOf: file, encoding: .utf8)
            )
        }
    }

    /// Reads a file; every line is one of the form.
    package init(name: String, text: String) throws {
        self.name = name
        var given: [String] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            let place = "\(name):\(index + 1)"
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("=== ") {
                let claim = String(line.dropFirst(4))
                exchanges.append(Exchange(place: place, claim: claim, given: given))
            } else if let text = line.text(behind: "given: ") {
                if exchanges.isEmpty {
                    given.append(text)
                } else {
                    exchanges[exchanges.count - 1].given.append(text)
                }
            } else if let last = exchanges.indices.last {
                if line.hasPrefix(">") {
                    try exchanges[last].request.append(line, place)
                } else if line.hasPrefix("<") {
                    try exchanges[last].answer.append(line, place)
                } else if let ids = line.text(behind: "stored: ") {
                    exchanges[last].stored = ids
                } else {
                    throw Corpus.Malformed(description: "\(place): \(line)")
                }
            } else {
                throw Corpus.Malformed(description: "\(place): \(line)")
            }
        }
    }
}

extension Exchange.Message {
    fileprivate mutating func append(_ line: String, _ place: String) throws {
        let text = String(line.dropFirst(line.count > 1 ? 2 : 1))
        if let body {
            self.body = isBodyBegun ? body + "\n" + text : text
            isBodyBegun = true
        } else if first.isEmpty {
            first = text
        } else if text.isEmpty {
            body = ""
        } else {
            guard text.contains(":") || text.hasPrefix("!") else {
                throw Corpus.Malformed(description: "\(place): no header: \(text)")
            }
            headers.append(text)
        }
    }
}

/// The parts in double braces, which stand for what cannot be written in a line.
package struct ExchangeText {
    /// What earlier answers of the file gave, by name.
    package var kept: [String: String] = [:]

    package init() {}

    /// The bytes of a text: `{{repeat N TEXT}}`, `{{bytes HH HH}}`, and `{{NAME}}` put in.
    package func bytes(_ text: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let open = rest.range(of: "{{"), let close = rest[open.upperBound...].range(of: "}}")
        {
            bytes += rest[..<open.lowerBound].utf8
            let inside = rest[open.upperBound..<close.lowerBound]
            let words = inside.split(separator: " ", maxSplits: 2).map(String.init)
            if words.first == "repeat", words.count == 3, let count = Int(words[1]) {
                for _ in 0..<count { bytes += words[2].utf8 }
            } else if words.first == "bytes" {
                bytes += inside.split(separator: " ").dropFirst()
                    .compactMap { UInt8($0, radix: 16) }
            } else if let value = kept[String(inside)] {
                bytes += value.utf8
            } else {
                throw Corpus.Malformed(description: "nothing is called {{\(inside)}}")
            }
            rest = rest[close.upperBound...]
        }
        return bytes + rest.utf8
    }

    package func text(_ text: String) throws -> String {
        try String(decoding: bytes(text), as: UTF8.self)
    }
}

extension String {
    fileprivate func text(behind mark: String) -> String? {
        hasPrefix(mark) ? String(dropFirst(mark.count)) : nil
    }
}
