"""The limits of a text and of its evaluation; nothing catches them."""

from corpus import Topic

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault

t.note("Lists have at most 100,000 elements.")
value("len(range(100000))", 100000)
fault("sum(«range(100001)»)", "limit-exceeded")
fault("«range(1e9)»", "limit-exceeded")
fault("«range(1e300)»", "limit-exceeded")
fault("«repeat(1, 100001)»", "limit-exceeded")
fault("«linspace(0, 1, 100001)»", "limit-exceeded")
fault("let a = range(100000); a «++» [1]", "limit-exceeded")
fault("«split_amount(1, 1e6)»", "limit-exceeded")
fault("let a = range(60000); «concat(a, a)»", "limit-exceeded")

t.note("Strings have at most 1 MiB.")
fault("«pad_left('', 1048577)»", "limit-exceeded")
fault("let s = pad_right('', 1048576); s «+» 'a'", "limit-exceeded")
value("len(pad_left('', 1048576))", 1048576)
fault("«join(repeat(pad_left('', 1000), 1100), '')»", "limit-exceeded")
fault("let s = pad_left('', 600000); «replace(s, ' ', 'ab')»", "limit-exceeded")

t.note("Fuel, 1,000,000 units: the place is the whole text.")
FUEL = "sum(map(range(1000), n -> sum(map(range(1000), it + n))))"
fault(f"«{FUEL}»", "limit-exceeded")
fault("«map(range(1000), a -> sum(range(1000), b -> a * b))»", "limit-exceeded")
fault("«try(sum(map(range(100000), len(range(10)))), 0)»", "limit-exceeded")

t.note("Nesting, 128 levels: the place is the bracket or operator that is one too deep.")
value("(" * 127 + "1" + ")" * 127, 1)
value("-" * 127 + "1", -1)
value("len(" + "[" * 63 + "]" * 63 + ")", 1)
fault("(" * 128 + "«(»" + "1" + ")" * 129, "limit-exceeded")
fault("-" * 128 + "«-»1", "limit-exceeded")
fault("(" * 128 + "«(»" + "(" * 300 + "1" + ")" * 429, "limit-exceeded")

t.note("A call has at most 255 operands, a name 255 bytes.")
value("max(" + ", ".join(str(n) for n in range(255)) + ")", 254)
fault("max(" + ", ".join(str(n) for n in range(255)) + ", «255»)", "limit-exceeded")
value("n" * 255, 5, {"n" * 255: 5})
fault("«" + "n" * 256 + "»", "limit-exceeded")
