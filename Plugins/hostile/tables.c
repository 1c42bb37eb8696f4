// Tables that no host may take; compile with -DTABLE_MAGIC and so on, one at a time.

#include "../include/calcburst_plugin.h"

static double twice(double x) { return 2 * x; }

#define GOOD                                                                                       \
    {                                                                                              \
        .name = "table.twice", .signature = "(x: f64) -> f64", .doc = "Twice the number.",         \
        .examples = "table.twice(1) == 2", .scalar = CB_FN(double, (double), twice)                \
    }

static const cb_op ops[] = {
#if defined(TABLE_NAME_TWICE)
    GOOD,
#endif
#if defined(TABLE_UTF8)
    {.name = "table.caf\xe9", .signature = "(x: f64) -> f64", .doc = "Twice.",
     .examples = "table.twice(1) == 2", .scalar = CB_FN(double, (double), twice)},
#elif defined(TABLE_FLAGS)
    {.name = "table.twice", .signature = "(x: f64) -> f64", .doc = "Twice.", .flags = 1u << 20,
     .examples = "table.twice(1) == 2", .scalar = CB_FN(double, (double), twice)},
#elif defined(TABLE_NULL_NAME)
    {.name = NULL, .signature = "(x: f64) -> f64", .doc = "Twice.",
     .examples = "table.twice(1) == 2", .scalar = CB_FN(double, (double), twice)},
#elif defined(TABLE_NULL_CODE)
    {.name = "table.twice", .signature = "(x: f64) -> f64", .doc = "Twice.",
     .examples = "table.twice(1) == 2", .scalar = NULL},
#else
    GOOD,
#endif
};

CB_EXPORT const cb_plugin *calcburst_plugin_v1(void) {
    static cb_plugin plugin = {
        CB_MAGIC, CB_ABI_MAJOR, CB_ABI_MINOR, sizeof(cb_plugin), sizeof(cb_op), "table", "1.0.0", "MIT", "",
        ops, sizeof(ops) / sizeof(ops[0]), NULL, NULL,
    };
#if defined(TABLE_NULL)
    return NULL;
#elif defined(TABLE_MAGIC)
    plugin.magic = 0xdeadbeef;
#elif defined(TABLE_MAJOR)
    plugin.abi_major = 9;
#elif defined(TABLE_STRUCT_SIZE)
    plugin.struct_size = 8;
#elif defined(TABLE_OP_SIZE)
    plugin.op_size = 8;
#elif defined(TABLE_NO_OPS)
    plugin.op_count = 0;
#elif defined(TABLE_MANY_OPS)
    plugin.op_count = (size_t)1 << 40;
#elif defined(TABLE_NULL_OPS)
    plugin.ops = NULL;
#endif
    return &plugin;
}
