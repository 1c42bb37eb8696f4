"""Every operator with every pair of the types number, bool, string, null, list and record."""

import operator

from corpus import Topic

t = Topic(__name__, __doc__)

# For each type a left and a right operand: the text and the value.
OPERANDS = {
    "number": [("7", 7), ("2", 2)],
    "bool": [("true", True), ("false", False)],
    "string": [("'a'", "a"), ("'b'", "b")],
    "null": [("null", None), ("null", None)],
    "list": [("[6, 4]", [6, 4]), ("[3, 2]", [3, 2])],
    "record": [("{a: 1}", {"a": 1}), ("{a: 2}", {"a": 2})],
}


class Fault(Exception):
    """A code, and where it is: the operator, or the operand 0 or 1."""

    def __init__(self, code, where="operator"):
        super().__init__(code)
        self.code = code
        self.where = where


def element_wise(function, left, right):
    if isinstance(left, list) and isinstance(right, list):
        return [function(a, b) for a, b in zip(left, right)]
    if isinstance(left, list):
        return [function(a, right) for a in left]
    if isinstance(right, list):
        return [function(left, b) for b in right]
    return function(left, right)


def kind(value):
    """The type, of a list that of its elements."""
    if isinstance(value, list):
        return kind(value[0])
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    return {int: "number", str: "string", dict: "record"}[type(value)]


def refuse_null(left, right):
    for position, value in enumerate((left, right)):
        if value is None:
            raise Fault("null-value", position)


def arithmetic(function, joins_strings=False):
    def apply(left, right):
        refuse_null(left, right)
        kinds = {kind(left), kind(right)}
        if kinds == {"number"} or (joins_strings and kinds == {"string"}):
            return element_wise(function, left, right)
        raise Fault("type-mismatch")

    return apply


def equality(function):
    def apply(left, right):
        # Null may be asked for anywhere: what data holds today must not decide whether a text is right.
        if left is not None and right is not None and kind(left) != kind(right):
            raise Fault("type-mismatch")
        return element_wise(function, left, right)

    return apply


def ordering(function):
    def apply(left, right):
        refuse_null(left, right)
        if kind(left) == kind(right) and kind(left) in ("number", "string"):
            return element_wise(function, left, right)
        raise Fault("type-mismatch")

    return apply


def membership(is_in):
    def apply(left, right):
        if right is None:
            raise Fault("null-value", 1)
        if not isinstance(right, list) or (left is not None and kind(left) != kind(right)):
            raise Fault("type-mismatch")
        if isinstance(left, list):
            return [(item in right) == is_in for item in left]
        return (left in right) == is_in

    return apply


def concatenation(left, right):
    refuse_null(left, right)
    if isinstance(left, list) and isinstance(right, list):
        return left + right
    raise Fault("type-mismatch")


def coalescing(left, right):
    if left is None:
        return right
    both_lists = isinstance(left, list) == isinstance(right, list)
    # A list takes a fallback for its elements, too.
    if right is None or kind(left) == kind(right) and (both_lists or isinstance(left, list)):
        return left
    raise Fault("mixed-types", 1)


def logic(function):
    def apply(left, right):
        refuse_null(left, right)
        if kind(left) == kind(right) == "bool":
            return function(left, right)
        raise Fault("type-mismatch")

    return apply


INFIX = {
    "+": arithmetic(operator.add, joins_strings=True),
    "-": arithmetic(operator.sub),
    "*": arithmetic(operator.mul),
    "/": arithmetic(operator.truediv),
    "%": arithmetic(operator.mod),
    "^": arithmetic(operator.pow),
    "++": concatenation,
    "??": coalescing,
    "==": equality(operator.eq),
    "!=": equality(operator.ne),
    "<": ordering(operator.lt),
    "<=": ordering(operator.le),
    ">": ordering(operator.gt),
    ">=": ordering(operator.ge),
    "in": membership(True),
    "not in": membership(False),
    "and": logic(lambda a, b: a and b),
    "or": logic(lambda a, b: a or b),
}


