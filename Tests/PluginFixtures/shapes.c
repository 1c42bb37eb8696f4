/* Every typed shape, with answers that tell a swapped operand. */
#include "calcburst_plugin.h"

#include <math.h>
#include <string.h>

static double zero(void) { return 42.5; }
static double one(double a) { return a * 2; }
static double two(double a, double b) { return a * 10 + b; }
static double three(double a, double b, double c) { return a * 100 + b * 10 + c; }
static double four(double a, double b, double c, double d) { return three(a, b, c) * 10 + d; }
static double five(double a, double b, double c, double d, double e) { return four(a, b, c, d) * 10 + e; }
static double six(double a, double b, double c, double d, double e, double f) {
  return five(a, b, c, d, e) * 10 + f;
}
static double seven(double a, double b, double c, double d, double e, double f, double g) {
  return six(a, b, c, d, e, f) * 10 + g;
}
static double eight(double a, double b, double c, double d, double e, double f, double g, double h) {
  return seven(a, b, c, d, e, f, g) * 10 + h;
}

static const cb_host *host;

static cb_status refuse(cb_call *call, cb_status status, const char *text) {
  host->set_error(call, status, text, strlen(text));
  return status;
}
static cb_status root(cb_call *call, double a, double *out) {
  if (a < 0) return refuse(call, CB_E_DOMAIN, "below zero there is no root");
  *out = sqrt(a);
  return CB_OK;
}
static cb_status pick(cb_call *call, double code, double *out) {
  (void)call;
  *out = 1;
  return (cb_status)code;
}
static cb_status six_of(cb_call *call, double a, double b, double c, double d, double e, double f,
                        double *out) {
  (void)call;
  *out = six(a, b, c, d, e, f);
  return CB_OK;
}

static double sum(const double *xs, size_t n) {
  double total = 0;
  for (size_t i = 0; i < n; i++) total += xs[i];
  return (uintptr_t)xs % 16 == 0 ? total : NAN;
}
static double lengths(const double *xs, size_t n, const double *ys, size_t m) {
  return xs == NULL || ys == NULL ? -1 : (double)n * 1000 + (double)m;
}
static cb_status dot(cb_call *call, const double *xs, size_t n, const double *ys, size_t m, double *out) {
  if (n != m) return refuse(call, CB_E_ARGUMENT, "the lists are of two lengths");
  *out = 0;
  for (size_t i = 0; i < n; i++) *out += xs[i] * ys[i];
  return CB_OK;
}
static cb_status largest(cb_call *call, const double *xs, size_t n, double *out) {
  if (n == 0) return refuse(call, CB_E_DOMAIN, "there is none in an empty list");
  *out = xs[0];
  for (size_t i = 1; i < n; i++) *out = xs[i] > *out ? xs[i] : *out;
  return CB_OK;
}

static double nothing(double a) { return a > 0 ? NAN : INFINITY; }

/* The batch entry counts its calls, so that a test can see that a list took one. */
static double batches;
static double calls(void) { return batches; }
static double cube(double a) { return a * a * a; }
static cb_status cubes(cb_call *call, const void *const *columns, void *out, size_t n) {
  (void)call;
  const double *xs = columns[0];
  double *answers = out;
  batches += 1;
  for (size_t i = 0; i < n; i++) answers[i] = xs[i] * xs[i] * xs[i];
  return CB_OK;
}
static cb_status share(cb_call *call, double part, double whole, double *out) {
  if (whole == 0) return refuse(call, CB_E_DOMAIN, "of nothing there is no share");
  *out = part / whole;
  return CB_OK;
}
static cb_status shares(cb_call *call, const void *const *columns, void *out, size_t n) {
  const double *parts = columns[0], *wholes = columns[1];
  double *answers = out;
  for (size_t i = 0; i < n; i++) {
    if (wholes[i] == 0) return refuse(call, CB_E_DOMAIN, "somewhere");
    answers[i] = parts[i] / wholes[i];
  }
  return CB_OK;
}
static cb_status inconsistent(cb_call *call, const void *const *columns, void *out, size_t n) {
  (void)call, (void)columns, (void)out, (void)n;
  return CB_E_DOMAIN;
}

static cb_status start(const cb_host *given) {
  host = given;
  return CB_OK;
}

