"""Rounding, on the shortest decimal text of a number, halves away from zero."""

import math

from corpus import Topic
from reference import MODES, quantized, rounded

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault

t.note("round(x)")
for x in (2.5, -2.5, 0.5, -0.5, 1.5, 0.49999999999999994, 2.4999999999999996, 1e16, 4503599627370497.5,
          -0.4, 1e300, 0.0, 3.7):
    value(f"round({x})", math.copysign(rounded(x), x))
value("round([1.5, 2.5, -3.5])", [2, 3, -4])

t.note("round(x, places)")
for x, places in ((2.675, 2), (1.005, 2), (0.285, 2), (1.115, 2), (-2.675, 2), (2.345, 2), (0.125, 2), (1.45, 1),
                  (1234.5678, -2), (1250, -2), (-1250, -2), (1350, -2), (0.1, 5), (123.456, 0), (5, -1), (4, -1),
                  (1e-10, 5), (9.995, 2), (0.05, 1), (1e22, -3), (5e-324, 323), (0.3, 20), (99.5, -2), (45, -2),
                  (1.5e300, 2), (2.5, 0), (17.3, -400), (17.3, 400)):
    value(f"round({x}, {places})", math.copysign(rounded(x, places), x))
value("round(2.345, [0, 1, 2])", [rounded(2.345, places) for places in range(3)])
value("round(price * 1.19, 2)", rounded(19.99 * 1.19, 2), {"price": 19.99})
value("round(0.1 + 0.2, 2)", 0.3)

t.note("round(x, places, mode)")
for mode in MODES:
    for x, places in ((2.5, 0), (3.5, 0), (-2.5, 0), (2.675, 2), (1.11, 1), (-1.19, 1)):
        value(f"round({x}, {places}, '{mode}')", math.copysign(rounded(x, places, mode), x))
value("round([1.5, 2.5], 0, 'half-even')", [2, 2])
fault("round(«'a'»)", "type-mismatch")
fault("«round()»", "wrong-argument-count")
fault("round(1, 2, 'up', «3»)", "wrong-argument-count")
fault("«round(1.5, 0.5)»", "domain-error")
fault("«round(1.5, 1e300)»", "domain-error")
fault("«round(1.5, 0, 'nearest')»", "domain-error")
fault("«round(1.5, 0, 'UP')»", "domain-error")
fault("round(1.5, «'up'»)", "type-mismatch")
fault("«round(1.5e308, -308)»", "overflow")

t.note("floor, ceil, trunc")
for name, function, mode in (("floor", math.floor, "floor"), ("ceil", math.ceil, "ceiling"), ("trunc", math.trunc, "down")):
    for x in (2.5, -2.5, 0.9999999999999999, 1e300, -3):
        value(f"{name}({x})", float(function(x)))
    for x, places in ((1.2345, 2), (-1.2345, 2), (1.1, 1), (0.3, 1), (1234, -2), (2.675, 2), (-0.29, 1)):
        value(f"{name}({x}, {places})", math.copysign(rounded(x, places, mode), x))
    value(f"{name}([1.5, -1.5])", [float(function(1.5)), float(function(-1.5))])
    fault(f"{name}(«true»)", "type-mismatch")
    fault(f"«{name}(1.5, 0.5)»", "domain-error")
    fault(f"{name}(1, 2, «3»)", "wrong-argument-count")
value("floor(0.1 + 0.7, 1)", rounded(0.1 + 0.7, 1, "floor"))
value("ceil(-0.5)", -0.0)
value("trunc(-0.5)", -0.0)
value("floor(-0.5)", -1)

t.note("frac keeps the sign.")
for x in (2.75, -2.75, 3, 0.1, 1e16, -0.5, 1234.5):
    value(f"frac({x})", math.copysign(math.modf(x)[0], 1 if float(x).is_integer() else x))
value("frac([1.5, -1.25])", [0.5, -0.25])
fault("frac(«'a'»)", "type-mismatch")
fault("«frac()»", "wrong-argument-count")

t.note("quantize(x, step)")
for x, step in ((7.33, 0.05), (7.32, 0.05), (17, 5), (17.5, 5), (-17.5, 5), (1.1, 0.25), (0.3, 0.1), (100, 7), (2.675, 0.01)):
    value(f"quantize({x}, {step})", quantized(x, step))
for mode in MODES:
    value(f"quantize(17.5, 5, '{mode}')", quantized(17.5, 5, mode))
    value(f"quantize(-7.31, 0.05, '{mode}')", quantized(-7.31, 0.05, mode))
value("quantize([1.24, 1.26], 0.1)", [1.2, 1.3])
fault("«quantize(5, 0)»", "domain-error")
fault("«quantize(5, -1)»", "domain-error")
fault("«quantize(5, 1, 'sideways')»", "domain-error")
fault("«quantize(5)»", "wrong-argument-count")
fault("quantize(«'5'», 1)", "type-mismatch")

t.note("int cuts the places off.")
for x in (2.75, -2.75, 3, 1e300, 0.999):
    value(f"int({x})", float(math.trunc(x)))
value("int([1.9, -1.9])", [1, -1])
fault("int(«'5'»)", "type-mismatch")
fault("«int()»", "wrong-argument-count")
