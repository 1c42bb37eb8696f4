"""Writes standard.tsv: calls of standard functions with the answers of an independent oracle.

A line is: call, answer, comparison. The answer is written in the language, or is `!! fault`. The
comparison is `=` for the same bits or a relative tolerance. Run it with mpmath, numpy and scipy:

    python3 standard.py > standard.tsv
"""

import decimal
import math
import random
import re
import statistics
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy
import scipy.stats

random.seed(20_240_229)
decimal.getcontext().prec = 800
decimal.getcontext().Emax = decimal.MAX_EMAX
decimal.getcontext().Emin = decimal.MIN_EMIN
mpmath.mp.dps = 60

MODES = {
    "half-away": decimal.ROUND_HALF_UP,
    "half-even": decimal.ROUND_HALF_EVEN,
    "half-down": decimal.ROUND_HALF_DOWN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "ceiling": decimal.ROUND_CEILING,
    "floor": decimal.ROUND_FLOOR,
}


def literal(value):
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value + "'"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(literal(each) for each in value) + "]"
    return repr(float(value))


def row(name, *operands, gives, near="="):
    answer = gives if isinstance(gives, str) and gives.startswith("!!") else literal(gives)
    print(f"{name}({', '.join(literal(each) for each in operands)})", answer, near, sep="\t")


def finite(value):
    """The nearest number, or the fault of one that is out of range."""
    value = float(value)
    return value if math.isfinite(value) else "!! overflow"


def anything():
    """A finite number of any size."""
    return math.ldexp(random.uniform(-1, 1), random.randint(-1070, 1020))


# Rounding: Python's decimal on the shortest text.

def rounded(x, places, mode="half-away"):
    exact = Decimal(repr(x)).quantize(Decimal(1).scaleb(-places), rounding=MODES[mode])
    return finite(exact)


halves = [2.5, -2.5, 3.5, 0.5, -0.5, 1.005, 2.675, -2.675, 1.115, 0.125, -0.375, 1e15 + 0.5, 4503599627370495.5]
values = halves + [0.0, -0.0, 1.0, 0.1, -0.1, 0.49999999999999994, 5e-324, 1.7976931348623157e308, 9007199254740993.0]
values += [round(random.uniform(-1000, 1000), random.randint(0, 6)) for _ in range(150)]
values += [random.randint(-10**6, 10**6) / 8 for _ in range(40)]
values += [anything() for _ in range(60)]
for x in values:
    row("round", x, gives=rounded(x, 0))
    for places in random.sample(range(-4, 9), 3) + [2]:
        row("round", x, places, gives=rounded(x, places))
    places = random.choice([-3, -1, 0, 1, 2, 3, 5])
    for mode in MODES:
        row("round", x, places, mode, gives=rounded(x, places, mode))
    row("floor", x, gives=math.floor(x) if x or math.copysign(1, x) > 0 else -0.0)
    row("floor", x, places, gives=rounded(x, places, "floor"))
    row("ceil", x, places, gives=rounded(x, places, "ceiling"))
    row("trunc", x, places, gives=rounded(x, places, "down"))
for x in [1.7976931348623157e308, -1.7e308, 5e-324, 1.5]:
    for places in [-400, -309, -308, -307, -16, 16, 323, 324, 400]:
        row("round", x, places, gives=rounded(x, places))
        row("ceil", x, places, gives=rounded(x, places, "ceiling"))
row("round", 1, 0.5, gives="!! domain")
row("round", 1, 401, gives="!! domain")
row("round", 1, 2, "half-up", gives="!! domain")
row("round", 1, -1e300, gives="!! domain")


def quantized(x, step, mode):
    x, step = Decimal(repr(x)), Decimal(repr(step))
    ratio = Fraction(x) / Fraction(step)
    below = math.floor(ratio)
    # A denominator of 2 keeps a half and nothing else on the edge.
    rest = ratio - below
    probe = Decimal(below) + (Decimal("0.5") if rest == Fraction(1, 2) else Decimal("0.25") if 0 < rest < Fraction(1, 2) else Decimal(0) if rest == 0 else Decimal("0.75"))
    whole = int(probe.quantize(Decimal(1), rounding=MODES[mode]))
    result = float(Decimal(whole) * step)
    return math.copysign(result, x) if result == 0 else result


