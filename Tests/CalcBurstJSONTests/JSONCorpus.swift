import Foundation

/// A line of `Tests/Corpus/json`: a text with its verdict.
struct JSONCase {
    enum Verdict: Equatable {
        /// The value as Python writes it.
        case accept(String)
        /// The code and the place.
        case reject(String, Int, Int)
    }

    let bytes: [UInt8]
    let verdict: Verdict

    init?(_ line: ArraySlice<UInt8>) {
        let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        guard fields.count >= 3, let bytes = Self.unescaped(fields[1]) else { return nil }
        self.bytes = bytes
        switch (String(decoding: fields[0], as: UTF8.self), fields.count) {
        case ("accept", 3):
            guard let canonical = Self.unescaped(fields[2]) else { return nil }
            verdict = .accept(String(decoding: canonical, as: UTF8.self))
        case ("reject", 5):
            let texts = fields[2...].map { String(decoding: $0, as: UTF8.self) }
            guard let start = Int(texts[1]), let end = Int(texts[2]) else { return nil }
            verdict = .reject(texts[0], start, end)
        default: return nil
        }
    }

    /// The bytes for which a field stands; nil if an escape is wrong.
    private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(3), as: UTF8.self)
            guard digits.first == "x", let value = UInt8(digits.dropFirst(), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(3)
        }
        return bytes
    }

    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus/json")

    /// The texts written by hand.
    static func handwritten() throws -> [JSONCase?] {
        try cases(Data(contentsOf: folder.appending(path: "texts.tsv")))
    }

    /// Texts that Python makes now; nil if it failed.
    static func generated(count: Int, seed: Int) throws -> [JSONCase?]? {
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", folder.appending(path: "generate.py").path, "\(count)", "\(seed)",
        ]
        let output = Pipe()
        python.standardOutput = output
        try python.run()
        let lines = try output.fileHandleForReading.readToEnd() ?? Data()
        python.waitUntilExit()
        return python.terminationStatus == 0 ? cases(lines) : nil
    }

    private static func cases(_ lines: Data) -> [JSONCase?] {
        [UInt8](lines).split(separator: UInt8(ascii: "\n")).map(JSONCase.init)
    }
}
