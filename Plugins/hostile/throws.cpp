// An exception that nobody catches.

#include "../include/calcburst_plugin.h"

#include <stdexcept>

static double throws(double x) {
    if (x > 0) throw std::runtime_error("a C++ exception");
    return x;
}

static double catches(double x) {
    try {
        return throws(x);
    } catch (const std::exception &) {
        return -1;
    }
}

static const cb_op ops[] = {
    {"bad.throw", "(x: f64) -> f64", "A misdeed.", "bad.throw(0) == 0", 0, 0,
     CB_FN(double, (double), throws), nullptr},
    {"bad.catch", "(x: f64) -> f64", "Catches what it throws.", "bad.catch(1) == -1", 0, 0,
     CB_FN(double, (double), catches), nullptr},
};
CB_PLUGIN("throwing", "1.0.0", "MIT", "", ops, nullptr, nullptr)
