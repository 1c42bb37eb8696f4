/* grown: what a plugin looks like that was compiled with a header of a later minor version, in which both
 * structs have more fields at their ends. A host of today reads the fields that it knows, steps through the
 * table by the plugin's own size, and loads it.
 */
#include "calcburst_plugin.h"

typedef struct later_op {
    cb_op op;
    const char *since;
    uint64_t more[3];
} later_op;

typedef struct later_plugin {
    cb_plugin plugin;
    const char *const *authors;
    uint32_t thumb;
} later_plugin;

static double twice(double x) { return 2 * x; }
static double half(double x) { return x / 2; }

static const later_op ops[] = {
    {{.name = "grown.twice", .signature = "(x: f64) -> f64", .doc = "Twice as much.",
      .examples = "grown.twice(21) == 42", .flags = CB_PURE | CB_CONCURRENT,
      .scalar = CB_FN(double, (double), twice)},
     "1.0", {1, 2, 3}},
    {{.name = "grown.half", .signature = "(x: f64) -> f64", .doc = "Half as much.",
      .examples = "grown.half(42) == 21", .flags = CB_PURE | CB_CONCURRENT,
      .scalar = CB_FN(double, (double), half)},
     "1.7", {4, 5, 6}},
};

CB_EXPORT const cb_plugin *calcburst_plugin_v1(void) {
    static const later_plugin plugin = {
        {CB_MAGIC, CB_ABI_MAJOR, CB_ABI_MINOR + 7, sizeof(later_plugin), sizeof(later_op), "grown",
         "1.0.0", "MIT", "", &ops[0].op, sizeof ops / sizeof ops[0], NULL, NULL},
        NULL, 7,
    };
    return &plugin.plugin;
}
