// stats: means that outliers do not move, in C++.
//
//     c++ -std=c++17 -O2 -fPIC -shared -I../include -o stats.so stats.cpp
//
// It shows how exceptions stay inside: every operation runs in `guarded`, which turns what is thrown into
// a status with a text. The values of the examples are scipy's and mpmath's.

#include "calcburst_plugin.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <new>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

const cb_host *host;

/// Thrown where there is no answer; the text is what the user reads.
struct no_answer : std::runtime_error {
    using std::runtime_error::runtime_error;
};

cb_status fail(cb_call *call, cb_status status, const char *text) noexcept {
    host->set_error(call, status, text, std::char_traits<char>::length(text));
    return status;
}

/// Runs the body of an operation, and lets nothing that it throws reach the host.
template <class Body> cb_status guarded(cb_call *call, double *out, Body body) noexcept {
    try {
        *out = body();
        return CB_OK;
    } catch (const no_answer &error) {
        return fail(call, CB_E_DOMAIN, error.what());
    } catch (const std::bad_alloc &) {
        return fail(call, CB_E_MEMORY, "out of memory");
    } catch (const std::exception &error) {
        return fail(call, CB_E_INTERNAL, error.what());
    } catch (...) {
        return fail(call, CB_E_INTERNAL, "an unknown exception");
    }
}

/// The operand as a vector of its own, which can be sorted and frees itself; never empty.
std::vector<double> copy_of(const double *values, std::size_t count) {
    if (count == 0) throw no_answer("an empty list has no such mean");
    return {values, values + count};
}

double mean_of(const double *begin, const double *end) {
    return std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin);
}

/// Puts the values into another order.
double median_of(std::vector<double> &values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    const double below = *std::max_element(values.begin(), middle);
    return below + (*middle - below) / 2;
}

}  // namespace

extern "C" {

static cb_status start(const cb_host *given) {
    host = given;
    return CB_OK;
}

static cb_status gmean(cb_call *call, const double *values, size_t count, double *out) {
    return guarded(call, out, [&] {
        auto logarithms = copy_of(values, count);
        for (double &value : logarithms) {
            if (value <= 0) throw no_answer("a geometric mean is of values above 0");
            value = std::log(value);
        }
        return std::exp(mean_of(logarithms.data(), logarithms.data() + count));
    });
}

static cb_status trimmed_mean(cb_call *call, const double *values, size_t count, double share,
                              double *out) {
    return guarded(call, out, [&] {
        if (share < 0 || share >= 0.5) throw no_answer("a share lies between 0 and 0.5");
        auto sorted = copy_of(values, count);
        std::sort(sorted.begin(), sorted.end());
        const auto cut = static_cast<std::size_t>(share * static_cast<double>(count));
        return mean_of(sorted.data() + cut, sorted.data() + (count - cut));
    });
}

static cb_status mad(cb_call *call, const double *values, size_t count, double scale, double *out) {
    return guarded(call, out, [&] {
        auto distances = copy_of(values, count);
        const double median = median_of(distances);
        for (double &value : distances) value = std::fabs(value - median);
        return scale * median_of(distances);
    });
}

}  // extern "C"

static const cb_op ops[] = {
    {"stats.gmean", "(values: [f64]) -> f64 !", "The geometric mean.",
     "stats.gmean([1, 2, 4, 8, 16]) == 4 ~ 1e-14\n"
     "stats.gmean([1.1, 1.2, 0.9]) == 1.0591045005978188 ~ 1e-14\n"
     "stats.gmean([1, 0]) fails 'of values above 0'\n"
     "stats.gmean([]) fails 'an empty list'",
     CB_PURE | CB_CONCURRENT, 0,
     CB_FN(cb_status, (cb_call *, const double *, size_t, double *), gmean), nullptr},
    {"stats.trimmed_mean", "(values: [f64], share: f64 = 0.1) -> f64 !",
     "The mean without a share of the values at either end.",
     "stats.trimmed_mean([1, 2, 3, 4, 5, 6, 7, 8, 9, 100]) == 5.5\n"
     "stats.trimmed_mean([3, 8, 1, 90, 4], 0.2) == 5\n"
     "stats.trimmed_mean([1], 0.5) fails 'a share lies between 0 and 0.5'",
     CB_PURE | CB_CONCURRENT, 0,
     CB_FN(cb_status, (cb_call *, const double *, size_t, double, double *), trimmed_mean), nullptr},
    {"stats.mad", "(values: [f64], scale: f64 = 1) -> f64 !",
     "The median distance from the median; with the scale 1.4826 an estimate of the deviation.",
     "stats.mad([1, 1, 2, 2, 4, 6, 9]) == 1\n"
     "stats.mad([1, 1, 2, 2, 4, 6, 9], 1.4826) == 1.4826\n"
     "stats.mad([2, 4, 6, 8]) == 2",
     CB_PURE | CB_CONCURRENT, 0,
     CB_FN(cb_status, (cb_call *, const double *, size_t, double, double *), mad), nullptr},
};

CB_PLUGIN("stats", "1.0.0", "MIT", "", ops, start, nullptr)
