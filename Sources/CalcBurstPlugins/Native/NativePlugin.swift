#if Plugins
import CCalcBurstPlugin
import CPluginSystem
import CalcBurstFunctions
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A native plugin that runs in this process.
package struct NativePlugin: Sendable {
    package let identity: PluginIdentity
    package let operations: [PluginOperation]

    /// Opens the library at `path`, shakes hands, and starts it; its code runs from here on.
    ///
    /// Errors call it `file`.
    package init(opening path: String, file: String) throws(PluginError) {
        let before = cplugin_controls()
        defer { cplugin_restore_controls(before) }
        let library = try DynamicLibrary(path: path, name: file)
        let table = try PluginTable(library, file: file)
        identity = table.identity

        let gate = PluginGate(plugin: identity.name)
        var operations: [PluginOperation] = []
        for row in table.operations {
            operations.append(
                PluginOperation(
                    name: row.name,
                    signature: row.signature,
                    summary: row.summary,
                    examples: row.examples,
                    marks: row.marks,
                    cost: row.cost,
                    call: try Self.call(row, gate)
                )
            )
        }
        try OperationRules.check(operations, file: file)
        self.operations = operations

        if let start = unsafe table.start {
            let status = unsafe start(cplugin_host())
            guard status == CB_OK else {
                throw PluginError(.startFailed, file, "its start gave the status \(status)")
            }
        }
        guard cplugin_controls() == before else {
            throw PluginError(
                .changedControl,
                file,
                "it changed how numbers are rounded while it was loaded"
            )
        }
        if let stop = table.stop { Self.atExit(stop) }
    }

    /// The quickest way to call a row: a typed pointer, or libffi for other shapes.
    private static func call(
        _ row: PluginTable.Row,
        _ gate: PluginGate
    ) throws(PluginError) -> any PluginCall {
        let batch = unsafe row.batch.map { unsafe NativeBatch(entry: $0, signature: row.signature) }
        let isConcurrent = row.marks.contains(.concurrent)
        guard let shape = TypedShape(row.signature) else {
            return try GatedCall(
                call: unsafe ForeignCall(
                    function: UnsafeRawPointer(row.scalar),
                    signature: row.signature,
                    plugin: gate.plugin
                ),
                gate: gate,
                isConcurrent: isConcurrent,
                batch: batch
            )
        }
        return unsafe NativeCall(
            gate: gate,
            function: TypedFunction(row.scalar),
            shape: shape,
            isConcurrent: isConcurrent,
            batch: batch
        )
    }

    // MARK: The end of the process

    private typealias Stop = @convention(c) () -> Void
    private static let stops = Mutex<[Stop]>([])

    /// Calls `stop` when the process ends in good order, the last plugin first.
    private static func atExit(_ stop: @escaping Stop) {
        let isFirst = stops.withLock { stops in
            stops.append(stop)
            return stops.count == 1
        }
        guard isFirst else { return }
        atexit {
            let stops = NativePlugin.stops.withLock { stops in
                let all = stops
                stops = []
                return all
            }
            for stop in stops.reversed() { stop() }
        }
    }
}
#endif
