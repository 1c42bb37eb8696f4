#if Plugins
import CPluginSystem
import CalcBurstFunctions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The helper's side: a process that gives up all it can, loads one plugin, and answers calls of it.
///
/// Only a host starts it, with the pipes at their numbers; by hand it says so and ends.
public enum PluginHost {
    /// Opens the plugin at a path in this process; its code runs from here on.
    package typealias Loader = (_ path: String) throws(PluginError) -> Loaded

    /// What a plugin says of itself, and its operations.
    package struct Loaded {
        package var name: String
        package var version: String
        package var license: String
        package var homepage: String
        package var operations: [PluginOperation]

        package init(
            name: String,
            version: String,
            license: String,
            homepage: String,
            operations: [PluginOperation]
        ) {
            self.name = name
            self.version = version
            self.license = license
            self.homepage = homepage
            self.operations = operations
        }
    }

    /// Serves until the host closes the pipe; gives the exit code.
    package static func run(arguments: [String], load: Loader) -> Int32 {
        guard let word = arguments.last, let parent = Int32(word), cplugin_has_pipes() else {
            let text = Array("This is started by a host, which hands it its pipes.\n".utf8)
            _ = unsafe text.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
            return 2
        }
        guard cplugin_end_with_parent(parent) == 0 else { return 1 }
        var server = PluginServer(space: SharedSpace(cplugin_shared_map(Int32(CPLUGIN_SHARED))))
        return server.serve(load)
    }

    /// What every library needs to be found and read.
    static let systemFolders = [
        "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
    ]
}

/// The loop of the helper.
private struct PluginServer {
    let space: SharedSpace
    var operations: [PluginOperation] = []
    var processorSeconds = 0
    var calls = 0

    mutating func serve(_ load: PluginHost.Loader) -> Int32 {
        // A plugin that changes them changes its own answers at most, and not those of the next call.
        let controls = cplugin_controls()
        while let request = next() {
            var room = SharedSpace(space.memory, used: HelperRequest.roomForAnswer(request.body))
            let answer: HelperAnswer
            do throws(Rubbish) {
                switch try HelperRequest(kind: request.kind, request.body, space) {
                case .load(let wish): answer = ready(wish, load)
                case .call(let operation, let operands, let bounds):
                    answer = call(operation, bounds) { call, meter throws(Fault) in
                        try call(operands, &meter)
                    }
                case .rows(let operation, let columns, let count, let bounds):
                    answer = call(operation, bounds) { call, meter throws(Fault) in
                        .list(try call.many(columns, count: count, &meter))
                    }
                }
            } catch {
                return 3
            }
            cplugin_restore_controls(controls)
            let frame = answer.frame(number: request.number, isWorn: isWorn, &room)
            guard write(frame) else { return 1 }
        }
        return 0
    }

    /// Whether the time that the system lets this process work comes to its end; asked now and then.
    private var isWorn: Bool {
        calls % 64 == 1 && cplugin_seconds_used() >= UInt64(max(1, processorSeconds / 2))
    }

    private mutating func call(
        _ operation: Int,
        _ bounds: CallBounds,
        _ body: (any PluginCall, inout Meter) throws(Fault) -> Value
    ) -> HelperAnswer {
        guard operation < operations.count else {
            return .fault(.pluginFailed(plugin: "", "has no such operation"))
        }
        calls &+= 1
        var limits = RunLimits()
        limits.stringLength = bounds.stringLength
        limits.listLength = bounds.listLength
        // The host counts what an evaluation uses; here the process itself is bounded.
        limits.fuel = .max / 4
        limits.memory = .max / 4
        var meter = Meter(limits: limits)
        do throws(Fault) {
            return .value(try body(operations[operation].call, &meter))
        } catch {
            return .fault(error)
        }
    }

    /// Gives up what the plugin is not to have, and loads it.
    private mutating func ready(_ wish: HelperLoad, _ load: PluginHost.Loader) -> HelperAnswer {
        var inForce: [String] = []
        processorSeconds = wish.processorSeconds
        let areLimited = cplugin_limit(
            UInt64(clamping: wish.memory),
            UInt64(clamping: wish.processorSeconds),
            UInt64(clamping: wish.openFiles)
        )
        if areLimited == 0 { inForce.append("rlimits") }
        if cplugin_no_new_privileges() == 0 { inForce.append("no-new-privileges") }
        let own = wish.path.lastIndex(of: "/").map { String(wish.path[..<$0]) } ?? "."
        if Self.readOnly(below: PluginHost.systemFolders + [own] + wish.folders) {
            inForce.append("landlock")
        }
        // Twice: constructors of the plugin run while it is loaded, which needs files.
        let isFiltered = cplugin_only_compute(true) == 0
        let plugin: PluginHost.Loaded
        do throws(PluginError) {
            plugin = try load(wish.path)
            operations = plugin.operations
        } catch {
            return .refused(error)
        }
        if cplugin_only_compute(false) == 0, isFiltered { inForce.append("seccomp") }
        let descriptions = operations.map { operation in
            HelperReport.Description(
                name: operation.name,
                signature: operation.signature,
                summary: operation.summary,
                examples: operation.examples,
                marks: operation.marks,
                cost: operation.cost
            )
        }
        let report = HelperReport(
            name: plugin.name,
            version: plugin.version,
            license: plugin.license,
            homepage: plugin.homepage,
            confinement: inForce,
            operations: descriptions
        )
        return .ready(report)
    }

    private static func readOnly(below folders: [String]) -> Bool {
        let copies = unsafe CStrings.copies(folders)
        defer { unsafe CStrings.release(copies) }
        let list = unsafe copies.map { unsafe UnsafePointer($0) }
        return unsafe cplugin_read_only_below(list) == 0
    }

    // MARK: The pipes

    private func next() -> (number: UInt32, kind: UInt8, body: [UInt8])? {
        guard let head = read(HelperRequest.head).flatMap(Frame.Head.init),
            let body = read(head.length)
        else { return nil }
        return (head.number, head.kind, body)
    }

    /// Exactly so many bytes; nil at the end of the pipe.
    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var start = 0
        while start < count {
            let taken = unsafe bytes.withUnsafeMutableBytes { bytes in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
                guard let address = rest.baseAddress else { return 0 }
                return unsafe cplugin_read(Int32(CPLUGIN_REQUESTS), address, rest.count)
            }
            if taken < 0, errno == EINTR { continue }
            guard taken > 0 else { return nil }
            start += taken
        }
        return bytes
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
                guard let address = rest.baseAddress else { return 0 }
                return unsafe cplugin_write(Int32(CPLUGIN_ANSWERS), address, rest.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return false }
            start += written
        }
        return true
    }
}

extension PluginCall {
    /// Many calls, by a batch entry where there is one and one after the other where there is none.
    fileprivate func many(
        _ columns: [PluginColumn],
        count: Int,
        _ meter: inout Meter
    ) throws(Fault) -> List {
        if hasRows { return try rows(columns, count: count, &meter) }
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in 0..<count {
            var operands: [Value] = []
            for column in columns {
                switch column {
                case .same(let value): operands.append(value)
                case .each(let list):
                    guard row < list.count else { throw .lengthMismatch(list.count, count) }
                    operands.append(list[row])
                }
            }
            do throws(Fault) {
                values.append(try self(operands, &meter))
            } catch {
                throw error.isOfWholeText ? error : .inElement(row, error)
            }
        }
        return List(values)
    }
}
#endif
