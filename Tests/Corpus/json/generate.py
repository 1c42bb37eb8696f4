#!/usr/bin/env python3
"""JSON texts that RFC 8259 and our stricter rules accept or refuse, for JSONTests.

    generate.py texts > texts.tsv     the texts below
    generate.py COUNT SEED            COUNT random values, written in random ways

The lines are `accept TEXT CANONICAL` and `reject TEXT CODE START END`, separated by tabs; bytes that
are not printable ASCII, and the backslash, stand as \\xNN. CANONICAL is the value written by Python:
compact, names in their order, numbers as repr without .0. The verdicts and places are written by
hand; Python's json, with hooks for what it is too generous about, must agree with every verdict.
"""

import json
import math
import random
import sys

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)


class Refused(Exception):
    pass


def whole(text):
    try:
        number = float(int(text))
    except OverflowError:
        raise Refused("malformed-json")
    if int(number) != int(text):
        raise Refused("inexact-integer")
    return math.copysign(number, -1.0 if text.startswith("-") else 1.0)


def fraction(text):
    number = float(text)
    if math.isinf(number):
        raise Refused("malformed-json")
    return number


def constant(text):
    raise Refused("malformed-json")


def pairs(items):
    names = [name for name, _ in items]
    if len(set(names)) != len(names):
        raise Refused("duplicate-name")
    return dict(items)


