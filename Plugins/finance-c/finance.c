/* finance: money over time (fin.) and what columns of figures are described by (stat.), in C.
 *
 *     cc -std=c11 -O2 -fPIC -shared -I../include -o finance.so finance.c -lm
 *
 * It shows lists, error texts, operands that may be left out, batch entries, and one plugin with two
 * prefixes. The values of the examples are mpmath's with 40 digits, and numpy's for the percentiles.
 */
#include "calcburst_plugin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const cb_host *host;

static cb_status start(const cb_host *given) {
    host = given;
    return CB_OK;
}

/* Every failure says why. */
static cb_status fail(cb_call *call, cb_status status, const char *text) {
    host->set_error(call, status, text, strlen(text));
    return status;
}

/* MARK: Flows of money */

/* What the flows are worth at the time of the first, by Horner's rule from the last one. */
static double value_of(double rate, const double *flows, size_t count) {
    double value = 0;
    for (size_t i = count; i > 0; i--) value = value / (1 + rate) + flows[i - 1];
    return value;
}

static cb_status npv(cb_call *call, double rate, const double *flows, size_t count, double *out) {
    if (rate <= -1) return fail(call, CB_E_DOMAIN, "a rate is above -1");
    *out = value_of(rate, flows, count);
    return CB_OK;
}

static cb_status xnpv(cb_call *call, double rate, const double *flows, size_t count,
                      const double *days, size_t day_count, double *out) {
    if (rate <= -1) return fail(call, CB_E_DOMAIN, "a rate is above -1");
    if (count != day_count) return fail(call, CB_E_ARGUMENT, "each flow needs its day");
    const double growth = log1p(rate);
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += flows[i] * exp(-growth * ((days[i] - days[0]) / 365));
    *out = sum;
    return CB_OK;
}

/* Newton's steps from the guess; quick, and not sure to arrive. */
static bool newton(const double *flows, size_t count, double guess, double *out) {
    double rate = guess;
    for (int step = 0; step < 60; step++) {
        const double factor = 1 / (1 + rate);
        double value = 0, slope = 0;
        for (size_t i = count; i > 0; i--) {
            slope = slope * factor + value;
            value = value * factor + flows[i - 1];
        }
        /* slope is the derivative by the factor, which itself falls as the rate rises. */
        const double next = rate + value / (slope * factor * factor);
        if (!(next > -1) || !isfinite(next)) return false;
        if (fabs(next - rate) <= 1e-14 * (1 + fabs(next))) {
            *out = next;
            return true;
        }
        rate = next;
    }
    return false;
}

