#!/usr/bin/env python3
"""Refuses in the project's files what belongs to one machine or was left unfinished.

Looks at every text file for paths of a machine and hosts of package registries, at sources for marks
of unfinished work, at tests for sleeping and switched-off ones, and at the length of source files.
"""

import os
import re
from pathlib import Path

from project import ROOT, files, finish, name

LONG, TOO_LONG = 300, 500

# Written so that no pattern matches itself.
EVERYWHERE = [
    (r"(?<![\w.:/-])/(?:root|home|work|Users)/\w", "a path of one machine"),
    (r"\.\./shared\b|/op[t]/swift\b|/tmp/w[t]-", "a path of one machine"),
    (
        r"(?:\bpypi\.org|pythonhosted\.org|registry\.npmjs|\bcrates\.io"
        r"|\b(?:deb|security|ftp)\.debian\.org|archive\.ubuntu\.com|proxy\.golang\.org"
        r"|repo1?\.maven)",
        "the host of a package registry",
    ),
]
UNFINISHED = (r"\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b|[Nn]ot (?:yet )?implemented", "unfinished work")
UNSAFE = (r"\bunsafe[F]lags\b|-O[u]nchecked", "a build without checks")
TESTS = (r"\.disabled\(|\bX[C]TSkip\b|\b(?:u|nano)?sleep\(|Task\.sleep", "a test switched off or asleep")


def rules_for(file: str) -> list[tuple[str, str]]:
    rules = list(EVERYWHERE)
    top = file.split("/")[0]
    if top in ("Sources", "Plugins", "deploy", "Tests", "Grammar", "monitoring"):
        rules.append(UNFINISHED)
    if file.endswith(".swift"):
        rules.append(UNSAFE)
        if top == "Tests":
            rules.append(TESTS)
    return rules


def complaints_in(file: str, text: str, machine: list[str]) -> list[str]:
    complaints = []
    for number, line in enumerate(text.split("\n"), 1):
        for pattern, what in rules_for(file):
            if re.search(pattern, line):
                complaints.append(f"{file}:{number}: {what}: {line.strip()[:120]}")
        if any(path in line for path in machine):
            complaints.append(f"{file}:{number}: a path of this machine: {line.strip()[:120]}")
    return complaints


def machine_paths() -> list[str]:
    """Where this checkout and its owner live, when that is specific enough to look for."""
    paths = [str(ROOT) + "/", os.path.expanduser("~") + "/"]
    return [path for path in paths if len(Path(path).parts) > 1]


def main() -> None:
    complaints, report, count = [], [], 0
    for path in files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        count += 1
        complaints += complaints_in(name(path), text, machine_paths())
        lines = text.count("\n")
        if path.suffix == ".swift" and name(path).startswith("Sources/") and lines > LONG:
            line = f"{name(path)}: {lines} lines"
            (complaints if lines > TOO_LONG else report).append(line)
    for line in report:
        print(f"over {LONG} lines, which needs a reason: {line}")
    finish(complaints, f"{count} files, {len(report)} source files over {LONG} lines, none over {TOO_LONG}")


if __name__ == "__main__":
    main()
