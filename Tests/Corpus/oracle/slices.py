"""Slices: they clamp, count from the end with a minus, and take whole numbers only."""

from corpus import Topic

t = Topic(__name__, __doc__)
value, fault = t.value, t.fault
XS = [10, 20, 30, 40]

t.note("Every pair of bounds, as Python slices.")
for start in ("", "0", "1", "3", "4", "9", "-1", "-2", "-9"):
    for end in ("", "0", "2", "4", "9", "-1", "-3"):
        if start in ("3", "9", "-9") and end in ("0", "9", "-3"):
            continue
        value(f"xs[{start}:{end}]", eval(f"XS[{start}:{end}]"), {"xs": XS})

t.note("Of other lists.")
value("[][:]", [])
value("[][0:3]", [])
value("['a', 'b', 'c'][1:]", ["b", "c"])
value("[[1, 2], [3], [4]][1:]", [[3], [4]])
value("[1, 2, 3][1:][0]", 2)
value("[1, 2, 3][1:][:1]", [2])
value("[{a: 1}, {a: 2}][1:].a", [2])
value("[1, null, 3][1:]", [None, 3])
value("[1, 2, 3][0 + 1 : 1 + 1]", [2])
value("xs[i:i + 2]", [20, 30], {"xs": XS, "i": 1})
value("xs[len(xs) - 1:]", [40], {"xs": XS})
value("xs[1e300:]", [], {"xs": XS})
value("xs[-1e300:]", XS, {"xs": XS})
value("xs[:1e300]", XS, {"xs": XS})
value("xs[-0:]", XS, {"xs": XS})

t.note("Inside [ ] a ?: takes its colon first.")
value("xs[c ? 1 : 2]", 20, {"xs": XS, "c": True})
value("xs[c ? 1 : 2]", 30, {"xs": XS, "c": False})
value("xs[c ? 1 : 2:]", [30, 40], {"xs": XS, "c": False})
value("xs[c ? 0 : 1 : 3]", [10, 20, 30], {"xs": XS, "c": True})
value("xs[1:c ? 2 : 3]", [20, 30], {"xs": XS, "c": False})
value("xs[:c ? 2 : 3]", [10, 20], {"xs": XS, "c": True})

t.note("Refused, and faults.")
fault("xs[«0.5»:]", "domain-error", {"xs": XS})
fault("xs[:«1.5»]", "domain-error", {"xs": XS})
fault("xs[«i»:2]", "domain-error", {"xs": XS, "i": 0.1})
fault("xs[1:«2 / 4»]", "domain-error", {"xs": XS})
fault("xs[1 «/» 0:]", "division-by-zero", {"xs": XS})
fault("xs[«'a'»:]", "type-mismatch", {"xs": XS})
fault("xs[:«true»]", "type-mismatch", {"xs": XS})
fault("xs[«null»:]", "null-value", {"xs": XS})
fault("xs[1:«n»]", "null-value", {"xs": XS, "n": None})
fault("«x»[1:]", "type-mismatch", {"x": 5})
fault("«x»[1:]", "type-mismatch", {"x": "abc"})
fault("«x»[:1]", "null-value", {"x": None})
fault("«{a: 1}»[:]", "type-mismatch")
fault("xs[1:2«:»3]", "syntax-error", {"xs": XS})
