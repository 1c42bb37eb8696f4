#!/usr/bin/env python3
"""Runs the API exchanges of Tests/Corpus/api against `calcburst serve`, over a real socket.

Each file has a service and a database of its own; the rows are counted by Python's sqlite3. The form
of the files stands in Tests/Corpus/README.md. Arguments are names of files; without any it runs all.
"""

import http.client
import io
import json
import re
import socket
import sqlite3
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from service import PATIENCE, ROOT, Checks, Service

FOLDER = ROOT / "Tests" / "Corpus" / "api"
# What links begin with; in process the same.
PUBLIC_URL = "http://127.0.0.1:8080"
# What only a runner without a socket can bring about.
IN_PROCESS = {"store", "refusal", "clock", "degraded"}


class Message:
    """Lines behind `>` or `<`: the first one, the headers, and the body or None."""

    def __init__(self):
        self.first = ""
        self.headers = []
        self.body = None

    def add(self, line):
        text = line[2:]
        if self.body is not None:
            self.body.append(text)
        elif not self.first:
            self.first = text
        elif not text:
            self.body = []
        elif ":" in text or text.startswith("!"):
            self.headers.append(text)
        else:
            raise ValueError(f"no header: {text}")

    @property
    def text(self):
        return None if self.body is None else "\n".join(self.body)


class Exchange:
    def __init__(self, place, claim, given):
        self.place = place
        self.claim = claim
        self.given = dict(given)
        self.request = Message()
        self.answer = Message()
        self.stored = "none"

    def __str__(self):
        return f"{self.place}: {self.claim}"


def read(name, text):
    """The exchanges of a file, and what is given for all of them."""
    given, exchanges = {}, []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            if not line or line.startswith("#"):
                continue
            if line.startswith("=== "):
                exchanges.append(Exchange(f"{name}:{number}", line[4:], given))
            elif line.startswith("given: "):
                word, _, rest = line[7:].partition(" ")
                (exchanges[-1].given if exchanges else given)[word] = rest
            elif line.startswith(">"):
                exchanges[-1].request.add(line)
            elif line.startswith("<"):
                exchanges[-1].answer.add(line)
            elif line.startswith("stored: "):
                exchanges[-1].stored = line[8:]
            else:
                raise ValueError("none of the forms")
        except (ValueError, IndexError) as error:
            raise SystemExit(f"{name}:{number}: {line}: {error}") from error
    return exchanges, given


def expand(text: str, kept) -> bytes:
    """`{{repeat N TEXT}}`, `{{bytes HH HH}}` and `{{NAME}}` put in."""

    def put(match):
        inside = match.group(1)
        word, _, rest = inside.partition(" ")
        if word == "repeat":
            count, _, part = rest.partition(" ")
            return int(count) * part
        if word == "bytes":
            return bytes.fromhex(rest).decode("utf-8", "surrogateescape")
        return kept[inside]

    return re.sub(r"\{\{(.*?)\}\}", put, text, flags=re.DOTALL).encode("utf-8", "surrogateescape")


