#!/usr/bin/env python3
"""Refuses a test run in which a test was skipped that expected-skips does not name, or none ran.

Reads the event stream that `swift test --event-stream-output-path` writes.
"""

import json
import sys
from pathlib import Path

from project import ROOT, finish

EXPECTED = ROOT / "Tests/expected-skips"


def read_expected(text: str) -> dict[str, str]:
    """The list: `Module.Suite/test() | why it may be skipped`."""
    expected = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        test, _, reason = (part.strip() for part in line.partition(" | "))
        if not test or not reason:
            raise SystemExit(f"{EXPECTED.name}:{number}: not `test | reason`")
        expected[test] = reason
    return expected


def read_events(lines: list[str]) -> tuple[set[str], dict[str, str]]:
    """The tests that ran, and those that were skipped with what was said."""
    functions, ran, skipped = set(), set(), {}
    for line in lines:
        if not line.strip():
            continue
        record = json.loads(line)
        payload = record["payload"]
        if record["kind"] == "test" and payload["kind"] == "function":
            functions.add(payload["id"])
        if record["kind"] == "event" and payload.get("testID") in functions:
            if payload["kind"] == "testStarted":
                ran.add(payload["testID"])
            elif payload["kind"] == "testSkipped":
                said = " ".join(message["text"] for message in payload.get("messages", []))
                skipped[payload["testID"]] = said
    return ran, skipped


def without_place(test: str) -> str:
    """`Module.Suite/test()/File.swift:3:4` without the file and its line."""
    head, _, tail = test.rpartition("/")
    return head if ".swift:" in tail else test


def check(lines: list[str], expected: dict[str, str]) -> tuple[list[str], str]:
    ran, skipped = read_events(lines)
    complaints = [
        f"skipped and not in Tests/{EXPECTED.name}: {without_place(test)}  {said}"
        for test, said in sorted(skipped.items())
        if without_place(test) not in expected
    ]
    if not ran:
        complaints.append("no test ran")
    happened = {without_place(test) for test in skipped}
    idle = [test for test in expected if test not in happened]
    note = f", {len(idle)} entries of {EXPECTED.name} did not happen" if idle else ""
    return complaints, f"{len(ran)} tests ran, {len(skipped)} skipped as expected{note}"


if __name__ == "__main__":
    expected = read_expected(EXPECTED.read_text()) if EXPECTED.exists() else {}
    finish(*check(Path(sys.argv[1]).read_text().split("\n"), expected))
