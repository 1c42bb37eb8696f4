"""Angles in radians, and the hyperbolic functions."""

import math

import mpmath

from corpus import Topic
from reference import mp, nearest

t = Topic(__name__, __doc__)
value, fault, platform = t.value, t.fault, t.platform_value

t.note("Values that every library has.")
value("sin(0)", 0)
value("cos(0)", 1)
value("tan(0)", 0)
value("asin(0)", 0)
value("acos(1)", 0)
value("atan(0)", 0)
value("sinh(0)", 0)
value("cosh(0)", 1)
value("tanh(0)", 0)
value("asinh(0)", 0)
value("acosh(1)", 0)
value("atanh(0)", 0)
value("tanh([-800, 800])", [-1, 1])
value("sin([0, 0])", [0, 0])
value("sin(-0)", -0.0)
value("atan2(0, 1)", 0)
value("atan2(0, 0)", 0)
value("acosh([1, 1])", [0, 0])
value("round(sin(pi), 12)", 0)
value("round(sin(pi / 6), 12)", 0.5)
value("round(cos(pi / 3), 12)", 0.5)
value("round(tan(pi / 4), 12)", 1)

POINTS = {
    "sin": ("1", "-1", "0.5", "3", "100", "1e22", "1e-8"),
    "cos": ("1", "-1", "0.5", "3", "100", "1e22", "1e-8"),
    "tan": ("1", "-1", "0.5", "3", "1.5707963267948966"),
    "asin": ("1", "-1", "0.5", "0.1", "-0.75"),
    "acos": ("-1", "0", "0.5", "0.1", "-0.75"),
    "atan": ("1", "-1", "0.5", "100", "1e300"),
    "sinh": ("1", "-1", "0.5", "10", "-700", "1e-9"),
    "cosh": ("1", "-1", "0.5", "10", "-700"),
    "tanh": ("1", "-1", "0.5", "10", "1e-9"),
    "asinh": ("1", "-1", "0.5", "1e300", "1e-9"),
    "acosh": ("2", "1.5", "10", "1e300", "1.0000001"),
    "atanh": ("0.5", "-0.5", "0.1", "0.999", "1e-9"),
}
for name, points in POINTS.items():
    for x in points:
        platform(f"{name}({x})", nearest(getattr(mp, name)(mpmath.mpf(float(x)))))
for y, x in ((1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, -1), (3, 4)):
    platform(f"atan2({y}, {x})", nearest(mp.atan2(y, x)))
platform("atan2(1, [0, 1])", [math.pi / 2, math.pi / 4])

t.note("Degrees and radians.")
for text, degrees in (("pi", 180), ("pi / 2", 90), ("0", 0), ("-pi", -180), ("tau", 360)):
    value(f"deg({text})", degrees)
value("deg([0, pi])", [0, 180])
value("rad(180)", math.pi)
value("rad(0)", 0)
value("rad(-180)", -math.pi)
value("rad(360)", math.tau)
value("rad([0, 180])", [0, math.pi])
platform("rad(1)", nearest(mp.pi / 180))
platform("rad(90)", math.pi / 2)
platform("deg(1)", nearest(180 / mp.pi))

t.note("Faults.")
for name in ("asin", "acos"):
    fault(f"«{name}(1.0000000000000002)»", "domain-error")
    fault(f"«{name}(-2)»", "domain-error")
for name in ("sinh", "cosh"):
    fault(f"«{name}(1000)»", "overflow")
    fault(f"«{name}(-1000)»", "overflow")
    fault(f"{name}(«'a'»)", "type-mismatch")
fault("«acosh(0.5)»", "domain-error")
fault("«acosh(-1)»", "domain-error")
fault("«atanh(1)»", "domain-error")
fault("«atanh(-1)»", "domain-error")
fault("«atanh(2)»", "domain-error")
fault("«deg(1e308)»", "overflow")
fault("deg(«'a'»)", "type-mismatch")
fault("rad(«true»)", "type-mismatch")
fault("«rad()»", "wrong-argument-count")
for name in ("sin", "cos", "tan", "atan", "tanh", "asinh"):
    fault(f"{name}(«'a'»)", "type-mismatch")
    fault(f"{name}(1, «2»)", "wrong-argument-count")
fault("«atan2(1)»", "wrong-argument-count")
fault("atan2(1, «null»)", "null-value")
fault("«atan2([1, 2], [1])»", "length-mismatch")
fault("sin(1e308 «*» 10)", "overflow")
fault("tanh(1e308 «*» 10)", "overflow")
fault("atan(1e308 «*» 10)", "overflow")
