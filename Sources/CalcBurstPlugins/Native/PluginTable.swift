#if Plugins
import CCalcBurstPlugin
import CPluginSystem
import CalcBurstFunctions

/// The table of a native plugin, read field by field: what it says is checked before it is believed.
@safe struct PluginTable {
    let identity: PluginIdentity
    let operations: [Row]
    let start: (@convention(c) (UnsafePointer<cb_host>?) -> cb_status)?
    let stop: (@convention(c) () -> Void)?

    /// One operation, without its calls.
    @safe struct Row {
        let name: String
        let signature: PluginSignature
        let summary: String
        let examples: [PluginExample]
        let marks: PluginOperation.Marks
        let cost: Int
        let scalar: UnsafeMutableRawPointer
        let batch: cb_batch_fn?
    }

    static let mostOperations = 4096
    /// The most bytes of one text of the table.
    private static let longestText = 1 << 16

    /// The symbol that gives the table.
    static let entry = "calcburst_plugin_v1"

    init(_ library: DynamicLibrary, file: String) throws(PluginError) {
        let address = unsafe try library.symbol(Self.entry)
        typealias Entry = @convention(c) () -> UnsafePointer<cb_plugin>?
        guard let table = unsafe unsafeBitCast(address, to: Entry.self)() else {
            throw PluginError(.incompatible, file, "its entry gives no table")
        }
        unsafe try self.init(table, file: file)
    }

    private init(_ table: UnsafePointer<cb_plugin>, file: String) throws(PluginError) {
        // These stand first in every version, so they may be read before the size is known.
        let (magic, major, minor) = unsafe (
            table.pointee.magic, table.pointee.abi_major, table.pointee.abi_minor
        )
        guard magic == CB_MAGIC else {
            throw PluginError(
                .incompatible,
                file,
                "its table begins with 0x\(String(magic, radix: 16)) in place of "
                    + "0x\(String(CB_MAGIC, radix: 16))"
            )
        }
        guard Int32(major) == CB_ABI_MAJOR else {
            throw PluginError(
                .incompatible,
                file,
                "it is built for interface \(major).\(minor), and this is "
                    + "\(CB_ABI_MAJOR).\(CB_ABI_MINOR)"
            )
        }
        let (size, stride) = unsafe (Int(table.pointee.struct_size), Int(table.pointee.op_size))
        let ours = unsafe (MemoryLayout<cb_plugin>.size, MemoryLayout<cb_op>.size)
        guard size >= ours.0, stride >= ours.1, stride <= 4096, stride % 8 == 0 else {
            throw PluginError(
                .incompatible,
                file,
                "its table has \(size) bytes and its rows \(stride), and interface "
                    + "\(CB_ABI_MAJOR).\(CB_ABI_MINOR) has \(ours.0) and \(ours.1)"
            )
        }
        let plugin = unsafe table.pointee
        func text(_ pointer: UnsafePointer<CChar>?, _ what: String) throws(PluginError) -> String {
            guard let text = unsafe Self.text(pointer) else {
                throw PluginError(.invalidOperation, file, "\(what) is no text in UTF-8")
            }
            return text
        }
        identity = unsafe PluginIdentity(
            name: try text(plugin.name, "its name"),
            version: try text(plugin.version, "its version"),
            license: try text(plugin.license, "its license"),
            homepage: try text(plugin.homepage, "its homepage")
        )
        guard NameText.isWord(identity.name) else {
            throw PluginError(
                .invalidOperation,
                file,
                "its name is not a word: '\(identity.name)'"
            )
        }
        let count = unsafe plugin.op_count
        guard count > 0, count <= Self.mostOperations, let ops = unsafe plugin.ops else {
            throw PluginError(
                .invalidOperation,
                file,
                "its table has \(count) operations; 1 to \(Self.mostOperations) are possible"
            )
        }
        unsafe start = plugin.start
        unsafe stop = plugin.stop

        var rows: [Row] = []
        let base = unsafe UnsafeRawPointer(ops)
        for position in 0..<count {
            // A plugin of a newer minor has longer rows; we read the fields that we know.
            let op = unsafe (base + position * stride).load(as: cb_op.self)
            rows.append(unsafe try Row(op, number: position + 1, file: file))
        }
        operations = rows
    }

    fileprivate static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        var length = 0
        while unsafe length < longestText && pointer[length] != 0 { length += 1 }
        guard length < longestText else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: length)
        return unsafe String(validating: bytes, as: UTF8.self)
    }
}

extension PluginTable.Row {
    fileprivate init(_ op: cb_op, number: Int, file: String) throws(PluginError) {
        guard let name = unsafe PluginTable.text(op.name) else {
            throw PluginError(
                .invalidOperation,
                file,
                "the name of operation \(number) is no text in UTF-8"
            )
        }
        func refusal(_ what: String) -> PluginError {
            PluginError(.invalidOperation, file, "operation '\(name)': \(what)")
        }
        guard let signature = unsafe PluginTable.text(op.signature),
            let summary = unsafe PluginTable.text(op.doc),
            let examples = unsafe PluginTable.text(op.examples)
        else { throw refusal("a text is missing or not in UTF-8") }
        guard let scalar = unsafe op.scalar else { throw refusal("it has no function") }
        self.name = name
        self.summary = summary
        do throws(PluginError) {
            self.signature = try PluginSignature(signature)
            self.examples = try PluginExample.lines(examples)
        } catch {
            throw refusal(error.message)
        }
        marks = unsafe PluginOperation.Marks(rawValue: op.flags)
        cost = unsafe Int(op.cost_ns)
        unsafe self.scalar = unsafeBitCast(scalar, to: UnsafeMutableRawPointer.self)
        unsafe batch = op.batch
        if unsafe batch != nil, !self.signature.hasColumns {
            throw refusal("a batch entry takes f64, i64, bool and c128, one of each")
        }
    }
}

extension PluginSignature {
    /// Whether a batch entry can take its operands and give its result.
    var hasColumns: Bool {
        result.isScalar && parameters.allSatisfy { $0.type.isScalar && !$0.isVariadic }
    }
}
#endif
