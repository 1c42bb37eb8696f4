#if Command && Server
import CalcBurstFunctions
import CalcBurstJSON
import CalcBurstService
import CalcBurstSource

/// How stored calculations are written.
enum HistoryFormat {
    /// For people: a line for each, cut to the terminal.
    case table
    /// One JSON list.
    case json
    /// A JSON record on each line.
    case lines
    /// Comma-separated values as RFC 4180 has them.
    case csv
}

/// Writes stored calculations in one format, page after page.
struct HistoryWriter {
    private let format: HistoryFormat
    private let console: Console
    private var table: HistoryTable
    private(set) var count = 0

    init(_ format: HistoryFormat, _ console: Console) {
        self.format = format
        self.console = console
        let isTerminal = System.isTerminal(System.standardOutput)
        table = HistoryTable(width: isTerminal ? Console.width(of: System.standardOutput) : nil)
    }

    mutating func write(_ calculations: [Calculation]) throws(Failure) {
        if case .csv = format, count == 0 { try writeFields(CSV.header) }
        if case .table = format {
            for (line, isHeading) in table.lines(calculations, isFirst: count == 0) {
                try console.output.writeLine(isHeading ? console.heading(line) : line)
            }
            count += calculations.count
            return
        }
        for calculation in calculations {
            switch format {
            case .table: break
            case .json:
                try console.output.write(count == 0 ? "[" : ",\n ")
                try console.output.write(Self.json(calculation))
            case .lines: try console.output.writeLine(Self.json(calculation))
            case .csv: try writeFields(CSV.fields(of: calculation))
            }
            count += 1
        }
    }

    /// Writes what is still missing.
    mutating func finish() throws(Failure) {
        if case .json = format { try console.output.writeLine(count == 0 ? "[]" : "]") }
        try console.output.flush()
    }

    private static func json(_ calculation: Calculation) -> String {
        JSON.write(.object(CalculationDocument.members(calculation, isStored: true)))
    }

    private func writeFields(_ fields: [String]) throws(Failure) {
        try console.output.write(fields.map(CSV.quoted).joined(separator: ",") + "\r\n")
    }
}

/// The columns of the export for spreadsheets.
private enum CSV {
    static let header = [
        "id", "timestamp", "operation", "operands", "expression", "variables", "result", "type",
        "execution_time_ms",
    ]

    /// The fields of a calculation; lists, records and results are JSON, so that nothing is lost.
    static func fields(of calculation: Calculation) -> [String] {
        let asked =
            switch calculation.request {
            case .operation(let name, let operands):
                [name, JSON.write(.list(List(operands))), "", ""]
            case .expression(let text, let variables):
                ["", "", text, JSON.write(.record(variables))]
            }
        return [calculation.id, calculation.time.description] + asked + [
            JSON.write(calculation.result), calculation.resultType,
            JSON.write(.number(calculation.milliseconds)),
        ]
    }

    /// The field in quotes where it would not be one field without.
    static func quoted(_ field: String) -> String {
        let special: Set<UInt8> = [0x22, 0x2C, 0x0D, 0x0A]
        guard field.utf8.contains(where: special.contains) else { return field }
        let inner = field.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + inner.joined(separator: "\"\"") + "\""
    }
}
#endif