#define N1 "(a: f64) -> f64"
#define CARE CB_PURE | CB_CONCURRENT
#define D double
static const cb_op ops[] = {
  {"shape.zero", "() -> f64", "0", "shape.zero() == 42.5", CARE, 0, CB_FN(D, (void), zero), NULL},
  {"shape.one", N1, "1", "shape.one(4) == 8", CARE, 0, CB_FN(D, (D), one), NULL},
  {"shape.two", "(a: f64, b: f64 = 7) -> f64", "2", "shape.two(1) == 17\nshape.two(1, 2) == 12", CARE, 0, CB_FN(D, (D, D), two), NULL},
  {"shape.three", "(a: f64, b: f64, c: f64) -> f64", "3", "shape.three(1, 2, 3) == 123", CARE, 0, CB_FN(D, (D, D, D), three), NULL},
  {"shape.four", "(a: f64, b: f64, c: f64, d: f64) -> f64", "4", "shape.four(1, 2, 3, 4) == 1234", CARE, 0, CB_FN(D, (D, D, D, D), four), NULL},
  {"shape.five", "(a: f64, b: f64, c: f64, d: f64, e: f64) -> f64", "5", "shape.five(1, 2, 3, 4, 5) == 12345", CARE, 0, CB_FN(D, (D, D, D, D, D), five), NULL},
  {"shape.six", "(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64) -> f64", "6", "shape.six(1, 2, 3, 4, 5, 6) == 123456", CARE, 0, CB_FN(D, (D, D, D, D, D, D), six), NULL},
  {"shape.seven", "(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64) -> f64", "7", "shape.seven(1, 2, 3, 4, 5, 6, 7) == 1234567", CARE, 0, CB_FN(D, (D, D, D, D, D, D, D), seven), NULL},
  {"shape.eight", "(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64) -> f64", "8", "shape.eight(1, 2, 3, 4, 5, 6, 7, 8) == 12345678", CARE, 0, CB_FN(D, (D, D, D, D, D, D, D, D), eight), NULL},
  {"shape.root", N1 " !", "root", "shape.root(9) == 3\nshape.root(-1) fails 'domain'", CARE, 0, CB_FN(cb_status, (cb_call *, D, D *), root), NULL},
  {"shape.pick", N1 " !", "status", "shape.pick(0) == 1", 0, 0, CB_FN(cb_status, (cb_call *, D, D *), pick), NULL},
  {"shape.six_of", "(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64) -> f64 !", "6", "shape.six_of(1, 2, 3, 4, 5, 6) == 123456", 0, 0, CB_FN(cb_status, (cb_call *, D, D, D, D, D, D, D *), six_of), NULL},
  {"shape.sum", "(xs: [f64]) -> f64", "sum", "shape.sum([1, 2, 3.5]) == 6.5\nshape.sum([]) == 0", CARE, 0, CB_FN(D, (const D *, size_t), sum), NULL},
  {"shape.sum", "(xs: f64...) -> f64", "sum", "shape.sum(1, 2, 3.5) == 6.5\nshape.sum() == 0", CARE, 0, CB_FN(D, (const D *, size_t), sum), NULL},
  {"shape.lengths", "(xs: [f64], ys: [f64]) -> f64", "lengths", "shape.lengths([1, 2], []) == 2000", CARE, 0, CB_FN(D, (const D *, size_t, const D *, size_t), lengths), NULL},
  {"shape.dot", "(xs: [f64], ys: [f64]) -> f64 !", "dot", "shape.dot([1, 2], [3, 4]) == 11\nshape.dot([1], []) fails 'two lengths'", CARE, 0, CB_FN(cb_status, (cb_call *, const D *, size_t, const D *, size_t, D *), dot), NULL},
  {"shape.largest", "(xs: [f64]) -> f64 !", "largest", "shape.largest([1, 9, 2]) == 9\nshape.largest([]) fails", CARE, 0, CB_FN(cb_status, (cb_call *, const D *, size_t, D *), largest), NULL},
  {"shape.nothing", N1, "no number", "shape.nothing(1) fails 'non-finite-result'", CARE, 0, CB_FN(D, (D), nothing), NULL},
  {"shape.calls", "() -> f64", "calls of the batch entry", "shape.calls() == 0", 0, 0, CB_FN(D, (void), calls), NULL},
  {"shape.cube", N1, "cube", "shape.cube(3) == 27", CB_CONCURRENT, 0, CB_FN(D, (D), cube), cubes},
  {"shape.share", "(part: f64, whole: f64) -> f64 !", "share", "shape.share(1, 4) == 0.25", CARE, 0, CB_FN(cb_status, (cb_call *, D, D, D *), share), shares},
  {"shape.inconsistent", N1, "two minds", "shape.inconsistent(1) == 2", CARE, 0, CB_FN(D, (D), one), inconsistent},
};
CB_PLUGIN("shapes", "1.2.3", "MIT", "", ops, start, NULL)
