import CalcBurst
import CalcBurstCompiler
package import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstMachine
package import CalcBurstSource
import CalcBurstSyntax
package import Foundation

/// The corpus: the definition of behaviour, as text that `Tests/Corpus/README.md` describes.
package enum Corpus {
    /// The folder of the corpus.
    package static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus")

    /// One line: an expression, what is given, and what must come of it.
    package struct Line: Sendable, CustomStringConvertible {
        package let file: String
        package let number: Int
        package let text: String
        package let given: [(name: String, value: Value)]
        package let expectation: Expectation

        package var description: String { "\(file):\(number): \(text.prefix(200))" }
        /// The line as it stands in the file.
        package let line: String
        /// Whether the value comes from the C library, so that the last places may differ.
        package var isPlatform: Bool { file.hasSuffix("libm.calc") }
        package var source: Source { Source(text) }
    }

    /// What a line must come to.
    package enum Expectation: Sendable {
        case value(Value)
        case failure(code: String, range: SourceRange)
        /// It runs, with this warning.
        case warning(code: String, range: SourceRange)
    }

    /// A line that is none of the formats.
    package struct Malformed: Error, CustomStringConvertible {
        package let description: String
    }

    /// The lines of all files of the folders, in the order of their names.
    package static func lines(in folders: [String]) throws -> [Line] {
        try folders.flatMap { folder in
            try files(in: folder, suffix: ".calc").flatMap(lines)
        }
    }

    /// The lines that give a value, a failure or a warning.
    package static func allLines() throws -> [Line] {
        try lines(in: ["evaluation", "faults", "warnings"])
    }

    /// The files of a folder, by name; none if there is no such folder.
    package static func files(in name: String, suffix: String) throws -> [URL] {
        let directory = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: directory.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(
            at: directory,
            includingPropertiesForKeys: nil
        )
        .filter { $0.lastPathComponent.hasSuffix(suffix) }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// Sections of one block of `rejections/` or `stages/`.
    package struct Block: Sendable, CustomStringConvertible {
        package let file: URL
        /// The line of its `--- source`.
        package let number: Int
        package var sections: [(name: String, text: String)]

        package subscript(name: String) -> String? {
            sections.first { $0.name == name }?.text
        }

        package var source: Source { Source(self["source"] ?? "") }

        /// The inputs, from its section `given`.
        package var given: [(name: String, value: Value)] {
            guard let json = self["given"], case .record(let record)? = try? JSON.read(json)
            else { return [] }
            return record.fields
        }

        package var description: String {
            "\(file.lastPathComponent):\(number): \(source.text.prefix(100))"
        }
    }

    /// The blocks of all files of a folder.
    package static func blocks(in folder: String) throws -> [Block] {
        try files(in: folder, suffix: ".txt").flatMap { file in
            var blocks: [Block] = []
            let lines = try String(contentsOf: file, encoding: .utf8)
                .split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                if line.hasPrefix("--- ") {
                    let name = String(line.dropFirst(4))
                    if name == "source" {
                        blocks.append(Block(file: file, number: index + 1, sections: []))
                    }
                    guard !blocks.isEmpty else {
                        throw Malformed(description: "\(file.path): no source before \(name)")
                    }
                    blocks[blocks.count - 1].sections.append((name, ""))
                } else if let last = blocks.indices.last {
                    let section = blocks[last].sections.count - 1
                    blocks[last].sections[section].text += line + "\n"
                }
            }
            for block in blocks.indices {
                for section in blocks[block].sections.indices {
                    // An empty line ends a block and is not part of its last section.
                    while blocks[block].sections[section].text.hasSuffix("\n") {
                        blocks[block].sections[section].text.removeLast()
                    }
                }
            }
            return blocks
        }
    }

    /// Writes the blocks of a file, for the sections that are recorded.
    package static func write(_ blocks: [Block], to file: URL) throws {
        let text = blocks.map { block in
            block.sections.map { "--- \($0.name)\n\($0.text)\n" }.joined()
        }
        try text.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    }

    private static func lines(of file: URL) throws -> [Line] {
        let name = file.pathComponents.suffix(2).joined(separator: "/")
        let texts = try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [Line] = []
        for (index, text) in texts.enumerated() where !text.isEmpty && !text.hasPrefix("#") {
            guard let line = line(String(text), name, index + 1) else {
                throw Malformed(description: "\(name):\(index + 1): \(text)")
            }
            lines.append(line)
        }
        return lines
    }

    /// Reads `text [given {…}] mark expectation`; the last mark that makes sense counts.
    package static func line(_ line: String, _ file: String = "", _ number: Int = 0) -> Line? {
        for (mark, read) in marks {
            for cut in line.ranges(of: mark).reversed() {
                guard let expectation = read(line[cut.upperBound...]) else { continue }
                let (text, given) = split(line[..<cut.lowerBound])
                return Line(
                    file: file,
                    number: number,
                    text: text,
                    given: given,
                    expectation: expectation,
                    line: line
                )
            }
        }
        return nil
    }

    private static let marks: [(String, @Sendable (Substring) -> Expectation?)] = [
        (" !! ", { failure($0).map { .failure(code: $0.code, range: $0.range) } }),
        (" ~~ ", { failure($0).map { .warning(code: $0.code, range: $0.range) } }),
        (" => ", { (try? JSON.read(String($0))).map(Expectation.value) }),
    ]

    /// `code @ start..end`.
    private static func failure(_ text: Substring) -> (code: String, range: SourceRange)? {
        let parts = text.split(separator: " ")
        guard parts.count == 3, parts[1] == "@" else { return nil }
        let bounds = parts[2].split(separator: ".").compactMap { Int($0) }
        guard bounds.count == 2 else { return nil }
        return (String(parts[0]), SourceRange(bounds[0], bounds[1]))
    }

    private static func split(
        _ text: Substring
    ) -> (text: String, given: [(name: String, value: Value)]) {
        for cut in text.ranges(of: " given {").reversed() {
            let json = "{" + text[cut.upperBound...]
            guard case .record(let record)? = try? JSON.read(json) else { continue }
            return (String(text[..<cut.lowerBound]).trimmed, record.fields)
        }
        return (String(text).trimmed, [])
    }
}

extension String {
    /// Without the spaces that align the marks of a file.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

extension Corpus.Line {
    /// Whether the text gives a value, and all of it is numbers and truth values.
    package var isScalar: Bool {
        guard case .value = expectation,
            let types = try? Engine.standard.types(of: given, for: source),
            let checked = try? Checker.check(
                Parser.parse(source),
                in: Engine.standard.environment(types)
            )
        else { return false }
        return checked.expression.nodes.allSatisfy(\.type.isScalar)
    }

    /// Whether the text is scalar and its program calls nothing and catches nothing.
    package var isInstructionsAlone: Bool {
        guard isScalar, let types = try? Engine.standard.types(of: given, for: source),
            let program = try? Engine.standard.compile(text, inputs: types)
        else { return false }
        return program.code.calls.isEmpty && program.code.handlers.isEmpty
    }
}
