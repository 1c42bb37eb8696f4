#if Plugins
import CCalcBurstPlugin
import CPluginSystem
import CalcBurstFunctions
import CalcBurstPlugins

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A loader of plugins that knows numbers only: enough to misbehave with.
enum ProbeLoader {
    static func load(_ path: String) throws(PluginError) -> PluginHost.Loaded {
        func refusal(_ code: PluginError.Code, _ what: String) -> PluginError {
            PluginError(code, path, what)
        }
        guard let library = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
            throw refusal(.cannotOpen, unsafe dlerror().map { unsafe String(cString: $0) } ?? "")
        }
        typealias Entry = @convention(c) () -> UnsafePointer<cb_plugin>?
        guard let symbol = unsafe dlsym(library, "calcburst_plugin_v1") else {
            throw refusal(.missingSymbol, "there is no calcburst_plugin_v1")
        }
        guard let table = unsafe unsafeBitCast(symbol, to: Entry.self)() else {
            throw refusal(.incompatible, "there is no table")
        }
        let plugin = unsafe table.pointee
        guard unsafe plugin.magic == CB_MAGIC, unsafe plugin.abi_major == 1,
            unsafe plugin.struct_size >= MemoryLayout<cb_plugin>.size,
            unsafe plugin.op_size >= MemoryLayout<cb_op>.size
        else { throw refusal(.incompatible, "this is another interface") }
        guard unsafe plugin.op_count > 0, unsafe plugin.op_count <= 4096,
            let ops = unsafe plugin.ops
        else { throw refusal(.invalidOperation, "there are no operations, or too many") }

        var operations: [PluginOperation] = []
        for position in unsafe 0..<plugin.op_count {
            guard let operation = unsafe operation(ops[position]) else {
                throw refusal(.invalidOperation, "operation \(position) cannot be taken")
            }
            guard !operations.contains(where: { $0.name == operation.name }) else {
                throw refusal(.invalidOperation, "'\(operation.name)' comes twice")
            }
            operations.append(operation)
        }
        if let start = unsafe plugin.start, unsafe start(cplugin_host()) != CB_OK {
            throw refusal(.startFailed, "its start failed")
        }
        return unsafe PluginHost.Loaded(
            name: text(plugin.name) ?? "",
            version: text(plugin.version) ?? "",
            license: text(plugin.license) ?? "",
            homepage: text(plugin.homepage) ?? "",
            operations: operations
        )
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        unsafe pointer.flatMap { unsafe String(validatingCString: $0) }
    }

    private static func operation(_ op: cb_op) -> PluginOperation? {
        guard let name = unsafe text(op.name), let signature = unsafe text(op.signature),
            let summary = unsafe text(op.doc), let function = unsafe op.scalar,
            unsafe op.flags & ~PluginOperation.Marks.all.rawValue == 0
        else { return nil }
        guard let signature = try? PluginSignature(signature),
            let examples = unsafe text(op.examples),
            let examples = try? PluginExample.lines(examples)
        else { return nil }
        let isPlain = !signature.mayFail
        return unsafe PluginOperation(
            name: name,
            signature: signature,
            summary: summary,
            examples: examples,
            marks: PluginOperation.Marks(rawValue: op.flags),
            cost: Int(op.cost_ns),
            call: ProbeCall(
                function: UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self)),
                shape: isPlain ? .plain : signature.result == .string ? .text : .status
            )
        )
    }
}

/// Calls a C function of numbers.
struct ProbeCall: PluginCall {
    let function: UInt
    let shape: Shape
    let hasRows = false

    enum Shape {
        case plain
        case status
        case text
    }

    func callAsFunction(_ operands: [Value], _ meter: inout Meter) throws(Fault) -> Value {
        var numbers: [Double] = []
        for case .number(let number) in operands { numbers.append(number) }
        let first = numbers.first ?? 0
        let pointer = unsafe UnsafeRawPointer(bitPattern: function)
        var call = unsafe cb_call()
        unsafe call.most_bytes = meter.limits.stringLength
        defer { unsafe cplugin_call_end(&call) }
        var answer = 0.0
        var status: Int32 = 0
        switch (shape, numbers.count) {
        case (.plain, 2):
            typealias Binary = @convention(c) (Double, Double) -> Double
            answer = unsafe unsafeBitCast(pointer, to: Binary.self)(first, numbers[1])
        case (.plain, _):
            typealias Unary = @convention(c) (Double) -> Double
            answer = unsafe unsafeBitCast(pointer, to: Unary.self)(first)
        case (.status, _):
            typealias Failing =
                @convention(c) (
                    UnsafeMutablePointer<cb_call>, Double, UnsafeMutablePointer<Double>
                ) -> Int32
            status = unsafe unsafeBitCast(pointer, to: Failing.self)(&call, first, &answer)
        case (.text, _):
            typealias Texting = @convention(c) (UnsafeMutablePointer<cb_call>, Double) -> Int32
            status = unsafe unsafeBitCast(pointer, to: Texting.self)(&call, first)
        }
        if status == 5 { throw .cancelled }
        if status != 0 {
            let bytes = unsafe UnsafeRawBufferPointer(start: call.error, count: call.error_length)
            throw .domain(unsafe String(decoding: bytes, as: UTF8.self))
        }
        guard shape == .text else {
            guard answer.isFinite else { throw .nonFiniteResult }
            return .number(answer)
        }
        if unsafe call.is_over {
            throw .limit(.init("string-length", meter.limits.stringLength))
        }
        let bytes = unsafe UnsafeRawBufferPointer(start: call.answer, count: call.count)
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
            throw .pluginFailed(plugin: "", "gave a text that is not UTF-8")
        }
        return .string(text)
    }

    func rows(
        _ operands: [PluginColumn],
        count: Int,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        throw .pluginFailed(plugin: "", "has no rows")
    }
}
#endif
