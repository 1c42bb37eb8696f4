//! numtheory: whole numbers (nt.), in Rust without a crate.
//!
//!     rustc --edition 2021 --crate-type cdylib -C opt-level=2 -C panic=abort -o numtheory.so numtheory.rs
//!
//! It shows the header's structs mirrored in Rust, `i64`, any number of operands, and a list as the answer.
//! A panic must not leave a function, so the library is built with `panic=abort`: a panic ends the process,
//! and every operation here is written so that there is none.

use std::ffi::{c_char, c_void};
use std::sync::OnceLock;

// MARK: calcburst_plugin.h

type Status = i32;
const OK: Status = 0;
const DOMAIN: Status = 1;
const MEMORY: Status = 4;

const PURE: u32 = 1 << 0;
const CONCURRENT: u32 = 1 << 2;
const DETERMINISTIC: u32 = 1 << 4;

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

/// nt.gcd: Euclid's algorithm over all operands.
extern "C" fn gcd(numbers: *const i64, count: usize) -> i64 {
    // SAFETY: the host hands `count` numbers, and never null.
    let numbers = unsafe { std::slice::from_raw_parts(numbers, count) };
    let mut divisor: u64 = 0;
    for number in numbers {
        let mut rest = number.unsigned_abs();
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
    }
    divisor as i64 // operands lie within 2^53, and so does their divisor
}

