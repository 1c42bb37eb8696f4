#if Plugins
extension PluginTemplate {
    /// `Plugins/include/calcburst_plugin.h`, which every new plugin in C gets a copy of.
    ///
    /// The installed command has no folder to take it from; a test holds the two equal.
    // swift-format-ignore
    static let headerText = #"""
/* calcburst_plugin.h: operations for CalcBurst, written in C or in anything that speaks C.
 *
 * A plugin is a shared library that exports one symbol, calcburst_plugin_v1, which gives a table of
 * operations. This file is all that an author needs; it uses nothing but C99 and its own types.
 *
 *     #include "calcburst_plugin.h"
 *
 *     static double vat(double net, double rate) { return net * (1 + rate); }
 *
 *     static const cb_op ops[] = {
 *       { .name = "shop.vat", .signature = "(net: f64, rate: f64 = 0.2) -> f64",
 *         .doc = "The price with the tax.", .examples = "shop.vat(100, 0.25) == 125",
 *         .flags = CB_PURE | CB_CONCURRENT,
 *         .scalar = CB_FN(double, (double, double), vat) },
 *     };
 *     CB_PLUGIN("shop", "1.0.0", "MIT", "", ops, NULL, NULL)
 *
 *     cc -std=c11 -O2 -fPIC -shared -o shop.so shop.c
 *
 * Rules
 *   - Nothing that one side allocated is freed by the other. Arguments are borrowed for the call; the
 *     table and its texts live as long as the process. A plugin is never unloaded.
 *   - A function never leaves by longjmp, an exception, a panic or exit(), and leaves the rounding mode
 *     and the other controls of floating point as it found them.
 *   - No operand is NaN or infinite, and a result that is one is an error at the call.
 *   - Calls may come on any thread; at the same time only with CB_CONCURRENT.
 */
#ifndef CALCBURST_PLUGIN_H
#define CALCBURST_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. The major one is part of the entry's name too, so that a plugin of
 * another major is "no such symbol" and never a crash. The minor one grows when fields are appended;
 * nothing is ever removed or put in another order. */
#define CB_ABI_MAJOR 1
#define CB_ABI_MINOR 0
#define CB_MAGIC 0x3142434Cu /* "LCB1" in the order of a little-endian machine */

/* What a call that may fail returns. */
typedef int32_t cb_status;
enum {
  CB_OK = 0,
  CB_E_DOMAIN = 1,    /* there is no answer for these operands */
  CB_E_RANGE = 2,     /* the answer is too large for a number */
  CB_E_ARGUMENT = 3,  /* an operand is not what the operation takes, lists of two lengths for one */
  CB_E_MEMORY = 4,    /* no memory, or set_array and set_string gave none */
  CB_E_CANCELLED = 5, /* cancelled() said so */
  CB_E_INTERNAL = 6   /* a bug of the plugin */
};

/* What the engine may assume of an operation. 0 is the careful default: it may answer differently each
 * time, and is called by one thread at a time. */
enum {
  CB_PURE = 1 << 0,          /* same operands, same answer, no effects: may be worked out ahead */
  CB_STABLE = 1 << 1,        /* the same answer within one evaluation */
  CB_CONCURRENT = 1 << 2,    /* any number of threads at once */
  CB_NAN_THROUGH = 1 << 3,   /* a NaN operand gives NaN */
  CB_DETERMINISTIC = 1 << 4, /* the same bits on every machine */
  CB_MAY_BLOCK = 1 << 5      /* waits for something; must be CB_CONCURRENT, for it is called unlocked */
};

/* A complex number; {re, im} in the language. */
typedef struct cb_c128 {
  double re, im;
} cb_c128;

/* One call that may fail; valid only until the function returns. */
typedef struct cb_call cb_call;

/* What the host does for a plugin. It outlives the plugin; `start` is handed it. */
typedef struct cb_host {
  uint32_t struct_size;
  uint16_t abi_major, abi_minor;
  /* Says why the call fails; at most 1,000 bytes are kept. The text is copied. */
  void (*set_error)(cb_call *, cb_status, const char *utf8, size_t len);
  /* Gives the answer of an operation whose result is str. The text is copied. */
  void (*set_string)(cb_call *, const char *utf8, size_t len);
  /* Room for the answer of an operation whose result is [f64] or [i64]: `count` elements of 8 bytes,
   * to be filled before the function returns. NULL if there is no room; then return CB_E_MEMORY. */
  void *(*set_array)(cb_call *, size_t count);
  /* Whether nobody waits for the answer any more; to be asked now and then in a long loop. */
  bool (*cancelled)(cb_call *);
  /* A line for the host's log: 0 for debugging, 1 information, 2 a warning, 3 an error. */
  void (*log)(int32_t level, const char *utf8, size_t len);
} cb_host;

/* The C function of an operation; its signature says its real shape:
 *
 *   f64                     double
 *   i64                     int64_t       refused before the call unless whole and within 2^53
 *   bool                    bool
 *   c128                    cb_c128
 *   str                     const char *, size_t     UTF-8, with a NUL behind it
 *   [f64], f64...           const double *, size_t   never NULL, aligned to 16 bytes
 *   [i64], i64...           const int64_t *, size_t
 *
 * With "!" after the result the function may fail: it takes a cb_call * before everything else and the
 * address of the result after everything else, and returns a cb_status.
 *
 *   (x: f64, n: i64) -> f64       double f(double, int64_t)
 *   (xs: [f64]) -> f64 !          cb_status f(cb_call *, const double *, size_t, double *)
 *   (s: str) -> str !             cb_status f(cb_call *, const char *, size_t)
 *
 * A result of str, [f64] or [i64] needs "!" and has no address: it goes through set_string or
 * set_array. */
typedef void (*cb_fn)(void);

/* The same for n calls at once. columns[i] holds n values of parameter i, side by side (f64, i64, c128,
 * and uint8_t for bool), aligned to 16 bytes and never overlapping; n may be 0. `out` has room for n
 * results. Every result must be the one that `scalar` gives. After another status than CB_OK the host
 * asks `scalar` row by row, to name the row. */
typedef cb_status (*cb_batch_fn)(cb_call *, const void *const *columns, void *out, size_t n);

typedef struct cb_op {
  const char *name;      /* "shop.vat": lower-case words, a dot between */
  const char *signature; /* "(net: f64, rate: f64 = 0.2) -> f64 !" */
  const char *doc;       /* one sentence that says what the answer is */
  const char *examples;  /* one a line, at least one: "shop.vat(100, 0.25) == 125 ~ 1e-12" */
  uint32_t flags;
  uint32_t cost_ns;      /* about how long a call takes; 0 if unknown */
  cb_fn scalar;          /* required */
  cb_batch_fn batch;     /* or NULL; only for parameters of f64, i64, bool and c128 */
} cb_op;

typedef struct cb_plugin {
  uint32_t magic;
  uint16_t abi_major, abi_minor;
  uint32_t struct_size, op_size; /* of cb_plugin and cb_op, as the plugin was compiled */
  const char *name, *version, *license, *homepage;
  const cb_op *ops;
  size_t op_count;
  cb_status (*start)(const cb_host *); /* or NULL; called once, before any operation */
  void (*stop)(void);                  /* or NULL; called once, when the host ends in good order */
} cb_plugin;

#if defined(_WIN32)
#define CB_EXPORT __declspec(dllexport)
#else
#define CB_EXPORT __attribute__((visibility("default")))
#endif

/* The one symbol that a plugin exports. */
CB_EXPORT const cb_plugin *calcburst_plugin_v1(void);

/* A function for the table, with its type said once more, so that a slip is a warning in C and an error
 * in C++: CB_FN(double, (double, double), vat). */
#define CB_FN(ret, params, f) ((cb_fn)(1 ? (f) : (ret(*) params)0))

/* The table of a plugin and the symbol that gives it. `ops` is an array. */
#define CB_PLUGIN(name, version, license, homepage, ops, start, stop)                             \
  CB_EXPORT const cb_plugin *calcburst_plugin_v1(void) {                                           \
    static const cb_plugin plugin = {CB_MAGIC, CB_ABI_MAJOR, CB_ABI_MINOR, sizeof(cb_plugin),       \
                                     sizeof(cb_op), name, version, license, homepage, ops,         \
                                     sizeof(ops) / sizeof((ops)[0]), start, stop};                 \
    return &plugin;                                                                                \
  }

#ifdef __cplusplus
}
#endif
#endif

"""#
}
#endif
