#if Plugins
extension PluginTemplate {
    /// `NAME.cpp`.
    static let cppText = #"""
        // NAME: what this plugin is for, in one line.
        //
        //     c++ -std=c++17 -O2 -fPIC -shared -fvisibility=hidden -o NAME.so NAME.cpp
        //     calcburst plugin check ./NAME.so
        //     calcburst --plugin ./NAME.so 'NAME.scale(21)'

        #include "calcburst_plugin.h"

        #include <exception>
        #include <numeric>
        #include <stdexcept>
        #include <string>

        namespace {

        const cb_host *host;

        /// Runs the body of an operation, and lets nothing that it throws reach the host.
        template <class Result, class Body>
        cb_status guarded(cb_call *call, Result *result, Body body) noexcept {
            const auto fail = [call](cb_status status, const char *text) {
                host->set_error(call, status, text, std::char_traits<char>::length(text));
                return status;
            };
            try {
                *result = body();
                return CB_OK;
            } catch (const std::domain_error &error) {
                return fail(CB_E_DOMAIN, error.what());
            } catch (const std::exception &error) {
                return fail(CB_E_INTERNAL, error.what());
            } catch (...) {
                return fail(CB_E_INTERNAL, "an unknown exception");
            }
        }

        }  // namespace

        extern "C" {

        static cb_status start(const cb_host *given) {
            host = given;
            return CB_OK;
        }

        // An operation that cannot fail is an ordinary function.
        static double scale(double x, double factor) { return x * factor; }

        // One that may takes the call first and the result's address last. A list is two operands.
        static cb_status mean(cb_call *call, const double *values, size_t count, double *result) {
            return guarded(call, result, [&] {
                if (count == 0) throw std::domain_error("an empty list has no mean");
                return std::accumulate(values, values + count, 0.0) / static_cast<double>(count);
            });
        }

        }  // extern "C"

        // name, signature, doc, examples, flags, cost in nanoseconds or 0, function, batch entry or nullptr
        static const cb_op ops[] = {
            {"NAME.scale", "(x: f64, factor: f64 = 2) -> f64", "A number times a factor.",
             "NAME.scale(21) == 42\n"
             "NAME.scale(3, 0.5) == 1.5",
             CB_PURE | CB_CONCURRENT, 0, CB_FN(double, (double, double), scale), nullptr},
            {"NAME.mean", "(values: [f64]) -> f64 !", "The mean of a list.",
             "NAME.mean([1, 2, 6]) == 3\n"
             "NAME.mean([]) fails 'an empty list'",
             CB_PURE | CB_CONCURRENT, 0,
             CB_FN(cb_status, (cb_call *, const double *, size_t, double *), mean), nullptr},
        };

        CB_PLUGIN("NAME", "0.1.0", "MIT", "", ops, start, nullptr)

        """#
}
#endif
