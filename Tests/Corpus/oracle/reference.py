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
    "half-up": ROUND_HALF_UP,
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


def rounded(number, places=0, mode="half-up"):
    """Rounds the shortest decimal text of a number to decimal places."""
    text = decimal_text(number)
    if -text.as_tuple().exponent <= places:
        return float(number)
    unit = Decimal(1).scaleb(-places, WIDE)
    return float(text.quantize(unit, rounding=MODES[mode], context=WIDE))


LANES = 8
BLOCK = 1024


def total(numbers):
    """The sum in the documented order: eight compensated lanes a block, then a fixed tree."""
    raise NotImplementedError
