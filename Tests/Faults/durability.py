#!/usr/bin/env python3
"""Kills the service again and again under load, and looks whether it kept what it acknowledged.

    durability.py [--rounds 200] [--shim] [--swallow] [--seed N]

Eight clients send calculations with ids of their own and note each that was answered with 200. At a
random moment the service gets SIGKILL; the next one goes on with the same file. What was under way
when it died is sent again, as a client would. At the end Python's sqlite3 counts: every acknowledged
id is there once with the right values and the right checksum, and `integrity_check` is content.

--shim puts a disk under it that forgets what no fsync followed (see shim.c): after each kill the file
is what was synced and nothing else.

--swallow makes that disk lie about every sync. The test must notice the loss; it passes if it does.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import threading
from pathlib import Path

from service import Checks, Service

WRITERS = 8
HERE = Path(__file__).resolve().parent


class Writer(threading.Thread):
    """One client; it ends when the service does."""

    def __init__(self, service, prefix, unsure, seed):
        super().__init__(daemon=True)
        self.service = service
        self.prefix = prefix
        # What this client has asked without hearing an answer: id to operands.
        self.unsure = unsure
        self.random = random.Random(seed)
        self.kept = {}
        self.complaints = []

    def run(self):
        count = 0
        with self.service.client() as client:
            while True:
                if self.unsure:
                    id = next(iter(self.unsure))
                else:
                    id = f"{self.prefix}-{count}"
                    # Sums that binary64 holds exactly, some of them in long rows.
                    length = 500 if self.random.random() < 0.02 else 3
                    self.unsure[id] = [self.random.randrange(-999, 999) for _ in range(length)]
                    count += 1
                try:
                    answer = client.add(self.unsure[id], id)
                except (OSError, http.client.HTTPException):
                    return
                if answer.status != 200:
                    self.complaints.append(f"{id}: {answer}")
                    return
                operands = self.unsure.pop(id)
                if answer.json["result"] != sum(operands) or answer.json["stored"] is not True:
                    self.complaints.append(f"{id}: {answer}")
                self.kept[id] = operands


def checksum(row) -> int:
    """FNV-1a over the columns but the last, as the store writes it."""
    value = 0xCBF29CE484222325

    def add(data):
        nonlocal value
        for byte in data:
            value = ((value ^ byte) * 0x100000001B3) & (2**64 - 1)

    for column in row[:-1]:
        if column is None:
            add(b"\xff" * 8)
        elif isinstance(column, int):
            add(struct.pack("<q", column))
        elif isinstance(column, float):
            add(struct.pack("<d", column))
        else:
            data = column.encode()
            add(struct.pack("<Q", len(data)) + data)
    return struct.unpack("<q", struct.pack("<Q", value))[0]


def recount(path, kept) -> list[str]:
    """What is wrong with the file; `kept` is what was acknowledged."""
    if not path.exists():
        return ["the file is not there"]
    database = sqlite3.connect(path)
    try:
        words = database.execute("PRAGMA integrity_check").fetchall()
        complaints = [] if words == [("ok",)] else [f"integrity_check: {words[:5]}"]
        rows = database.execute("SELECT * FROM calculations").fetchall()
    except sqlite3.Error as error:
        return [f"all is lost: {error}"]
    finally:
        database.close()
    found = {}
    for row in rows:
        id, operation, operands, result = row[0], row[2], row[3], row[6]
        if id in found:
            complaints.append(f"{id} is there twice")
        found[id] = json.loads(operands)
        if operation != "add" or json.loads(result) != sum(found[id]) or checksum(row) != row[-1]:
            complaints.append(f"{id} is wrong: {row}")
    for id, operands in kept.items():
        if id not in found:
            complaints.append(f"{id} is lost")
        elif found[id] != operands:
            complaints.append(f"{id} has other operands: {found[id]} for {operands}")
    return complaints


class Disk:
    """The folder of the database, with or without the disk that forgets."""

    def __init__(self, folder, shim, swallow):
        self.folder = Path(os.path.realpath(folder)) / "real"
        self.shadow = self.folder.with_name("shadow")
        self.counts = self.folder.with_name("counts")
        self.folder.mkdir()
        self.shadow.mkdir()
        self.file = self.folder / "calculations.sqlite"
        self.environment = {}
        if shim:
            library = self.folder.with_name("shim.so")
            subprocess.run(
                ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", library,
                 HERE / "shim.c", "-ldl"],
                check=True,
            )
            self.environment = {
                "LD_PRELOAD": str(library),
                "SHIM_FOLDER": str(self.folder),
                "SHIM_SHADOW": str(self.shadow),
                "SHIM_COUNTS": str(self.counts),
            }
            if swallow:
                self.environment["SHIM_SWALLOW"] = "1"

    def lose_power(self):
        """Leaves of the real files what was synced."""
        if self.environment:
            shutil.rmtree(self.folder)
            shutil.copytree(self.shadow, self.folder)

    def facts(self) -> str:
        if not self.environment:
            return ""
        syncs, written, synced = struct.unpack("<3Q", self.counts.read_bytes())
        return f", {syncs} syncs, {written >> 10} KiB written, {synced >> 10} KiB synced"


def run(rounds, shim, swallow, seed) -> tuple[list[str], int, str]:
    """Complaints, the count of what was acknowledged, and facts about the disk."""
    chance = random.Random(seed)
    kept, complaints = {}, []
    unsure = [{} for _ in range(WRITERS)]
    with tempfile.TemporaryDirectory(prefix="calcburst-durability-") as folder:
        disk = Disk(folder, shim, swallow)
        for number in range(rounds):
            with Service(database=disk.file, environment=disk.environment) as service:
                writers = [
                    Writer(service, f"r{number}-w{index}", unsure[index], chance.random())
                    for index in range(WRITERS)
                ]
                for writer in writers:
                    writer.start()
                # When it dies is chance, so that every step of a commit is met some time.
                writers[0].join(chance.uniform(0.0, 0.3))
                service.kill()
                for writer in writers:
                    writer.join()
                    kept |= writer.kept
                    complaints += writer.complaints
            disk.lose_power()
            if complaints:
                break
        complaints += recount(disk.file, kept)
        return complaints, len(kept), disk.facts()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--shim", action="store_true")
    parser.add_argument("--swallow", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    checks = Checks()
    shim = options.shim or options.swallow
    complaints, count, facts = run(options.rounds, shim, options.swallow, options.seed)
    print(f"{options.rounds} kills, {count} acknowledged{facts}; --seed {options.seed}")
    if options.swallow:
        lost = [text for text in complaints if "lost" in text or "not there" in text]
        checks.check(lost, "a disk that lies about every sync is noticed", complaints[:3])
    else:
        for complaint in complaints[:20]:
            checks.check(False, complaint)
        checks.check(count > 0, "something was acknowledged")
        checks.check(not complaints, "every acknowledged calculation is there once, and right",
                     f"{len(complaints)} complaints")
    checks.finish()


if __name__ == "__main__":
    main()
