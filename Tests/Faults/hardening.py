#!/usr/bin/env python3
"""What strangers send over a raw socket: each gets its answer, or is cut off, and the service lives.

Each row says what is sent, the status, the code of the problem document, and whether the connection
ends. The deadlines are set short; that they are there is tested, not how exact they are.
"""

import json
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from service import PATIENCE, Checks, Service, program

CHECKS = Checks()
OVER = 2**63
GOOD = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


def connect(port, timeout=PATIENCE):
    connection = socket.create_connection(("127.0.0.1", port), timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


class Answers:
    """Reads answers from a connection, one after another."""

    def __init__(self, connection):
        self.connection = connection
        self.rest = b""

    def more(self):
        data = self.connection.recv(65536)
        self.rest += data
        return bool(data)

    def next(self, has_body=True):
        """Status, header fields and body; None at the end."""
        try:
            while b"\r\n\r\n" not in self.rest:
                if not self.more():
                    return None
            head, self.rest = self.rest.split(b"\r\n\r\n", 1)
            lines = head.decode("latin-1").split("\r\n")
            status = int(lines[0].split(" ")[1])
            fields = {}
            for line in lines[1:]:
                name, _, value = line.partition(":")
                fields[name.lower()] = value.strip()
            length = int(fields.get("content-length", 0)) if has_body and status >= 200 else 0
            while len(self.rest) < length:
                if not self.more():
                    return None
            body, self.rest = self.rest[:length], self.rest[length:]
            return status, fields, body
        except ConnectionError:
            return None

    def has_ended(self):
        """Whether the other side ends the connection, without another byte."""
        try:
            return not self.rest and not self.more()
        except ConnectionError:
            return True


def exchange(port, data):
    """Sends bytes and gives the first answer and what follows it."""
    connection = connect(port)
    try:
        connection.sendall(data)
    except ConnectionError:
        pass  # It may have heard enough.
    answers = Answers(connection)
    return answers.next(), answers


def code_of(answer):
    try:
        return json.loads(answer[2]).get("code")
    except (ValueError, TypeError, AttributeError):
        return None


def refused(port, claim, data, status, code):
    """Sends what must be refused with a problem document and an end of the connection."""
    answer, answers = exchange(port, data)
    seen = None if answer is None else (answer[0], code_of(answer))
    if CHECKS.equal(seen, (status, code), claim):
        fields = answer[1]
        CHECKS.check(
            fields.get("content-type") == "application/problem+json"
            and fields.get("connection") == "close"
            and re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", fields.get("date", ""))
            and "server" not in fields
            and fields.get("x-request-id") == json.loads(answer[2])["request_id"],
            f"{claim}: header fields",
            fields,
        )
        CHECKS.check(answers.has_ended(), f"{claim}: the connection ends")
    answers.connection.close()


def request(line=b"GET /health HTTP/1.1", *fields, host=b"Host: localhost", body=b""):
    head = [line] + ([host] if host is not None else []) + list(fields)
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def post(*fields, body=b"", line=b"POST /v1/evaluate HTTP/1.1"):
    return request(line, b"Content-Type: application/json", *fields, body=body)


def malformed(port):
    """What no server may take, since two of them could read it differently."""
    rows = {
        "both Content-Length and Transfer-Encoding": post(
            b"Content-Length: 5", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"
        ),
        "two different lengths": post(b"Content-Length: 5", b"Content-Length: 6", body=b"12345"),
        "two equal lengths": post(b"Content-Length: 5", b"Content-Length: 5", body=b"12345"),
        "a length with a plus": post(b"Content-Length: +5", body=b"12345"),
        "a length below zero": post(b"Content-Length: -1"),
        "a length of 23 digits": post(b"Content-Length: " + b"9" * 23),
        "an unknown coding": post(b"Transfer-Encoding: xchunked", body=b"0\r\n\r\n"),
        "a coding after chunked": post(b"Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n"),
        "two codings": post(
            b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"
        ),
        "a space before the colon": request(b"GET /health HTTP/1.1", b"X-A : 1"),
        "a chunk below zero": post(b"Transfer-Encoding: chunked", body=b"-1\r\nx\r\n0\r\n\r\n"),
        "a chunk of 17 digits": post(b"Transfer-Encoding: chunked", body=b"f" * 17 + b"\r\nx"),
        "bare line feeds": b"GET /health HTTP/1.1\nHost: localhost\n\n",
        "a bare carriage return": b"GET /health HTTP/1.1\rHost: localhost\r\r",
        "a folded field": request(b"GET /health HTTP/1.1", b"X-A: 1\r\n 2"),
        "a NUL in a field": request(b"GET /health HTTP/1.1", b"X-A: 1\x002"),
        "HTTP/2.0": request(b"GET /health HTTP/2.0"),
        "HTTP/9.9": request(b"GET /health HTTP/9.9"),
        "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "a space in the path": request(b"GET /hea lth HTTP/1.1"),
        "the first bytes of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64,
        "a target that is no path": request(b"GET health HTTP/1.1"),
        "no Host": request(host=None),
        "two Hosts": request(b"GET /health HTTP/1.1", b"Host: localhost"),
        "an empty Host": request(host=b"Host:"),
        "a Host with a name before it": request(host=b"Host: user@localhost"),
        "a Host with a port that is none": request(host=b"Host: localhost:http"),
    }
    for claim, data in rows.items():
        refused(port, claim, data, 400, "invalid-request")


def hosts(port):
    for host in ["evil.example", "localhost.evil.example", "evil.example:80", "127.0.0.2", "[::2]"]:
        field = b"Host: " + host.encode()
        refused(port, f"Host: {host}", request(host=field), 421, "wrong-host")
    refused(
        port,
        "an absolute target with another host",
        request(b"GET http://evil.example/health HTTP/1.1"),
        421,
        "wrong-host",
    )
    good = ["localhost", "LocalHost", "localhost.", f"localhost:{port}", "localhost:9", "127.0.0.1"]
    for host in good + ["[::1]", f"[::1]:{port}", "localhost:", "calc.example", "CALC.example:443"]:
        answer, answers = exchange(port, request(host=b"Host: " + host.encode()))
        CHECKS.equal(answer and answer[0], 200, f"Host: {host}")
        answers.connection.close()
    target = b"GET http://localhost/health HTTP/1.1"
    answer, answers = exchange(port, request(target, host=b"Host: evil.example"))
    CHECKS.equal(answer and answer[0], 200, "the host of an absolute target counts")
    answers.connection.close()


def sizes(port):
    line = b"GET /" + b"a" * 9_000 + b" HTTP/1.1"
    refused(port, "a line of 9 KB", request(line), 414, "uri-too-long")
    for size in [70_000, 200_000]:
        line = b"GET /" + b"a" * size + b" HTTP/1.1"
        refused(port, f"a line of {size} bytes", request(line), 414, "uri-too-long")
    large = "headers-too-large"
    get = b"GET /health HTTP/1.1"
    for size in [9_000, 83_000]:
        refused(port, f"a field of {size} bytes", request(get, b"X-A: " + b"a" * size), 431, large)
    fields = [b"X-%d: " % number + b"a" * 4_000 for number in range(5)]
    refused(port, "20 KB of fields", request(get, *fields), 431, large)
    for count in [65, 990, 1_001]:
        fields = [b"X-%d: 1" % number for number in range(count - 1)]
        refused(port, f"{count} fields", request(get, *fields), 431, large)
    answer, answers = exchange(port, request(get, *[b"X-%d: 1" % n for n in range(63)]))
    CHECKS.equal(answer and answer[0], 200, "64 fields")
    answers.connection.close()
    path = b"a" * (8192 - len(b"GET /health? HTTP/1.1"))
    answer, answers = exchange(port, request(b"GET /health?" + path + b" HTTP/1.1"))
    CHECKS.equal(answer and answer[0], 200, "a line of 8 KiB")
    answers.connection.close()


def bodies(port):
    limit = 256 << 10
    large = "body-too-large"
    for length in [limit + 1, OVER - 1, OVER]:
        data = post(b"Content-Length: %d" % length)
        refused(port, f"Content-Length: {length}", data, 413, large)
    # The client sends on, and still gets its answer.
    data = post(b"Content-Length: %d" % (2 << 20), body=b" " * (2 << 20))
    refused(port, "2 MiB", data, 413, large)
    chunk = b"%x\r\n" % 65536 + b" " * 65536 + b"\r\n"
    refused(port, "endless chunks", post(b"Transfer-Encoding: chunked", body=chunk * 5), 413, large)
    batch = b"POST /v1/batch HTTP/1.1"
    refused(
        port,
        "a batch of more than 1 MiB",
        post(b"Content-Length: %d" % ((1 << 20) + 1), line=batch),
        413,
        large,
    )
    for claim, fields, body in [
        ("a length at the limit", [b"Content-Length: %d" % limit], b" " * limit),
        ("chunks at the limit", [b"Transfer-Encoding: chunked"], chunk * 4 + b"0\r\n\r\n"),
    ]:
        answer, answers = exchange(port, post(*fields, body=body))
        CHECKS.equal(answer and answer[0], 400, f"{claim} is read, and is no JSON")
        CHECKS.equal(code_of(answer), "malformed-json", claim)
        answers.connection.close()
    answer, answers = exchange(port, post(b"Content-Length: 2", body=b"{}"))
    CHECKS.equal(code_of(answer), "missing-field", "a body without an expression")
    CHECKS.check("connection" not in answer[1], "a bad body does not end the connection")
    answers.connection.sendall(GOOD)
    CHECKS.equal((answers.next() or [None])[0], 200, "the next request on it")
    answers.connection.close()
    double = b'{"expression":"1","expression":"2"}'
    answer, answers = exchange(port, post(b"Content-Length: %d" % len(double), body=double))
    CHECKS.equal(answer and answer[0], 400, "a key that comes twice")
    answers.connection.close()
    form = b"POST /calculate HTTP/1.1"
    data = request(
        form, b"Content-Type: application/x-www-form-urlencoded", b"Content-Length: 3", body=b"a=1"
    )
    answer, answers = exchange(port, data)
    CHECKS.equal((answer and answer[0], code_of(answer)), (415, "unsupported-media-type"), "a form")
    answers.connection.close()


def expectations(port):
    body = b'{"expression":"1+2","store":false}'
    ask = post(b"Content-Length: %d" % len(body), b"Expect: 100-continue")
    connection = connect(port)
    connection.sendall(ask)
    answers = Answers(connection)
    CHECKS.equal((answers.next() or [None])[0], 100, "Expect: 100-continue is answered")
    connection.sendall(body)
    answer = answers.next()
    CHECKS.equal(answer and answer[0], 200, "the body after 100")
    CHECKS.equal(answer and json.loads(answer[2])["result"], 3, "the result after 100")
    connection.close()
    data = post(b"Content-Length: 999999", b"Expect: 100-continue")
    refused(port, "Expect with a body that is too large", data, 413, "body-too-large")
    data = post(b"Content-Length: 2", b"Expect: tea")
    refused(port, "Expect: tea", data, 417, "expectation-failed")


def connections(port):
    answer, answers = exchange(port, b"GET /health HTTP/1.0\r\n\r\n")
    CHECKS.equal(answer and answer[0], 200, "HTTP/1.0")
    CHECKS.check(answers.has_ended(), "HTTP/1.0: the connection ends")
    data = b"GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    answer, answers = exchange(port, data)
    CHECKS.equal(answer and answer[1].get("connection"), "keep-alive", "HTTP/1.0 with keep-alive")
    answers.connection.sendall(GOOD)
    CHECKS.equal((answers.next() or [None])[0], 200, "HTTP/1.0 with keep-alive: once more")
    answers.connection.close()
    answer, answers = exchange(port, request(b"GET /health HTTP/1.1", b"Connection: close"))
    CHECKS.equal(answer and answer[1].get("connection"), "close", "Connection: close")
    CHECKS.check(answers.has_ended(), "Connection: close: the connection ends")
    answer, answers = exchange(port, request(b"HEAD /health HTTP/1.1") + GOOD)
    length = len(b'{"status":"pass"}\n')
    CHECKS.equal(answer and answer[1].get("content-length"), str(length), "HEAD has a length")
    # What `next` has taken for the body is the next answer.
    CHECKS.check(answer and answer[2].startswith(b"HTTP/1.1 200"), "HEAD has no body")
    answers.connection.close()
    # One byte at a time, and half closed behind it.
    connection = connect(port)
    for byte in GOOD:
        connection.sendall(bytes([byte]))
    connection.shutdown(socket.SHUT_WR)
    answers = Answers(connection)
    CHECKS.equal((answers.next() or [None])[0], 200, "a request byte by byte, then half closed")
    CHECKS.check(answers.has_ended(), "half closed: the connection ends")
    connection.close()


def pipelined(port):
    many = 50
    data = b"".join(
        request(b"GET /v1/evaluate?expr=%d HTTP/1.1" % number) for number in range(many)
    )
    connection = connect(port)
    connection.sendall(data + request(host=None) + GOOD)
    answers = Answers(connection)
    results = [json.loads(answers.next()[2]).get("result") for _ in range(many)]
    CHECKS.equal(results, list(range(many)), "pipelined requests are answered in order")
    CHECKS.equal((answers.next() or [None])[0], 400, "then the bad one")
    CHECKS.check(answers.has_ended(), "nothing is answered behind a bad one")
    connection.close()
    connection = connect(port)
    answers = Answers(connection)
    count = 0
    closes = None
    for _ in range(11):
        connection.sendall(GOOD * 100)
        for _ in range(100):
            answer = answers.next()
            if answer is None:
                break
            count += 1
            closes = answer[1].get("connection")
        if closes == "close":
            break
    CHECKS.equal((count, closes), (1000, "close"), "1000 requests of one connection")
    connection.close()


def ends(connection, claim):
    """The other side must end the connection; how soon is not measured, only that it does."""
    CHECKS.check(Answers(connection).has_ended(), claim)
    connection.close()


def dripped(connection, first, byte, stop):
    """Sends the first bytes, then one byte after another until the connection ends."""
    try:
        connection.sendall(first)
        while not stop.wait(0.1):
            connection.sendall(byte)
    except OSError:
        pass


def deadlines(port):
    """Needs a service with short deadlines."""
    ends(connect(port), "a connection without a byte ends")
    rows = {
        "a header that stops": b"GET /health HT",
        "a header without its end": GOOD[:-2],
        "a body that stops": post(b"Content-Length: 100", body=b"{"),
        "chunks that stop": post(b"Transfer-Encoding: chunked", body=b"1\r\n{\r\n"),
        "a body that never begins": post(b"Content-Length: 100"),
    }
    for claim, data in rows.items():
        refused(port, claim, data, 408, "request-timeout")
    for claim, first, byte in [
        ("a dripped header", b"GET /health HTTP/1.1\r\nX: ", b"a"),
        ("a dripped body", post(b"Content-Length: 100000"), b" "),
        ("a dripped extension of a chunk", post(b"Transfer-Encoding: chunked", body=b"1;"), b"a"),
    ]:
        connection = connect(port)
        stop = threading.Event()
        writer = threading.Thread(target=dripped, args=(connection, first, byte, stop))
        writer.start()
        answers = Answers(connection)
        answer = answers.next()
        CHECKS.equal(
            answer and (answer[0], code_of(answer)), (408, "request-timeout"), f"{claim} is 408"
        )
        CHECKS.check(answers.has_ended(), f"{claim}: the connection ends")
        stop.set()
        writer.join()
        connection.close()
    connection = connect(port)
    connection.sendall(GOOD)
    answers = Answers(connection)
    CHECKS.equal((answers.next() or [None])[0], 200, "before it is idle")
    CHECKS.check(answers.has_ended(), "an idle connection ends")
    connection.close()


def leaving(service):
    """Clients that go away at any time harm nobody."""
    body = b'{"expression":"sum(range(9999))","store":false}'
    whole = post(b"Content-Length: %d" % len(body), body=body)
    for length in [1, 20, len(whole) - 5, len(whole)]:
        for _ in range(10):
            connection = connect(service.port)
            connection.sendall(whole[:length])
            # A reset, not an end.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
    service.until(lambda: service.get("/health").status == 200, "up after clients left")

    def active():
        text = service.get("/metrics").body.decode()
        return re.search(r"^calcburst_active_requests (\S+)$", text, re.M).group(1)

    # The one request is this one.
    service.until(lambda: float(active()) <= 1, "requests of clients that left are not active")
    CHECKS.check(True, "clients that leave")


def metrics(service):
    """An independent reader takes what /metrics says."""
    from prometheus_client.parser import text_string_to_metric_families as parse

    answer = service.get("/metrics")
    CHECKS.equal(answer.status, 200, "/metrics")
    families = {family.name: family for family in parse(answer.body.decode())}
    names = {
        "calcburst_requests": "counter",
        "calcburst_request_latency_seconds": "histogram",
        "calcburst_errors": "counter",
        "calcburst_active_requests": "gauge",
        "calcburst_evaluations": "counter",
        "calcburst_evaluation_duration_seconds": "histogram",
        "calcburst_compile_duration_seconds": "histogram",
        "calcburst_formula_cache_hits": "counter",
        "calcburst_formula_cache_misses": "counter",
        "calcburst_formula_cache_entries": "gauge",
        "calcburst_limit_hits": "counter",
        "calcburst_store_operation_duration_seconds": "histogram",
        "calcburst_store_errors": "counter",
        "calcburst_build_info": "gauge",
        "http_server_request_duration_seconds": "histogram",
        "process_start_time_seconds": "gauge",
    }
    seen = {name: family.type for name, family in families.items()}
    CHECKS.equal(seen, names, "the metrics and their types")
    CHECKS.check(all(family.documentation for family in families.values()), "each has its HELP")
    for family in families.values():
        if family.type != "histogram":
            continue
        series = {}
        for sample in family.samples:
            labels = tuple(sorted((k, v) for k, v in sample.labels.items() if k != "le"))
            kind = sample.name.removeprefix(family.name)
            series.setdefault(labels, {}).setdefault(kind, []).append(sample)
        for labels, kinds in series.items():
            bounds = [float(sample.labels["le"]) for sample in kinds["_bucket"]]
            counts = [sample.value for sample in kinds["_bucket"]]
            CHECKS.check(
                bounds == sorted(set(bounds))
                and bounds[-1] == float("inf")
                and counts == sorted(counts)
                and counts[-1] == kinds["_count"][0].value
                and kinds["_sum"][0].value >= 0,
                f"{family.name} {labels} is a histogram",
            )
    count = {
        tuple(sample.labels.values()): sample.value
        for sample in families["calcburst_errors"].samples
    }
    CHECKS.check(count[("wrong-host",)] > 0, "refusals of the transport are counted")
    CHECKS.check(count[("request-timeout",)] == 0, "what did not happen is zero")


def log_lines(service):
    """Each line is JSON, and says nothing that a client chose."""
    word = "Zq7secret"
    service.get(f"/{word}?{word}={word}", {"X-Other": word, "X-Request-Id": f"a{word}\tb"})
    service.post("/v1/evaluate", {"expression": f"1 + {word}", "store": False})
    # A method is a word of the client's too.
    exchange(service.port, request(b"MKCALENDAR /health HTTP/1.1"))[1].connection.close()
    service.until(
        lambda: sum('"endpoint":"/v1/evaluate"' in line for line in service.output) > 0,
        "the request is logged",
    )
    lines = [line for line in service.output if line.startswith("{")]
    entries = [json.loads(line) for line in lines]
    CHECKS.check(len(entries) > 100, "requests are logged", len(entries))
    CHECKS.check(not any(word in line for line in lines), "nothing of a request is logged")
    requests = [entry for entry in entries if entry["message"] == "request"]
    needed = {"ts", "level", "message", "request_id", "method", "status", "duration_ms", "fuel"}
    CHECKS.check(all(needed <= set(entry) for entry in requests), "the members of a line")


def ending(folder, number, name):
    """A signal ends the service in time, whatever clients do."""
    service = Service(database=folder / "ending.sqlite")
    idle = connect(service.port)
    idle.sendall(GOOD)
    answers = Answers(idle)
    CHECKS.equal((answers.next() or [None])[0], 200, f"{name}: before")
    silent = connect(service.port)
    header = connect(service.port)
    header.sendall(b"GET /health HTTP/1.1\r\nHost:")
    body = connect(service.port)
    body.sendall(post(b"Content-Length: 100", body=b"{"))
    # The service has read all of it once it answers a later request.
    service.get("/health")
    begin = time.monotonic()
    service.signal(number)
    end = begin + PATIENCE
    while time.monotonic() < end:
        try:
            connect(service.port).close()
        except OSError:
            break
    # A connection that was open is told, or has been ended.
    try:
        idle.sendall(b"GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = answers.next()
    except OSError:
        answer = None
    CHECKS.check(
        answer is None
        or (answer[0], code_of(answer), answer[1].get("connection"))
        == (503, "shutting-down", "close"),
        f"{name}: a request on an open connection",
        answer,
    )
    code = service.process.wait(PATIENCE)
    seconds = time.monotonic() - begin
    CHECKS.equal(code, 0, f"{name}: the exit status")
    # This is the promise, not a measurement: without it there is no end at all.
    CHECKS.check(seconds < 10.5, f"{name}: it ends in 10 s with stalled clients", seconds)
    for connection in [idle, silent, header, body]:
        connection.close()
    service.kill()


def told(folder):
    """A request that arrives on an open connection after the signal is answered with 503."""
    service = Service(database=folder / "ending.sqlite")
    connection = connect(service.port)
    connection.sendall(b"GET /ready HTTP/1.1\r\nHost: local")
    service.get("/health")
    service.signal(signal.SIGTERM)
    while True:
        try:
            connect(service.port).close()
        except OSError:
            break
    connection.sendall(b"host\r\n\r\n")
    answers = Answers(connection)
    answer = answers.next()
    CHECKS.equal(
        answer and (answer[0], code_of(answer), answer[1].get("connection")),
        (503, "shutting-down", "close"),
        "/ready after the signal",
    )
    CHECKS.equal(answer and answer[1].get("retry-after"), "5", "when to come back")
    CHECKS.check(answers.has_ended(), "after the signal the connection ends")
    CHECKS.equal(service.process.wait(PATIENCE), 0, "the exit status")
    connection.close()
    service.kill()


def twice(folder):
    """A second signal does not wait for anybody."""
    service = Service(database=folder / "ending.sqlite")
    body = connect(service.port)
    body.sendall(post(b"Content-Length: 100", body=b"{"))
    service.get("/health")
    service.signal(signal.SIGINT)
    while True:
        try:
            connect(service.port).close()
        except OSError:
            break
    CHECKS.equal(service.process.poll(), None, "one signal waits for the request under way")
    service.signal(signal.SIGINT)
    code = service.process.wait(PATIENCE)
    CHECKS.check(code in (-signal.SIGINT, 130), "two signals end it at once", code)
    body.close()
    service.kill()


def occupied(folder):
    """A port that is taken is said to be."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        run = subprocess.run(
            [program(), "serve", "--port", port, "--database", str(folder / "other.sqlite")],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    CHECKS.equal(run.returncode, 69, "a port in use: the exit status")
    CHECKS.check(f"{port}: the port is in use" in run.stderr, "a port in use", run.stderr)


def crowded(folder):
    """More clients than there is room for wait; the accept loop outlives it."""
    with Service("--max-connections", "4", database=folder / "c.sqlite") as service:
        clients = [connect(service.port) for _ in range(12)]
        clients[-1].sendall(GOOD)
        for client in clients[:-1]:
            client.close()
        CHECKS.equal((Answers(clients[-1]).next() or [None])[0], 200, "the last of 12 clients")
        clients[-1].close()

    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))

    with Service(database=folder / "d.sqlite", prepare=few) as service:
        clients = [connect(service.port) for _ in range(80)]
        for client in clients[:60]:
            client.sendall(GOOD)
        for client in clients:
            client.close()
        service.until(lambda: service.get("/health").status == 200, "up after EMFILE")
        CHECKS.equal(service.process.poll(), None, "it outlives a lack of descriptors")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Service("--allow-host", "calc.example", database=folder / "a.sqlite") as service:
            for test in [malformed, hosts, sizes, bodies, expectations, connections, pipelined]:
                test(service.port)
            leaving(service)
            metrics(service)
            log_lines(service)
        short = ["--header-timeout", "1", "--body-timeout", "2", "--idle-timeout", "1"]
        with Service(*short, database=folder / "b.sqlite") as service:
            deadlines(service.port)
            CHECKS.equal(service.get("/health").status, 200, "it is up after all that")
        ending(folder, signal.SIGTERM, "SIGTERM")
        told(folder)
        twice(folder)
        crowded(folder)
        occupied(folder)
    CHECKS.finish()


if __name__ == "__main__":
    sys.exit(main())
