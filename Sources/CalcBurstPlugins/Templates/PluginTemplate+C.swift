#if Plugins
extension PluginTemplate {
    /// `NAME.c`.
    static let cText = #"""
        /* NAME: what this plugin is for, in one line.
         *
         *     cc -std=c11 -O2 -fPIC -shared -o NAME.so NAME.c
         *     calcburst plugin check ./NAME.so
         *     calcburst --plugin ./NAME.so 'NAME.scale(21)'
         */
        #include "calcburst_plugin.h"

        #include <string.h>

        static const cb_host *host;

        static cb_status start(const cb_host *given) {
            host = given;
            return CB_OK;
        }

        /* An operation that cannot fail is an ordinary function. */
        static double scale(double x, double factor) { return x * factor; }

        /* One that may takes the call first and the result's address last. A list is two operands. */
        static cb_status mean(cb_call *call, const double *values, size_t count, double *result) {
            if (count == 0) {
                const char *text = "an empty list has no mean";
                host->set_error(call, CB_E_DOMAIN, text, strlen(text));
                return CB_E_DOMAIN;
            }
            double sum = 0;
            for (size_t i = 0; i < count; i++) sum += values[i];
            *result = sum / (double)count;
            return CB_OK;
        }

        static const cb_op ops[] = {
            {
                .name = "NAME.scale",
                .signature = "(x: f64, factor: f64 = 2) -> f64",
                .doc = "A number times a factor.",
                .examples = "NAME.scale(21) == 42\n"
                            "NAME.scale(3, 0.5) == 1.5",
                .flags = CB_PURE | CB_CONCURRENT,
                .scalar = CB_FN(double, (double, double), scale),
            },
            {
                .name = "NAME.mean",
                .signature = "(values: [f64]) -> f64 !",
                .doc = "The mean of a list.",
                .examples = "NAME.mean([1, 2, 6]) == 3\n"
                            "NAME.mean([]) fails 'an empty list'",
                .flags = CB_PURE | CB_CONCURRENT,
                .scalar = CB_FN(cb_status, (cb_call *, const double *, size_t, double *), mean),
            },
        };

        CB_PLUGIN("NAME", "0.1.0", "MIT", "", ops, start, NULL)

        """#
}
#endif
