"""Roots, exponentials, logarithms, factorials and choices."""

import math
import sys

import mpmath

from corpus import Topic
from reference import mp, nearest

t = Topic(__name__, __doc__)
value, fault, platform = t.value, t.fault, t.platform_value


def real(text):
    """The binary64 number that a numeral is, without another rounding."""
    return mpmath.mpf(float(text))


t.note("sqrt is correctly rounded everywhere.")
for x in (16, 2, 0, 0.25, 1e300, 5e-324, 3, 10, 1e-10):
    value(f"sqrt({x})", math.sqrt(x))
value("sqrt([4, 2.25])", [2, 1.5])
value("sqrt(3 ^ 2 + 4 ^ 2)", 5)
value("sqrt(-0)", -0.0)
fault("«sqrt(-1)»", "domain-error")
fault("«sqrt([1, -1])»", "domain-error")
fault("«sqrt(x)»", "domain-error", {"x": -1e-300})
fault("sqrt(«'4'»)", "type-mismatch")
fault("sqrt(4, «2»)", "wrong-argument-count")

t.note("cbrt and root")
for x, root in ((0, 0), (1, 1), (-1, -1)):
    value(f"cbrt({x})", root)
for x, root in ((8, 2), (27, 3), (-8, -2), (1000, 10), (1e30, 1e10)):
    platform(f"cbrt({x})", root)
value("round(cbrt(27), 12)", 3)
value("round(cbrt(-0.125), 12)", -0.5)
platform("cbrt(2)", nearest(mp.cbrt(2)))
platform("cbrt(-10)", -nearest(mp.cbrt(10)))
platform("cbrt([8, 27])", [2, 3])
fault("cbrt(«'a'»)", "type-mismatch")
fault("«cbrt()»", "wrong-argument-count")
value("root(625, 4)", 5)
value("root(-32, 5)", -2)
value("root(16, 2)", 4)
value("root(2, 2)", math.sqrt(2))
value("round(root(-8, 3), 12)", -2)
value("root(7, 1)", 7)
value("root(16, -2)", 0.25)
value("root(0, 3)", 0)
value("root(1024, 10)", 2)
value("root([16, 81], 4)", [2, 3])
platform("root(2, 5)", nearest(mp.root(2, 5)))
platform("root(10, 4)", nearest(mp.root(10, 4)))
fault("«root(-16, 4)»", "domain-error")
fault("«root(-8, 2.5)»", "domain-error")
fault("«root(5, 0)»", "domain-error")
fault("«root(0, -2)»", "division-by-zero")
fault("«root(8)»", "wrong-argument-count")

t.note("exp and expm1")
value("exp(0)", 1)
value("exp(-1000)", 0)
value("exp(-0)", 1)
value("expm1(0)", 0)
value("expm1(-1000)", -1)
value("expm1(1e-20)", 1e-20)
for x in ("1", "-1", "0.5", "10", "700", "-700", "1e-5"):
    platform(f"exp({x})", nearest(mp.exp(real(x))))
    platform(f"expm1({x})", nearest(mp.expm1(real(x))))
platform("exp([1, 2])", [nearest(mp.exp(1)), nearest(mp.exp(2))])
value("expm1([0, 0])", [0, 0])
fault("«exp(1000)»", "overflow")
fault("«exp(709.79)»", "overflow")
fault("1 / (1 + «exp(800)»)", "overflow")
fault("exp(«'a'»)", "type-mismatch")
fault("«expm1(1000)»", "overflow")
fault("expm1(«null»)", "null-value")

t.note("ln, log2, log10, log1p, log")
value("ln(1)", 0)
value("ln(e)", 1)
value("log2(1024)", 10)
value("log2(0.125)", -3)
value("log2(1)", 0)
value("log2([1, 2, 4])", [0, 1, 2])
value("log2(5e-324)", -1074)
value("log10(1000)", 3)
value("log10(1)", 0)
value("log10(0.01)", -2)
value("log10(1e300)", 300)
value("log10([1, 10])", [0, 1])
value("log1p(0)", 0)
value("log1p(1e-20)", 1e-20)
value("log1p([0, 0])", [0, 0])
for x in ("2", "10", "0.5", "1e300", "1e-300", "7.389056098930650"):
    platform(f"ln({x})", nearest(mp.log(real(x))))
for x in ("3", "10", "0.7"):
    platform(f"log2({x})", nearest(mp.log(real(x)) / mp.log(2)))
    platform(f"log10({x})", nearest(mp.log(real(x)) / mp.log(10)))
    platform(f"log1p({x})", nearest(mp.log(1 + real(x))))
platform("log1p(-0.5)", nearest(mp.log(mpmath.mpf("0.5"))))
platform("log1p(1e-10)", nearest(mp.log(1 + real("1e-10"))))
value("log(125, 5)", 3)
value("log(8, 2)", 3)
value("log(1000, 10)", 3)
value("log(0.25, 2)", -2)
value("log(81, 3)", 4)
value("log(1, 7)", 0)
value("log(2, 0.5)", -1)
value("log([9, 27], 3)", [2, 3])
platform("log(10, 3)", nearest(mp.log(10) / mp.log(3)))
platform("log(2, 7)", nearest(mp.log(2) / mp.log(7)))
for name in ("ln", "log2", "log10"):
    fault(f"«{name}(0)»", "domain-error")
    fault(f"«{name}(-1)»", "domain-error")
    fault(f"{name}(«'a'»)", "type-mismatch")
fault("«log1p(-1)»", "domain-error")
fault("«log1p(-2)»", "domain-error")
fault("«log(5)»", "wrong-argument-count")
fault("«log(0, 2)»", "domain-error")
fault("«log(-5, 2)»", "domain-error")
fault("«log(5, 1)»", "domain-error")
fault("«log(5, 0)»", "domain-error")
fault("«log(5, -2)»", "domain-error")
fault("log(1, 2, «3»)", "wrong-argument-count")

t.note("fact and choose")
for n in (0, 1, 5, 10, 18, 20, 25, 100, 170):
    value(f"fact({n})", float(math.factorial(n)))
value("fact([0, 3, 4])", [1, 6, 24])
fault("«fact(171)»", "overflow")
fault("«fact(1e300)»", "overflow")
fault("«fact(-1)»", "domain-error")
fault("«fact(2.5)»", "domain-error")
fault("fact(«'5'»)", "type-mismatch")
for n, k in ((5, 2), (52, 5), (0, 0), (10, 0), (10, 10), (3, 5), (60, 30), (100, 50), (1000, 3), (1e6, 2), (1029, 514)):
    value(f"choose({n}, {k})", float(math.comb(int(n), int(k))))
value("choose([4, 5], 2)", [6, 10])
assert math.comb(1030, 515) > sys.float_info.max
fault("«choose(1030, 515)»", "overflow")
fault("«choose(5000, 2500)»", "overflow")
fault("«choose(5.5, 2)»", "domain-error")
fault("«choose(5, -1)»", "domain-error")
fault("«choose(-5, 2)»", "domain-error")
fault("«choose(5)»", "wrong-argument-count")

t.note("The constants.")
value("pi", math.pi)
value("e", math.e)
value("tau", math.tau)
value("2 * pi == tau", True)
