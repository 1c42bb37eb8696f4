"""Starts `calcburst serve` for a test, talks to it, and stops it.

The program is $CALCBURST, or .build/debug/calcburst of this repository. Every service listens on a
free port of 127.0.0.1, and none outlives the test: `with Service(database=path) as service: …`.
"""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# How long to wait for something that must come; a test never depends on how fast it comes.
PATIENCE = 60.0
_URL = re.compile(r"http://127\.0\.0\.1:(\d+)")


def program() -> str:
    """The program under test; ends the test if it is not there."""
    path = Path(os.environ.get("CALCBURST") or ROOT / ".build" / "debug" / "calcburst")
    if not path.is_file():
        raise SystemExit(f"{path} is not there: build it, or say where it is in CALCBURST")
    return str(path.resolve())


class Answer:
    """One answer: status, header fields by their small names, body."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Client:
    """One kept connection to a service; not to be shared between threads."""

    def __init__(self, port: int, timeout: float = PATIENCE):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def request(self, method, path, body=None, headers=None) -> Answer:
        """Sends a request; a body that is not bytes goes as JSON."""
        fields = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            fields.setdefault("Content-Type", "application/json")
        try:
            self._connection.request(method, path, body=body, headers=fields)
            response = self._connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        except BaseException:
            self.close()
            raise

    def get(self, path, headers=None) -> Answer:
        return self.request("GET", path, headers=headers)

    def post(self, path, body, headers=None) -> Answer:
        return self.request("POST", path, body, headers)

    def add(self, operands, id=None) -> Answer:
        """Asks for a stored sum."""
        body = {"operation": "add", "operands": operands}
        if id is not None:
            body["id"] = id
        return self.post("/calculate", body)

    def close(self):
        self._connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Service:
    """A running `calcburst serve`."""

    def __init__(self, *arguments, database=None, environment=None, port=0, prepare=None):
        """`prepare` runs in the child before the program, to set its limits."""
        command = [program(), "serve", "--host", "127.0.0.1", "--port", str(port)]
        if database is not None:
            command += ["--database", str(database)]
        self.output: list[str] = []
        self.port: int | None = None
        self._found = threading.Event()
        self.process = subprocess.Popen(
            command + [str(argument) for argument in arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | (environment or {}),
            preexec_fn=prepare,
        )
        self._readers = [
            threading.Thread(target=self._read, args=(stream,), daemon=True)
            for stream in (self.process.stdout, self.process.stderr)
        ]
        for reader in self._readers:
            reader.start()
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise

    def _read(self, stream):
        # Reading on keeps the program from waiting for a full pipe.
        for line in stream:
            text = line.decode(errors="replace").rstrip("\n")
            self.output.append(text)
            match = _URL.search(text)
            # A line may name the port that was asked for, which is 0.
            if match and self.port is None and int(match.group(1)) > 0:
                self.port = int(match.group(1))
                self._found.set()
        stream.close()

    def _wait(self):
        """Waits until it prints its address and answers."""
        end = time.monotonic() + PATIENCE
        while not self._found.wait(0.05):
            if self.process.poll() is not None:
                for reader in self._readers:
                    reader.join(PATIENCE)
                if not self._found.is_set():
                    raise RuntimeError(f"calcburst serve ended at once: {self.output}")
            if time.monotonic() > end:
                raise RuntimeError(f"calcburst serve names no address: {self.output}")
        self.until(lambda: self.get("/health").status == 200, "/health answers 200")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, timeout: float = PATIENCE) -> Client:
        return Client(self.port, timeout)

    def get(self, path, headers=None) -> Answer:
        with self.client() as client:
            return client.get(path, headers)

    def post(self, path, body, headers=None) -> Answer:
        with self.client() as client:
            return client.post(path, body, headers)

    def add(self, operands, id=None) -> Answer:
        with self.client() as client:
            return client.add(operands, id)

    def until(self, condition, claim: str):
        """Waits until a condition holds; the service may be slow, but it must not die."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if condition():
                    return
            except (OSError, http.client.HTTPException):
                pass
            if self.process.poll() is not None:
                raise RuntimeError(f"it ended with {self.process.returncode}: {self.output[-20:]}")
            if time.monotonic() > end:
                raise RuntimeError(f"never true: {claim}; its last words: {self.output[-20:]}")
            time.sleep(0.05)

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self) -> int:
        """Asks it to end, waits, and gives its exit code."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        return self._end()

    def kill(self) -> int:
        """Ends it as a crash would."""
        if self.process.poll() is None:
            self.process.kill()
        return self._end()

    def _end(self) -> int:
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        for reader in self._readers:
            reader.join(PATIENCE)
        return code

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        # After a failure there is nothing to wait for.
        self.stop() if kind is None else self.kill()


class Checks:
    """Counts what holds and what does not; only failures are printed."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, holds, claim: str, seen=None) -> bool:
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {claim}" + ("" if seen is None else f": {seen}"), flush=True)
        return bool(holds)

    def equal(self, seen, expected, claim: str) -> bool:
        return self.check(seen == expected, claim, f"{seen!r} instead of {expected!r}")

    def finish(self):
        """Prints the count and ends the program."""
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)
