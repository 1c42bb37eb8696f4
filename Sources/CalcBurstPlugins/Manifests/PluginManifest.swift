#if Plugins
import CalcBurstFunctions

/// The operations that a JSON text makes of the functions of an existing library.
///
/// The notation of signatures is `PluginSignature`'s, that of calls `CallNotation`'s. A manifest
/// is only text: nothing of the library runs before `operations`.
package struct PluginManifest: Sendable {
    package var name: String
    package var version: String
    package var license: String
    package var homepage: String
    package var library: Library
    /// Types of the library that are passed by value or filled.
    var structures: [CStructure]
    /// Called once, before any operation.
    var initialCalls: [InitialCall]
    var status: StatusBlock?
    var bindings: [Binding]

    /// Which library it is.
    package struct Library: Hashable, Sendable {
        /// Bare names, in the order in which they are looked for.
        package var linux: [String] = []
        package var macos: [String] = []
        /// A library in the manifest's own folder.
        package var file: String?
        /// For the header check: as they stand behind `#include`.
        package var headers: [String] = []

        /// The names on this system.
        package var names: [String] {
            #if os(macOS)
            macos
            #else
            linux
            #endif
        }
    }

    /// A call without arguments whose result is dropped.
    struct InitialCall: Hashable, Sendable {
        var symbol: String
        var result: ForeignType
        var resultInC: String
    }

    package static let longest = 1 << 20
    package static let mostOperations = 4096

    /// The library in the manifest's own folder; nil if it is one of the system.
    package var ownLibrary: String? { library.file }
    /// The names of the system's library, the first that is there counts.
    package var systemLibraries: [String] { library.names }

    /// The symbols that the library must have, each once, in the order in which they are named.
    package var symbols: [String] {
        var all = initialCalls.map(\.symbol)
        if let message = status?.message { all.append(message) }
        for binding in bindings {
            all.append(binding.symbol)
            if let free = binding.call.freeSymbol { all.append(free) }
        }
        var seen = Set<String>()
        return all.filter { seen.insert($0).inserted }
    }

    /// Calls what is to be called once, before any operation.
    private func start(_ addresses: [String: UInt]) throws(PluginError) {
        for call in initialCalls {
            guard let function = addresses[call.symbol] else {
                throw PluginError(.missingSymbol, name, "there is no function '\(call.symbol)'")
            }
            let interface = try ForeignInterface([], result: call.result)
            unsafe withUnsafeTemporaryAllocation(byteCount: 32, alignment: 16) { memory in
                guard let base = memory.baseAddress else { return }
                let pointers = unsafe (base + 16)
                    .bindMemory(to: UnsafeMutableRawPointer?.self, capacity: 2)
                unsafe interface.call(function, pointers, result: base)
            }
        }
    }

    /// The operations, with the addresses of `symbols`; runs what `init` lists before.
    package func operations(
        symbols: [String: UnsafeMutableRawPointer]
    ) throws(PluginError) -> [PluginOperation] {
        let addresses = unsafe Self.addresses(symbols)
        for symbol in self.symbols where addresses[symbol] == nil {
            throw PluginError(.missingSymbol, name, "the library has no function '\(symbol)'")
        }
        try start(addresses)
        var operations: [PluginOperation] = []
        for binding in bindings {
            do throws(PluginError) {
                try operations.append(
                    binding.operation(addresses, status: status, plugin: name)
                )
            } catch {
                throw PluginError(error.code, name, "\(binding.name): \(error.message)")
            }
        }
        return operations
    }

    private static func addresses(
        _ symbols: [String: UnsafeMutableRawPointer]
    ) -> [String: UInt] {
        unsafe symbols.mapValues { UInt(bitPattern: $0) }
    }
}
#endif
