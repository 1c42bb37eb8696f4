#if Plugins
import CalcBurst
import CCalcBurstPlugin
import CalcBurstFunctions

/// Whether a plugin is what it says: its examples, its marks, and its batch entries.
///
/// All of it goes through the plugin's functions as the language calls them. A plugin that is not
/// known is best loaded by a helper, so that a crash is a finding as well.
public struct PluginCheck: Sendable {
    public let plugin: Plugin
    private let engine: Engine

    /// Something that is not as it should be.
    public struct Finding: Hashable, Sendable {
        /// The operation; nil if it is the plugin as a whole.
        public let operation: String?
        public let message: String

        package init(_ operation: String?, _ message: String) {
            self.operation = operation
            self.message = message
        }
    }

    /// - Throws: `nameTaken` if a function of it cannot be added.
    public init(_ plugin: Plugin) throws(PluginError) {
        self.plugin = plugin
        var engine = Engine.standard
        try engine.add(plugin)
        self.engine = engine
    }

    /// The findings, in the order of the operations; none if all is well.
    public func findings() -> [Finding] {
        var findings: [Finding] = []
        for wrong in plugin.wrongExamples(in: engine) {
            findings.append(
                Finding(wrong.operation, "the example '\(wrong.example)' gives \(wrong.found)")
            )
        }
        for operation in plugin.operations {
            findings += impurities(of: operation)
            findings += differences(of: operation)
        }
        return findings
    }

    /// Answers of a pure operation that are not the same the second time.
    private func impurities(of operation: PluginOperation) -> [Finding] {
        guard operation.marks.contains(.pure) else { return [] }
        return operation.examples.compactMap { example in
            guard case .value = example.expectation,
                let first = try? engine.evaluate(example.call),
                let second = try? engine.evaluate(example.call),
                !first.hasSameBits(as: second)
            else { return nil }
            return Finding(
                operation.name,
                "it is marked pure, and '\(example.call)' gives \(ValueText.json(first)) and then "
                    + ValueText.json(second)
            )
        }
    }

    /// Rows that are answered otherwise together than alone.
    private func differences(of operation: PluginOperation) -> [Finding] {
        guard operation.signature.hasColumns, operation.call.hasRows,
            operation.marks.contains(.pure), !operation.signature.parameters.isEmpty
        else { return [] }
        let trial = Trial(operation)
        return trial.difference().map { [Finding(operation.name, $0)] } ?? []
    }
}

/// An operation asked the same row by row and all at once.
private struct Trial {
    private let operation: PluginOperation
    private let rows: [[Value]]
    private let single: [Result<Value, Fault>]

    /// Numbers at which formulas turn: signs, halves, whole numbers, small and large ones.
    private static let numbers: [Double] = [
        0, 1, -1, 0.5, 2, 3, -2.5, 10, 0.1, 100, 7, -100, 1e-9, 12345.678, 1e6, 4,
    ]

    init(_ operation: PluginOperation) {
        self.operation = operation
        let types = operation.signature.parameters.map(\.type)
        rows = (0..<1025).map { row in
            types.enumerated().map { position, type in
                // Each operand goes through the numbers at a pace of its own.
                let pick = (row * (2 * position + 1) + row / 16 + position) % Self.numbers.count
                let number = Self.numbers[pick]
                return switch type {
                case .f64: .number(number)
                // Small ones: a formula may take as many steps.
                case .i64: .number(number.magnitude <= 100 ? number.rounded(.towardZero) : 12)
                case .bool: .bool(pick % 2 == 0)
                case .complex: cb_c128(re: number, im: Double(row % 5)).value
                case .string, .numbers, .integers: .null
                }
            }
        }
        var meter = Meter(limits: RunLimits())
        single = rows.map { row in
            Result { () throws(Fault) in try operation.call(row, &meter) }
        }
    }

    /// What is not the same; nil if nothing is.
    func difference() -> String? {
        let right = single.indices.filter { (try? single[$0].get()) != nil }
        let together = answers(to: right)
        let values: List
        switch together {
        case .success(let list): values = list
        case .failure(let fault):
            return "many rows at once fail, and none of them fails alone: \(fault)"
        }
        for (row, value) in zip(right, values) {
            guard let expected = try? single[row].get(), !value.hasSameBits(as: expected) else {
                continue
            }
            return "among many rows \(text(row)) gives \(ValueText.json(value)), and alone "
                + ValueText.json(expected)
        }
        guard values.count == right.count else { return "of many rows some have no answer" }
        guard let wrong = single.indices.first(where: { (try? single[$0].get()) == nil }) else {
            return nil
        }
        if case .failure(.inElement(wrong, _)) = answers(to: Array(single.indices)) { return nil }
        return "among many rows \(text(wrong)) does not fail, and alone it does"
    }

    private func answers(to rows: [Int]) -> Result<List, Fault> {
        var meter = Meter(limits: RunLimits())
        let columns = operation.signature.parameters.indices.map { position in
            PluginColumn.each(List(rows.map { self.rows[$0][position] }))
        }
        return Result { () throws(Fault) in
            try operation.call.rows(columns, count: rows.count, &meter)
        }
    }

    private func text(_ row: Int) -> String {
        "\(operation.name)(\(rows[row].map(ValueText.json).joined(separator: ", ")))"
    }
}

extension Value {
    /// Whether two values are the same to the last bit; numbers of other kinds of value compared by
    /// their text, which tells every bit of a number but the sign of zero.
    fileprivate func hasSameBits(as other: Value) -> Bool {
        if case .number(let a) = self, case .number(let b) = other {
            return a.bitPattern == b.bitPattern
        }
        return ValueText.json(self) == ValueText.json(other)
    }
}
#endif
