#!/usr/bin/env python3
"""Many clients with the same id at once: one row is kept, and all get one answer.

Rows are counted by Python's sqlite3, in the file that the service writes.
"""

import sqlite3
import sys
import tempfile
import threading
from pathlib import Path

from service import Checks, Service

CLIENTS = 32
ROUNDS = 20


def at_once(service, bodies):
    """Sends each body from a thread of its own, all at the same moment."""
    answers = [None] * len(bodies)
    gate = threading.Barrier(len(bodies))

    def send(place):
        with service.client() as client:
            client.get("/health")  # the connection is open before the start
            gate.wait()
            answers[place] = client.post("/calculate", bodies[place])

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def main() -> int:
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.sqlite"
        with Service(database=file) as service:
            for turn in range(ROUNDS):
                same = {"operation": "add", "operands": [turn, 0.5], "id": f"same-{turn}"}
                answers = at_once(service, [same] * CLIENTS)
                checks.equal({a.status for a in answers}, {200}, f"round {turn}: all are answered")
                checks.equal(len({a.body for a in answers}), 1, f"round {turn}: with one answer")
                replays = sum("idempotent-replayed" in a.headers for a in answers)
                checks.equal(replays, CLIENTS - 1, f"round {turn}: all but one are replays")

                # Of different requests under one id one is kept, and the others are in conflict.
                bodies = [
                    {"operation": "add", "operands": [turn, place], "id": f"other-{turn}"}
                    for place in range(CLIENTS)
                ]
                statuses = sorted(a.status for a in at_once(service, bodies))
                checks.equal(statuses, [200] + [409] * (CLIENTS - 1), f"round {turn}: one wins")
        rows = sqlite3.connect(f"file:{file}?mode=ro", uri=True).execute(
            "SELECT id, count(*) FROM calculations GROUP BY id"
        ).fetchall()
        checks.equal(len(rows), 2 * ROUNDS, "one row for each id")
        checks.equal({count for _, count in rows}, {1}, "no id comes twice")
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
