"""Checks the form of every file of the corpus, and says what the corpus covers.

    python3 Tests/Corpus/oracle/check_format.py

Exit status 1 if a line is malformed, a line comes twice, a code of an expression or a function has
too few lines.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT.parent.parent / "Sources"

# Codes that no text alone can give: they come from the API or from a host's function.
NOT_FROM_TEXTS = {
    "malformed-json", "missing-input", "non-finite-input", "unsupported-mode", "cancelled", "non-finite-result",
}
WARNINGS = {"redundant-coalesce", "shadowed-constant"}
# The functions that operators and words of the language call, which no text calls by name.
OPERATORS = {"and": " and ", "or": " or ", "not": "not ", "if": "if("}

PLACE = re.compile(r"([a-z-]+) @ (\d+)\.\.(\d+)$")
FUNCTION = re.compile(
    r'(?:Function|ofOne|ofTwo|ofValues|reduction|quantifier|byKey|statistic|paired|scan|window|rounding|annuity'
    r'|test|padding|form|equality|order)\(\s*"([a-z][a-z0-9_]*)"'
)

problems = []


def problem(path, number, text):
    problems.append(f"{path.relative_to(ROOT)}:{number}: {text}")


def codes():
    text = (SOURCES / "CalcBurstSource" / "DiagnosticCode.swift").read_text(encoding="utf-8")
    return set(re.findall(r'case \w+ = "([a-z-]+)"', text))


def functions():
    names = set()
    for path in (SOURCES / "CalcBurstFunctions" / "Standard").glob("*.swift"):
        names |= set(FUNCTION.findall(path.read_text(encoding="utf-8")))
    return names


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def read_json(text):
    return json.loads(text, parse_constant=refuse_constant)


def split_line(line, separator):
    """The text, the given object or None, and what stands after the last separator."""
    text, found, expected = line.rpartition(separator)
    if not found:
        raise ValueError(f"no '{separator.strip()}'")
    source, found, given = text.rpartition(" given {")
    if not found:
        return text, None, expected
    given = read_json("{" + given)
    if not isinstance(given, dict):
        raise ValueError("given is no object")
    return source, given, expected


def check_place(expected, source, known):
    match = PLACE.match(expected)
    if not match:
        raise ValueError(f"no place: {expected}")
    code, start, end = match[1], int(match[2]), int(match[3])
    if code not in known:
        raise ValueError(f"unknown code {code}")
    data = source.encode()
    if not start <= end <= len(data):
        raise ValueError(f"{start}..{end} reaches out of {len(data)} bytes")
    # A place begins and ends between scalars.
    data[:start].decode()
    data[start:end].decode()
    return code


def check_lines(folder, separator, known, tally):
    for path in sorted((ROOT / folder).glob("*.calc")):
        seen = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not line or line.startswith("#"):
                continue
            tally["lines", folder] += 1
            if line in seen:
                problem(path, number, f"the same as line {seen[line]}")
            seen[line] = number
            try:
                source, _, expected = split_line(line, separator)
                if source != source.strip() and not source.startswith("  "):
                    raise ValueError("spaces around the text")
                if separator == " => ":
                    read_json(expected)
                else:
                    tally["code", check_place(expected, source, known)] += 1
                count_calls(source, separator == " => ", tally)
            except ValueError as error:
                problem(path, number, str(error))


def count_calls(source, is_value, tally):
    for name in set(re.findall(r"([a-z][a-z0-9_]*)\(", source)):
        tally["value" if is_value else "fault", name] += 1
    for name, spelling in OPERATORS.items():
        if spelling in source:
            tally["value" if is_value else "fault", name] += 1


def sections(path):
    """The blocks of a file: for each the names of its sections with their texts, in order."""
    blocks = []
    name = None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("--- "):
            name = line[4:]
            if name == "source":
                blocks.append({})
            if not blocks or name in blocks[-1]:
                raise ValueError(f"the section {name} stands where no block is, or twice")
            blocks[-1][name] = []
        elif name is not None:
            blocks[-1][name].append(line)
    for block in blocks:
        for name, lines in block.items():
            while lines and not lines[-1]:
                lines.pop()
            block[name] = "\n".join(lines)
    return blocks


def check_blocks(folder, required, optional, known, tally):
    for path in sorted((ROOT / folder).glob("*.txt")):
        try:
            for block in sections(path):
                tally["lines", folder] += 1
                missing = required - set(block)
                unknown = set(block) - required - optional
                if missing or unknown:
                    raise ValueError(f"sections missing {missing}, unknown {unknown}")
                if "given" in block:
                    read_json(block["given"])
                if "value" in block:
                    read_json(block["value"])
                for line in block.get("codes", "").split("\n"):
                    if line:
                        tally["code", check_place(line, block["source"], known)] += 1
        except ValueError as error:
            problem(path, 1, str(error))


def main():
    known = codes()
    tally = Counter()
    check_lines("evaluation", " => ", known, tally)
    check_lines("faults", " !! ", known, tally)
    check_lines("warnings", " ~~ ", known, tally)
    check_blocks("rejections", {"source", "codes"}, {"given", "picture"}, known, tally)
    check_blocks("stages", {"source", "value"}, {"given", "tree", "checked", "program"}, known, tally)

    for code in sorted(known - NOT_FROM_TEXTS):
        if tally["code", code] < 2:
            problems.append(f"the code {code} has {tally['code', code]} lines, not 2")
    named = functions()
    for name in sorted(named):
        values, faults = tally["value", name], tally["fault", name]
        if values < 5 or faults < 2:
            problems.append(f"the function {name} has {values} values and {faults} faults, not 5 and 2")

    for folder in ("evaluation", "faults", "warnings", "rejections", "stages"):
        print(f"{tally['lines', folder]:6} {folder}")
    print(f"{len(named):6} functions, {len(known - NOT_FROM_TEXTS)} codes")
    for text in problems:
        print(text)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
