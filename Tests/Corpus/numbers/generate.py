#!/usr/bin/env python3
"""Makes numbers with their texts, and texts with their numbers, for NumberTextTests.

Python's own float, int, repr and format are the oracle. Each line of the output is one of

    shortest BITS TEXT             repr, without .0
    general  BITS DIGITS TEXT      format(x, '.DIGITSg')
    read     TEXT BITS             or inexact-integer, out-of-range, not-a-numeral

with the fields separated by tabs and BITS the 16 hexadecimal digits of the binary64 pattern.

    generate.py hard > hard.tsv    the committed cases
    generate.py COUNT SEED         COUNT random numbers
"""

import math
import random
import struct
import sys
from decimal import Decimal, getcontext

getcontext().prec = 1200
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)

MAX = sys.float_info.max
MIN_NORMAL = sys.float_info.min
TINY = 5e-324


def bits(x):
    return struct.pack(">d", x).hex()


def from_bits(pattern):
    return struct.unpack(">d", struct.pack(">Q", pattern))[0]


def emit(*fields):
    sys.stdout.write("\t".join(str(field) for field in fields) + "\n")


def shortest(x):
    text = repr(x)
    emit("shortest", bits(x), text[:-2] if text.endswith(".0") else text)


def general(x, digits):
    emit("general", bits(x), digits, format(x, ".%dg" % digits))


def answer(text):
    """What the language says of a numeral whose grammar is known to be right."""
    plain = text.replace("_", "")
    unsigned = plain.lstrip("+-")
    sign = -1.0 if plain.startswith("-") else 1.0
    if unsigned[:2].lower() in ("0x", "0b", "0o") or unsigned.isdigit():
        base = {"0x": 16, "0b": 2, "0o": 8}.get(unsigned[:2].lower(), 10)
        digits = unsigned[2:] if base != 10 else unsigned
        whole = int(digits, base)
        try:
            number = float(whole)
        except OverflowError:
            return "out-of-range"
        if int(number) != whole:
            return "inexact-integer"
        return bits(math.copysign(number, sign))
    number = float(plain)
    return "out-of-range" if math.isinf(number) else bits(number)


def read(text):
    emit("read", text, answer(text))


def exact(x):
    """All digits of a number, without an exponent."""
    return format(Decimal(x), "f")


def exact_with_exponent(x):
    return format(Decimal(x), "e")


def halfway(x):
    """The decimal text exactly between a number and the next, and its two neighbours."""
    above = math.nextafter(x, math.inf)
    if math.isinf(above):
        middle = (Decimal(MAX) + Decimal(2) ** 1024) / 2
    else:
        middle = (Decimal(x) + Decimal(above)) / 2
    text = format(middle, "e")
    mantissa, exponent = text.split("e")
    if "." not in mantissa:
        mantissa += ".0"
    yield "%se%s" % (mantissa, exponent)
    yield "%s%se%s" % (mantissa, "0" * 30 + "1", exponent)
    last = mantissa.rstrip("0")
    if last[-1] != ".":
        yield "%s%s%se%s" % (last[:-1], int(last[-1]) - 1, "9" * 30, exponent)