for _ in range(120):
    x = round(random.uniform(-500, 500), random.randint(0, 4))
    step = random.choice([0.05, 0.1, 0.25, 5, 0.3, 7, 100, 0.001, 2.5, 1e-5])
    row("quantize", x, step, gives=quantized(x, step, "half-away"))
    mode = random.choice(list(MODES))
    row("quantize", x, step, mode, gives=quantized(x, step, mode))
for x, step in [(1e300, 7), (1e-300, 5), (5e-324, 5e-324), (3e20, 1.2345678901234567e17), (-0.0, 2), (1e22, 3)]:
    row("quantize", x, step, gives=quantized(x, step, "half-away"))
row("quantize", 1, 0, gives="!! domain")
row("quantize", 1, -1, gives="!! domain")

for _ in range(60):
    x = random.choice([round(random.uniform(-10**7, 10**7), 4), anything(), 0.0, -0.004])
    places = random.choice([0, 1, 2, 3])
    if abs(x) < 1e40:
        text = f"{Decimal(repr(x)).quantize(Decimal(1).scaleb(-places), rounding=decimal.ROUND_HALF_UP):,f}"
        if not re.search("[1-9]", text):
            text = text.lstrip("-")
        row("format", x, places, gives=text)
        row("format", x, places, " ", gives=text.replace(",", " "))

# Arithmetic: Python's own.

