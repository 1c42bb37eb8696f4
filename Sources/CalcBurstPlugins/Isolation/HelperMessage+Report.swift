#if Plugins
import CalcBurstFunctions

extension MessageWriter {
    mutating func put(_ report: HelperReport) {
        for text in [report.name, report.version, report.license, report.homepage] { put(text) }
        put(report.confinement.count)
        for word in report.confinement { put(word) }
        put(report.operations.count)
        var space = SharedSpace.none
        for operation in report.operations {
            put(operation.name)
            put(operation.summary)
            put(Double(operation.marks.rawValue))
            put(operation.cost)
            put(operation.signature.parameters.count)
            for parameter in operation.signature.parameters {
                put(parameter.name)
                put(parameter.type.rawValue)
                put(parameter.isVariadic)
                put(parameter.defaultValue != nil)
                if let value = parameter.defaultValue { put(value, &space) }
            }
            put(operation.signature.result.rawValue)
            put(operation.signature.mayFail)
            put(operation.examples.count)
            for example in operation.examples { put(example) }
        }
    }

    private mutating func put(_ example: PluginExample) {
        put(example.text)
        put(example.call)
        switch example.expectation {
        case .value(let value, let tolerance):
            put(UInt8(0))
            put(value)
            put(tolerance != nil)
            if let tolerance { put(tolerance) }
        case .failure(let reason):
            put(UInt8(1))
            put(reason != nil)
            if let reason { put(reason) }
        }
    }
}

extension MessageReader {
    mutating func report() throws(Rubbish) -> HelperReport {
        var report = HelperReport(
            name: try word(most: 200),
            version: PlainText.line(try text(most: 1000)),
            license: PlainText.line(try text(most: 1000)),
            homepage: PlainText.line(try text(most: 1000)),
            confinement: [],
            operations: []
        )
        for _ in 0..<(try count(most: 16)) {
            report.confinement.append(PlainText.line(try text(most: 100)))
        }
        for _ in 0..<(try count(most: IsolationLimits.operations)) {
            report.operations.append(try operation())
        }
        return report
    }

    private mutating func operation() throws(Rubbish) -> HelperReport.Description {
        let name = try word(most: 200)
        let summary = PlainText.line(try text(most: 10_000))
        guard let marks = UInt32(exactly: try number()) else {
            throw Rubbish("flags that are none")
        }
        let cost = try count(most: Int(UInt32.max))
        var signature = PluginSignature(parameters: [], result: .f64, mayFail: false)
        for _ in 0..<(try count(most: PluginSignature.mostParameters)) {
            signature.parameters.append(try parameter(after: signature.parameters.last))
        }
        signature.result = try type()
        signature.mayFail = try flag()
        var examples: [PluginExample] = []
        for _ in 0..<(try count(most: 1000)) { examples.append(try example()) }
        return HelperReport.Description(
            name: name,
            signature: signature,
            summary: summary,
            examples: examples,
            marks: PluginOperation.Marks(rawValue: marks),
            cost: cost
        )
    }

    private mutating func parameter(
        after last: PluginSignature.Parameter?
    ) throws(Rubbish) -> PluginSignature.Parameter {
        let name = try word(most: 200)
        let type = try type()
        let isVariadic = try flag()
        guard last?.isVariadic != true, !isVariadic || type == .f64 || type == .i64 else {
            throw Rubbish("a parameter that cannot stand where it does")
        }
        var defaultValue: Value?
        if try flag() {
            let value = try value(ValueBounds(bytes: 10_000, elements: 0), .none)
            guard type.takes(value), !isVariadic else { throw Rubbish("a default of another type") }
            defaultValue = value
        }
        guard last?.defaultValue == nil || defaultValue != nil else {
            throw Rubbish("a parameter that cannot stand where it does")
        }
        return .init(name: name, type: type, defaultValue: defaultValue, isVariadic: isVariadic)
    }

    private mutating func type() throws(Rubbish) -> PluginType {
        guard let type = PluginType(rawValue: try text(most: 10)) else {
            throw Rubbish("a type that is none")
        }
        return type
    }

    /// Words with dots between them.
    private mutating func word(most: Int) throws(Rubbish) -> String {
        let name = try text(most: most)
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        guard words.allSatisfy({ NameText.isWord(String($0)) }) else {
            throw Rubbish("a name that is none")
        }
        return name
    }

    private mutating func example() throws(Rubbish) -> PluginExample {
        let line = try text(most: 10_000)
        let call = try text(most: 10_000)
        let expectation: PluginExample.Expectation
        switch try byte() {
        case 0:
            let value = try text(most: 10_000)
            expectation = .value(value, tolerance: try flag() ? try number() : nil)
        case 1: expectation = .failure(try flag() ? try text(most: 10_000) : nil)
        case _: throw Rubbish("an example of no kind")
        }
        var example = PluginExample(line: line, call: call)
        example.expectation = expectation
        return example
    }
}

extension PluginExample {
    fileprivate init(line: String, call: String) {
        text = line
        self.call = call
        expectation = .failure(nil)
    }
}
#endif
