"""Functions of strings: positions count Unicode scalars."""

import fnmatch

from corpus import Topic

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


t.note("upper and lower, after Unicode's default mapping.")
for text in ("abc", "Straße", "éà", "ǆ", "", "MiXed 1", "ﬁ", "日本"):
    value(f"upper({quoted(text)})", text.upper())
for text in ("ABC", "ÄB", "ÉÀ", "", "MiXed 1", "İ", "日本"):
    value(f"lower({quoted(text)})", text.lower())
value("upper(['a', 'b'])", ["A", "B"])
value("lower([['A'], ['B', 'C']])", [["a"], ["b", "c"]])
for name in ("upper", "lower", "trim"):
    fault(f"{name}(«5»)", "type-mismatch")
    fault(f"{name}(«null»)", "null-value")
    fault(f"«{name}()»", "wrong-argument-count")

t.note("trim: all white space of Unicode, at the ends only.")
for text in ("  a b ", "a", "", "   ", "\u00a0x\u3000", "\u2003x\u2003y\u2003"):
    value(f"trim({quoted(text)})", text.strip())
value("trim('\\t\\n x \\r\\n')", "x")
value("trim([' x', 'y '])", ["x", "y"])

t.note("replace: every occurrence, from the left, none inside another.")
for text, part, other in (("a-b-c", "-", "+"), ("aaa", "aa", "b"), ("abc", "x", "y"), ("abab", "ab", ""), ("éé", "é", "e"),
                          ("abc", "abc", "x"), ("a.b", ".", "--"), ("", "a", "b")):
    value(f"replace({quoted(text)}, {quoted(part)}, {quoted(other)})", text.replace(part, other))
value("replace(['a-b', 'c'], '-', '')", ["ab", "c"])
fault("«replace('abc', '', 'x')»", "domain-error")
fault("replace('abc', 'a', «1»)", "type-mismatch")
fault("«replace('abc', 'a')»", "wrong-argument-count")

t.note("split and join")
for text, separator in (("a,b,,c", ","), ("", ","), ("abc", ","), ("a--b", "--"), (",", ","), ("aXbXc", "X"), ("日、本", "、")):
    value(f"split({quoted(text)}, {quoted(separator)})", text.split(separator))
fault("«split('abc', '')»", "domain-error")
fault("split(«5», ',')", "type-mismatch")
fault("split(«['a,b']», ',')", "type-mismatch")
fault("«split('a')»", "wrong-argument-count")
for parts, separator in ((["a", "b"], ", "), ([], ","), (["a"], "-"), (["a", "", "b"], ""), (["x", "y", "z"], "é")):
    text = "[" + ", ".join(quoted(part) for part in parts) + "]"
    value(f"join({text}, {quoted(separator)})", separator.join(parts))
value("join(split('a b c', ' '), '_')", "a_b_c")
fault("join(«[1, 2]», ',')", "type-mismatch")
fault("join(«'abc'», ',')", "type-mismatch")
fault("join(['a'], «1»)", "type-mismatch")

t.note("substr(text, start, count)")
for text, start, count in (("abcdef", 2, 3), ("abcdef", 0, 2), ("abcdef", 4, 9), ("abcdef", 9, 2), ("Zoë!", 2, 1), ("😀b", 1, 1),
                           ("abc", 0, 0)):
    value(f"substr({quoted(text)}, {start}, {count})", text[start : start + count])
value("substr('abcdef', -2)", "abcdef"[-2:])
value("substr('abcdef', 2)", "cdef")
value("substr('abcdef', -4, 2)", "cd")
value("substr('abc', -9, 2)", "ab")
value("substr(['abc', 'de'], 1)", ["bc", "e"])
value("substr('e\\u0301x', 1, 1)", "\u0301")
fault("«substr('abc', 0.5)»", "domain-error")
fault("«substr('abc', 0, -1)»", "domain-error")
fault("«substr('abc', 0, 1.5)»", "domain-error")
fault("substr(«5», 1)", "type-mismatch")
fault("«substr('abc')»", "wrong-argument-count")

