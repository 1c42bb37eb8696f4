"""String literals, their escapes, and + on strings."""

import json

from corpus import Topic

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault

t.note("Both kinds of quotes.")
value("'abc'", "abc")
value('"abc"', "abc")
value("''", "")
value('""', "")
value("'say \"hi\"'", 'say "hi"')
value('"it\'s"', "it's")
value("'# no comment'", "# no comment")
value("'/* no comment */'", "/* no comment */")
value("'a; b'", "a; b")
value("'  spaces  '", "  spaces  ")

t.note("The escapes of JSON, read by Python's json.")
for body in ("a\\nb", "a\\tb", "\\\\", "\\/", "\\b\\f\\r", "\\u00e9", "\\u00E9", "\\u20ac", "\\ud83d\\ude00",
             "\\uD83D\\uDE00x", "\\u0041\\u0042", "\\u0000", "\\\"", "tab\\there", "\\\\n"):
    value(f'"{body}"', json.loads(f'"{body}"'))
value("'it\\'s'", "it's")
value("\"it\\'s\"", "it's")
value("'\\\"'", '"')

t.note("Text that is not ASCII stands as it is.")
value("'é'", "é")
value("'日本語'", "日本語")
value("'😀'", "😀")
value("'e\u0301'", "e\u0301")
value("'👨‍👩‍👧'", "👨‍👩‍👧")

t.note("+ joins strings.")
value("'a' + 'b'", "ab")
value("'a' + 'b' + 'c'", "abc")
value("'' + ''", "")
value("'é' + '😀'", "é😀")
value("'total: ' + string(5)", "total: 5")
value("first + ' ' + last", "Ada Lovelace", {"first": "Ada", "last": "Lovelace"})
value("['a', 'b'] + 'x'", ["ax", "bx"])
value("'x' + ['a', 'b']", ["xa", "xb"])
value("['a', 'b'] + ['c', 'd']", ["ac", "bd"])
value("'e' + '\\u0301'", "e\u0301")
fault("'1' «+» 2", "type-mismatch")
fault("1 «+» '2'", "type-mismatch")
fault("'a' «+» true", "type-mismatch")
fault("'a' «-» 'a'", "type-mismatch")
fault("'ab' «*» 2", "type-mismatch")
fault("«-»'a'", "type-mismatch")
fault("'a' + «null»", "null-value")
fault("'a' «++» 'b'", "type-mismatch")
fault("'a' «in» 'abc'", "type-mismatch")
fault("«'abc'»[0]", "type-mismatch")
fault("«'abc'»[0:1]", "type-mismatch")
fault("['a', 'b'] «+» ['c']", "length-mismatch")

t.note("Refused: escapes that are none, halves of a pair, no end.")
fault("'a«\\q»b'", "syntax-error")
fault("\"«\\x»41\"", "syntax-error")
fault("'«\\ud83d»'", "syntax-error")
fault("'«\\ude00»x'", "syntax-error")
fault("'«\\ud83d»\\u0041'", "syntax-error")
fault("'«\\u12»'", "syntax-error")
fault("'abc«»", "incomplete")
fault('"abc«»', "incomplete")
fault("1 + 'abc«»", "incomplete")
fault("'a' + \"b«»", "incomplete")

t.note("Places count bytes of UTF-8.")
fault("'é' «-» 1", "type-mismatch")
fault("'日本語' «*» 2", "type-mismatch")
fault("'😀' + «nothing»", "unknown-name")
fault("len('é') «/» 0", "division-by-zero")
fault("`é` «/» 0", "division-by-zero", {"é": 1})
