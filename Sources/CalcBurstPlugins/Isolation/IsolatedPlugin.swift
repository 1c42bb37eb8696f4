#if Plugins
package import CalcBurstFunctions

/// A plugin that runs in a process of its own: its operations, and what confines it.
package final class IsolatedPlugin: Sendable {
    /// As the plugin calls itself.
    package let name: String
    package let version: String
    package let license: String
    package let homepage: String
    package let operations: [PluginOperation]
    /// What is in force in the helper: `rlimits`, `no-new-privileges`, `landlock`, `seccomp`.
    package let confinement: [String]
    private let helper: HelperProcess

    /// Starts a helper for the plugin at an absolute path.
    ///
    /// The helper may read the plugin's folder, those of the system's libraries and `folders`. Until
    /// the plugin has said its name, errors call it `file`.
    package init(
        file: String,
        path: String,
        folders: [String] = [],
        program: HelperProgram,
        limits: IsolationLimits = IsolationLimits()
    ) throws(PluginError) {
        let helper = HelperProcess(
            plugin: file,
            path: path,
            folders: folders,
            program: program,
            limits: limits
        )
        let report = try helper.begin()
        name = report.name
        version = report.version
        license = report.license
        homepage = report.homepage
        self.helper = helper
        confinement = report.confinement
        operations = report.operations.enumerated().map { position, operation in
            PluginOperation(
                name: operation.name,
                signature: operation.signature,
                summary: operation.summary,
                examples: operation.examples,
                marks: operation.marks,
                cost: operation.cost,
                call: IsolatedCall(helper, operation: position, operation.signature)
            )
        }
    }

    /// The number of the helper's process; nil while none runs.
    package var identifier: Int32? { helper.identifier }

    /// Ends the helper; calls fail from here on.
    package func stop() { helper.stop() }
}

/// The call of an operation in a helper process.
package struct IsolatedCall: PluginCall {
    private let helper: HelperProcess
    private let operation: Int
    private let signature: PluginSignature

    package init(_ helper: HelperProcess, operation: Int, _ signature: PluginSignature) {
        self.helper = helper
        self.operation = operation
        self.signature = signature
    }

    package var hasRows: Bool {
        signature.result.isScalar && signature.parameters.allSatisfy(\.passed.isScalar)
    }

    package func callAsFunction(
        _ operands: [Value],
        _ meter: inout Meter
    ) throws(Fault) -> Value {
        let value = try helper.ask(
            { .call(operation: operation, operands, $0) },
            Expected(type: signature.result),
            &meter
        )
        switch value {
        case .string(let text): try meter.makeString(bytes: text.utf8.count)
        case .list(let list): try meter.makeList(count: list.count)
        case .null, .bool, .number, .record: break
        }
        return value
    }

    package func rows(
        _ operands: [PluginColumn],
        count: Int,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        try meter.makeList(count: max(0, count))
        if count <= IsolationLimits.rows {
            return count > 0 ? try block(operands, 0..<count, &meter) : .empty
        }
        var values: [Value] = []
        var numbers: [Double] = []
        var start = 0
        while start < count {
            let rows = start..<min(count, start + IsolationLimits.rows)
            let list = try block(operands.map { $0.rows(rows) }, rows, &meter)
            // Not a value for each number, which most columns are made of.
            if let some = list.plainNumbers, values.isEmpty {
                numbers += some
            } else {
                values += list
            }
            start = rows.upperBound
        }
        return values.isEmpty ? List(numbers) : List(values)
    }

    /// As many rows as go in one message; a fault names its row among all.
    private func block(
        _ operands: [PluginColumn],
        _ rows: Range<Int>,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        do throws(Fault) {
            let value = try helper.ask(
                { .rows(operation: operation, operands, count: rows.count, $0) },
                Expected(type: signature.result, rows: rows.count),
                &meter
            )
            guard case .list(let list) = value else { return .empty }
            return list
        } catch {
            guard case .inElement(let row, let fault) = error else { throw error }
            throw .inElement(rows.lowerBound + row, fault)
        }
    }
}

extension PluginColumn {
    /// The operands of some of the rows.
    fileprivate func rows(_ rows: Range<Int>) -> PluginColumn {
        switch self {
        case .same: self
        case .each(let list): .each(list.slice(rows.clamped(to: 0..<list.count)))
        }
    }
}
#endif
