"""What the topics are written with: lines of an expression and what it must give.

A topic is a module that makes one `Topic` and adds lines to it. The expected value of a line is
computed by Python while the module runs, never by the engine. A place is marked in the text of the
line itself: `7 «/» 0` is the text `7 / 0` with its place at the bytes 2..3; `«»` is an empty place.
"""

import json
import math
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

topics = []


class Topic:
    """The lines of one topic, which go to a file in each of the folders that has lines of it."""

    def __init__(self, name, about, module=None):
        self.module = module or name
        self.name = name.replace("_", "-")
        self.about = " ".join(about.split())
        self.lines = {"evaluation": [], "faults": [], "warnings": []}
        self.libm = []
        self.blocks = []
        self.pending_note = None
        topics.append(self)

    def note(self, text):
        """A comment that stands before the next line."""
        self.pending_note = text

    def value(self, text, value, given=None):
        """A text that gives a value."""
        self._add(self.lines["evaluation"], f"{text}{given_text(given)} => {json_text(value)}")

    def platform_value(self, text, value, given=None):
        """A text whose value may differ by 2 ulp, since it comes from the C library."""
        self.pending_note = None
        self.libm.append(f"{text}{given_text(given)} => {json_text(value)}")

    def fault(self, marked, code, given=None):
        """A text that fails with a code at the marked place."""
        text, start, end = place(marked)
        self._add(self.lines["faults"], f"{text}{given_text(given)} !! {code} @ {start}..{end}")

    def warning(self, marked, code, given=None):
        """A text that runs, with a warning at the marked place."""
        text, start, end = place(marked)
        self._add(self.lines["warnings"], f"{text}{given_text(given)} ~~ {code} @ {start}..{end}")

    def _add(self, lines, line):
        if "\n" in line or line.startswith("#"):
            raise ValueError(f"not a line: {line!r}")
        if self.pending_note:
            lines += ["", f"# {self.pending_note}"]
            self.pending_note = None
        lines.append(line)


def place(marked):
    """The text without its marks, and the byte range between them."""
    if marked.count("«") != 1 or marked.count("»") != 1:
        raise ValueError(f"one place is marked with « and »: {marked!r}")
    before, rest = marked.split("«")
    inside, after = rest.split("»")
    start = len(before.encode())
    return before + inside + after, start, start + len(inside.encode())


def given_text(given):
    return "" if given is None else f" given {json_text(given)}"


def number_text(number):
    """The shortest digits that read back, as `repr` lays them out, without `.0`."""
    value = float(number)
    if not math.isfinite(value) or value != number:
        raise ValueError(f"not a binary64 number: {number!r}")
    text = repr(value)
    return text[:-2] if text.endswith(".0") else text


def json_text(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)
        # Some line readers end a line at these.
        for mark in "\x7f\x85\u2028\u2029":
            text = text.replace(mark, f"\\u{ord(mark):04x}")
        return text
    if isinstance(value, dict):
        fields = (f"{json_text(str(name))}: {json_text(part)}" for name, part in value.items())
        return "{" + ", ".join(fields) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(json_text(part) for part in value) + "]"
    raise ValueError(f"not a JSON value: {value!r}")
