#!/usr/bin/env python3
"""Measures stored POST /calculate beside a bare Hummingbird server that says hello.

Usage: service.py [--short] [PROGRAM]. PROGRAM is a release build of calcburst, .build/release/calcburst
if none is named. Needs wrk. Both servers run one after the other under the same load: 32 connections
that send the same request. It ends non-zero if an answer was wrong or a calculation is missing, never
because of a time. The database is a file under .build, on the disk of the project.
"""

import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
CONNECTIONS = 32


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server under load; its output goes nowhere, so that no reader of ours slows it."""

    def __init__(self, command, port):
        self.port = port
        self.process = subprocess.Popen(
            [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    self.process.kill()
                    raise SystemExit(f"{command[0]} does not serve") from None
                time.sleep(0.05)

    def load(self, seconds):
        """Requests, seconds, P50 and P99 in milliseconds, and how many went wrong."""
        run = subprocess.run(
            ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(HERE / "service.lua"),
             f"http://127.0.0.1:{self.port}/calculate"],
            capture_output=True, text=True, check=True,
        )
        line = next(it for it in run.stdout.splitlines() if it.startswith("SEEN "))
        requests, duration, median, tail, errors = map(int, line.split()[1:])
        return requests, duration / 1e6, median / 1e3, tail / 1e3, errors

    def written(self):
        """Bytes that the process has handed to the disk, and to files and sockets."""
        lines = Path(f"/proc/{self.process.pid}/io").read_text().splitlines()
        facts = {name: int(value) for name, value in (line.split(": ") for line in lines)}
        return facts["write_bytes"], facts["wchar"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def stored(database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT count(*) FROM calculations").fetchone()[0]
    finally:
        connection.close()


def hello(seconds):
    subprocess.run(
        ["swift", "build", "--package-path", str(HERE / "Hello"), "-c", "release", "--quiet"],
        check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr,
    )
    port = free_port()
    server = Server([HERE / "Hello" / ".build" / "release" / "Hello", port], port)
    try:
        server.load(1)
        return server.load(seconds)
    finally:
        server.stop()


def calculate(program, seconds, folder):
    database = Path(folder) / "bench.sqlite"
    port = free_port()
    server = Server([program, "serve", "--port", port, "--database", database], port)
    try:
        address = f"http://127.0.0.1:{port}/calculate"
        body = b'{"operation": "add", "operands": [10, 20, 30]}'
        request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            document = json.load(answer)
        assert document["result"] == 60 and document["stored"], document
        server.load(1)
        before, disk = stored(database), server.written()
        figures = server.load(seconds)
        rows = stored(database) - before
        synced = [after - start for after, start in zip(server.written(), disk)]
        return figures, rows, synced
    finally:
        server.stop()


def line(title, figures):
    requests, seconds, median, tail, errors = figures
    wrong = f"   {errors} went wrong" if errors else ""
    print(f"{title:<22} {requests / seconds:>9,.0f} /s   P50 {median:>7.2f} ms"
          f"   P99 {tail:>7.2f} ms{wrong}")
    return requests / seconds


def main():
    arguments = [it for it in sys.argv[1:] if it != "--short"]
    seconds = 3 if "--short" in sys.argv else 15
    program = Path(arguments[0] if arguments else ROOT / ".build" / "release" / "calcburst")
    if not program.is_file():
        raise SystemExit(f"{program} is not there: swift build -c release --product calcburst")
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not there: apt-get install wrk")
    (ROOT / ".build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / ".build") as folder:
        bare = hello(seconds)
        ours, rows, (disk, total) = calculate(program.resolve(), seconds, folder)
    print(f"{CONNECTIONS} connections, {seconds} s each, one after the other")
    first = line("Hummingbird hello", bare)
    second = line("POST /calculate, stored", ours)
    print(f"ratio: {second / first:.3f} of hello; P50 {ours[2] / max(bare[2], 1e-3):.1f} times")
    print(f"written for each calculation: {disk / max(rows, 1):,.0f} bytes to the disk, "
          f"{total / max(rows, 1):,.0f} bytes to files and sockets")
    # Requests that wrk has sent but not seen answered may be stored too.
    is_right = bare[4] == 0 and ours[4] == 0 and ours[0] <= rows <= ours[0] + 2 * CONNECTIONS
    print(f"{ours[0]} answers, {rows} rows: {'right' if is_right else 'WRONG'}")
    sys.exit(0 if is_right else 1)


if __name__ == "__main__":
    main()
