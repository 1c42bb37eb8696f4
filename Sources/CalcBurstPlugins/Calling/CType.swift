#if Plugins
import CFFI

/// The types of C that a call passes and takes, as manifests write them.
enum CType: String, CaseIterable, Hashable, Sendable {
    case f64
    case f32
    case i8
    case u8
    case i16
    case u16
    case i32
    case u32
    case i64
    case u64
    case usize
    case bool
    /// A text that ends with a NUL.
    case text = "str"
    case pointer = "ptr"

    /// Bytes, which are the alignment as well.
    var size: Int {
        switch self {
        case .i8, .u8, .bool: 1
        case .i16, .u16: 2
        case .f32, .i32, .u32: 4
        case .f64, .i64, .u64, .usize, .text, .pointer: 8
        }
    }

    var isInteger: Bool {
        switch self {
        case .i8, .u8, .i16, .u16, .i32, .u32, .i64, .u64, .usize: true
        case .f64, .f32, .bool, .text, .pointer: false
        }
    }

    var isFloat: Bool { self == .f64 || self == .f32 }

    /// Whether C passes it as it is behind `...`; it makes a wider type of the others.
    var isVariadic: Bool {
        switch self {
        case .f64, .i32, .u32, .i64, .u64, .usize, .text, .pointer: true
        case .f32, .i8, .u8, .i16, .u16, .bool: false
        }
    }

    /// The least and the largest integer, as far as numbers of the language go.
    var range: ClosedRange<Double> {
        let most = WholeNumber.largest
        return switch self {
        case .i8: -0x80...0x7F
        case .u8: 0...0xFF
        case .i16: -0x8000...0x7FFF
        case .u16: 0...0xFFFF
        case .i32: -0x8000_0000...0x7FFF_FFFF
        case .u32: 0...0xFFFF_FFFF
        case .u64, .usize: 0...most
        case .f64, .f32, .i64, .bool, .text, .pointer: -most...most
        }
    }

    /// How C writes it.
    var inC: String {
        switch self {
        case .f64: "double"
        case .f32: "float"
        case .i8: "signed char"
        case .u8: "unsigned char"
        case .i16: "short"
        case .u16: "unsigned short"
        case .i32: "int"
        case .u32: "unsigned int"
        case .i64: "long"
        case .u64: "unsigned long"
        case .usize: "size_t"
        case .bool: "_Bool"
        case .text: "const char *"
        case .pointer: "void *"
        }
    }

    var foreign: UnsafeMutablePointer<ffi_type> {
        switch self {
        case .f64: unsafe cffi_f64()
        case .f32: unsafe cffi_f32()
        case .i8: unsafe cffi_i8()
        case .u8, .bool: unsafe cffi_u8()
        case .i16: unsafe cffi_i16()
        case .u16: unsafe cffi_u16()
        case .i32: unsafe cffi_i32()
        case .u32: unsafe cffi_u32()
        case .i64: unsafe cffi_i64()
        case .u64, .usize: unsafe cffi_u64()
        case .text, .pointer: unsafe cffi_pointer()
        }
    }
}

/// What stands in one place of a C function's type.
enum ForeignType: Hashable, Sendable {
    case nothing
    case scalar(CType)
    /// A structure by value, with its fields in order; at least one.
    case structure([CType])

    /// A complex number: `double complex`, `gsl_complex` and `cb_c128` are all passed like this.
    static let complex = ForeignType.structure([.f64, .f64])

    var fields: [CType] {
        switch self {
        case .nothing: []
        case .scalar(let type): [type]
        case .structure(let fields): fields
        }
    }

    /// Where each field begins.
    var offsets: [Int] {
        var end = 0
        return fields.map { field in
            let offset = end.rounded(upTo: field.size)
            end = offset + field.size
            return offset
        }
    }

    var alignment: Int { fields.map(\.size).max() ?? 1 }

    var size: Int {
        guard let offset = offsets.last, let field = fields.last else { return 0 }
        return (offset + field.size).rounded(upTo: alignment)
    }
}

extension Int {
    /// The next multiple of a power of two.
    func rounded(upTo alignment: Int) -> Int { (self + alignment - 1) & ~(alignment - 1) }
}
#endif
