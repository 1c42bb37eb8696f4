"""Independent definitions that several topics use: exact real functions, rounding, summation."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)

import mpmath

mpmath.mp.prec = 400
mp = mpmath.mp


def nearest(real):
    """The binary64 number nearest to a real number of mpmath."""
    return float(mpmath.mpf(real))


MODES = {
    "half-away": ROUND_HALF_UP,
    "half-even": ROUND_HALF_EVEN,
    "half-down": ROUND_HALF_DOWN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
}

WIDE = Context(prec=2000, Emax=999999, Emin=-999999)


def decimal_text(number):
    """The decimal number that the shortest text spells."""
    return Decimal(repr(float(number)))


def quantized(number, step, mode="half-away"):
    """The multiple of a step next to a number, both as their texts spell them."""
    unit = decimal_text(step)
    steps = WIDE.divide(decimal_text(number), unit).quantize(
        Decimal(1), rounding=MODES[mode], context=WIDE
    )
    return float(WIDE.multiply(steps, unit))


def rounded(number, places=0, mode="half-away"):
    """Rounds the shortest decimal text of a number to decimal places."""
    text = decimal_text(number)
    if -text.as_tuple().exponent <= places:
        return float(number)
    unit = Decimal(1).scaleb(-places, WIDE)
    return float(text.quantize(unit, rounding=MODES[mode], context=WIDE))


class Compensated:
    """A sum with the rounding errors that it has made: A. Neumaier, ZAMM 54, 1974."""

    def __init__(self):
        self.sum = 0.0
        self.compensation = 0.0

    def take(self, x):
        t = self.sum + x
        if abs(self.sum) >= abs(x):
            self.compensation += (self.sum - t) + x
        else:
            self.compensation += (x - t) + self.sum
        self.sum = t

    def join(self, other):
        self.take(other.sum)
        self.compensation += other.compensation
        return self


def tree(sums):
    """Joins neighbours, level by level; one that is left over goes up as it is."""
    while len(sums) > 1:
        pairs = zip(sums[0::2], sums[1::2])
        rest = sums[len(sums) // 2 * 2 :]
        sums = [left.join(right) for left, right in pairs] + rest
    return sums[0] if sums else Compensated()


def total(numbers):
    """The sum in the order of the language: blocks of 1,024, 8 lanes a block, then a tree."""
    blocks = []
    for start in range(0, len(numbers), 1024):
        lanes = [Compensated() for _ in range(8)]
        for position, number in enumerate(numbers[start : start + 1024]):
            lanes[position % 8].take(float(number))
        blocks.append(tree(lanes))
    result = tree(blocks)
    return result.sum + result.compensation


def mean(numbers):
    return total(numbers) / len(numbers)


def variance(numbers, sample=True):
    """The corrected two-pass variance: T. Chan, G. Golub, R. LeVeque, 1983."""
    centre = mean(numbers)
    deviations = [number - centre for number in numbers]
    squares = total([x * x for x in deviations])
    excess = total(deviations)
    n = float(len(numbers))
    return max(0.0, squares - excess * excess / n) / (n - 1 if sample else n)
