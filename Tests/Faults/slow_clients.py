#!/usr/bin/env python3
"""What 500 clients that send one byte at a time do to the others, and to the service itself.

It prints how long /health takes with and without them, and what the process holds; these are figures,
not checks. It checks that every /health is answered, and that every slow client is cut off.

    slow_clients.py [--clients 500] [--requests 500]
"""

import argparse
import os
import selectors
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

from service import PATIENCE, Checks, Service

DRIPS = [
    b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: ",
    b"POST /v1/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 100000\r\n\r\n",
]


class Drippers:
    """Clients that send one byte a second each, until they are cut off."""

    def __init__(self, port, count):
        self.port = port
        self.count = count
        self.cut = 0
        self.sockets = {}
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        with selectors.DefaultSelector() as selector:
            for number in range(self.count):
                client = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
                client.sendall(DRIPS[number % len(DRIPS)])
                client.setblocking(False)
                selector.register(client, selectors.EVENT_READ)
                self.sockets[client] = time.monotonic()
            while self.sockets and not self.stop.is_set():
                for key, _ in selector.select(0.05):
                    client = key.fileobj
                    try:
                        if client.recv(65536):
                            continue
                    except BlockingIOError:
                        continue
                    except OSError:
                        pass
                    selector.unregister(client)
                    client.close()
                    del self.sockets[client]
                    self.cut += 1
                now = time.monotonic()
                for client, last in self.sockets.items():
                    if now - last < 1:
                        continue
                    try:
                        client.send(b"a")
                    except OSError:
                        pass  # Reading tells that it was cut off.
                    self.sockets[client] = now
        for client in self.sockets:
            client.close()


def held(process):
    """Memory in MiB and descriptors of a process."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    memory = int(status.split("VmRSS:")[1].split()[0]) / 1024
    return memory, len(os.listdir(f"/proc/{process.pid}/fd"))


def measure(service, count, checks, name):
    times = []
    good = 0
    with service.client() as client:
        for _ in range(count):
            begin = time.perf_counter()
            good += client.get("/health").status == 200
            times.append(time.perf_counter() - begin)
            time.sleep(0.005)
    checks.equal(good, count, f"/health {name}")
    times.sort()
    p50, p99 = times[count // 2] * 1e3, times[min(count - 1, count * 99 // 100)] * 1e3
    memory, descriptors = held(service.process)
    print(
        f"{name:22} /health P50 {p50:6.2f} ms, P99 {p99:6.2f} ms;"
        f" {memory:6.1f} MiB, {descriptors} descriptors"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--requests", type=int, default=500)
    options = parser.parse_args()
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        with Service(database=Path(folder) / "a.sqlite") as service:
            measure(service, options.requests, checks, "alone")
            drippers = Drippers(service.port, options.clients)
            drippers.thread.start()
            end = time.monotonic() + PATIENCE
            while len(drippers.sockets) + drippers.cut < options.clients:
                if time.monotonic() > end or not drippers.thread.is_alive():
                    break
                time.sleep(0.01)
            measure(service, options.requests, checks, f"{options.clients} slow clients")
            drippers.thread.join(PATIENCE)
            drippers.stop.set()
            drippers.thread.join()
            checks.equal(drippers.cut, options.clients, "slow clients that were cut off")
            # A client that was cut off may be remembered for a moment.
            service.until(lambda: held(service.process)[1] < 100, "descriptors are given back")
            measure(service, options.requests, checks, "afterwards")
    checks.finish()


if __name__ == "__main__":
    sys.exit(main())
