"""Numerals: decimal, 0x, 0b, 0o, underscores, exponents, and what is refused."""

from corpus import Topic

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault

t.note("Decimal.")
for text in (
    "0", "7", "123", "1.5", "0.1", ".5", ".25e1", "1e3", "1E3", "1e+3", "1e-3", "1.5e2", "0.0",
    "0e5", "0.5e-3", "123456789.987654321", "3.141592653589793", "2.718281828459045",
    "9007199254740992", "9007199254740991", "4503599627370497.5", "0.30000000000000004",
    "1e22", "1e23", "8.41e21", "9.5e-7", "1e-5", "1e-7", "123e-20", "1e100", "1e308",
    "2.2250738585072011e-308", "4.9e-324", "2e-324", "3e-324", "1e-400", "1e-999999999",
    "179769313486231570000000000000000000000.0", "0.000001", "12345678901234567.0",
    "9007199254740993.0", "9007199254740993e0", "0.1000000000000000055511151231257827",
    "1.00000000000000011102230246251565", "1.7976931348623158e308",
):
    value(text, float(text))

t.note("Large whole numbers that binary64 holds exactly.")
for text in ("18014398509481984", "9007199254740994", "100000000000000000000",
             "10000000000000000000000", "1267650600228229401496703205376"):
    assert int(text) == int(float(text))
    value(text, float(text))

t.note("Underscores between digits.")
for text in ("1_000", "1_000_000.25", "0.000_1", "1_0e1_0", "12_34_56"):
    value(text, float(text))

t.note("Other bases.")
for text in ("0x1F", "0xff", "0xDEAD_BEEF", "0x0", "0x1fffffffffffff", "0x20000000000000",
             "0b101", "0b1111_0000", "0b0", "0o17", "0o777", "0o7_7", "0x10"):
    value(text, int(text, 0))
value("0xFF + 0b11 + 0o7", 0xFF + 0b11 + 0o7)
value("-0x10", -16)
value("0x1e3", 0x1E3)
value("0b11 * 2", 6)

t.note("Numerals beside other things.")
value("1.5 == 1.50", True)
value("[1,.5,2]", [1, 0.5, 2])
value("-.5", -0.5)
value("3 - .5", 2.5)
value("x*.5", 2, {"x": 4})
value("[.5][0]", 0.5)
value("[1.5,2.5][1]", 2.5)
value("1e3 + 1", 1001)
value("2e2", 200)
value("0.1e1", 1)
value("x.e1", 7, {"x": {"e1": 7}})
value("true?.5:1", 0.5)

t.note("Refused: a numeral that could mean two things, or nothing.")
fault("«5.»", "invalid-literal")
fault("«5.» + 1", "invalid-literal")
fault("1 + «5.»", "invalid-literal")
fault("«010»", "invalid-literal")
fault("«007.5»", "invalid-literal")
fault("«00»", "invalid-literal")
fault("«1__000»", "invalid-literal")
fault("«1_»", "invalid-literal")
fault("«1_.5»", "invalid-literal")
fault("«1._5»", "invalid-literal")
fault("«1e»", "invalid-literal")
fault("«1e» + 1", "invalid-literal")
fault("«0x»", "invalid-literal")
fault("«0b»", "invalid-literal")
fault("«0o»", "invalid-literal")
fault("«0b102»", "invalid-literal")
fault("«0o18»", "invalid-literal")
fault("«0x1G»", "invalid-literal")
fault("«0x_1»", "invalid-literal")
fault("«0X1F»", "invalid-literal")
fault("«1.2.3»", "invalid-literal")
fault("2 * «1__0» + 3", "invalid-literal")

t.note("Refused: too large.")
fault("«1e400»", "invalid-literal")
fault("1 + «1e309»", "invalid-literal")
fault("-«1.8e308»", "invalid-literal")
fault("«1" + "0" * 309 + "»", "invalid-literal")
fault("«1.7976931348623159e308»", "invalid-literal")

t.note("Refused: a whole number that binary64 does not hold.")
fault("«9007199254740993»", "inexact-integer")
fault("«9_007_199_254_740_993»", "inexact-integer")
fault("1 + «12345678901234567891»", "inexact-integer")
fault("-«9007199254740993»", "inexact-integer")
fault("«0x20000000000001»", "inexact-integer")
fault("«0b100000000000000000000000000000000000000000000000000001»", "inexact-integer")
fault("«0o400000000000000001»", "inexact-integer")
fault("«100000000000000000000001»", "inexact-integer")
fault("«1" + "0" * 23 + "»", "inexact-integer")
value("1e23 == 1e23", True)

t.note("Refused: no operator between a numeral and what follows.")
fault("2«x»", "syntax-error", {"x": 1})
fault("2«(»3)", "syntax-error")
fault("1 «2»", "syntax-error")
fault("1«,»234", "syntax-error")
