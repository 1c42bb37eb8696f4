"""Money: parts that add up to the last cent, taxes rounded once, the value of money over time."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from corpus import Topic, json_text
from reference import mp

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault


def exact(number):
    return Fraction(Decimal(repr(number)) if isinstance(number, float) else Decimal(number))


def allocated(total, weights, places=2):
    """The largest remainders get the units that are left, the first of equal ones first."""
    units = exact(total) * 10**places
    assert units.denominator == 1
    sign = -1 if units < 0 else 1
    units = abs(units)
    whole = sum(exact(weight) for weight in weights)
    quotas = [units * exact(weight) / whole for weight in weights]
    parts = [quota.numerator // quota.denominator for quota in quotas]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - quotas[n], n))
    for position in order[: int(units) - sum(parts)]:
        parts[position] += 1
    return [float(Fraction(sign * part, 10**places)) for part in parts]


t.note("allocate(total, weights, places)")
for arguments in ((100, [1, 1, 1]), (100, [1, 1, 1], 2), (10, [3, 1], 0), (0.05, [1, 1]), (100, [0.5, 0.3, 0.2]), (-100, [1, 1, 1]),
                  (0, [1, 2]), (1, [1, 1, 1, 1, 1, 1, 1]), (7, [1, 0, 2], 0), (1234.56, [17, 31, 52]), (5, [3, 3, 3], 0), (0.01, [1, 2, 3]),
                  (100, [0.1, 0.2, 0.7], 3), (10, [5])):
    text = ", ".join(json_text(argument) for argument in arguments)
    value(f"allocate({text})", allocated(*arguments))
value("sum(allocate(1000.01, [1, 2, 3, 4, 5, 6, 7])) == 1000.01", True)
value("len(allocate(10, range(1, 5)))", 4)
fault("«allocate(100.005, [1, 1], 2)»", "domain-error")
fault("«allocate(0.1 + 0.2, [1, 1])»", "domain-error")
fault("«allocate(100, [])»", "empty-list")
fault("«allocate(100, [0, 0])»", "domain-error")
fault("«allocate(100, [1, -1])»", "domain-error")
fault("«allocate(100, [1], 0.5)»", "domain-error")
fault("«allocate(100, [1], -1)»", "domain-error")
fault("allocate(100, «1»)", "type-mismatch")
fault("«allocate(100)»", "wrong-argument-count")

t.note("split_amount(total, n, places)")
for arguments in ((100, 3), (-10, 4, 0), (100, 3, 2), (1, 1), (0.02, 3), (10, 4, 1), (0, 2), (99.99, 7)):
    text = ", ".join(str(argument) for argument in arguments)
    total, n, *places = arguments
    value(f"split_amount({text})", allocated(total, [1] * n, *places))
fault("«split_amount(100, 0)»", "domain-error")
fault("«split_amount(100, 1.5)»", "domain-error")
fault("«split_amount(100, -1)»", "domain-error")
fault("«split_amount(0.001, 2)»", "domain-error")
fault("split_amount(100, «'3'»)", "type-mismatch")
fault("«split_amount(100)»", "wrong-argument-count")


def cents(amount, places):
    unit = Decimal(1).scaleb(-places)
    decimal = Decimal(amount.numerator) / Decimal(amount.denominator)
    return float(decimal.quantize(unit, rounding=ROUND_HALF_UP))


t.note("tax_in: the tax in a gross amount; tax_add: the tax on a net one.")
for amount, rate, places in ((119, 0.19, 2), (10, 0.07, 2), (100, 0.2, 2), (0.99, 0.19, 2), (-119, 0.19, 2), (1000, 0, 2), (59.5, 0.19, 0), (1, 0.055, 4)):
    inside = exact(amount) * exact(rate) / (1 + exact(rate))
    value(f"tax_in({amount}, {rate}, {places})", cents(inside, places))
for amount, rate, places in ((100, 0.19, 2), (0.5, 0.05, 2), (10.05, 0.1, 2), (-100, 0.19, 2), (1000, 0, 2), (2.5, 0.5, 0), (3.35, 0.07, 3), (1.1, 1, 2)):
    value(f"tax_add({amount}, {rate}, {places})", cents(exact(amount) * exact(rate), places))
value("tax_add([100, 200], 0.19, 2)", [19, 38])
value("tax_in([119, 238], 0.19, 2)", [19, 38])
for name in ("tax_in", "tax_add"):
    fault(f"«{name}(100, -0.1, 2)»", "domain-error")
    fault(f"«{name}(100, 0.1, 0.5)»", "domain-error")
    fault(f"«{name}(100, 0.1)»", "wrong-argument-count")
    fault(f"{name}(100, «'0.1'», 2)", "type-mismatch")


def annuity(rate, n, kind):
    """The growth of an amount over n periods, and the worth of n payments of 1."""
    rate, n = mp.mpf(rate), mp.mpf(n)
    growth = (1 + rate) ** n
    series = n if rate == 0 else (1 + rate * kind) * (growth - 1) / rate
    return growth, series


def pmt(rate, n, pv, fv=0, kind=0):
    growth, series = annuity(rate, n, kind)
    return -(pv * growth + fv) / series


def fv(rate, n, pmt, pv=0, kind=0):
    growth, series = annuity(rate, n, kind)
    return -(pv * growth + pmt * series)


def pv(rate, n, pmt, fv=0, kind=0):
    growth, series = annuity(rate, n, kind)
    return -(fv + pmt * series) / growth


t.note("pmt, fv and pv, with the signs of the spreadsheets; the last operand is 1 for the start of a period.")
for function, cases in (
    (pmt, ((0.05, 10, 1000), (0.01, 360, 200000), (0.005, 60, 20000, 5000), (0.01, 12, 1000, 0, 1), (0.25, 2, 144), (1e-9, 10, 1000))),
    (fv, ((0.5, 2, -100), (0.01, 120, -50), (0.05, 10, -100, -1000), (0.05, 10, -100, 0, 1), (0.001, 24, -10, 5))),
    (pv, ((0.25, 2, -100), (0.01, 360, -1000), (0.05, 10, -100, -1000), (0.05, 10, -100, 0, 1), (0.002, 48, 250))),
):
    for case in cases:
        text = ", ".join(str(argument) for argument in case)
        # Eight places tell every formula from every other, and forgive the last bits.
        value(f"round({function.__name__}({text}), 8)", float(mp.nint(function(*case) * 10**8) / 10**8))
value("pmt(0, 10, 1000)", -100)
value("fv(0, 10, -100)", 1000)
value("pv(0, 10, -100)", 1000)
value("fv(0, 0, 5, 7)", -7)
value("round(pmt([0.25, 0.25], 2, [144, 288]), 8)", [-100, -200])
fault("«pmt(0.05, 0, 1000)»", "division-by-zero")
fault("«pmt(-1, 10, 1000)»", "domain-error")
fault("«pmt(0.05, 10, 1000, 0, 2)»", "domain-error")
fault("«pmt(0.05, 10)»", "wrong-argument-count")
fault("pmt(0.05, 10, «'1000'»)", "type-mismatch")
fault("«fv(-2, 10, 100)»", "domain-error")
fault("«fv(10, 400, 100)»", "overflow")
fault("«fv(0.05, 10)»", "wrong-argument-count")
fault("«pv(-1, 10, 100)»", "domain-error")
fault("«pv(0.05, 10, 100, 0, 0.5)»", "domain-error")
fault("pv(0.05, 10, 100, 0, 0, «1»)", "wrong-argument-count")

t.note("npv: the first payment is discounted once.")
for rate, values in ((0.25, [100, 100]), (0.1, [-100, 60, 60]), (0.5, [9]), (-0.5, [1, 1]), (1, [2, 4, 8])):
    worth = sum(mp.mpf(v) / (1 + mp.mpf(rate)) ** (n + 1) for n, v in enumerate(values))
    value(f"round(npv({rate}, {json_text(values)}), 8)", float(mp.nint(worth * 10**8) / 10**8))
value("npv(0, [1, 2, 3])", 6)
fault("«npv(0.1, [])»", "empty-list")
fault("«npv(-1, [1])»", "division-by-zero")
fault("npv(0.1, «5»)", "type-mismatch")
fault("«npv(0.1)»", "wrong-argument-count")

t.note("irr: the rate at which the payments, the first of them now, are worth nothing together.")


def irr(values, low, high):
    def worth(rate):
        return sum(v / (1 + rate) ** n for n, v in enumerate(values))

    return float(mp.nint(mp.findroot(worth, (low, high), solver="anderson") * 10**10) / 10**10)


value("round(irr([-100, 110]), 10)", 0.1)
value("round(irr([-100, 60, 60]), 10)", irr([-100, 60, 60], 0, 1))
value("round(irr([-1000, 300, 420, 680]), 10)", irr([-1000, 300, 420, 680], 0, 1))
value("round(irr([100, -110]), 10)", 0.1)
value("round(irr([-100, 50]), 10)", -0.5)
value("round(irr([-10, 0, 0, 80]), 10)", 1)
value("round(irr([-100, 60, 60], 0.5), 10)", irr([-100, 60, 60], 0, 1))
fault("«irr([1, -1, 1])»", "no-convergence")
fault("«irr([10, -5, 10])»", "no-convergence")
fault("«irr([5, -1, 3], 0.2)»", "no-convergence")
fault("«irr([1, 2, 3])»", "domain-error")
fault("«irr([-1, -2])»", "domain-error")
fault("«irr([])»", "empty-list")
fault("«irr([-1, 2], -1)»", "domain-error")
fault("irr(«['a']»)", "type-mismatch")
value("try(irr([1, -1, 1]), 0)", 0)