t.note("starts_with, ends_with, includes: byte for byte.")
for text, part in (("abc", "ab"), ("abc", "bc"), ("abc", "b"), ("abc", ""), ("", "a"), ("abc", "abc"), ("abc", "ABC"), ("é", "e")):
    value(f"starts_with({quoted(text)}, {quoted(part)})", text.startswith(part))
    value(f"ends_with({quoted(text)}, {quoted(part)})", text.endswith(part))
    value(f"includes({quoted(text)}, {quoted(part)})", part in text)
value("starts_with('é', 'e\\u0301')", False)
value("includes(['abc', 'xyz'], 'b')", [True, False])
value("ends_with(['a.csv', 'b.txt'], '.csv')", [True, False])
for name in ("starts_with", "ends_with", "includes"):
    fault(f"{name}(«5», 'a')", "type-mismatch")
    fault(f"{name}('a', «null»)", "null-value")
    fault(f"«{name}('a')»", "wrong-argument-count")

t.note("index: the position of the first occurrence, or null.")
for text, part in (("Zoë!", "!"), ("abc", "c"), ("abcabc", "bc"), ("abc", ""), ("日本語", "語"), ("aaab", "aab")):
    value(f"index({quoted(text)}, {quoted(part)})", text.index(part))
value("index('abc', 'x')", None)
value("index('abc', 'x') ?? -1", -1)
value("index(['ab', 'b'], 'b')", [1, 0])
value("index(['ab', 'c'], 'b')", [1, None])
fault("«index('abc', 'a')» + 1", "null-value")
fault("index(«5», 'a')", "type-mismatch")
fault("index('a', «1»)", "type-mismatch")
fault("«index('abc')»", "wrong-argument-count")

t.note("pad_left and pad_right")
for text, width, fill in (("7", 3, "0"), ("abc", 2, " "), ("abc", 3, " "), ("", 2, "x"), ("é", 3, "ö"), ("a", 0, "x")):
    value(f"pad_left({quoted(text)}, {width}, {quoted(fill)})", text.rjust(width, fill))
    value(f"pad_right({quoted(text)}, {width}, {quoted(fill)})", text.ljust(width, fill))
value("pad_left('a', 3)", "  a")
value("pad_right('a', 3)", "a  ")
value("pad_left(['1', '22'], 3, '0')", ["001", "022"])
for name in ("pad_left", "pad_right"):
    fault(f"«{name}('a', 3, '')»", "domain-error")
    fault(f"«{name}('a', 3, 'xy')»", "domain-error")
    fault(f"«{name}('a', -1)»", "domain-error")
    fault(f"«{name}('a', 2.5)»", "domain-error")
    fault(f"{name}('a', «'3'»)", "type-mismatch")

t.note("like: * for any scalars, ? for one, the whole string.")
for text, pattern in (("report.csv", "*.csv"), ("report.csv", "report*"), ("ab", "a?b"), ("acb", "a?b"), ("", "*"), ("", "?"), ("abc", "abc"),
                      ("abc", "ABC"), ("aXbXc", "a*b*c"), ("abc", "*"), ("abc", "b"), ("aab", "*ab"), ("é", "?"), ("a", "**"),
                      ("mississippi", "m*iss*pi"), ("mississippi", "m*issx*"), ("ab", "?*?"), ("a", "?*?"), ("a.b", "a.b"), ("axb", "a.b")):
    value(f"like({quoted(text)}, {quoted(pattern)})", fnmatch.fnmatchcase(text, pattern))
value("like('[a]', '[a]')", True)
value("like('a', '[a]')", False)
value("like(['a.csv', 'b.txt'], '*.csv')", [True, False])
fault("like(«5», '*')", "type-mismatch")
fault("like('a', «null»)", "null-value")
fault("«like('a')»", "wrong-argument-count")