class Match:
    """Holds an answer against what its exchange expects; `differences` says what is wrong."""

    TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
    ID = re.compile(r"calc-[0-9A-Za-z]{26}")

    def __init__(self, exchange, status, headers, body, kept):
        self.differences = []
        self.kept = kept
        self.headers = headers
        self.shown = body[:1000].decode(errors="replace")
        self.compare(exchange, status, body)

    def text(self, text):
        return expand(text, self.kept).decode()

    def all(self, name):
        return [value for found, value in self.headers if found.lower() == name.lower()]

    def compare(self, exchange, status, body):
        wanted, _, code = exchange.answer.first.partition(" ")
        if str(status) != wanted:
            self.differences.append(f"status {status} instead of {wanted}")
        expected = self.text(exchange.answer.text or "")
        self.compare_headers(exchange, code, expected)
        kind = (self.all("Content-Type") or [""])[0]
        before = len(self.differences)
        if exchange.request.first.startswith("HEAD ") or (not code and not expected):
            if body:
                self.differences.append("a body")
        elif "json" in kind:
            self.compare_json(code, expected or "{}", status, body)
        else:
            if code:
                self.differences.append(f"a problem as {kind}")
            if not self.fits(expected, body.decode(errors="replace")):
                self.differences.append("the body")
        if len(self.differences) > before:
            self.differences.append(f"the body: {self.shown}")

    def compare_json(self, code, expected, status, body):
        try:
            actual = json.loads(body)
        except ValueError as error:
            self.differences.append(f"the body is not JSON: {error}")
            return
        wanted = json.loads(expected)
        if code and isinstance(actual, dict):
            request_id = (self.all("X-Request-Id") or [""])[0]
            members = {
                "type": f"{PUBLIC_URL}/problems/{code}", "title": "<text>", "status": status,
                "code": code, "error": "<text>", "detail": actual.get("error"),
                "hint": "<optional>", "request_id": request_id,
                "instance": f"urn:request:{request_id}",
            }
            wanted = members | wanted
        self.compare_values(wanted, actual, "")

    def compare_headers(self, exchange, code, expected):
        names = [header.partition(":")[0].lower() for header in exchange.answer.headers]
        wanted = ["X-Request-Id: <text>", "X-Content-Type-Options: nosniff"]
        if code:
            wanted.append("Content-Type: application/problem+json")
        elif expected and "content-type" not in names:
            wanted.append("Content-Type: application/json")
        for header in wanted + exchange.answer.headers:
            header = self.text(header)
            if header.startswith("!"):
                for value in self.all(header[1:]):
                    self.differences.append(f"a header {header[1:]}: {value}")
                continue
            name, _, value = header.partition(":")
            values = self.all(name)
            if len(values) != 1:
                self.differences.append(f"{len(values)} headers {name}")
            elif not self.fits(value.strip(), values[0]):
                self.differences.append(f"header {name}: {values[0]}")

    def compare_values(self, wanted, actual, pointer):
        if wanted in ("<any>", "<optional>"):
            return
        number = isinstance(actual, (int, float)) and not isinstance(actual, bool)
        if wanted == "<number>" and number:
            return
        if isinstance(wanted, str) and isinstance(actual, str):
            if not self.fits(wanted, actual):
                self.differences.append(f"{pointer} is {actual!r}, not {wanted!r}")
        elif isinstance(wanted, dict) and isinstance(actual, dict):
            self.compare_objects(wanted, actual, pointer)
        elif isinstance(wanted, list) and isinstance(actual, list):
            self.compare_lists(wanted, actual, pointer)
        elif type(wanted) is not type(actual) and not (number and type(wanted) in (int, float)):
            self.differences.append(f"{pointer} is {actual!r}, not {wanted!r}")
        elif wanted != actual:
            self.differences.append(f"{pointer} is {actual!r}, not {wanted!r}")

    def compare_objects(self, wanted, actual, pointer):
        for name, value in wanted.items():
            if name == "...":
                continue
            if name in actual:
                self.compare_values(value, actual[name], f"{pointer}/{name}")
            elif value != "<optional>":
                self.differences.append(f"{pointer}/{name} is missing")
        if "..." not in wanted:
            for name in actual.keys() - wanted.keys():
                self.differences.append(f"{pointer}/{name} is too much")

    def compare_lists(self, wanted, actual, pointer):
        if "..." in wanted:
            gap = wanted.index("...")
            missing = len(actual) - len(wanted) + 1
            wanted = wanted[:gap] + ["<any>"] * missing + wanted[gap + 1:]
        if len(wanted) != len(actual):
            self.differences.append(f"{pointer} has {len(actual)} elements, not {len(wanted)}")
            return
        for index, (left, right) in enumerate(zip(wanted, actual)):
            self.compare_values(left, right, f"{pointer}/{index}")

    def fits(self, pattern, text):
        """Whether a text fits a pattern: a marker, or literal but for `<any>`."""
        if pattern == "<text>":
            return bool(text)
        if pattern == "<time>":
            return bool(self.TIME.fullmatch(text))
        if pattern == "<id>":
            return bool(self.ID.fullmatch(text))
        keep = re.fullmatch(r"<keep ([a-z-]+)>", pattern)
        if keep:
            self.kept[keep.group(1)] = text
            return bool(text)
        parts = map(re.escape, pattern.split("<any>"))
        return bool(re.fullmatch(".*".join(parts), text, re.DOTALL))


# MARK: Sending


def request_bytes(exchange, kept) -> bytes:
    """The request as it goes over the wire."""
    request = exchange.request
    first = expand(request.first, kept)
    if not first.endswith((b" HTTP/1.1", b" HTTP/1.0")):
        first += b" HTTP/1.1"
    body = expand(request.text or "", kept)
    absent = {header[1:].lower() for header in request.headers if header.startswith("!")}
    lines = [expand(header, kept) for header in request.headers if not header.startswith("!")]
    present = {line.partition(b":")[0].decode().lower() for line in lines} | absent
    if "host" not in present:
        lines.insert(0, b"Host: 127.0.0.1")
    if request.body is not None:
        if "content-type" not in present:
            lines.append(b"Content-Type: application/json")
        if "content-length" not in present:
            lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([first, *lines, b"", b""]) + body