fn power_modulo(base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let wide = |a: u64, b: u64| (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64;
    let (mut result, mut square) = (1 % modulus, base % modulus);
    while exponent != 0 {
        if exponent & 1 == 1 {
            result = wide(result, square);
        }
        square = wide(square, square);
        exponent >>= 1;
    }
    result
}

/// nt.isprime: the test of Miller and Rabin; with these bases it is exact for all 64-bit numbers.
extern "C" fn isprime(n: i64) -> bool {
    const BASES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    let Ok(n) = u64::try_from(n) else { return false };
    if n < 2 {
        return false;
    }
    for prime in BASES {
        if n % prime == 0 {
            return n == prime;
        }
    }
    let twos = (n - 1).trailing_zeros();
    BASES.iter().all(|&base| {
        let mut power = power_modulo(base, (n - 1) >> twos, n);
        if power == 1 || power == n - 1 {
            return true;
        }
        for _ in 1..twos {
            power = (u128::from(power) * u128::from(power) % u128::from(n)) as u64;
            if power == n - 1 {
                return true;
            }
        }
        false
    })
}

unsafe extern "C" fn isprime_rows(
    _call: *mut Call,
    columns: *const *const c_void,
    out: *mut c_void,
    n: usize,
) -> Status {
    // SAFETY: one column of `n` numbers, and room for `n` truth values of one byte.
    let (numbers, answers) = unsafe {
        (
            std::slice::from_raw_parts((*columns).cast::<i64>(), n),
            std::slice::from_raw_parts_mut(out.cast::<u8>(), n),
        )
    };
    for (answer, &number) in answers.iter_mut().zip(numbers) {
        *answer = u8::from(isprime(number));
    }
    OK
}

/// nt.modpow: a power's remainder, which is never negative.
extern "C" fn modpow(call: *mut Call, base: i64, exponent: i64, modulus: i64, out: *mut i64) -> Status {
    if modulus < 1 {
        return fail(call, DOMAIN, "the modulus is 1 or more");
    }
    let Ok(exponent) = u64::try_from(exponent) else {
        return fail(call, DOMAIN, "the exponent is 0 or more");
    };
    let base = base.rem_euclid(modulus).unsigned_abs();
    // SAFETY: the host hands the address of the result.
    unsafe { *out = power_modulo(base, exponent, modulus.unsigned_abs()) as i64 };
    OK
}

/// nt.factors: by trial division, which asks now and then whether anybody still waits.
extern "C" fn factors(call: *mut Call, n: i64) -> Status {
    const CANCELLED: Status = 5;
    let Some(host) = HOST.get() else { return MEMORY };
    let Ok(mut rest) = u64::try_from(n) else {
        return fail(call, DOMAIN, "only numbers from 1 on have factors");
    };
    if rest == 0 {
        return fail(call, DOMAIN, "only numbers from 1 on have factors");
    }
    let (mut found, mut count, mut divisor) = ([0i64; 64], 0, 2u64);
    while divisor * divisor <= rest {
        while rest % divisor == 0 {
            found[count] = divisor as i64; // at most 53 factors, since 2^53 is the largest number
            count += 1;
            rest /= divisor;
        }
        divisor += if divisor == 2 { 1 } else { 2 };
        if divisor & 0xffff == 1 && (host.cancelled)(call) {
            return CANCELLED;
        }
    }
    if rest > 1 {
        found[count] = rest as i64;
        count += 1;
    }
    let room: *mut i64 = (host.set_array)(call, count).cast();
    if room.is_null() {
        return MEMORY;
    }
    // SAFETY: set_array gave room for `count` elements.
    unsafe { std::ptr::copy_nonoverlapping(found.as_ptr(), room, count) };
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

const ALWAYS: u32 = PURE | CONCURRENT | DETERMINISTIC;

static OPS: [Op; 4] = [
    Op {
        name: text!("nt.gcd"),
        signature: text!("(numbers: i64...) -> i64"),
        doc: text!("The greatest whole number that divides all of them; 0 if there is none."),
        examples: text!("nt.gcd(12, 18, 30) == 6\nnt.gcd(-12, 18) == 6\nnt.gcd(0, 0) == 0"),
        flags: ALWAYS,
        cost_ns: 50,
        scalar: function!(gcd: extern "C" fn(*const i64, usize) -> i64),
        batch: None,
    },
    Op {
        name: text!("nt.isprime"),
        signature: text!("(n: i64) -> bool"),
        doc: text!("Whether a number has no divisors but 1 and itself."),
        examples: text!(concat!(
            "nt.isprime(2147483647) == true\nnt.isprime(9007199254740881) == true\n",
            "nt.isprime(561) == false\nnt.isprime(3215031751) == false\nnt.isprime(1) == false"
        )),
        flags: ALWAYS,
        cost_ns: 2000,
        scalar: function!(isprime: extern "C" fn(i64) -> bool),
        batch: Some(isprime_rows),
    },
    Op {
        name: text!("nt.modpow"),
        signature: text!("(base: i64, exponent: i64, modulus: i64) -> i64 !"),
        doc: text!("What is left of a power after division."),
        examples: text!(concat!(
            "nt.modpow(7, 560, 561) == 1\nnt.modpow(3, 1000000000000, 9007199254740881) == 8139243722133482\n",
            "nt.modpow(-3, 3, 10) == 3\nnt.modpow(2, -1, 7) fails 'the exponent is 0 or more'\n",
            "nt.modpow(2, 3, 0) fails 'the modulus is 1 or more'"
        )),
        flags: ALWAYS,
        cost_ns: 500,
        scalar: function!(modpow: extern "C" fn(*mut Call, i64, i64, i64, *mut i64) -> Status),
        batch: None,
    },
    Op {
        name: text!("nt.factors"),
        signature: text!("(n: i64) -> [i64] !"),
        doc: text!("The prime factors of a number, from the smallest on."),
        examples: text!(concat!(
            "nt.factors(360) == [2, 2, 2, 3, 3, 5]\n",
            "nt.factors(9007199254740991) == [6361, 69431, 20394401]\n",
            "nt.factors(1) == []\nnt.factors(0) fails 'only numbers from 1 on'"
        )),
        flags: ALWAYS,
        cost_ns: 0,
        scalar: function!(factors: extern "C" fn(*mut Call, i64) -> Status),
        batch: None,
    },
];

static PLUGIN: Plugin = Plugin {
    magic: 0x3142_434c,
    abi_major: 1,
    abi_minor: 0,
    struct_size: std::mem::size_of::<Plugin>() as u32,
    op_size: std::mem::size_of::<Op>() as u32,
    name: text!("numtheory"),
    version: text!("1.0.0"),
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
