#if Plugins
import CFFI

/// The type of a C function, prepared for libffi; as good from any thread.
///
/// libffi keeps pointers into what describes a call, so that lives at a fixed address, for ever:
/// an operation is never unloaded.
struct ForeignInterface: Sendable {
    /// Of an `ffi_cif`: a number may go between threads, a pointer may not.
    private let address: UInt

    /// Prepares the type; of `fixed` arguments the others are behind C's `...`.
    init(
        _ arguments: [ForeignType],
        result: ForeignType,
        fixed: Int? = nil
    ) throws(PluginError) {
        let types = UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>.allocate(
            capacity: arguments.count + 1
        )
        for (index, argument) in arguments.enumerated() {
            unsafe (types + index).initialize(to: Self.type(of: argument))
        }
        unsafe (types + arguments.count).initialize(to: nil)
        let interface = UnsafeMutablePointer<ffi_cif>.allocate(capacity: 1)
        unsafe interface.initialize(to: ffi_cif())
        let resultType = unsafe Self.type(of: result)
        let count = UInt32(clamping: arguments.count)
        let status =
            if let fixed {
                unsafe ffi_prep_cif_var(
                    interface,
                    FFI_DEFAULT_ABI,
                    UInt32(clamping: fixed),
                    count,
                    resultType,
                    types
                )
            } else {
                unsafe ffi_prep_cif(interface, FFI_DEFAULT_ABI, count, resultType, types)
            }
        guard status == FFI_OK else {
            throw PluginError(
                .invalidOperation,
                "",
                "libffi does not call such a function (\(status.rawValue))"
            )
        }
        // The frame's places come from our own sizes.
        for (index, argument) in arguments.enumerated() {
            guard unsafe types[index]?.pointee.size == argument.size else {
                throw PluginError(.invalidOperation, "", "libffi sees a structure otherwise")
            }
        }
        address = UInt(bitPattern: interface)
    }

    /// Calls the function at an address with pointers to its arguments.
    ///
    /// There must be room for the result: 16 bytes at least, since a narrow integer is written wide.
    func call(
        _ function: UInt,
        _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
        result: UnsafeMutableRawPointer
    ) {
        guard let interface = unsafe UnsafeMutablePointer<ffi_cif>(bitPattern: address),
            let function = unsafe UnsafeRawPointer(bitPattern: function)
        else { return }
        unsafe cffi_call(interface, function, result, arguments)
    }

    private static func type(of type: ForeignType) -> UnsafeMutablePointer<ffi_type> {
        switch type {
        case .nothing: return unsafe cffi_void()
        case .scalar(let type): return unsafe type.foreign
        case .structure(let fields):
            let elements = UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>.allocate(
                capacity: fields.count + 1
            )
            for (index, field) in fields.enumerated() {
                unsafe (elements + index).initialize(to: field.foreign)
            }
            unsafe (elements + fields.count).initialize(to: nil)
            // Its size and alignment are worked out when the call is prepared.
            let structure = UnsafeMutablePointer<ffi_type>.allocate(capacity: 1)
            unsafe structure.initialize(
                to: ffi_type(
                    size: 0,
                    alignment: 0,
                    type: UInt16(FFI_TYPE_STRUCT),
                    elements: elements
                )
            )
            return unsafe structure
        }
    }
}
#endif
