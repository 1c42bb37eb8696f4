#if Plugins
import CPluginSystem

/// A shared library that is open in this process, for as long as the process lives.
///
/// It is never closed: a library with a Swift runtime takes the host along when it goes, and texts of
/// its table are used to the end.
@safe package struct DynamicLibrary {
    private let handle: UnsafeMutableRawPointer
    private let name: String

    /// Opens the file at `path`; its constructors run here.
    package init(path: String, name: String) throws(PluginError) {
        guard let handle = unsafe cplugin_library_open(path) else {
            let reason = unsafe String(cString: cplugin_library_error())
            throw PluginError(.cannotOpen, name, "the system cannot open it: \(reason)")
        }
        unsafe self.handle = handle
        self.name = name
    }

    /// The address of a symbol of this very library.
    package func symbol(_ symbol: String) throws(PluginError) -> UnsafeMutableRawPointer {
        var isElsewhere = false
        if let address = unsafe cplugin_library_symbol(handle, symbol, &isElsewhere) {
            return unsafe address
        }
        if isElsewhere {
            throw PluginError(
                .foreignSymbol,
                name,
                "'\(symbol)' stands in a library that it needs, not in itself"
            )
        }
        throw PluginError(.missingSymbol, name, "there is no '\(symbol)' in it")
    }
}
#endif