pairs = [(7, 3), (-7, 3), (7, -3), (-7, -3), (0, 5), (-0.0, 5), (0, -5), (6, 3), (-6, 3), (1, 0.1), (-1, 0.1), (5.5, -2), (1e308, 3), (5e-324, -1e308), (1e16, 0.3)]
pairs += [(random.uniform(-100, 100), random.uniform(-10, 10)) for _ in range(60)]
pairs += [(anything(), anything()) for _ in range(40)]
for a, b in pairs:
    a, b = float(a), float(b)
    row("modulo", a, b, gives=a % b)
    row("rem", a, b, gives=math.fmod(a, b))
    try:
        quotient = finite(a // b)
    except OverflowError:
        quotient = "!! overflow"
    row("div", a, b, gives=quotient)
row("modulo", 1, 0, gives="!! divisionByZero")
row("rem", 1, -0.0, gives="!! divisionByZero")
row("div", 1, 0, gives="!! divisionByZero")
for _ in range(40):
    a, b = random.randint(-10**6, 10**6), random.randint(-10**6, 10**6)
    row("gcd", a, b, gives=math.gcd(a, b))
    row("lcm", a, b, gives=math.lcm(a, b))
row("gcd", 2**53, 6, gives=2)
row("gcd", 0, 0, gives=0)
row("lcm", 0, 0, gives=0)
row("gcd", 2**54, 6, gives="!! domain")
row("gcd", 1.5, 6, gives="!! domain")
for x in [0, 1, -1, 30, 180, 57.3, 1e-300, 1e300]:
    row("deg", x, gives=finite(math.degrees(x)))
    row("rad", x, gives=math.radians(x))
for n in range(171):
    row("fact", n, gives=float(math.factorial(n)))
row("fact", 171, gives="!! overflow")
row("fact", -1, gives="!! domain")
row("fact", 2.5, gives="!! domain")
for _ in range(150):
    n = random.choice([random.randint(0, 60), random.randint(60, 1100), random.randint(2**40, 2**53)])
    k = random.randint(0, min(n, random.choice([5, 30, 600])))
    try:
        row("choose", n, k, gives=float(math.comb(n, k)))
    except OverflowError:
        row("choose", n, k, gives="!! overflow")
row("choose", 3, 5, gives=0)
row("choose", 2**53, 2**52, gives="!! overflow")
row("choose", -1, 2, gives="!! domain")
row("choose", 5, 1.5, gives="!! domain")
for base in [2, 3, 5, 7, 10]:
    for exponent in range(-6, 14):
        if exponent >= 0 or base == 2:
            row("log", float(base) ** exponent, base, gives=exponent)
        if exponent > 0:
            row("root", float(base) ** exponent, exponent, gives=base)
for _ in range(40):
    x, base = random.uniform(0, 100), random.uniform(0, 20)
    row("log", x, base, gives=mpmath.log(x) / mpmath.log(base), near="2e-14")
    row("root", x, base, gives=mpmath.root(x, 1) ** (1 / mpmath.mpf(base)), near="1e-12")
for _ in range(100):
    x = random.choice([random.uniform(-100, 100), anything(), random.randint(-50, 50) ** 3])
    exact = mpmath.cbrt(abs(mpmath.mpf(x))) * (-1 if x < 0 else 1)
    row("cbrt", x, gives=exact, near="1.2e-16" if abs(x) > 1e-250 else "3e-16")
row("root", -8, 3, gives=-2)
row("root", -8, 2, gives="!! domain")
row("root", 0, -1, gives="!! divisionByZero")
row("log", 8, 1, gives="!! domain")
row("log", 0, 2, gives="!! domain")

# Sums: the order that Summation.swift documents, written once more.


def take(lane, x):
    s, c = lane
    t = s + x
    e = (s - t) + x if abs(s) >= abs(x) else (x - t) + s
    return (t, c + e)


def tree(lanes):
    while len(lanes) > 1:
        joined = []
        for i in range(0, len(lanes) - 1, 2):
            s, c = take(lanes[i], lanes[i + 1][0])
            joined.append((s, c + lanes[i + 1][1]))
        if len(lanes) % 2:
            joined.append(lanes[-1])
        lanes = joined
    return lanes[0] if lanes else (0.0, 0.0)


def ordered_sum(xs):
    blocks = []
    for start in range(0, len(xs), 1024):
        lanes = [(0.0, 0.0)] * 8
        for i, x in enumerate(xs[start : start + 1024]):
            lanes[i % 8] = take(lanes[i % 8], x)
        blocks.append(tree(lanes))
    s, c = tree(blocks)
    return s + c if math.isfinite(s) else math.inf


for count in [0, 1, 2, 7, 8, 9, 63, 100, 1023, 1024, 1025, 2500]:
    for spread in [1, 30]:
        xs = [math.ldexp(random.uniform(-1, 1), random.randint(-spread, spread)) for _ in range(count)]
        xs = [float(f"{x:.3g}") for x in xs]
        row("sum", xs, gives=ordered_sum(xs))
        row("sum", xs, gives=math.fsum(xs), near="1e-15")
        ys = [float(f"{random.uniform(-9, 9):.3g}") for _ in xs]
        row("dot", xs, ys, gives=ordered_sum([x * y for x, y in zip(xs, ys)]))
        if xs:
            row("mean", xs, gives=ordered_sum(xs) / len(xs))
row("sum", [1e308, 1e308], gives="!! overflow")
row("sum", [1e308, 1e308, -1e308], gives="!! overflow")
row("sum", [1, 1e100, 1, -1e100], gives=2)
row("mean", [], gives="!! emptyList")
row("product", [1e200, 1e200, 0], gives="!! overflow")

# Statistics.

samples = [[float(f"{random.gauss(50, 20):.4g}") for _ in range(n)] for n in [2, 3, 4, 5, 9, 10, 50, 51]]
samples += [[1e16, 1e16 + 2], [1e9 + 1, 1e9 + 2, 1e9 + 3], [0.1] * 7, [-5, 5], [3, 3, 1, 1, 2]]
for xs in samples:
    exact = [Fraction(x) for x in xs]
    mean = sum(exact) / len(exact)
    squares = sum((x - mean) ** 2 for x in exact)
    row("var", xs, gives=float(squares / (len(xs) - 1)), near="1e-13")
    row("varp", xs, gives=float(squares / len(xs)), near="1e-13")
    row("stdev", xs, gives=mpmath.sqrt(mpmath.mpf(squares.numerator) / squares.denominator / (len(xs) - 1)), near="1e-13")
    row("stdevp", xs, gives=mpmath.sqrt(mpmath.mpf(squares.numerator) / squares.denominator / len(xs)), near="1e-13")
    row("median", xs, gives=statistics.median(xs))
    row("mode", xs, gives=statistics.mode(xs))
    row("rank", xs, gives=list(scipy.stats.rankdata(xs)))
    for q in [0, 0.1, 0.25, 1 / 3, 0.5, 0.9, 1]:
        h = Fraction(q) * (len(xs) - 1)
        low = math.floor(h)
        ordered = sorted(exact)
        high = min(low + 1, len(xs) - 1)
        row("quantile", xs, q, gives=float(ordered[low] + (h - low) * (ordered[high] - ordered[low])), near="1e-14")
    for p in [0, 5, 50, 70, 99, 100]:
        h = Fraction(p, 100) * (len(xs) - 1)
        low = math.floor(h)
        high = min(low + 1, len(xs) - 1)
        row("percentile", xs, p, gives=float(ordered[low] + (h - low) * (ordered[high] - ordered[low])), near="1e-14")
    if all(x > 0 for x in xs):
        row("geomean", xs, gives=mpmath.nthroot(mpmath.fprod(xs), len(xs)), near="1e-14")
        row("harmmean", xs, gives=len(xs) / mpmath.fsum(1 / mpmath.mpf(x) for x in xs), near="1e-15")
    ys = [float(f"{random.uniform(0, 9):.3g}") for _ in xs]
    if len(set(xs)) > 1:
        exact_ys = [Fraction(y) for y in ys]
        mean_y = sum(exact_ys) / len(ys)
        both = sum((x - mean) * (y - mean_y) for x, y in zip(exact, exact_ys))
        squares_y = sum((y - mean_y) ** 2 for y in exact_ys)
        row("cov", xs, ys, gives=float(both / (len(xs) - 1)), near="1e-9")
        row("corr", xs, ys, gives=float(both) / math.sqrt(squares * squares_y), near="1e-9")
        deviation = mpmath.sqrt(mpmath.mpf(squares.numerator) / squares.denominator / len(xs))
        if max(xs) < 1e8:
            row("zscore", xs, gives=[float((mpmath.mpf(x) - mpmath.mpf(mean.numerator) / mean.denominator) / deviation) for x in xs], near="1e-12")
    row("wmean", xs, ys, gives=float(sum(x * Fraction(y) for x, y in zip(exact, ys)) / sum(Fraction(y) for y in ys)), near="1e-13")
row("geomean", [1e308, 1e308, 1e308], gives=1e308, near="1e-14")
row("geomean", [1e-300, 1e-200], gives=1e-250, near="1e-14")
row("geomean", [54, 24, 36], gives=36, near="1e-15")
row("geomean", [1, 0], gives="!! domain")
row("harmmean", [1, -1], gives="!! domain")
row("var", [1], gives="!! domain")
row("var", [], gives="!! emptyList")
row("stdevp", [], gives="!! emptyList")
row("median", [], gives="!! emptyList")
row("mode", [], gives="!! emptyList")
row("quantile", [1, 2], 1.1, gives="!! domain")
row("quantile", [], 0.5, gives="!! emptyList")
row("corr", [1, 1], [2, 3], gives="!! domain")
row("cov", [1, 2], [1], gives="!! lengthMismatch")
row("wmean", [1, 2], [0, 0], gives="!! divisionByZero")
row("wmean", [1, 2], [-1, 1], gives="!! domain")
row("median", [1e308, 1.2e308], gives=1.1e308, near="1e-15")

# Scans.

for count in [1, 2, 5, 12, 40]:
    xs = [float(f"{random.uniform(-50, 50):.4g}") for _ in range(count)]
    row("cumsum", xs, gives=[math.fsum(xs[: i + 1]) for i in range(count)], near="1e-14")
    row("cumprod", xs, gives=list(numpy.cumprod(xs)), near="1e-12")
    row("cummin", xs, gives=list(numpy.minimum.accumulate(xs)))
    row("cummax", xs, gives=list(numpy.maximum.accumulate(xs)))
    row("diff", xs, gives=[b - a for a, b in zip(xs, xs[1:])])
    for k in [1, 2, 3, 5, 12, 13]:
        sums = [math.fsum(xs[i : i + k]) for i in range(count - k + 1)]
        row("window_sum", xs, k, gives=sums, near="1e-13")
        row("window_mean", xs, k, gives=[s / k for s in sums], near="1e-13")
row("window_sum", [1e16, 1, 1, 1], 2, gives=[1e16 + 1, 2, 2])
row("window_sum", [1, 2], 0, gives="!! domain")
row("lag", [1, 2, 3], 2, gives=[None, None, 1])
row("lag", [1, 2, 3], 9, gives=[None, None, None])
row("lag", [1, 2, 3], -9, gives=[None, None, None])
row("lag", [1, 2, 3], 0, gives=[1, 2, 3])
row("lag", [1, 2, 3], 0.5, gives="!! domain")

# Sequences.

for a, b, step in [(0, 1, 0.1), (0, 0.3, 0.1), (1, 1.3, 0.1), (5, 0, -1), (0, 10, 3), (1, 0, 1), (0, 0, 1), (-1, 1, 0.25), (0, 1e-9, 3e-10), (1e15, 1e15 + 4, 1), (2.5, 7, 1.5), (3, 1, 0.5)]:
    at, exact = Decimal(repr(float(a))), []
    end, by = Decimal(repr(float(b))), Decimal(repr(float(step)))
    while (at < end) if by > 0 else (at > end):
        exact.append(float(at))
        at += by
    row("range", a, b, step, gives=exact)
row("range", 4, gives=[0, 1, 2, 3])
row("range", 0, gives=[])
row("range", -3, gives=[])
row("range", 2.5, gives=[0, 1, 2])
row("range", 1, 3, gives=[1, 2])
row("range", 1, 3, 0, gives="!! domain")
row("range", 1e300, gives="!! limit")
row("range", 0, 1e308, 5e-324, gives="!! limit")
row("range", 1e300, 1e300, 1e-300, gives=[])
for a, b, n in [(0, 1, 5), (1, -1, 4), (0, 0.3, 4), (3, 9, 1), (3, 9, 0), (-1e300, 1e300, 3)]:
    row("linspace", a, b, n, gives=list(numpy.linspace(a, b, n)))
row("linspace", 0, 1, -1, gives="!! domain")
row("linspace", -1e308, 1e308, 3, gives="!! overflow")
row("repeat", 1, 1e300, gives="!! limit")
row("repeat", "a", 2, gives=["a", "a"])
for _ in range(20):
    edges = sorted(set(random.randint(0, 40) / 4 for _ in range(6)))
    xs = [random.randint(-4, 44) / 4 for _ in range(30)]
    if len(edges) > 1:
        row("histogram", xs, edges, gives=list(numpy.histogram(xs, edges)[0]))
        ys = [random.randint(0, 9) for _ in edges]
        for x in xs[:5]:
            row("interp", x, edges, ys, gives=numpy.interp(x, edges, ys), near="1e-14")
row("histogram", [1], [1], gives="!! domain")
row("histogram", [1], [2, 1], gives="!! domain")
row("interp", 1, [], [], gives="!! emptyList")
row("interp", 1, [1, 2], [1], gives="!! lengthMismatch")
row("interp", 1, [2, 1], [1, 2], gives="!! domain")
xs = list("abcdef")
for start in range(-8, 9, 2):
    row("slice", xs, start, gives=xs[start:])
    for end in range(-8, 9, 3):
        row("slice", xs, start, end, gives=xs[start:end])
row("slice", xs, -1e300, 1e300, gives=xs)
row("slice", xs, 0.5, gives="!! domain")
row("take", xs, 1e300, gives=xs)
row("take", xs, -1, gives="!! domain")
row("drop", xs, 4, gives=["e", "f"])
words = ["b", "a", "é", "z", "Z", "", "ab", "e\u0301", "日", "\U0001F600", "\uFFFD"]
row("sort", words, gives=sorted(words))
row("unique", ["é", "e\u0301", "é"], gives=["é", "e\u0301"])
row("unique", [0.0, -0.0, 1], gives=[0.0, 1])
row("first", [], gives="!! emptyList")
row("last", [], gives="!! emptyList")
row("max", [], gives="!! emptyList")
row("min", [], gives="!! emptyList")
row("argmax", [], gives="!! emptyList")
row("zip", [1], [], gives="!! lengthMismatch")

# Strings.

texts = ["", "a", "abc", "aaaa", "naïve café", "日本語テキスト", "👨‍👩‍👧 family", "e\u0301é", "a,b,,c", "  pad\u2003"]
parts = ["a", "aa", "é", "本語", ",", "bc", "\u200d", "x", "abcd"]
for text in texts:
    row("len", text, gives=len(text))
    row("trim", text, gives=text.strip())
    for part in parts:
        row("replace", text, part, "<>", gives=text.replace(part, "<>"))
        row("split", text, part, gives=text.split(part))
        row("includes", text, part, gives=part in text)
        row("starts_with", text, part, gives=text.startswith(part))
        row("ends_with", text, part, gives=text.endswith(part))
        row("index", text, part, gives=text.find(part) if part in text else None)
    row("index", text, "", gives=0)
    for start in [-20, -2, -1, 0, 1, 3, 50]:
        row("substr", text, start, gives=text[start:])
        first = max(0, start + len(text)) if start < 0 else start
        for count in [0, 1, 2, 50]:
            row("substr", text, start, count, gives=text[first : first + count])
    for width in [0, 3, 12]:
        row("pad_left", text, width, gives=text.rjust(width))
        row("pad_right", text, width, "é", gives=text.ljust(width, "é"))
row("replace", "abc", "", "x", gives="!! domain")
row("split", "abc", "", gives="!! domain")
row("pad_left", "a", 3, "", gives="!! domain")
row("pad_left", "a", 3, "xy", gives="!! domain")
row("pad_left", "a", 1e300, gives="!! limit")
row("substr", "abc", 0.5, gives="!! domain")
row("substr", "abc", 0, -1, gives="!! domain")


def like(text, pattern):
    expression = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


for pattern in ["", "*", "?", "a*", "*c", "a?c", "*?*", "**", "a*b*c", "?本*", "*é", "a**?", "*aa*aa*", "*,?,*"]:
    for text in texts:
        row("like", text, pattern, gives=like(text, pattern))
for _ in range(200):
    text = "".join(random.choice("ab") for _ in range(random.randint(0, 9)))
    pattern = "".join(random.choice("ab*?") for _ in range(random.randint(0, 6)))
    row("like", text, pattern, gives=like(text, pattern))

# Conversion.

row("number", "12.5", gives=12.5)
row("number", "-1e-3", gives=-0.001)
for text in ["", " 1", "1 ", "abc", "nan", "inf", "1.2.3", "--1", "0x"]:
    row("number", text, gives="!! invalidNumber")
row("number", "1e400", gives="!! overflow")
row("bool", "yes", gives="!! domain")
for x in [0.1, 1e16, 123456789.5, 1e-7, -0.0]:
    row("string", x, gives=repr(x).removesuffix(".0"))

# Money.


def allocated(total, weights, places):
    unit = Fraction(10) ** -places
    units = Fraction(Decimal(repr(float(total)))) / unit
    if units.denominator != 1:
        return "!! domain"
    sign, units = (-1, -int(units)) if units < 0 else (1, int(units))
    exact = [Fraction(Decimal(repr(float(w)))) for w in weights]
    shares = [units * w / sum(exact) for w in exact]
    parts = [math.floor(share) for share in shares]
    order = sorted(range(len(parts)), key=lambda i: (-(shares[i] - parts[i]), i))
    for i in order[: units - sum(parts)]:
        parts[i] += 1
    assert sum(parts) == units
    return [float(sign * part * unit) for part in parts]


for _ in range(120):
    places = random.choice([0, 2, 2, 3])
    total = round(random.uniform(-1000, 100000), random.choice([0, places]))
    weights = [random.choice([0, 1, 2, 5, 0.1, 1 / 3, random.random(), 1e6]) for _ in range(random.randint(1, 9))] + [1]
    row("allocate", total, weights, places, gives=allocated(total, weights, places))
    n = random.randint(1, 9)
    row("split_amount", total, n, places, gives=allocated(total, [1] * n, places))
row("allocate", 100.005, [1, 1], 2, gives="!! domain")
row("allocate", 100, [], 2, gives="!! emptyList")
row("allocate", 100, [0, 0], 2, gives="!! domain")
row("allocate", 100, [1, -1], 2, gives="!! domain")
row("allocate", 1e300, [1, 1], 2, gives="!! domain")
row("allocate", 100, [1e300, 1e-300], 2, gives="!! domain")
row("split_amount", 100, 0, 2, gives="!! domain")
row("split_amount", 100, 1e300, 2, gives="!! limit")
for _ in range(80):
    amount = round(random.uniform(-1000, 100000), 2)
    rate = random.choice([0.19, 0.07, 0.2, 0.055, 0, 1, 25, 0.08875, 1 / 3])
    a, r = Decimal(repr(amount)), Decimal(repr(float(rate)))
    row("tax_add", amount, rate, 2, gives=float((a * r).quantize(Decimal("0.01"), decimal.ROUND_HALF_UP)))
    row("tax_in", amount, rate, 2, gives=float((a * r / (1 + r)).quantize(Decimal("0.01"), decimal.ROUND_HALF_UP)))
row("tax_in", 100, -0.1, 2, gives="!! domain")
row("tax_add", 100, 1e-300, 2, gives="!! domain")


def annuity(rate, n, pmt=0, pv=0, fv=0, due=0):
    """The annuity equation's terms, exact enough."""
    r, n = mpmath.mpf(rate), mpmath.mpf(n)
    growth = (1 + r) ** n
    series = n if r == 0 else (1 + r * due) * (growth - 1) / r
    return growth, series


for _ in range(80):
    rate = random.choice([0, 0.05 / 12, 0.1, 0.004, 1e-9, -0.01, 0.5, 2])
    n = random.choice([1, 12, 60, 360, 1000, 7.5])
    pv, fv, pmt = (round(random.uniform(-1e6, 1e6), 2) for _ in range(3))
    due = random.choice([0, 1])
    growth, series = annuity(rate, n, due=due)
    row("pmt", rate, n, pv, fv, due, gives=-(pv * growth + fv) / series, near="1e-11")
    row("fv", rate, n, pmt, pv, due, gives=finite(-(pv * growth + pmt * series)), near="1e-11")
    row("pv", rate, n, pmt, fv, due, gives=-(fv + pmt * series) / growth, near="1e-11")
    row("pmt", rate, n, pv, gives=-pv * growth / annuity(rate, n)[1], near="1e-11")
row("pmt", 0.1, 10000, 1000, gives=-100, near="1e-12")
row("fv", 0.1, 10000, 1000, gives="!! overflow")
row("pmt", 0.1, 0, 1000, gives="!! divisionByZero")
row("pmt", -1, 12, 1000, gives="!! domain")
row("pmt", 0.1, 12, 1000, 0, 2, gives="!! domain")
for _ in range(40):
    rate = random.choice([0.05, 0.1, 0.3, -0.2, 0])
    flows = [round(random.uniform(-1000, 1000), 2) for _ in range(random.randint(1, 20))]
    exact = mpmath.fsum(mpmath.mpf(v) / (1 + mpmath.mpf(rate)) ** (i + 1) for i, v in enumerate(flows))
    scale = max(map(abs, flows))
    if abs(exact) > scale / 100:
        row("npv", rate, flows, gives=exact, near="1e-11")
row("npv", -1, [1], gives="!! divisionByZero")
row("npv", 0.1, [], gives="!! emptyList")
for _ in range(60):
    flows = [-round(random.uniform(100, 5000), 2)] + [round(random.uniform(1, 900), 2) for _ in range(random.randint(1, 30))]
    low, high = mpmath.mpf("-0.999"), mpmath.mpf(10000)
    for _ in range(150):
        middle = (low + high) / 2
        worth = mpmath.fsum(v / (1 + middle) ** i for i, v in enumerate(flows))
        low, high = (middle, high) if worth > 0 else (low, middle)
    exact = low
    row("irr", flows, gives=exact, near="1e-10")
row("irr", [1, 2], gives="!! domain")
row("irr", [], gives="!! emptyList")
row("irr", [1, -3, 2.5], gives="!! noConvergence")
row("irr", [-1, 2], -2, gives="!! domain")
