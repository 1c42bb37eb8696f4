"""From a list to a list in which each element depends on its neighbours."""

import math
from fractions import Fraction
from itertools import accumulate

from corpus import Topic

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault
XS = [3, 1, 4, 1, 5, 9, 2, 6]

t.note("cumsum, with the rounding errors mended.")
value("cumsum([1, 2, 3])", [1, 3, 6])
value("cumsum([])", [])
value("cumsum([5])", [5])
value("cumsum([0.1, 0.2])", [0.1, math.fsum([0.1, 0.2])])
value("cumsum([1e16, 1, -1e16])", [1e16, math.fsum([1e16, 1]), math.fsum([1e16, 1, -1e16])])
value("cumsum(repeat(0.1, 10))", [math.fsum([0.1] * n) for n in range(1, 11)])
fault("«cumsum([1e308, 1e308])»", "overflow")
fault("cumsum(«['a']»)", "type-mismatch")
fault("«cumsum()»", "wrong-argument-count")

t.note("cumprod, cummin, cummax")
for name, function in (("cumprod", lambda a, b: a * b), ("cummin", min), ("cummax", max)):
    value(f"{name}(xs)", list(accumulate(XS, function)), {"xs": XS})
    value(f"{name}([])", [])
    value(f"{name}([7])", [7])
    value(f"{name}([2, 1, 3])", list(accumulate([2, 1, 3], function)))
    value(f"{name}([-1, 2, -3])", list(accumulate([-1, 2, -3], function)))
    fault(f"{name}(«['a']»)", "type-mismatch")
    fault(f"{name}([1], «2»)", "wrong-argument-count")
fault("«cumprod([1e200, 1e200])»", "overflow")

t.note("diff: one element fewer.")
value("diff([1, 4, 9])", [3, 5])
value("diff([1])", [])
value("diff([])", [])
value("diff([5, 5, 4])", [0, -1])
value("diff([0.1, 0.3])", [0.3 - 0.1])
value("diff(range(0, 50, 10))", [10] * 4)
fault("«diff([-1e308, 1e308])»", "overflow")
fault("diff(«['a', 'b']»)", "type-mismatch")

t.note("lag: moved back by k places, forward if k is negative.")
value("lag([1, 2, 3])", [None, 1, 2])
value("lag([1, 2, 3], 1)", [None, 1, 2])
value("lag([1, 2, 3], 2)", [None, None, 1])
value("lag([1, 2, 3], -1)", [2, 3, None])
value("lag([1, 2, 3], 0)", [1, 2, 3])
value("lag([1, 2], 5)", [None, None])
value("lag([1, 2], -5)", [None, None])
value("lag(['a', 'b'], 1)", [None, "a"])
value("lag([], 1)", [])
value("lag([1, 2, 3]) ?? 0", [0, 1, 2])
value("xs - (lag(xs) ?? 0)", [3, -2, 3], {"xs": [3, 1, 4]})
fault("«lag([1, 2], 0.5)»", "domain-error")
fault("lag([1, 2], «'a'»)", "type-mismatch")
fault("lag(«5», 1)", "type-mismatch")
fault("sum(«lag([1, 2])»)", "null-value")

t.note("window_sum and window_mean: k - 1 elements fewer.")
for k in (1, 2, 3, 8):
    sums = [sum(XS[i : i + k]) for i in range(len(XS) - k + 1)]
    value(f"window_sum(xs, {k})", sums, {"xs": XS})
    value(f"window_mean(xs, {k})", [x / k for x in sums], {"xs": XS})
value("window_sum([1], 2)", [])
value("window_mean([], 1)", [])
value("window_sum([0.1, 0.2, 0.3], 2)", [float(Fraction(a) + Fraction(b)) for a, b in ((0.1, 0.2), (0.2, 0.3))])
value("window_sum([1e16, 1, 1, 1], 2)", [1e16 + 1, 2, 2])
for name in ("window_sum", "window_mean"):
    fault(f"«{name}([1, 2], 0)»", "domain-error")
    fault(f"«{name}([1, 2], -1)»", "domain-error")
    fault(f"«{name}([1, 2], 1.5)»", "domain-error")
    fault(f"{name}(«['a']», 1)", "type-mismatch")
    fault(f"«{name}([1, 2])»", "wrong-argument-count")
fault("«window_sum([1e308, 1e308], 2)»", "overflow")
