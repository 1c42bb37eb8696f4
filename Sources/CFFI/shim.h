// libffi's types as functions.
//
// In libffi they are mutable globals, which Swift refuses to touch from more than one thread.
// On macOS the header stands in a folder of its own.

#ifndef CALCBURST_CFFI_H
#define CALCBURST_CFFI_H

#if __has_include(<ffi.h>)
#include <ffi.h>
#else
#include <ffi/ffi.h>
#endif
#include <stdint.h>

static inline ffi_type *_Nonnull cffi_void(void) { return &ffi_type_void; }
static inline ffi_type *_Nonnull cffi_f64(void) { return &ffi_type_double; }
static inline ffi_type *_Nonnull cffi_f32(void) { return &ffi_type_float; }
static inline ffi_type *_Nonnull cffi_i8(void) { return &ffi_type_sint8; }
static inline ffi_type *_Nonnull cffi_i16(void) { return &ffi_type_sint16; }
static inline ffi_type *_Nonnull cffi_i32(void) { return &ffi_type_sint32; }
static inline ffi_type *_Nonnull cffi_i64(void) { return &ffi_type_sint64; }
static inline ffi_type *_Nonnull cffi_u8(void) { return &ffi_type_uint8; }
static inline ffi_type *_Nonnull cffi_u16(void) { return &ffi_type_uint16; }
static inline ffi_type *_Nonnull cffi_u32(void) { return &ffi_type_uint32; }
static inline ffi_type *_Nonnull cffi_u64(void) { return &ffi_type_uint64; }
static inline ffi_type *_Nonnull cffi_pointer(void) { return &ffi_type_pointer; }

// ffi_call of a function that is known by its address.
static inline void cffi_call(ffi_cif *_Nonnull cif, const void *_Nonnull function, void *_Nonnull result,
                             void *_Nullable *_Nonnull arguments) {
    ffi_call(cif, (void (*)(void))(uintptr_t)function, result, arguments);
}

// Calls `void f(void *)`, which frees what a library gave.
static inline void cffi_free(const void *_Nonnull function, void *_Nonnull memory) {
    ((void (*)(void *))(uintptr_t)function)(memory);
}

// Calls `const char *f(int)`, which gives the words of a status.
static inline const char *_Nullable cffi_words(const void *_Nonnull function, int status) {
    return ((const char *(*)(int))(uintptr_t)function)(status);
}

#endif
