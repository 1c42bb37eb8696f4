#!/usr/bin/env python3
"""The service with plugins in processes of their own: one that answers, and one that misbehaves.

Whatever the plugin does, the caller gets a documented error and the service goes on: it is alive, it
stores, and the other plugin answers. Nothing of a plugin is left when the service has ended.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from service import PATIENCE, ROOT, Checks, Service

checks = Checks()

# What a call of `bad.NAME(1)` comes to: the status and the code.
MISDEEDS = {
    "segv": (502, "plugin-failed"), "deep": (502, "plugin-failed"),
    "abort": (502, "plugin-failed"), "trap": (502, "plugin-failed"),
    "exit": (502, "plugin-failed"), "leave": (502, "plugin-failed"),
    "loop": (502, "plugin-failed"), "sleep": (502, "plugin-failed"),
    "close": (502, "plugin-failed"), "garbage": (502, "plugin-failed"),
    "unmask": (502, "plugin-failed"), "broken": (502, "plugin-failed"),
    "nan": (400, "non-finite-result"), "infinite": (400, "non-finite-result"),
    "huge": (400, "limit-exceeded"), "endless": (400, "domain-error"),
}


@contextlib.contextmanager
def plugins():
    """A folder with the good plugin and the hostile one, compiled here."""
    folder = Path(tempfile.mkdtemp(prefix="calcburst-plugins-", dir=os.environ.get("TMPDIR")))
    try:
        for source, name in (("finance-c/finance.c", "finance"), ("hostile/calls.c", "hostile")):
            subprocess.run(
                [
                    "cc", "-std=gnu11", "-O2", "-fPIC", "-shared", "-I", ROOT / "Plugins/include",
                    "-o", folder / f"{name}.so", ROOT / "Plugins" / source, "-lm",
                ],
                check=True,
            )
        yield folder
    finally:
        shutil.rmtree(folder)


def evaluate(service, text):
    return service.post("/v1/evaluate", {"expression": text})


def answers(service, what):
    """The good plugin answers, in every way in which the API calls a function."""
    answer = service.post("/calculate", {"operation": "fin.cagr", "operands": [100, 121, 2]})
    if checks.equal(answer.status, 200, f"{what}: an operation ({answer})"):
        checks.check(abs(answer.json["result"] - 0.1) < 1e-12, f"{what}: its result", answer)
    answer = evaluate(service, "fin.npv(0.1, [-100, 110]) + 1")
    if checks.equal(answer.status, 200, f"{what}: an expression ({answer})"):
        checks.check(abs(answer.json["result"] - 1) < 1e-9, f"{what}: its result", answer)
    checks.equal(service.get("/health").status, 200, f"{what}: /health")
    checks.equal(service.add([1, 2]).status, 200, f"{what}: a sum is stored")


def helpers(service):
    """The processes that the service has started."""
    found = subprocess.run(
        ["pgrep", "-P", str(service.process.pid)], capture_output=True, text=True
    )
    return [int(word) for word in found.stdout.split()]


def gone(numbers, claim):
    """Waits until processes have ended; whether their end was fetched is the system's affair."""
    end = time.monotonic() + PATIENCE
    while any(lives(number) for number in numbers) and time.monotonic() < end:
        time.sleep(0.02)
    checks.equal([number for number in numbers if lives(number)], [], claim)


def lives(number):
    try:
        status = Path(f"/proc/{number}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def good(folder, database):
    with Service("--plugin-dir", folder, database=database) as service:
        answers(service, "at the start")
        known = {item["name"]: item for item in service.get("/v1/operations").json["operations"]}
        checks.check("fin.cagr" in known, "/v1/operations lists it", sorted(known))
        checks.equal(
            known.get("fin.cagr", {}).get("source"),
            {"kind": "plugin", "name": "finance", "version": "1.0.0"},
            "the catalogue says where it comes from",
        )
        answer = service.post("/calculate", {"operation": "fin.cagr", "operands": [100]})
        checks.equal(answer.json.get("code"), "too-few-operands", "operands are counted")
        answer = evaluate(service, "fin.cagr([100, 200], [121, 0 - 1], 2)")
        checks.equal(answer.status, 400, f"an error in a list ({answer})")
        checks.check("element 1" in answer.json.get("detail", ""), "names the element", answer)
        numbers = helpers(service)
        checks.check(len(numbers) == 2, "each plugin has a process", numbers)
        checks.equal(service.stop(), 0, "it ends well")
        gone(numbers, "its processes have ended")


def killed(folder, database):
    with Service("--plugin-dir", folder, database=database) as service:
        answers(service, "before the kill")
        numbers = helpers(service)
        service.kill()
        # The system ends them when their parent is gone.
        gone(numbers, "no orphan is left")


def misdeed(name, status, code, folder, database):
    with Service("--plugin-dir", folder, database=database) as service:
        answer = evaluate(service, f"bad.{name}(1)")
        checks.equal(answer.status, status, f"bad.{name} ({answer})")
        if answer.status == status:
            checks.equal(answer.json.get("code"), code, f"bad.{name}: the code")
            checks.check("/tmp" not in answer.body.decode(), f"bad.{name}: no path in it", answer)
        fallback = "''" if name in ("broken", "huge") else "0"
        caught = evaluate(service, f"try(bad.{name}(1), {fallback})")
        if code == "plugin-failed":
            checks.equal(caught.status, 502, f"'try' does not catch bad.{name} ({caught})")
        answers(service, f"after bad.{name}")
        checks.equal(service.stop(), 0, f"after bad.{name}: it ends well")


def main():
    with plugins() as folder:
        database = folder / "data" / "calculations.sqlite"
        database.parent.mkdir()
        good(folder, database)
        killed(folder, database)
        for name, (status, code) in MISDEEDS.items():
            misdeed(name, status, code, folder, database)
    checks.finish()


if __name__ == "__main__":
    main()
