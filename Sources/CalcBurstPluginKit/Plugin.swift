import CCalcBurstPlugin
import Synchronization

/// A plugin's table, which its entry hands to the host.
///
/// ```swift
/// private let plugin = Plugin("shop", version: "1.0.0", license: "MIT", [vat])
///
/// @_cdecl("calcburst_plugin_v1")
/// public func calcburstPlugin() -> UnsafeRawPointer? { plugin.table }
/// ```
///
/// The table lives as long as the process, as the header demands: what is made here is never freed.
public struct Plugin: Sendable {
    private let address: UInt

    public init(
        _ name: String,
        version: String,
        license: String,
        homepage: String = "",
        _ operations: [Operation]
    ) {
        // One more, since the address of an empty table must be one too.
        let table = UnsafeMutablePointer<cb_op>.allocate(capacity: operations.count + 1)
        for (place, operation) in operations.enumerated() {
            unsafe (table + place).initialize(
                to: cb_op(
                    name: lasting(operation.name),
                    signature: lasting(operation.signature),
                    doc: lasting(operation.summary),
                    examples: lasting(operation.examples.joined(separator: "\n")),
                    flags: operation.flags.rawValue,
                    cost_ns: operation.cost,
                    scalar: operation.function,
                    batch: operation.rows
                )
            )
        }
        let plugin = UnsafeMutablePointer<cb_plugin>.allocate(capacity: 1)
        unsafe plugin.initialize(
            to: cb_plugin(
                magic: CB_MAGIC,
                abi_major: UInt16(truncatingIfNeeded: CB_ABI_MAJOR),
                abi_minor: UInt16(truncatingIfNeeded: CB_ABI_MINOR),
                struct_size: UInt32(truncatingIfNeeded: MemoryLayout<cb_plugin>.size),
                op_size: UInt32(truncatingIfNeeded: MemoryLayout<cb_op>.stride),
                name: lasting(name),
                version: lasting(version),
                license: lasting(license),
                homepage: lasting(homepage),
                ops: table,
                op_count: operations.count,
                start: { given in
                    host.store(UInt(bitPattern: given), ordering: .releasing)
                    return Status.ok
                },
                stop: nil
            )
        )
        address = UInt(bitPattern: plugin)
    }

    /// What `calcburst_plugin_v1` gives.
    public var table: UnsafeRawPointer? { unsafe UnsafeRawPointer(bitPattern: address) }
}

/// A copy of the text that nothing frees, with a NUL behind it.
private func lasting(_ text: String) -> UnsafePointer<CChar> {
    let bytes = text.utf8
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    for (place, byte) in bytes.enumerated() {
        unsafe (copy + place).initialize(to: CChar(bitPattern: byte))
    }
    unsafe (copy + bytes.count).initialize(to: 0)
    return unsafe UnsafePointer(copy)
}

/// The address of the host's functions, which `start` is handed; 0 before.
let host = Atomic<UInt>(0)

var hostFunctions: UnsafePointer<cb_host>? {
    unsafe UnsafePointer(bitPattern: host.load(ordering: .acquiring))
}
