#!/usr/bin/env python3
"""Refuses what can stop the process in library sources.

In Swift a failed cast, a forced unwrap or a failed precondition kills the whole process, and nothing
catches it. What must stay stands in allowed-traps.txt with its reason. `conversions.py` finds the
conversions from floating point, which only the compiler can tell apart.
"""

import re
from pathlib import Path

from project import ROOT, code_only, finish, name, swift_files

ALLOWED = Path(__file__).with_name("allowed-traps.txt")

# Each rule: its name, what it looks for in code, and what to write instead.
RULES = [
    ("try!", r"\btry!", "let the error out, or handle it"),
    ("as!", r"\bas!", "use `as?` and say what happens otherwise"),
    ("force-unwrap", r"(?<=[\w)\]}>?`])!(?!=)", "bind with `if let`, `guard let` or `??`"),
    (
        "stop",
        r"\b(?:fatalError|precondition|preconditionFailure|assert|assertionFailure)\s*\(",
        "return a typed error",
    ),
    ("unowned", r"\bunowned\b", "use `weak`, or hold it"),
    ("unsafely", r"\b(?:unsafelyUnwrapped|unsafeBitCast|unsafeDowncast)\b", "use the checked form"),
    ("unique-keys", r"\buniqueKeysWithValues\b", "a key that comes twice traps: use uniquingKeysWith"),
    ("numeric-cast", r"\bnumericCast\b", "use exactly:, clamping: or truncatingIfNeeded:"),
    ("unchecked", r"@unchecked\s+Sendable|\bnonisolated\(unsafe\)", "use a Mutex or a value"),
]


def complaints_in(text: str) -> list[tuple[int, str, str, str]]:
    """Line number, rule, the line's text and the mend, for each thing refused."""
    code, lines = code_only(text), text.split("\n")
    # `try!` and `as!` have rules of their own; without this they would be unwraps as well.
    found = []
    for rule, pattern, mend in RULES:
        for match in re.finditer(pattern, code):
            if rule == "force-unwrap" and re.search(r"\b(?:try|as)$", code[: match.start()]):
                continue
            number = code.count("\n", 0, match.start()) + 1
            found.append((number, rule, lines[number - 1].strip(), mend))
    return sorted(found)


def read_allowed(text: str) -> dict[tuple[str, str, str], str]:
    """The allow-list: `file | rule | the line as it stands | why it may stay`."""
    allowed = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split(" | ")]
        if len(parts) != 4 or not all(parts):
            raise SystemExit(f"{ALLOWED.name}:{number}: not `file | rule | line | reason`")
        allowed[(parts[0], parts[1], parts[2])] = parts[3]
    return allowed


def check(root: Path, allowed: dict[tuple[str, str, str], str]) -> tuple[list[str], int]:
    complaints, used = [], set()
    sources = swift_files("Sources", root)
    for path in sources:
        for number, rule, line, mend in complaints_in(path.read_text()):
            key = (name(path, root), rule, line)
            if key in allowed:
                used.add(key)
            else:
                complaints.append(f"{key[0]}:{number}: {rule}: {line}  ({mend})")
    for file, rule, line in allowed:
        if (file, rule, line) not in used:
            complaints.append(f"{ALLOWED.name}: no longer in {file}: {rule}: {line}")
    if not sources:
        complaints.append("no Swift file under Sources: this lint looked at nothing")
    return complaints, len(sources)


if __name__ == "__main__":
    allowed = read_allowed(ALLOWED.read_text())
    complaints, count = check(ROOT, allowed)
    finish(complaints, f"{count} files, no trap; {len(allowed)} allowed with a reason")