def strict(data):
    """What Python makes of a text; raises Refused with the code."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused("malformed-json")
    try:
        value = json.loads(data.decode("utf-8"), parse_int=whole, parse_float=fraction,
                           parse_constant=constant, object_pairs_hook=pairs)
        canonical(value).encode("utf-8")
    except (ValueError, UnicodeError):
        raise Refused("malformed-json")
    return value


def canonical(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, float):
        text = repr(value)
        return text[:-2] if text.endswith(".0") else text
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(element) for element in value) + "]"
    return "{" + ",".join(canonical(name) + ":" + canonical(element)
                          for name, element in value.items()) + "}"


def escaped(data):
    return "".join(chr(byte) if 0x20 <= byte < 0x7F and byte != 0x5C else "\\x%02x" % byte
                   for byte in data)


ACCEPT = [
    # Words and numbers alone.
    b"null", b"true", b"false", b"0", b"-0", b"1", b"-1", b"10", b"123456789", b"0.0", b"-0.0",
    b"0.5", b"1.5", b"-1.5", b"1.0", b"1.50", b"1e0", b"1E0", b"1e1", b"1e+1", b"1e-1", b"1E+10",
    b"1E-10", b"0e0", b"0e+1", b"0E-1", b"-0e5", b"1.5e3", b"1.5E-3", b"123.456e78", b"1e23",
    b"1e22", b"1e308", b"1.7976931348623157e308", b"-1.7976931348623157e308", b"5e-324",
    b"2.2250738585072014e-308", b"1e-400", b"-1e-400", b"123e-10000", b"0e99999999999999999999",
    b"1e-99999999999999999999", b"9007199254740992", b"-9007199254740992", b"9007199254740991",
    b"9007199254740994", b"9007199254740993.0", b"9007199254740993e0", b"100000000000000000000",
    b"10000000000000000000000", b"18446744073709551616", b"9223372036854775808", b"0.1", b"0.2",
    b"0.30000000000000004", b"3.141592653589793", b"2.718281828459045", b"1e16", b"1e15", b"1e-4",
    b"1e-5", b"0.0001", b"0.00001", b"123456789012345680", b"1" + b"0" * 22,
    b"0." + b"0" * 400 + b"1", b"1" * 3 + b"." + b"1" * 900, b"1" + b"0" * 308 + b".5e-308",
    b"10e-0", b"1e00", b"1e+00007", b"1E-00007",
    # Spaces.
    b" 1", b"1 ", b"\t1", b"\n1\n", b"\r\n1\r\n", b" \t\r\n 1 \t\r\n ", b" null ", b" [ ] ",
    b" { } ", b" [ 1 , 2 ] ", b' { "a" : 1 , "b" : 2 } ', b"[\n1\n,\n2\n]", b"[\t]", b"{\r}",
    b'{"a"\n:\n1}', b"\n\n\n[]", b"[]\n\n\n",
    # Strings.
    b'""', b'"a"', b'" "', b'"abc"', b'"\\""', b'"\\\\"', b'"\\/"', b'"/"', b'"\\b"', b'"\\f"',
    b'"\\n"', b'"\\r"', b'"\\t"', b'"\\u0041"', b'"\\u0000"', b'"\\u001f"', b'"\\u007f"',
    b'"\x7f"', b'"\\u00e9"', b'"\xc3\xa9"', b'"e\xcc\x81"', b'"\\u20ac"', b'"\xe2\x82\xac"',
    b'"\\ud83d\\ude00"', b'"\\uD83D\\uDE00"', b'"\xf0\x9f\x98\x80"', b'"\\ud800\\udc00"',
    b'"\\udbff\\udfff"', b'"\xf4\x8f\xbf\xbf"', b'"\xef\xbf\xbd"', b'"\\uffff"', b'"\\ufeff"',
    b'"\xef\xbb\xbf"', b'"\xe2\x80\xa8\xe2\x80\xa9"', b'"\\u2028"', b'"\\u202e"', b'"\xc2\x80"',
    b'"\xdf\xbf"', b'"\xe0\xa0\x80"', b'"\xed\x9f\xbf"', b'"\xee\x80\x80"', b'"\xf0\x90\x80\x80"',
    b'"a\\u0062c"', b'"\\\\u0041"', b'"\\\\\\u0041"', b'"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    b'"\\u00E9\\u00e9"', b'"// no comment"', b'"/* no comment */"', b'"NaN"', b'"[1,2"', b'"}"',
    b'"\'"', b'"' + b"x" * 1000 + b'"', b'"\\u0022"', b'"\\u005c"', b'"\\u005C\\u0022"',
    b'"\xe4\xbd\xa0\xe5\xa5\xbd"', b'"\xd0\x9f\xd1\x80\xd0\xb8"', b'"\\ufdd0"', b'"\\u0085"',
    # Lists.
    b"[]", b"[[]]", b"[[],[]]", b"[1]", b"[1,2]", b"[1,2,3]", b"[true]", b"[true,false]",
    b"[null]", b'["a"]', b'["a","b"]', b'[1,"a",true,null]', b"[1,[2,[3,[4]]]]", b"[[1,2],[3,4]]",
    b"[{}]", b'[{"a":1}]', b'[{"a":1},{"a":2}]', b"[0]", b"[-0]", b"[0,0.0,-0.0]", b"[1e1,1E1]",
    b"[" * 64 + b"]" * 64, b"[" * 63 + b"1" + b"]" * 63, b"[" + b"0," * 500 + b"0]",
    b"[[[[[[[[]]]]],[[[[]]]]]]]", b"[\"\",\"\"]", b"[ [ ] , [ ] ]", b"[1 ]", b"[ 1]", b"[1.5,-2.5]",
    b"[true,1]", b"[null,1]", b"[1,null]",
    # Objects.
    b"{}", b'{"a":1}', b'{"a":1,"b":2}', b'{"b":1,"a":2}', b'{"":0}', b'{"a":{}}', b'{"a":[]}',
    b'{"a":{"a":{"a":1}}}', b'{"a":[{"b":[1]}]}', b'{"a b":1}', b'{"\\u0061":1}', b'{"a":"b"}',
    b'{"\xc3\xa9":1,"e\xcc\x81":2}', b'{"a":1,"A":2}', b'{"a":1,"a ":2}', b'{"1":1}', b'{"null":1}',
    b'{"true":true}', b'{"__proto__":1}', b'{"constructor":1}', b'{"\\"":1}', b'{"\\\\":1}',
    b'{"a/b":1,"a~b":2}', b'{"\\u0000":1}', b'{"\\u0000":1,"\\u0001":2}',
    b'{"x":{"a":1},"y":{"a":1}}', b'[{"a":1,"b":2},{"b":1,"a":2}]',
    b'{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11}',
    b'{"operation":"add","operands":[10,20,30]}',
    b'{"expression":"price * qty","variables":{"price":9.99,"qty":3}}',
    b'{"a":' * 63 + b"{}" + b"}" * 63, b'{"a":[' * 32 + b"]}" * 32,
]

# The place of the mistake stands between @< and >@.
MALFORMED = [
    # Nothing, or only spaces.
    b"@<>@", b" @<>@", b"\n\t @<>@",
    # Byte order marks, other encodings, other white space.
    b"@<\xef\xbb\xbf>@1", b"@<\xef\xbb\xbf>@", b"@<\xff>@\xfe1\x00", b"@<\xfe>@\xff\x001",
    b"@<\x00>@", b"1@<\x00>@", b"@<\x0c>@1", b"@<\x0b>@1", b"@<\xc2\xa0>@1", b"@<\xe2\x80\xa8>@1",
    b"1@<\xc2\x85>@", b"[@<\xe2\x80\x8b>@]", b"@<\x1b>@[0m",
    # Words.
    b"@<nul>@", b"@<nulll>@", b"@<Null>@", b"@<NULL>@", b"@<True>@", b"@<TRUE>@", b"@<tru>@",
    b"@<truefalse>@", b"@<False>@", b"@<None>@", b"@<undefined>@", b"@<nan>@", b"@<NaN>@",
    b"@<Infinity>@", b"-@<I>@nfinity", b"@<inf>@", b"@<a>@", b"@<true1>@", b"@<true_>@",
    b"true@<->@", b"[@<t>@]", b"[@<nul>@]", b"@<n>@", b"@<f>@", b"@<_>@",
    # Numbers.
    b"@<01>@", b"@<-01>@", b"@<00>@", b"@<-00>@", b"@<007>@", b"@<+>@1", b"@<.>@5", b"-@<.>@5", b"1.@<>@",
    b"[1.@<]>@", b"1.@<e>@1", b"1e@<>@", b"1e+@<>@", b"1e-@<>@", b"[1e@<]>@", b"[1e+@<]>@", b"-@<>@",
    b"[-@<]>@", b"-@<->@1", b"@<0x1F>@", b"@<0b1>@", b"@<0o7>@", b"@<1_000>@", b"@<1a>@", b"@<1.5.2>@",
    b"@<1e5.5>@", b"@<1e5e5>@", b"1@<,>@000", b"@<1f>@", b"@<1n>@", b"@<1L>@", b"1 @<2>@", b"-@< >@1",
    b"@<1e309>@", b"@<-1e309>@", b"@<1e400>@", b"@<1.8e308>@", b"@<1e99999999999999999999>@",
    b"[@<1.7976931348623159e308>@]", b"@<" + b"9" * 400 + b">@", b"@<\xef\xbc\x91>@", b"@<\xc2\xbd>@",
    b"1@<\xd9\xa1>@", b"@<$>@1", b"1@<%>@", b"@<(>@1)", b"1@<+>@1",
    # Strings.
    b'@<">@', b'@<"a>@', b'@<"a\\">@', b'[@<"a]>@', b"@<'>@a'", b"[@<'>@a']",
    b'"@<\n>@"', b'"a@<\t>@b"', b'"@<\x00>@"', b'"@<\x1f>@"', b'"@<\r>@\n"', b'"@<\x1b>@[2J"',
    b'"@<\\a>@"', b'"@<\\x>@41"', b'"@<\\\'>@"', b'"@<\\0>@"', b'"@<\\v>@"', b'"@<\\U>@0041"',
    b'"@<\\u>@"', b'"@<\\u0>@"', b'"@<\\u00>@"', b'"@<\\u004>@"', b'"@<\\u004>@g"', b'"@<\\u>@{41}"',
    b'"@<\\u>@+041"', b'"@<\\u>@ 041"', b'"@<\\\n>@"', b'"@<\\\xc3\xa9>@"', b'"@<\\ >@"',
    b'"@<\\ud800>@"', b'"@<\\uD800>@x"', b'"@<\\udc00>@"', b'"@<\\udfff>@"', b'"@<\\ud800>@\\n"',
    b'"@<\\ud800>@\\ud800"', b'"@<\\ud800>@\\u0041"', b'"@<\\udbff>@\\ue000"', b'"@<\\udc00>@\\ud800"',
    b'"a@<\\ud83d>@b"', b'"\\ud83d@<\\ude0>@"', b'{"@<\\ud800>@":1}', b'"\\ud83d\\ude00@<\\ude00>@"',
    b'"@<\x80>@"', b'"@<\xbf>@"', b'"@<\xc0>@\x80"', b'"@<\xc1>@\xbf"', b'"@<\xc3>@"', b'"@<\xc3>@("',
    b'"@<\xe0>@\x80\x80"', b'"@<\xe0>@\x9f\xbf"', b'"@<\xe2>@\x82"', b'"@<\xed>@\xa0\x80"',
    b'"@<\xed>@\xbf\xbf"', b'"@<\xf0>@\x80\x80\x80"', b'"@<\xf0>@\x9f\x98"', b'"@<\xf4>@\x90\x80\x80"',
    b'"@<\xf5>@\x80\x80\x80"', b'"@<\xff>@"', b'"@<\xfe>@"', b'"abc@<\xff>@def"', b'"\xc3\xa9@<\xe9>@"',
    b'{"@<\xff>@":1}', b'"@<\xf8>@\x88\x80\x80\x80"', b'"a@<\xc3>@',
    # Lists.
    b"[@<>@", b"@<]>@", b"[1@<>@", b"[1,@<>@", b"[1@<,>@]", b"[@<,>@]", b"[@<,>@1]", b"[1,@<,>@2]",
    b"[1 @<2>@]", b"[1@<}>@", b"[1@<:>@2]", b"[1@<;>@2]", b"[]@<]>@", b"[]@<[>@]", b"[[]@<>@",
    b"[1]@<,>@", b"[1] @<2>@", b"[@<}>@", b"[@<(>@1)]", b"[1@<)>@", b"[@<*>@]", b"[\"a\"@<\">@b\"]",
    b"[true @<f>@alse]", b"[1,2@<>@", b"[" * 64 + b"@<>@", b"[@<a>@]", b"[@<:>@]",
    b"[@</>@**/]", b"[1@</>@/x\n]", b"@<#>@ x\n1", b"@</>@/ x\n1", b"@</>@* x */ 1", b"1 @</>@/ x",
    b"1 @<#>@", b"[1@<,>@ ]", b"[1@<,>@\n]", b"[1,@<\x00>@]", b"@<,>@", b"@<:>@", b"@<}>@", b"@<*>@",
    # Objects.
    b"{@<>@", b'{"a"@<>@', b'{"a":@<>@', b'{"a":1@<>@', b'{"a":1,@<>@', b'{"a":1@<,>@}', b"{@<,>@}",
    b'{@<a>@:1}', b"{@<1>@:1}", b"{@<'>@a':1}", b"{@<n>@ull:1}", b"{@<[>@]:1}",
    b'{"a"@<}>@', b'{"a"@<,>@1}', b'{"a"@<=>@1}', b'{"a" @<1>@}', b'{"a":@<}>@', b'{"a":@<,>@}',
    b'{"a":1 @<">@b":2}', b'{"a":1@<]>@', b'{"a":1@<;>@"b":2}', b'{"a":@<:>@1}', b'{"a":1@<:>@2}',
    b"{@<{>@}}", b"{}@<}>@", b'{"a":1}@<{>@"b":2}', b'{"a":1,@<,>@"b":2}', b'{"a":1,@<2>@}',
    b'{"a":1,"b"@<}>@', b'{"a":1 @</>@* x */}', b"{@</>@/ x\n}", b'{"a":1@<,>@ }', b'{@<">@',
    b'{@<"a>@', b'{"a":@<x>@}', b'{"a":@<undefined>@}', b'{"a":[1@<}>@', b'[{"a":1@<]>@', b'{"a":1}@<,>@',
    b"@<abc>@", b"@<hello>@ world", b"@<<>@p>", b"@<(>@", b"@<=>@1+1",
]

INEXACT = [
    b"@<9007199254740993>@", b"@<-9007199254740993>@", b"[@<9007199254740995>@]",
    b'{"id":@<1234567890123456789>@}', b"@<9223372036854775807>@", b"@<18446744073709551615>@",
    b"@<99999999999999999999>@", b"@<100000000000000000000000>@", b"@<" + b"1" * 300 + b">@",
    b"[1,@<9007199254740993>@,x", b"@<12345678901234567890123>@",
]

DUPLICATE = [
    b'{"a":1,@<"a">@:1}', b'{"a":1,"b":2,@<"a">@:3}', b'{"a":1,@<"\\u0061">@:1}',
    b'{"":1,@<"">@:2}', b'{"a":{"b":1,@<"b">@:2}}', b'[{"x":1,@<"x">@:2}]',
    b'{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,@<"a">@:11}',
    b'{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,@<"j">@:11}',
    b'{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,@<"g">@:8}',
    b'{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,@<"h">@:9}',
    b'{"\xc3\xa9":1,@<"\\u00e9">@:2}', b'{"\\ud83d\\ude00":1,@<"\xf0\x9f\x98\x80">@:2}',
    b'{"\\/":1,@<"/">@:2}', b'{"a":1,@<"a">@:x}',
]


def texts():
    for data in ACCEPT:
        print("accept", escaped(data), escaped(canonical(strict(data)).encode("utf-8")), sep="\t")
    for code, marked_texts in (("malformed-json", MALFORMED), ("inexact-integer", INEXACT),
                               ("duplicate-name", DUPLICATE)):
        for marked in marked_texts:
            before, rest = marked.split(b"@<", 1)
            inside, after = rest.split(b">@", 1)
            data = before + inside + after
            try:
                strict(data)
                sys.exit("Python accepts %r" % data)
            except Refused as refused:
                # Where a text has two mistakes, Python may meet the other one first.
                if str(refused) != code and b"x" not in data[-2:]:
                    sys.exit("Python says %s of %r" % (refused, data))
            print("reject", escaped(data), code, len(before), len(before) + len(inside), sep="\t")


def random_value(chosen, depth):
    kind = chosen.randrange(9 if depth < 6 else 6)
    if kind < 3:
        return random_number(chosen)
    if kind == 3:
        return random_text(chosen)
    if kind < 6:
        return chosen.choice((None, True, False))
    if kind == 6:
        return [random_number(chosen) for _ in range(chosen.randrange(6))]
    if kind == 7:
        return [random_value(chosen, depth + 1) for _ in range(chosen.randrange(6))]
    return {random_text(chosen): random_value(chosen, depth + 1)
            for _ in range(chosen.randrange(12))}


def random_number(chosen):
    style = chosen.randrange(4)
    if style == 0:
        return float(chosen.randrange(-1000, 1000))
    if style == 1:
        return chosen.randrange(-10 ** 9, 10 ** 9) / 10 ** chosen.randrange(10)
    if style == 2:
        return float(chosen.getrandbits(53) * chosen.choice((1, -1)))
    return chosen.uniform(-1, 1) * 10.0 ** chosen.randrange(-300, 300)


def random_text(chosen):
    alphabets = ("abcdefgh", "\"\\/\b\f\n\r\t\x00\x1f\x7f", "\u00e9\u0301\u4f60\u2028\ufeff",
                 "\U0001F600\U0010FFFF\ue000\ud7ff")
    return "".join(chosen.choice(chosen.choice(alphabets)) for _ in range(chosen.randrange(8)))


def random_writing(chosen, value):
    """The value as JSON, with spaces and escapes chosen at random."""
    def space():
        return "".join(chosen.choice(" \t\r\n") for _ in range(chosen.choice((0, 0, 0, 1, 2))))

    def text(characters):
        result = ""
        for character in characters:
            style = chosen.randrange(4)
            if style == 0 or ord(character) < 0x20 or character in "\"\\":
                units = character.encode("utf-16-be")
                result += "".join("\\u%02x%02x" % (units[at], units[at + 1])
                                  for at in range(0, len(units), 2))
            else:
                result += character
        return '"' + result + '"'

    if isinstance(value, float):
        forms = [repr(value), format(value, ".16e"), format(value, ".17E")]
        if value == int(value) and abs(value) < 1e15:
            forms.append(("-" if math.copysign(1, value) < 0 else "") + "%d" % abs(value))
        body = chosen.choice(forms)
    elif isinstance(value, str):
        body = text(value)
    elif isinstance(value, list):
        body = "[" + space() + (",").join(random_writing(chosen, v) for v in value) + "]"
    elif isinstance(value, dict):
        body = "{" + space() + ",".join(
            space() + text(name) + space() + ":" + random_writing(chosen, v)
            for name, v in value.items()) + "}"
    else:
        body = canonical(value)
    return space() + body + space()


def generated(count, seed):
    chosen = random.Random(seed)
    for _ in range(count):
        value = random_value(chosen, 0)
        data = random_writing(chosen, value).encode("utf-8")
        read = strict(data)
        assert canonical(read) == canonical(value), data
        print("accept", escaped(data), escaped(canonical(read).encode("utf-8")), sep="\t")


if sys.argv[1] == "texts":
    texts()
else:
    generated(int(sys.argv[1]), int(sys.argv[2]))