/* Halves the interval until no number lies between its ends. */
static double bisect(const double *flows, size_t count, double low, double high) {
    const bool falls = value_of(low, flows, count) > 0;
    for (int step = 0; step < 200; step++) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        if ((value_of(middle, flows, count) > 0) == falls) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The rate at which the flows are worth nothing. */
static cb_status irr(cb_call *call, const double *flows, size_t count, double guess, double *out) {
    if (guess <= -1) return fail(call, CB_E_DOMAIN, "a rate is above -1");
    bool gains = false, costs = false;
    for (size_t i = 0; i < count; i++) {
        if (flows[i] > 0) gains = true;
        if (flows[i] < 0) costs = true;
    }
    if (!gains || !costs) return fail(call, CB_E_DOMAIN, "some flows must come in and some go out");
    if (newton(flows, count, guess, out)) return CB_OK;

    /* From nearly -100 % to a million times as much, evenly in the logarithm; of several, the nearest. */
    const double first = log(1e-9), last = log(1e6);
    const int steps = 800;
    double best = INFINITY, low = first;
    bool was_positive = value_of(expm1(first), flows, count) > 0;
    for (int step = 1; step <= steps; step++) {
        if (host->cancelled(call)) return CB_E_CANCELLED;
        const double high = first + (last - first) * step / steps;
        const bool is_positive = value_of(expm1(high), flows, count) > 0;
        const double distance = fabs((low + high) / 2 - log1p(guess));
        if (is_positive != was_positive && distance < best) {
            best = distance;
            *out = bisect(flows, count, expm1(low), expm1(high));
        }
        low = high;
        was_positive = is_positive;
    }
    if (best < INFINITY) return CB_OK;
    return fail(call, CB_E_DOMAIN, "no convergence: no rate was found that makes them worth nothing");
}

/* MARK: Payments and growth */

static cb_status pmt(cb_call *call, double rate, double periods, double present, double future,
                     bool due, double *out) {
    if (rate <= -1) return fail(call, CB_E_DOMAIN, "a rate is above -1");
    if (periods <= 0) return fail(call, CB_E_DOMAIN, "there must be a period");
    if (rate == 0) {
        *out = -(present + future) / periods;
        return CB_OK;
    }
    const double growth = expm1(periods * log1p(rate)); /* (1 + rate)^periods - 1, to the last digit */
    *out = -(present * (growth + 1) + future) * rate / ((due ? 1 + rate : 1) * growth);
    return CB_OK;
}

static cb_status cagr(cb_call *call, double first, double last, double years, double *out) {
    if (first <= 0 || last < 0) return fail(call, CB_E_DOMAIN, "growth is from more than 0 to 0 or more");
    if (years <= 0) return fail(call, CB_E_DOMAIN, "there must be time to grow");
    *out = expm1(log(last / first) / years);
    return CB_OK;
}

/* MARK: Figures */

static cb_status zscore(cb_call *call, double x, double mean, double deviation, double *out) {
    if (deviation <= 0) return fail(call, CB_E_DOMAIN, "the deviation is above 0");
    *out = (x - mean) / deviation;
    return CB_OK;
}

static int by_size(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The figures in order; NULL, with the reason said, if there are none or no memory. */
static double *sorted(cb_call *call, const double *values, size_t count, cb_status *status) {
    if (count == 0) {
        *status = fail(call, CB_E_DOMAIN, "an empty list has no such figure");
        return NULL;
    }
    double *copy = malloc(count * sizeof *copy);
    if (copy == NULL) {
        *status = CB_E_MEMORY;
        return NULL;
    }
    memcpy(copy, values, count * sizeof *copy);
    qsort(copy, count, sizeof *copy, by_size);
    return copy;
}

static cb_status percentile(cb_call *call, const double *values, size_t count, double p, double *out) {
    if (p < 0 || p > 100) return fail(call, CB_E_DOMAIN, "a percentile lies between 0 and 100");
    cb_status status = CB_OK;
    double *copy = sorted(call, values, count, &status);
    if (copy == NULL) return status;
    const double place = p / 100 * (double)(count - 1);
    const size_t below = (size_t)place;
    const double part = place - (double)below;
    *out = copy[below];
    if (part > 0) *out += part * (copy[below + 1] - copy[below]);
    free(copy);
    return CB_OK;
}

static cb_status winsor_mean(cb_call *call, const double *values, size_t count, double share,
                             double *out) {
    if (share < 0 || share >= 0.5) return fail(call, CB_E_DOMAIN, "a share lies between 0 and 0.5");
    cb_status status = CB_OK;
    double *copy = sorted(call, values, count, &status);
    if (copy == NULL) return status;
    const size_t cut = (size_t)(share * (double)count);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        size_t from = i;
        if (i < cut) from = cut;
        if (i >= count - cut) from = count - cut - 1;
        sum += copy[from];
    }
    free(copy);
    *out = sum / (double)count;
    return CB_OK;
}

/* MARK: Many rows at once */

/* A row that fails ends its batch; the host then asks row by row and names the one. */

static cb_status pmt_rows(cb_call *call, const void *const *columns, void *out, size_t n) {
    const double *rate = columns[0], *periods = columns[1], *present = columns[2], *future = columns[3];
    const uint8_t *due = columns[4];
    double *result = out;
    for (size_t i = 0; i < n; i++) {
        const cb_status status =
            pmt(call, rate[i], periods[i], present[i], future[i], due[i] != 0, &result[i]);
        if (status != CB_OK) return status;
    }
    return CB_OK;
}

static cb_status cagr_rows(cb_call *call, const void *const *columns, void *out, size_t n) {
    const double *first = columns[0], *last = columns[1], *years = columns[2];
    double *result = out;
    for (size_t i = 0; i < n; i++) {
        const cb_status status = cagr(call, first[i], last[i], years[i], &result[i]);
        if (status != CB_OK) return status;
    }
    return CB_OK;
}

/* All checks first, so that the second loop is nothing but arithmetic, which compilers make wide. */
static cb_status zscore_rows(cb_call *call, const void *const *columns, void *out, size_t n) {
    const double *x = columns[0], *mean = columns[1], *deviation = columns[2];
    double *result = out;
    bool good = true;
    for (size_t i = 0; i < n; i++) good &= deviation[i] > 0;
    if (!good) return fail(call, CB_E_DOMAIN, "the deviation is above 0");
    for (size_t i = 0; i < n; i++) result[i] = (x[i] - mean[i]) / deviation[i];
    return CB_OK;
}

/* MARK: The table */

#define ALWAYS (CB_PURE | CB_CONCURRENT)

static const cb_op ops[] = {
    {
        .name = "fin.npv",
        .signature = "(rate: f64, flows: [f64]) -> f64 !",
        .doc = "What flows of money, one a period, are worth at the time of the first.",
        .examples = "fin.npv(0.1, [-1000, 300, 420, 680]) == 130.72877535687453 ~ 1e-13\n"
                    "fin.npv(-0.5, [-100, 60, 20]) == 100\n"
                    "fin.npv(0.1, []) == 0\n"
                    "fin.npv(-1, [1]) fails 'a rate is above -1'",
        .flags = ALWAYS,
        .scalar = CB_FN(cb_status, (cb_call *, double, const double *, size_t, double *), npv),
    },
    {
        .name = "fin.irr",
        .signature = "(flows: [f64], guess: f64 = 0.1) -> f64 !",
        .doc = "The rate at which flows of money, one a period, are worth nothing.",
        .examples = "fin.irr([-1000, 300, 420, 680]) == 0.163405600688989 ~ 1e-12\n"
                    "fin.irr([-70000, 12000, 15000, 18000, 21000, 26000]) == 0.08663094803653161 ~ 1e-12\n"
                    "fin.irr([-100, 230, -132], 0.3) == 0.2 ~ 1e-12\n"
                    "fin.irr([100, -200, 110]) fails 'no convergence'\n"
                    "fin.irr([100, 200]) fails 'some go out'",
        .flags = ALWAYS,
        .cost_ns = 500,
        .scalar = CB_FN(cb_status, (cb_call *, const double *, size_t, double, double *), irr),
    },
    {
        .name = "fin.xnpv",
        .signature = "(rate: f64, flows: [f64], days: [f64]) -> f64 !",
        .doc = "What flows of money are worth on the first day, at a rate for 365 days.",
        .examples = "fin.xnpv(0.09, [-10000, 2750, 4250, 3250, 2750], [0, 60, 303, 411, 456])"
                    " == 2086.6476020315366 ~ 1e-12\n"
                    "fin.xnpv(0.1, [1, 2], [0]) fails 'each flow needs its day'",
        .flags = ALWAYS,
        .scalar = CB_FN(cb_status,
                        (cb_call *, double, const double *, size_t, const double *, size_t, double *),
                        xnpv),
    },
    {
        .name = "fin.pmt",
        .signature = "(rate: f64, periods: f64, present: f64, future: f64 = 0, due: bool = false) -> f64 !",
        .doc = "The payment per period that brings a present value to a future one; money paid is negative.",
        .examples = "fin.pmt(0.004, 360, 200000) == -1049.3307086826692 ~ 1e-12\n"
                    "fin.pmt(0.01, 48, 10000, 0, true) == -260.7310438804729 ~ 1e-12\n"
                    "fin.pmt(0.005, 120, 0, 50000) == -305.1025097082473 ~ 1e-12\n"
                    "fin.pmt(0, 10, 1000) == -100\n"
                    "fin.pmt(0.01, 0, 1000) fails 'there must be a period'",
        .flags = ALWAYS,
        .cost_ns = 40,
        .scalar = CB_FN(cb_status, (cb_call *, double, double, double, double, bool, double *), pmt),
        .batch = pmt_rows,
    },
    {
        .name = "fin.cagr",
        .signature = "(first: f64, last: f64, years: f64) -> f64 !",
        .doc = "The growth per year that leads from the first value to the last.",
        .examples = "fin.cagr(1000, 2000, 5) == 0.1486983549970351 ~ 1e-13\n"
                    "fin.cagr(100, 250, 3.5) == 0.29926322260940946 ~ 1e-13\n"
                    "fin.cagr(100, 0, 1) == -1\n"
                    "fin.cagr(0, 1, 1) fails 'growth is from more than 0'",
        .flags = ALWAYS,
        .cost_ns = 40,
        .scalar = CB_FN(cb_status, (cb_call *, double, double, double, double *), cagr),
        .batch = cagr_rows,
    },
    {
        .name = "stat.zscore",
        .signature = "(x: f64, mean: f64, deviation: f64) -> f64 !",
        .doc = "How many standard deviations a figure lies above the mean.",
        .examples = "stat.zscore(130, 100, 15) == 2\n"
                    "stat.zscore(1, 2, 0) fails 'the deviation is above 0'",
        .flags = ALWAYS | CB_DETERMINISTIC,
        .cost_ns = 2,
        .scalar = CB_FN(cb_status, (cb_call *, double, double, double, double *), zscore),
        .batch = zscore_rows,
    },
    {
        .name = "stat.percentile",
        .signature = "(values: [f64], p: f64) -> f64 !",
        .doc = "The value below which p of 100 values lie, on the line between its neighbours.",
        .examples = "stat.percentile([15, 20, 35, 40, 50], 40) == 29\n"
                    "stat.percentile([3, 1, 2, 4], 50) == 2.5\n"
                    "stat.percentile([15, 20, 35, 40, 50], 100) == 50\n"
                    "stat.percentile([], 50) fails 'an empty list'",
        .flags = ALWAYS,
        .scalar = CB_FN(cb_status, (cb_call *, const double *, size_t, double, double *), percentile),
    },
    {
        .name = "stat.winsor_mean",
        .signature = "(values: [f64], share: f64 = 0.1) -> f64 !",
        .doc = "The mean after a share of the values at either end became the nearest that is left.",
        .examples = "stat.winsor_mean([92, 19, 101, 58, 1053, 91, 26, 78, 10, 13,"
                    " -40, 101, 86, 85, 15, 89, 89, 28, -5, 41], 0.05) == 55.65 ~ 1e-15\n"
                    "stat.winsor_mean([1, 2, 3, 4, 100], 0.2) == 3\n"
                    "stat.winsor_mean([1, 2], 0.5) fails 'a share lies between 0 and 0.5'",
        .flags = ALWAYS,
        .scalar = CB_FN(cb_status, (cb_call *, const double *, size_t, double, double *), winsor_mean),
    },
};

CB_PLUGIN("finance", "1.0.0", "MIT", "", ops, start, NULL)
