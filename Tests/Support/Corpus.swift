package import CalcBurstFunctions
import CalcBurstJSON
package import CalcBurstSource
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
        /// Whether the value comes from the C library, so that the last places may differ.
        package var isPlatform: Bool { file.hasSuffix("libm.calc") }
        package var source: Source { Source(text) }
    }

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
    private static func line(_ text: String, _ file: String, _ number: Int) -> Line? {
        for (mark, read) in marks {
            for cut in text.ranges(of: mark).reversed() {
                guard let expectation = read(text[cut.upperBound...]) else { continue }
                let (text, given) = split(text[..<cut.lowerBound])
                return Line(
                    file: file,
                    number: number,
                    text: text,
                    given: given,
                    expectation: expectation
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
        for cut in text.ranges(of: " given {") {
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
