#if Plugins
extension PluginTemplate {
    /// `NAME.rs`, with the header's structs mirrored.
    static let rustText = #"""
        //! NAME: what this plugin is for, in one line.
        //!
        //!     rustc --edition 2021 --crate-type cdylib -C opt-level=2 -C panic=abort -o NAME.so NAME.rs
        //!     calcburst plugin check ./NAME.so
        //!     calcburst --plugin ./NAME.so 'NAME.scale(21)'
        //!
        //! A panic ends the process: write operations that have none.
        #![allow(dead_code)]

        use std::ffi::{c_char, c_void};
        use std::sync::OnceLock;

        // MARK: calcburst_plugin.h, version 1.0

        type Status = i32;
        const OK: Status = 0;
        const DOMAIN: Status = 1;
        const PURE: u32 = 1 << 0;
        const CONCURRENT: u32 = 1 << 2;

        #[repr(C)]
        struct Call {
            _opaque: [u8; 0],
        }

        #[repr(C)]
        struct Host {
            struct_size: u32,
            abi_major: u16,
            abi_minor: u16,
            set_error: extern "C" fn(*mut Call, Status, *const c_char, usize),
            set_string: extern "C" fn(*mut Call, *const c_char, usize),
            set_array: extern "C" fn(*mut Call, usize) -> *mut c_void,
            cancelled: extern "C" fn(*mut Call) -> bool,
            log: extern "C" fn(i32, *const c_char, usize),
        }

        type Function = unsafe extern "C" fn();
        type Batch = unsafe extern "C" fn(*mut Call, *const *const c_void, *mut c_void, usize) -> Status;

        #[repr(C)]
        struct Op {
            name: *const c_char,
            signature: *const c_char,
            doc: *const c_char,
            examples: *const c_char,
            flags: u32,
            cost_ns: u32,
            scalar: Function,
            batch: Option<Batch>,
        }

        #[repr(C)]
        struct Plugin {
            magic: u32,
            abi_major: u16,
            abi_minor: u16,
            struct_size: u32,
            op_size: u32,
            name: *const c_char,
            version: *const c_char,
            license: *const c_char,
            homepage: *const c_char,
            ops: *const Op,
            op_count: usize,
            start: Option<extern "C" fn(*const Host) -> Status>,
            stop: Option<extern "C" fn()>,
        }

        // The tables are constants: nothing writes to them.
        unsafe impl Sync for Op {}
        unsafe impl Sync for Plugin {}

        static HOST: OnceLock<&'static Host> = OnceLock::new();

        extern "C" fn start(host: *const Host) -> Status {
            // SAFETY: the host lives longer than the plugin.
            let _ = HOST.set(unsafe { &*host });
            OK
        }

        fn fail(call: *mut Call, status: Status, text: &str) -> Status {
            if let Some(host) = HOST.get() {
                (host.set_error)(call, status, text.as_ptr().cast(), text.len());
            }
            status
        }

        // MARK: Operations

        /// One that cannot fail is an ordinary function.
        extern "C" fn scale(x: f64, factor: f64) -> f64 {
            x * factor
        }

        /// One that may takes the call first and the result's address last. A list is two operands.
        extern "C" fn mean(call: *mut Call, values: *const f64, count: usize, result: *mut f64) -> Status {
            // SAFETY: the host hands `count` numbers, and never null.
            let values = unsafe { std::slice::from_raw_parts(values, count) };
            if values.is_empty() {
                return fail(call, DOMAIN, "an empty list has no mean");
            }
            // SAFETY: the host hands the address of the result.
            unsafe { *result = values.iter().sum::<f64>() / values.len() as f64 };
            OK
        }

        // MARK: The table

        /// A text of the table: a literal that ends with a NUL.
        macro_rules! text {
            ($text:expr) => {
                concat!($text, "\0").as_ptr().cast::<c_char>()
            };
        }

        /// A function of the table, with its type said once more.
        macro_rules! function {
            ($function:ident: $type:ty) => {
                // SAFETY: the host casts it back to the type that the signature says.
                unsafe { std::mem::transmute::<$type, Function>($function) }
            };
        }

        static OPS: [Op; 2] = [
            Op {
                name: text!("NAME.scale"),
                signature: text!("(x: f64, factor: f64 = 2) -> f64"),
                doc: text!("A number times a factor."),
                examples: text!("NAME.scale(21) == 42\nNAME.scale(3, 0.5) == 1.5"),
                flags: PURE | CONCURRENT,
                cost_ns: 0,
                scalar: function!(scale: extern "C" fn(f64, f64) -> f64),
                batch: None,
            },
            Op {
                name: text!("NAME.mean"),
                signature: text!("(values: [f64]) -> f64 !"),
                doc: text!("The mean of a list."),
                examples: text!("NAME.mean([1, 2, 6]) == 3\nNAME.mean([]) fails 'an empty list'"),
                flags: PURE | CONCURRENT,
                cost_ns: 0,
                scalar: function!(mean: extern "C" fn(*mut Call, *const f64, usize, *mut f64) -> Status),
                batch: None,
            },
        ];

        static PLUGIN: Plugin = Plugin {
            magic: 0x3142_434c,
            abi_major: 1,
            abi_minor: 0,
            struct_size: std::mem::size_of::<Plugin>() as u32,
            op_size: std::mem::size_of::<Op>() as u32,
            name: text!("NAME"),
            version: text!("0.1.0"),
            license: text!("MIT"),
            homepage: text!(""),
            ops: OPS.as_ptr(),
            op_count: OPS.len(),
            start: Some(start),
            stop: None,
        };

        /// The one symbol that the host looks for.
        #[no_mangle]
        extern "C" fn calcburst_plugin_v1() -> *const Plugin {
            &PLUGIN
        }

        """#
}
#endif
