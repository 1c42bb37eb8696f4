import CalcBurstFunctions
import Foundation
import Testing

/// The answers of `Oracle/standard.py`, which come from Python, mpmath, numpy and scipy.
struct StandardOracleTests {
    struct Row: CustomTestStringConvertible {
        let call: String
        let answer: String
        let tolerance: Double?
        var testDescription: String { String(call.prefix(80)) }
    }

    static let rows: [String: [Row]] = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Oracle/standard.tsv")
        guard let text = try? String(contentsOf: path, encoding: .utf8) else { return [:] }
        // Foundation's lines would break at U+2028 too.
        let rows = text.unicodeScalars.split(separator: "\n").compactMap { line -> Row? in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(
                String.init
            )
            guard cells.count == 3 else { return nil }
            return Row(call: cells[0], answer: cells[1], tolerance: Double(cells[2]))
        }
        return Dictionary(grouping: rows) { String($0.call.prefix { $0 != "(" }) }
    }()

    @Test func theOracleIsThere() {
        #expect(Self.rows.count >= 80)
        #expect(Self.rows.values.reduce(0) { $0 + $1.count } > 8000)
        #expect(Self.rows["round", default: []].count > 2000)
    }

    @Test(arguments: rows.keys.sorted())
    func agrees(name: String) throws {
        for row in Self.rows[name, default: []] {
            let call = try #require(StandardCall(row.call), "\(row.call)")
            var meter = Meter(limits: RunLimits())
            do {
                let answer = try #require(try call.answer(&meter), "no overload: \(row.call)")
                let wanted = try #require(LiteralReader.value(row.answer), "\(row.call): \(answer)")
                #expect(
                    answer.agrees(with: wanted, within: row.tolerance),
                    "\(row.call): \(answer), not \(wanted)"
                )
            } catch let fault as Fault {
                #expect("!! \(fault.caseName)" == row.answer, "\(row.call): \(fault)")
            }
        }
    }
}
