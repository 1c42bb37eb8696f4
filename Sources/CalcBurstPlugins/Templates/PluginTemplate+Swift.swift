#if Plugins
extension PluginTemplate {
    /// `Package.swift` of a package that needs no other.
    static let manifestText = #"""
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "NAME",
            products: [.library(name: "NAME", type: .dynamic, targets: ["Plugin"])],
            targets: [
                .systemLibrary(name: "CCalcBurstPlugin"),
                .target(name: "Plugin", dependencies: ["CCalcBurstPlugin"]),
            ],
            swiftLanguageModes: [.v6]
        )

        """#

    /// What makes the header a module.
    static let moduleMapText = #"""
        module CCalcBurstPlugin {
            header "calcburst_plugin.h"
            export *
        }

        """#

    /// `Sources/Plugin/Plugin.swift`.
    // swift-format-ignore
    static let swiftText = #"""
// NAME: what this plugin is for, in one line.
//
//     swift build -c release -Xswiftc -static-stdlib
//     calcburst plugin check .build/release/libNAME.so
//     calcburst --plugin .build/release/libNAME.so 'NAME.scale(21)'
//
// Swift on Linux has no stable ABI, so the library brings its own standard library. A trap (an index
// outside, an overflow) ends the process: write operations that have none.

import CCalcBurstPlugin

// MARK: Operations

/// One that cannot fail is an ordinary function of C.
private let scale: @convention(c) @Sendable (Double, Double) -> Double = { x, factor in
    x * factor
}

/// One that may takes the call first and the result's address last. A list is two operands.
private let mean:
    @convention(c) @Sendable (
        OpaquePointer?, UnsafePointer<Double>?, Int, UnsafeMutablePointer<Double>?
    ) -> cb_status = { call, values, count, result in
        let values = UnsafeBufferPointer(start: values, count: count)
        if values.isEmpty { return fail(call, CB_E_DOMAIN, "an empty list has no mean") }
        result?.pointee = values.reduce(0, +) / Double(values.count)
        return cb_status(CB_OK)
    }

private func fail(_ call: OpaquePointer?, _ status: Int, _ text: String) -> cb_status {
    let status = cb_status(truncatingIfNeeded: status)
    text.withCString { host?.pointee.set_error(call, status, $0, text.utf8.count) }
    return status
}

// MARK: The table

private func operations() -> [cb_op] {
    [
        operation(
            "NAME.scale",
            "(x: f64, factor: f64 = 2) -> f64",
            "A number times a factor.",
            examples: ["NAME.scale(21) == 42", "NAME.scale(3, 0.5) == 1.5"],
            unsafeBitCast(scale, to: cb_fn.self)
        ),
        operation(
            "NAME.mean",
            "(values: [f64]) -> f64 !",
            "The mean of a list.",
            examples: ["NAME.mean([1, 2, 6]) == 3", "NAME.mean([]) fails 'an empty list'"],
            unsafeBitCast(mean, to: cb_fn.self)
        ),
    ]
}

private func operation(
    _ name: String,
    _ signature: String,
    _ doc: String,
    examples: [String],
    _ function: cb_fn
) -> cb_op {
    cb_op(
        name: lasting(name),
        signature: lasting(signature),
        doc: lasting(doc),
        examples: lasting(examples.joined(separator: "\n")),
        flags: UInt32(CB_PURE | CB_CONCURRENT),
        cost_ns: 0,
        scalar: function,
        batch: nil
    )
}

/// The table, made once and never freed.
nonisolated(unsafe) private let table: UnsafePointer<cb_plugin> = {
    let operations = operations()
    let ops = UnsafeMutableBufferPointer<cb_op>.allocate(capacity: operations.count)
    _ = ops.initialize(from: operations)
    let plugin = UnsafeMutablePointer<cb_plugin>.allocate(capacity: 1)
    plugin.initialize(
        to: cb_plugin(
            magic: CB_MAGIC,
            abi_major: UInt16(CB_ABI_MAJOR),
            abi_minor: UInt16(CB_ABI_MINOR),
            struct_size: UInt32(MemoryLayout<cb_plugin>.size),
            op_size: UInt32(MemoryLayout<cb_op>.stride),
            name: lasting("NAME"),
            version: lasting("0.1.0"),
            license: lasting("MIT"),
            homepage: lasting(""),
            ops: UnsafePointer(ops.baseAddress),
            op_count: ops.count,
            start: {
                host = $0
                return cb_status(CB_OK)
            },
            stop: nil
        )
    )
    return UnsafePointer(plugin)
}()

/// The host's functions; set once, before any operation is called.
nonisolated(unsafe) private var host: UnsafePointer<cb_host>?

/// A copy of the text that nothing frees, with a NUL behind it.
private func lasting(_ text: String) -> UnsafePointer<CChar>? {
    let bytes = Array(text.utf8CString)
    let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
    _ = copy.initialize(from: bytes)
    return UnsafePointer(copy.baseAddress)
}

/// The one symbol that the host looks for.
@_cdecl("calcburst_plugin_v1")
public func calcburstPlugin() -> UnsafePointer<cb_plugin>? { table }

"""#
}
#endif
