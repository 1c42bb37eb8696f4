"""From one kind of value to another; nothing converts by itself."""

import json

from decimal import ROUND_HALF_UP, Decimal

from corpus import Topic, json_text, number_text

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault

t.note("number reads a numeral of the language, with a sign.")
for text in ("12.5", "-12.5", "0", "1e3", ".5", "1_000", "-0", "+7", "1e-5", "9007199254740992", "123456789012345680000.0"):
    value(f"number('{text}')", float(text))
for text in ("0x1F", "0b101", "0o17", "-0x10"):
    value(f"number('{text}')", int(text, 0))
value("number(['1', '1e3'])", [1, 1000])
value("number('2') + number('3')", 5)
for text in ("abc", "", " 5", "5 ", "5.", "010", "1,000", "1e", "1__0", "Infinity", "nan", "NaN", "inf", "1 2", "--5", "0x", "٣",
             "true", "1/2", "- 5", "5%"):
    fault(f"«number('{text}')»", "invalid-number")
fault("«number('1e400')»", "overflow")
fault("«number('-1e400')»", "overflow")
fault("«number(['1', 'x'])»", "invalid-number")
fault("number(«5»)", "type-mismatch")
fault("number(«null»)", "null-value")
fault("«number()»", "wrong-argument-count")
fault("1 + «number(s)»", "invalid-number", {"s": "one"})

t.note("string: a string as it is, anything else as its JSON text.")
for number in (2.5, 5, -0.0, 1e16, 1e-5, 0.1, 123456.789, 1e300):
    value(f"string({number})", number_text(number))
value("string('a')", "a")
value("string('')", "")
value("string(true)", "true")
value("string(null)", "null")
value("string([1, 2])", "[1,2]")
value("string(['a', 'b'])", '["a","b"]')
value("string({a: 1, b: [true]})", '{"a":1,"b":[true]}')
value("string(0.1 + 0.2)", number_text(0.1 + 0.2))
value("string(1 / 3)", number_text(1 / 3))
value("'n = ' + string(3)", "n = 3")
fault("«string()»", "wrong-argument-count")
fault("string(1, «2»)", "wrong-argument-count")
fault("string(1 «/» 0)", "division-by-zero")

t.note("bool reads 'true' or 'false'.")
value("bool('true')", True)
value("bool('false')", False)
value("bool(['true', 'false'])", [True, False])
value("bool('tr' + 'ue')", True)
value("not bool('false')", True)
for text in ("yes", "True", "", "1", " true"):
    fault(f"«bool('{text}')»", "domain-error")
fault("bool(«1»)", "type-mismatch")
fault("bool(«true»)", "type-mismatch")
fault("bool(«null»)", "null-value")

t.note("json: the JSON text, keys in their order.")
for text, data in (("'a'", "a"), ("1", 1), ("[1, null]", [1, None]), ("[true]", [True]), ("{b: 1, a: 'x'}", {"b": 1, "a": "x"}), ("null", None),
                   ("[]", []), ("{}", {}), ("'é\"\\\\'", 'é"\\'), ("'\\n'", "\n"), ("[{a: [1.5]}]", [{"a": [1.5]}])):
    value(f"json({text})", json.dumps(data, ensure_ascii=False, separators=(",", ":")))
fault("«json()»", "wrong-argument-count")
fault("json(1, «2»)", "wrong-argument-count")

t.note("type_of, as messages write it.")
for text, kind in (("1", "number"), ("'a'", "string"), ("true", "bool"), ("null", "null"), ("[1]", "[number]"), ("[]", "[never]"),
                   ("[[1], []]", "[[number]]"), ("{a: 1}", "{a: number}"), ("{b: 1, a: 'x'}", "{a: string, b: number}"),
                   ("[1, null]", "[number?]"), ("[{a: 'x'}]", "[{a: string}]"), ("[{a: 1}, {}]", "[{a: number?}]"), ("{}", "{}"), ("1 < 2", "bool")):
    value(f"type_of({text})", kind)
fault("«type_of()»", "wrong-argument-count")
fault("type_of(1, «2»)", "wrong-argument-count")

t.note("format(x, places, group): halves away from zero, a mark between thousands.")


def formatted(number, places=2, group=","):
    rounded = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".replace(",", group)
    return ("-" if rounded < 0 else "") + text


for arguments in ((1234567.891,), (2.5, 0), (1234, 1, " "), (-0.001, 1), (-1234.5,), (0,), (999.995,), (1e15, 0), (0.125, 2), (-2.5, 0),
                  (1234567, 0, ""), (12, 3), (123456.7, 1, "'"), (2.675, 2), (100, 0), (1000, 0)):
    text = ", ".join(json_text(argument) if isinstance(argument, str) else str(argument) for argument in arguments)
    value(f"format({text})", formatted(*arguments))
value("format([1234, -0.001], 1, ' ')", [formatted(1234, 1, " "), formatted(-0.001, 1, " ")])
fault("«format(1, -1)»", "domain-error")
fault("«format(1, 0.5)»", "domain-error")
fault("«format(1, 101)»", "domain-error")
fault("format(«'1'»)", "type-mismatch")
fault("format(1, 2, «3»)", "type-mismatch")
fault("«format()»", "wrong-argument-count")