def prefix(takes, function):
    def apply(value):
        if value is None:
            raise Fault("null-value", 1)
        if kind(value) != takes:
            raise Fault("type-mismatch")
        return [function(item) for item in value] if isinstance(value, list) else function(value)

    return apply


PREFIX = {
    "-": prefix("number", operator.neg),
    "+": prefix("number", operator.pos),
    "!": prefix("bool", operator.not_),
    "not ": prefix("bool", operator.not_),
}

for symbol, apply in INFIX.items():
    t.note(f"The operator {symbol}")
    for left, _ in OPERANDS.values():
        for _, right in OPERANDS.values():
            try:
                t.value(f"{left[0]} {symbol} {right[0]}", apply(left[1], right[1]))
            except Fault as fault:
                parts = [left[0], symbol, right[0]]
                spot = {"operator": 1, 0: 0, 1: 2}[fault.where]
                parts[spot] = f"«{parts[spot]}»"
                t.fault(" ".join(parts), fault.code)

for symbol, apply in PREFIX.items():
    t.note(f"The operator {symbol.strip()} before an operand")
    for operand, _ in OPERANDS.values():
        try:
            t.value(f"{symbol}{operand[0]}", apply(operand[1]))
        except Fault as fault:
            space = " " if symbol.endswith(" ") else ""
            if fault.where == "operator":
                t.fault(f"«{symbol.strip()}»{space}{operand[0]}", fault.code)
            else:
                t.fault(f"{symbol}«{operand[0]}»", fault.code)

t.note("The condition of ?:, and of if.")
for name, (operand, _) in OPERANDS.items():
    if name == "bool":
        t.value(f"{operand[0]} ? 1 : 2", 1)
        t.value(f"if({operand[0]}, 1, 2)", 1)
    else:
        code = "null-value" if name == "null" else "type-mismatch"
        t.fault(f"«{operand[0]}» ? 1 : 2", code)
        t.fault(f"if(«{operand[0]}», 1, 2)", code)

t.note("The two answers of ?:")
for name, (left, _) in OPERANDS.items():
    for other, (_, right) in OPERANDS.items():
        if name == other or "null" in (name, other):
            t.value(f"true ? {left[0]} : {right[0]}", left[1])
        else:
            t.fault(f"true ? {left[0]} : «{right[0]}»", "mixed-types")

t.note("What stands before [ ], and what stands in it.")
for name, (base, _) in OPERANDS.items():
    for other, (_, position) in OPERANDS.items():
        if name == "list" and other == "number":
            t.value(f"{base[0]}[1]", base[1][1])
        elif name == "null":
            t.fault(f"«null»[{position[0]}]", "null-value")
        elif name == "list" and other == "null":
            t.fault(f"{base[0]}[«null»]", "null-value")
        elif name == "list":
            t.fault(f"{base[0]}[«{position[0]}»]", "type-mismatch")
        elif name == "record" and other == "string":
            t.fault(f"{base[0]}[«{position[0]}»]", "unknown-field")
        elif name == "record":
            t.fault(f"{base[0]}[«{position[0]}»]", "type-mismatch")
        else:
            t.fault(f"«{base[0]}»[{position[0]}]", "type-mismatch")

t.note("What stands before a field.")
for name, (base, _) in OPERANDS.items():
    if name == "record":
        t.value("{a: 1}.a", 1)
        t.value("{a: 1}?.a", 1)
    elif name == "null":
        t.fault("«null».a", "null-value")
        t.value("null?.a", None)
    elif name != "number":
        t.fault(f"{base[0]}.«a»", "type-mismatch")
        t.fault(f"{base[0]}?.«a»", "type-mismatch")
    else:
        t.fault(f"({base[0]}).«a»", "type-mismatch")
        t.fault(f"({base[0]})?.«a»", "type-mismatch")
