#!/usr/bin/env python3
"""Measures how long `calcburst '1+1'` takes from start to end, beside a program that does nothing.

Usage: Tests/Benchmarks/startup.py [--short] [BINARY]. Ends non-zero on a wrong answer, never because
of a time.
"""

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

DEFAULT = Path(__file__).resolve().parents[2] / ".build/release/calcburst"


def milliseconds(command: list[str], expected: str) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    taken = (time.perf_counter() - start) * 1000
    if (done.returncode, done.stdout) != (0, expected):
        sys.exit(f"{command}: status {done.returncode}, {done.stdout!r} {done.stderr!r}")
    return taken


def main(arguments: list[str]) -> None:
    short = "--short" in arguments
    named = [argument for argument in arguments if not argument.startswith("--")]
    binary = Path(named[0] if named else DEFAULT)
    if not binary.exists():
        sys.exit(f"{binary} is not built: run ./deploy/run.sh '1+1' first")
    ours, nothing = [], []
    for _ in range(10 if short else 50):  # in turn, so that a slow moment hits both
        ours.append(milliseconds([str(binary), "1+1"], "2\n"))
        nothing.append(milliseconds([shutil.which("true") or "true"], ""))
    print(
        f"start-up: median {statistics.median(ours):.1f} ms, least {min(ours):.1f} ms; "
        f"a program that does nothing: {statistics.median(nothing):.1f} ms"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
