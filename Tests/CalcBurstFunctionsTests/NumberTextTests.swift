import CalcBurstFunctions
import Foundation
import Testing

/// Numbers and their texts agree with Python's `float`, `int`, `repr` and `format`.
struct NumberTextTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus/numbers")

    @Test("the hard cases read and print as Python has them")
    func hardCases() throws {
        let lines = try Data(contentsOf: Self.folder.appending(path: "hard.tsv"))
        let checked = check(lines)
        #expect(checked.count >= 2_000)
        #expect(checked.mismatches.prefix(10) == [])
    }

    @Test("100,000 generated numbers read and print as Python has them")
    func generatedCases() throws {
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", Self.folder.appending(path: "generate.py").path, "100000", "20250101",
        ]
        let output = Pipe()
        python.standardOutput = output
        try python.run()
        let lines = try output.fileHandleForReading.readToEnd() ?? Data()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
        let checked = check(lines)
        #expect(checked.count >= 220_000)
        #expect(checked.mismatches.prefix(10) == [])
    }

    @Test("a number that no value can be still has a text")
    func nonFinite() {
        #expect(NumberText.shortest(.infinity) == "inf")
        #expect(NumberText.shortest(-.infinity) == "-inf")
        #expect(NumberText.general(-.nan) == "nan")
    }

    @Test("digits below 1 count as 1, and those beyond the last are left away")
    func digitsAreClamped() {
        #expect(NumberText.general(0.26, digits: -3) == "0.3")
        #expect(NumberText.general(0.5, digits: .max) == "0.5")
    }

    @Test("a range outside the bytes holds no numeral")
    func rangeOutside() {
        let bytes = Array("12".utf8)
        #expect(NumberText.read(bytes, in: 1..<2) == .success(2))
        #expect(NumberText.read(bytes, in: 0..<3) == .failure(.notANumeral))
        #expect(NumberText.read(bytes, in: -1..<1) == .failure(.notANumeral))
    }

    @Test("a numeral of a million bytes reads, whatever it is made of")
    func longNumerals() {
        let million = 1_000_000
        let ones = [UInt8](repeating: UInt8(ascii: "1"), count: million)
        #expect(NumberText.read(ones) == .failure(.outOfRange))
        #expect(NumberText.read("0x".utf8 + ones) == .failure(.outOfRange))
        #expect(NumberText.read("0.".utf8 + ones) == .success(1.0 / 9))
        #expect(NumberText.read("1e".utf8 + ones) == .failure(.outOfRange))
        #expect(NumberText.read("1e-".utf8 + ones) == .success(0))
    }

    // MARK: - Vectors

    private func check(_ data: Data) -> (count: Int, mismatches: [String]) {
        var count = 0
        var mismatches: [String] = []
        for line in [UInt8](data).split(separator: UInt8(ascii: "\n")) {
            count += 1
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map(Array.init)
            let (got, wanted) = answers(fields)
            if got != wanted {
                mismatches.append(
                    "\(String(decoding: line, as: UTF8.self).prefix(200)), got \(got)"
                )
            }
        }
        return (count, mismatches)
    }

    private func answers(_ fields: [[UInt8]]) -> (got: String, wanted: String) {
        let texts = fields.map { String(decoding: $0, as: UTF8.self) }
        switch (texts[0], texts.count) {
        case ("shortest", 3): return (NumberText.shortest(number(texts[1])), texts[2])
        case ("general", 4):
            let digits = Int(texts[2]) ?? 0
            return (NumberText.general(number(texts[1]), digits: digits), texts[3])
        case ("read", 3):
            let got =
                switch NumberText.read(fields[1]) {
                case .success(let number): bits(number)
                case .failure(.inexactInteger): "inexact-integer"
                case .failure(.outOfRange): "out-of-range"
                case .failure(.notANumeral): "not-a-numeral"
                }
            return (got, texts[2])
        default: return ("a line that is not a vector", "")
        }
    }

    private func number(_ bits: String) -> Double {
        Double(bitPattern: UInt64(bits, radix: 16) ?? 0)
    }

    private func bits(_ number: Double) -> String {
        let digits = String(number.bitPattern, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
