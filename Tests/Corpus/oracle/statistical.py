"""Statistics of lists of numbers."""

import math
from fractions import Fraction


from corpus import Topic
from reference import mp, total, variance

t = Topic("statistics", __doc__, module=__name__)
value, fault, platform = t.value, t.fault, t.platform_value
EIGHT = [2, 4, 4, 4, 5, 5, 7, 9]

t.note("median")
value("median([5, 1, 3])", 3)
value("median([4, 1, 3, 2])", 2.5)
value("median([7])", 7)
value("median([1, 1, 2, 9])", 1.5)
value("median([0.1, 0.2])", (0.1 + 0.2) / 2)
value("median([1e308, 1.5e308])", 1.25e308)
fault("«median([])»", "empty-list")
fault("median(«['a']»)", "type-mismatch")

t.note("mode: of several, the one that comes first.")
value("mode([1, 2, 2, 3])", 2)
value("mode([3, 1, 1, 3])", 3)
value("mode([7])", 7)
value("mode([5, 4, 4, 5, 4])", 4)
value("mode([0.1, 0.1, 0.2])", 0.1)
fault("«mode([])»", "empty-list")
fault("mode(«[true]»)", "type-mismatch")

t.note("var and stdev over n - 1, varp and stdevp over n.")
for data in ([1, 2, 3, 4], [2, 4], EIGHT, [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16], [5, 5, 5]):
    text = "[" + ", ".join(f"{x:.16g}" for x in data) + "]"
    numbers = [float(x) for x in data]
    value(f"var({text})", variance(numbers))
    value(f"varp({text})", variance(numbers, sample=False))
    value(f"stdev({text})", math.sqrt(variance(numbers)))
    value(f"stdevp({text})", math.sqrt(variance(numbers, sample=False)))
value("var(range(3000) * 0.1)", variance([n * 0.1 for n in range(3000)]))
value("varp([7])", 0)
value("stdevp([7])", 0)
for name in ("var", "stdev"):
    fault(f"«{name}([1])»", "domain-error")
for name in ("var", "stdev", "varp", "stdevp"):
    fault(f"«{name}([])»", "empty-list")
    fault(f"{name}(«['a']»)", "type-mismatch")

t.note("quantile and percentile, between the elements in proportion.")


def quantile(data, q):
    ordered = [Fraction(x) for x in sorted(data)]
    place = Fraction(q) * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


for q in (0, 0.25, 0.5, 0.75, 1):
    value(f"quantile([1, 2, 3, 4], {q})", quantile([1, 2, 3, 4], q))
    value(f"percentile([10, 20, 40], {q * 100:g})", quantile([10, 20, 40], q))
value("quantile([7], 0.3)", 7)
value("quantile([4, 1, 3, 2], 0.5)", 2.5)
value("percentile([10, 20], 90)", 19)
value("percentile(range(101), 37)", 37)
for name, bad in (("quantile", "1.5"), ("percentile", "101")):
    fault(f"«{name}([1, 2], {bad})»", "domain-error")
    fault(f"«{name}([1, 2], -1)»", "domain-error")
    fault(f"«{name}([], 0.5)»", "empty-list")
    fault(f"{name}(«['a']», 0.5)", "type-mismatch")
    fault(f"«{name}([1])»", "wrong-argument-count")

t.note("geomean and harmmean")
value("geomean([5])", 5)
value("round(geomean([2, 8]), 12)", 4)
value("round(geomean([1, 3, 9]), 12)", 3)
value("round(geomean([1e300, 1e300]) / 1e300, 12)", 1)
value("round(geomean([1e-300, 1e-300]) * 1e300, 12)", 1)
platform("geomean([2, 8, 32])", 8)
fault("«geomean([])»", "empty-list")
fault("«geomean([1, 0])»", "domain-error")
fault("«geomean([-1, -4])»", "domain-error")
fault("geomean(«['a']»)", "type-mismatch")
value("harmmean([40, 60])", 48)
value("harmmean([1, 2, 2])", 1.5)
value("harmmean([5])", 5)
value("harmmean([2, 2, 2, 2])", 2)
value("harmmean([1, 4, 4])", 2)
fault("«harmmean([])»", "empty-list")
fault("«harmmean([1, 0])»", "domain-error")
fault("«harmmean([-1, 1])»", "domain-error")

t.note("cov and corr")
value("cov([1, 2, 3], [2, 4, 6])", 2)
value("cov([1, 2], [2, 1])", -0.5)
value("cov([1, 2, 3, 4], [5, 5, 5, 5])", 0)
value("cov([0, 4], [0, 4])", 8)
value("cov([1, 2, 3], [1, 0, 1])", 0)
value("round(corr([1, 2, 3], [2, 4, 6]), 12)", 1)
value("round(corr([1, 2], [2, 1]), 12)", -1)
value("corr([1, 2, 3], [1, 0, 1])", 0)
value("round(corr([1, 2, 3, 4], [2, 1, 4, 3]), 12)", 0.6)
value("round(corr([1, 2, 3], [1, 2, 4]), 10)", round(float(mp.mpf(3) / mp.sqrt(mp.mpf(28) / 3)), 10))
for name in ("cov", "corr"):
    fault(f"«{name}([1, 2], [1, 2, 3])»", "length-mismatch")
    fault(f"«{name}([], [])»", "empty-list")
    fault(f"«{name}([1], [2])»", "domain-error")
    fault(f"{name}([1, 2], «['a', 'b']»)", "type-mismatch")
fault("«corr([1, 1], [1, 2])»", "domain-error")

t.note("zscore, over the deviation of the population.")
value("zscore([1, 3])", [-1, 1])
value("zscore([2, 4, 4, 4, 5, 5, 7, 9])", [(x - 5) / 2 for x in EIGHT])
value("zscore([0, 0, 4, 4])", [-1, -1, 1, 1])
value("zscore([10, 30])", [-1, 1])
value("len(zscore([1, 2, 3]))", 3)
fault("«zscore([5, 5])»", "domain-error")
fault("«zscore([7])»", "domain-error")
fault("«zscore([])»", "empty-list")
fault("zscore(«['a']»)", "type-mismatch")

t.note("rank: equal elements share their mean rank.")
value("rank([30, 10, 20])", [3, 1, 2])
value("rank([5, 5, 1])", [2.5, 2.5, 1])
value("rank([])", [])
value("rank([7])", [1])
value("rank([2, 2, 2])", [2, 2, 2])
value("rank([1, 2, 2, 3])", [1, 2.5, 2.5, 4])
fault("rank(«['a']»)", "type-mismatch")
fault("«rank()»", "wrong-argument-count")

t.note("wmean")
value("wmean([1, 4], [2, 1])", 2)
value("wmean([5, 9], [0, 3])", 9)
value("wmean([1, 2, 3], [1, 1, 1])", 2)
value("wmean([7], [0.5])", 7)
value("wmean([0.1, 0.2], [3, 1])", total([0.1 * 3, 0.2 * 1]) / 4)
fault("«wmean([1, 2], [1])»", "length-mismatch")
fault("«wmean([1, 2], [0, 0])»", "division-by-zero")
fault("«wmean([1, 2], [-1, 2])»", "domain-error")
fault("«wmean([], [])»", "empty-list")
fault("wmean([1], «['a']»)", "type-mismatch")