class Reading(io.BytesIO):
    def makefile(self, *_):
        return self


def answer(data: bytes, method: str):
    """Status, headers and body, read by Python's own parser."""
    response = http.client.HTTPResponse(Reading(data), method=method)
    response.begin()
    return response.status, response.getheaders(), response.read()


def send(port, request: bytes, method: str):
    """Sends one request on a connection of its own; waits for the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(request)
        except (BrokenPipeError, ConnectionResetError):
            pass  # It has answered before it has read everything.
        data = b""
        while True:
            try:
                part = connection.recv(65536)
            except ConnectionResetError:
                part = b""
            data += part
            if not part or is_whole(data, method):
                return answer(data, method)


def is_whole(data, method):
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return False
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    if method == "HEAD" or head.split()[1:2] in ([b"204"], [b"304"]):
        return True
    return bool(length) and len(body) >= int(length.group(1))


def rows(database):
    """What is in the file, as an independent reader sees it."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=PATIENCE)
    try:
        return {row[0] for row in connection.execute("SELECT id FROM calculations")}
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return set()
        raise
    finally:
        connection.close()


# MARK: Running


def run(exchange, service, database, kept):
    """The differences between an exchange and what the service does."""
    before = rows(database) if database.exists() else set()
    method = exchange.request.first.split()[0]
    status, headers, body = send(service.port, request_bytes(exchange, kept), method)
    differences = Match(exchange, status, headers, body, kept).differences
    added = (rows(database) if database.exists() else set()) - before
    wanted = expand(exchange.stored, kept).decode().split()
    wanted = [] if wanted == ["none"] else wanted
    if len(added) != len(wanted) or not set(wanted) - {"*"} <= added:
        differences.append(f"stored: {sorted(added)}, not {exchange.stored}")
    return differences


def run_file(path):
    exchanges, given = read(path.name, path.read_text())
    exchanges = [it for it in exchanges if not IN_PROCESS & it.given.keys()]
    results = []
    if not exchanges:
        return results
    options = ["--public-url", PUBLIC_URL]
    if "cors-origin" in given:
        options += ["--cors-origin", given["cors-origin"]]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "exchanges.sqlite"
        with Service(*options, database=database) as service:
            kept = {}
            for exchange in exchanges:
                try:
                    differences = run(exchange, service, database, kept)
                except Exception as error:  # the next exchanges still say something
                    differences = [f"{type(error).__name__}: {error}"]
                results.append((str(exchange), differences))
    return results


def check_the_runner(checks):
    """A runner that notices nothing is worth nothing: each of these answers is wrong."""
    exchanges, _ = read("self", '=== x\n> GET /\n< 200\n< A: b\n< !C\n<\n< {"a": 1, "b": ["<id>"]}')
    headers = [("Content-Type", "application/json"), ("X-Request-Id", "r"), ("A", "b"),
               ("X-Content-Type-Options", "nosniff")]
    body = {"a": 1, "b": ["calc-01JDC4W4Z9M2T7Q0V8R1K5N3XA"]}

    def differences(status=200, headers=headers, body=body):
        return Match(exchanges[0], status, headers, json.dumps(body).encode(), {}).differences

    checks.equal(differences(), [], "the runner takes a right answer")
    for claim, wrong in {
        "a wrong status": {"status": 201},
        "a missing header": {"headers": headers[:2] + headers[3:]},
        "a header that must be absent": {"headers": headers + [("C", "d")]},
        "a header twice": {"headers": headers + [("A", "b")]},
        "a wrong member": {"body": body | {"a": 2}},
        "a wrong type": {"body": body | {"a": True}},
        "a member too many": {"body": body | {"z": 1}},
        "a missing member": {"body": {"b": body["b"]}},
        "a wrong marker": {"body": body | {"b": ["17"]}},
        "an element too many": {"body": body | {"b": body["b"] * 2}},
    }.items():
        checks.check(differences(**wrong), f"the runner notices {claim}")


def main():
    checks = Checks()
    check_the_runner(checks)
    paths = [path for path in sorted(FOLDER.glob("*.exchange"))
             if not sys.argv[1:] or path.name in sys.argv[1:]]
    # A few at a time: some wait for deadlines of the service.
    with ThreadPoolExecutor(4) as pool:
        for results in pool.map(run_file, paths):
            for exchange, differences in results:
                checks.check(not differences, exchange, "".join(f"\n    {it}" for it in differences))
    checks.finish()


if __name__ == "__main__":
    main()