def hard():
    numbers = [0.0, -0.0, 1.0, -1.0, 0.1, 0.2, 0.1 + 0.2, 1 / 3, 2 / 3, MAX, -MAX, MIN_NORMAL, TINY,
               -TINY, math.nextafter(MIN_NORMAL, 0), 2.675, 1.005, 123456789012345680.0, 1e15,
               9999999999999998.0, 1e16, 1.0000000000000002e16, 12345678901234567890.0, 1e-4,
               9.999999999999999e-05, 1e-5, 0.00012345, 1e21, 1e22, 1e23, 9.5, 0.5, 2.5, 1e100,
               5e-324, 1e-323, 4.35, 9007199254740991.0, 9007199254740992.0, 9007199254740994.0,
               2.2250738585072011e-308, 5.684341886080801e-14, 9.5367431640625e-07, 2e-44, 9e-265,
               8.41e21, 5e-20, 2.0 ** 63, 2.0 ** 64, -2.0 ** 63, math.pi, math.e]
    for x in numbers:
        shortest(x)
        for digits in (1, 2, 6, 15, 16, 17):
            general(x, digits)
        read(exact(x) if abs(x) < 1e15 and "." in exact(x) else repr(x))
    for exponent in range(-1074, 1024, 7):
        shortest(2.0 ** exponent)
        general(2.0 ** exponent, 17)
    for exponent in range(-323, 309, 5):
        x = float("1e%d" % exponent)
        shortest(x)
        general(x, 1 + exponent % 17)
        read("1e%d" % exponent)
    chosen = random.Random(9)
    for index in range(300):
        x = abs(from_bits(chosen.getrandbits(64)))
        x = x if math.isfinite(x) else 1.5
        if index % 4 == 0:
            x = TINY * chosen.getrandbits(chosen.randrange(1, 52))
        for text in halfway(x):
            if len(text) < 400 or index < 12:
                read(text)
    for text in halfway(MAX):
        read(text)
    for text in halfway(0.0):
        read(text)
    for text in ("1e308", "1.7976931348623157e308", "1.7976931348623158e308",
                 "1.7976931348623159e308", "1e309", "-1e309", "1e400", "1e999999999999999999999",
                 "1e-999999999999999999999", "0e999999999999999999999", "-0e5", "123e-10000",
                 "1e-400", "2.4703282292062327e-324", "2.4703282292062328e-324", "-0", "+0", "+5",
                 "-0.0", ".5", "-.5e1", "0.5", "0e0", "0E-0", "1E5", "1e+5", "1_000", "1_000.5_0",
                 "1e1_0", "1_2_3", "9007199254740991", "9007199254740992", "9007199254740993",
                 "-9007199254740993", "9007199254740994", "9223372036854775807",
                 "9223372036854775808", "18446744073709551615", "18446744073709551616",
                 "9999999999999999999", "10000000000000000000", "100000000000000000000",
                 "10000000000000000000000", "100000000000000000000000",
                 "9007199254740993.0", "9007199254740993e0", "1e23", "1.0e23",
                 str(int(MAX)), str(int(MAX) + 1), str(2 ** 1024), str(2 ** 1024 - 1),
                 str(2 ** 1024 - 2 ** 970), str(2 ** 1024 - 2 ** 970 - 1), str(2 ** 1023),
                 "1" + "0" * 308, "1" + "0" * 309, "1" + "0" * 22, "1" + "0" * 23,
                 "1" * 9999, "9" * 10000, "0." + "0" * 9997 + "1", "0." + "3" * 9998,
                 "1" + "0" * 9990 + "e-9990", "0." + "0" * 9980 + "1e9981",
                 "1." + "0" * 9000 + "1", "3" + "." + "1" * 800 + "e-5",
                 "0x1F", "0xff", "0XFF", "0b101", "0o17", "0xdead_beef", "0x20000000000000",
                 "0x20000000000001", "-0x1F", "0x" + "f" * 256, "0x" + "f" * 14 + "0" * 10,
                 "0xfffffffffffff8" + "0" * 242, "0xfffffffffffff8" + "0" * 243,
                 "0xfffffffffffffc" + "0" * 242, "0b" + "1" * 53 + "0" * 971,
                 "0b" + "1" * 53 + "0" * 972, "0b" + "1" * 54 + "0" * 970,
                 "0b1" + "0" * 1023, "0b1" + "0" * 1024, "0o4" + "0" * 340, "0x" + "0" * 9000 + "1",
                 "0x1" + "0" * 9000, "0b" + "1" * 9998):
        read(text)
    for text in ("", "-", "+", ".", "5.", "5.e1", "1e", "1e+", "1e-", "e5", ".e5", "010", "00", "-01",
                 "0_0", "_1", "1_", "1__0", "1_.5", "1._5", "1.5_", "1e_5", "1e5_", "1_e5", "0x", "0b",
                 "0o", "0x_1", "0x1_", "0xg", "0b2", "0o8", "0x1.8", "0x1p3", "nan", "NaN", "inf",
                 "Infinity", "-inf", "nan(1)", "1 ", " 1", "1,000", "1.2.3", "1e5.5", "1e5e5", "--1",
                 "+-1", "- 1", "1a", "\u0661", "\u00bd", "\uff11", "1f", "1d", "0x-1", "1\u00a0"):
        emit("read", text, "not-a-numeral")


def generated(count, seed):
    chosen = random.Random(seed)
    for index in range(count):
        kind = index % 8
        if kind < 3:
            x = from_bits(chosen.getrandbits(64))
        elif kind == 3:
            x = TINY * chosen.getrandbits(chosen.randrange(1, 53))
        elif kind == 4:
            x = chosen.randrange(-10 ** 6, 10 ** 6) / 10 ** chosen.randrange(0, 12)
        elif kind == 5:
            x = chosen.uniform(-1, 1) * 10.0 ** chosen.randrange(-20, 25)
        elif kind == 6:
            # Ties of general: a number of few bits has a 5 for its last digit.
            x = chosen.randrange(1, 2 ** 20) / 2.0 ** chosen.randrange(0, 24)
        else:
            x = 2.0 ** chosen.randrange(-1074, 1024)
            x = chosen.choice((x, math.nextafter(x, 0), math.nextafter(x, MAX)))
        if not math.isfinite(x):
            x = chosen.random()
        shortest(x)
        # The slowest of the three, in a build without optimisation.
        if chosen.randrange(4) == 0:
            general(x, chosen.randrange(1, 18))
        style = chosen.randrange(8)
        if style == 0:
            read(repr(x) if abs(x) < 1e16 or "e" in repr(x) else "%r" % x)
        elif style == 1:
            read("%s%d.%de%d" % (chosen.choice(("", "-")), chosen.randrange(10 ** 9),
                                 chosen.randrange(10 ** 12), chosen.randrange(-330, 320)))
        elif style == 2:
            for text in halfway(abs(x)):
                if len(text) < 120 or index % 64 == 0:
                    read(text)
        elif style == 3:
            read(str(chosen.getrandbits(chosen.randrange(40, 70))))
        elif style == 4:
            read(str(chosen.getrandbits(53) << chosen.randrange(0, 1000)))
        elif style == 5:
            whole = chosen.getrandbits(53) << chosen.randrange(0, 60)
            read(chosen.choice(("0x%x", "0x%X", "0o%o")) % whole)
        elif style == 6:
            read(format(x, ".%de" % chosen.randrange(15, 40)))
        else:
            read("%d.%s" % (chosen.randrange(100), "".join(
                chosen.choice("0123456789") for _ in range(chosen.randrange(1, 60)))))


if sys.argv[1] == "hard":
    hard()
else:
    generated(int(sys.argv[1]), int(sys.argv[2]))
