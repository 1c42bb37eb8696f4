#!/usr/bin/env python3
"""Breaks the store under a running service, and looks at what it answers then and afterwards.

    faults.py [NAME …]

Disk full, a lock of another process, damaged bytes, a newer file, a file that cannot be written, a
file of something else, a file that is removed: for each the documented refusal, with nothing
acknowledged lost, the service alive, and the same process storing again once the fault is gone. It
needs root, to mount a small file system and to make files immutable; nothing is skipped.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from service import Checks, Service

checks = Checks()


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)


def stored(service, id, operands=(1, 2)):
    answer = service.add(list(operands), id)
    checks.equal(answer.status, 200, f"{id} is stored ({answer})")
    return answer


def refused(service, code, id="refused", operands=(1, 2)):
    """The documented answer to a calculation that cannot be kept."""
    answer = service.add(list(operands), id)
    if not checks.equal(answer.status, 503, f"a calculation is refused ({answer})"):
        return
    is_problem(answer, code, "a calculation")
    # The batch cannot keep its calculations either.
    batch = {"items": [{"operation": "add", "operands": [1, 2], "id": "refused-b"}]}
    answer = service.post("/v1/batch", batch)
    checks.check(code in answer.body.decode(), f"a batch says {code}", answer)


def is_problem(answer, code, what):
    content = answer.headers.get("content-type", "")
    checks.equal(content.split(";")[0], "application/problem+json", f"{what}: a problem")
    checks.equal(answer.json.get("code"), code, f"{what}: the code")
    checks.equal(answer.json.get("status"), 503, f"{what}: the status in the document")
    retry = "60" if code == "store-full" else "1"
    checks.equal(answer.headers.get("retry-after"), retry, f"{what}: Retry-After")
    text = answer.body.decode().lower()
    for secret in ("sqlite", "/tmp", "errno", "checksum", "select ", "insert "):
        checks.check(secret not in text, f"{what}: the answer keeps {secret!r} to itself", text)


def unwell(service, reason):
    """Alive, not ready, and the check says why."""
    checks.equal(service.get("/health").status, 200, "/health")
    answer = service.get("/ready")
    checks.equal(answer.status, 503, f"/ready ({answer})")
    check = answer.json["checks"]["store"]
    checks.equal(check["status"], "fail", "/ready names the store")
    checks.equal(check["reason"], reason, "/ready says why")
    # What needs no store works.
    answer = service.post("/calculate", {"operation": "add", "operands": [1, 2], "store": False})
    checks.equal(answer.status, 200, f"without the store ({answer})")


def well(service):
    """The fault is gone, and so are its traces: the same process stores again."""
    service.until(lambda: service.add([4, 5], "afterwards").status == 200, "it stores again")
    service.until(lambda: service.get("/ready").status == 200, "it is ready again")
    reads(service, "afterwards", 9)


def reads(service, id, result):
    answer = service.get(f"/v1/calculations/{id}")
    checks.equal(answer.status, 200, f"{id} is read ({answer})")
    if answer.status == 200:
        checks.equal(answer.json["result"], result, f"{id} has its result")


def reads_nothing(service, id):
    answer = service.get(f"/v1/calculations/{id}")
    if checks.equal(answer.status, 503, f"{id} is not served ({answer})"):
        is_problem(answer, "store-unavailable", "reading")
    answer = service.get("/v1/calculations?limit=5")
    if checks.equal(answer.status, 503, f"the list is not served ({answer})"):
        is_problem(answer, "store-unavailable", "listing")


def whole(path, ids):
    """An independent reader finds what was acknowledged."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        words = database.execute("PRAGMA integrity_check").fetchall()
        checks.equal(words, [("ok",)], "integrity_check")
        found = [row[0] for row in database.execute("SELECT id FROM calculations")]
    checks.equal(sorted(set(ids) - set(found)), [], "nothing acknowledged is lost")
    checks.equal(len(found), len(set(found)), "nothing is there twice")


@contextlib.contextmanager
def folder():
    path = Path(tempfile.mkdtemp(prefix="calcburst-faults-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextlib.contextmanager
def small_disk(at, size):
    at.mkdir()
    run("mount", "-t", "tmpfs", "-o", f"size={size}", "calcburst", at)
    try:
        yield
    finally:
        run("umount", at)


@contextlib.contextmanager
def immutable(path):
    run("chattr", "+i", path)
    try:
        yield
    finally:
        run("chattr", "-i", path)


# The faults, one function each.


def disk_full():
    with folder() as place, small_disk(place / "disk", "1m"):
        path = place / "disk" / "calculations.sqlite"
        with Service(database=path) as service:
            kept = []
            long = [1] * 400
            for number in range(5000):
                answer = service.add(long, f"full-{number}")
                if answer.status != 200:
                    break
                kept.append(f"full-{number}")
            checks.check(len(kept) > 10, "the disk holds something", len(kept))
            checks.equal(answer.status, 503, "the disk is full")
            is_problem(answer, "store-full", "a calculation")
            refused(service, "store-full", operands=long)
            unwell(service, "full")
            reads(service, kept[0], 400)
            reads(service, kept[-1], 400)
            listed = service.get("/v1/calculations?limit=10")
            checks.equal(listed.status, 200, "the list is read")
            run("mount", "-o", "remount,size=16m", place / "disk")
            well(service)
            for number in range(100):
                kept.append(f"more-{number}")
                stored(service, kept[-1], long)
            checks.equal(service.stop(), 0, "it ends well")
        whole(path, kept + ["afterwards"])


def disk_full_by_others():
    with folder() as place, small_disk(place / "disk", "2m"):
        path, filler = place / "disk" / "calculations.sqlite", place / "disk" / "filler"
        # Full before the file is made, so that there is nothing to read either.
        file = os.open(filler, os.O_WRONLY | os.O_CREAT)
        with contextlib.suppress(OSError):
            while True:
                os.write(file, b"x" * 4096)
        os.close(file)
        with Service(database=path) as service:
            refused(service, "store-full")
            unwell(service, "full")
            filler.unlink()
            well(service)
            stored(service, "a")
            checks.equal(service.stop(), 0, "it ends well")
        whole(path, ["a", "afterwards"])


def file_size_limit():
    """A limit of the process instead of the disk: not known as a full disk, but as a failure."""
    import resource
    import signal

    def prepare():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))

    with folder() as place:
        path = place / "calculations.sqlite"
        with Service(database=path, prepare=prepare) as service:
            kept = []
            for number in range(2000):
                answer = service.add([1] * 400, f"limit-{number}")
                if answer.status != 200:
                    break
                kept.append(f"limit-{number}")
            checks.check(len(kept) > 10, "there is room for something", len(kept))
            checks.equal(answer.status, 503, "the limit is met")
            checks.check(answer.json["code"] in ("store-unavailable", "store-full"), "the code", answer)
            checks.equal(service.get("/health").status, 200, "/health")
            resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE,
                             (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            well(service)
            reads(service, kept[0], 400)
            reads(service, kept[-1], 400)
            checks.equal(service.stop(), 0, "it ends well")
        whole(path, kept + ["afterwards"])


def locked():
    with folder() as place:
        path = place / "calculations.sqlite"
        with Service(database=path) as service:
            stored(service, "before")
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN EXCLUSIVE")
            refused(service, "store-unavailable")
            unwell(service, "busy")
            reads(service, "before", 3)
            other.execute("ROLLBACK")
            other.close()
            well(service)
            checks.equal(service.stop(), 0, "it ends well")
        whole(path, ["before", "afterwards"])


def locked_from_the_start():
    with folder() as place:
        path = place / "calculations.sqlite"
        with Service(database=path) as service:
            stored(service, "before")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with Service(database=path) as service:
            reads(service, "before", 3)
            refused(service, "store-unavailable")
            unwell(service, "busy")
            other.execute("ROLLBACK")
            other.close()
            well(service)
        whole(path, ["before", "afterwards"])


def fill(path, count=300):
    with Service(database=path) as service, service.client() as client:
        for number in range(count):
            answer = client.add([number, 1000], f"flip-{number}")
            if answer.status != 200:
                checks.check(False, "filling the file", answer)
    return count


def answers_are_right(service, count):
    """Every calculation is served as it was, or refused; never changed and never denied."""
    right = 0
    with service.client() as client:
        for number in range(count):
            answer = client.get(f"/v1/calculations/flip-{number}")
            if answer.status == 200:
                checks.equal(answer.json["result"], number + 1000, f"flip-{number}")
                right += 1
            elif checks.equal(answer.status, 503, f"flip-{number} ({answer})"):
                is_problem(answer, "store-unavailable", "reading")
    return right


def flip(path, place):
    with open(path, "r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 0x40]))


def flipped_while_stopped():
    with folder() as place:
        path = place / "calculations.sqlite"
        count = fill(path)
        good = path.read_bytes()
        # All over the file, in the middle of pages and at their edges.
        places = [len(good) * step // 13 + 7 * step for step in range(1, 13)] + [4096, 8192 + 3]
        for at in places:
            path.write_bytes(good)
            flip(path, at)
            with Service(database=path) as service:
                right = answers_are_right(service, count)
                checks.equal(service.get("/health").status, 200, "/health")
                ready = service.get("/ready").status
                checks.check(ready == 200 or right < count, f"byte {at}: what is whole is ready")
                if right == 0:
                    # Nothing is put into a file that is damaged.
                    refused(service, "store-unavailable")
                    unwell(service, "corrupt")
                # A copy from before, put in its place.
                (place / "copy").write_bytes(good)
                os.replace(place / "copy", path)
                for name in ("-wal", "-shm"):
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(f"{path}{name}")
                well(service)
                checks.equal(answers_are_right(service, count), count, "everything is back")
            whole(path, ["afterwards"])


def flipped_while_running():
    with folder() as place:
        path = place / "calculations.sqlite"
        count = fill(path)
        with Service(database=path) as service:
            # Asked before anything is read, so that the pages come from the disk.
            data = path.read_bytes()
            for number in (3, 150, 299):
                # The operands in the row, where a changed digit would give another right-looking row.
                row = f"add[{number},1000]".encode()
                checks.equal(data.count(row), 1, "the row is found in the file")
                flip(path, data.index(row) + 6)
            for number in (3, 150, 299):
                answer = service.get(f"/v1/calculations/flip-{number}")
                if checks.equal(answer.status, 503, f"a changed row is not served ({answer})"):
                    is_problem(answer, "store-unavailable", "reading")
                answer = service.add([number, 1000], f"flip-{number}")
                if checks.equal(answer.status, 503, f"nor replayed ({answer})"):
                    is_problem(answer, "store-unavailable", "replaying")
            checks.equal(answers_are_right(service, count), count - 3, "the others are served")
            stored(service, "after-the-damage")
            reads(service, "after-the-damage", 3)
            answer = service.get("/v1/calculations?limit=500")
            checks.equal(answer.status, 503, "a list with a changed row is not served")
            checks.equal(service.get("/health").status, 200, "/health")


def newer_schema():
    with folder() as place:
        path = place / "calculations.sqlite"
        with Service(database=path) as service:
            stored(service, "before")
        set_version(path, 999)
        before = path.read_bytes()
        with Service(database=path) as service:
            refused(service, "store-unavailable")
            unwell(service, "newer-schema")
            reads_nothing(service, "before")
            checks.equal(path.read_bytes(), before, "a newer file is left as it is")
            checks.equal(os.listdir(place), [path.name], "nothing is put beside it")
            set_version(path, 1)
            well(service)
            reads(service, "before", 3)
            checks.equal(service.stop(), 0, "it ends well")
        whole(path, ["before", "afterwards"])


def set_version(path, version):
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {version}")


def read_only_file():
    with folder() as place:
        path = place / "calculations.sqlite"
        with Service(database=path) as service:
            stored(service, "before")
        before = path.read_bytes()
        with contextlib.ExitStack() as protection:
            # Before the start, since a file that is open for writing may stay so.
            protection.enter_context(immutable(path))
            with Service(database=path) as service:
                refused(service, "store-unavailable")
                unwell(service, "read-only")
                reads(service, "before", 3)
                checks.equal(service.get("/v1/calculations").status, 200, "the list is read")
                checks.equal(path.read_bytes(), before, "the file is as it was")
                protection.close()
                well(service)
                reads(service, "before", 3)
        whole(path, ["before", "afterwards"])


def read_only_file_while_it_runs():
    """What is acknowledged then stands in the log, which is not the file that was protected."""
    with folder() as place:
        path = place / "calculations.sqlite"
        with Service(database=path) as service:
            kept = ["before"]
            stored(service, "before")
            with immutable(path):
                for number in range(3000):
                    if service.add([1] * 40, f"during-{number}").status == 200:
                        kept.append(f"during-{number}")
                reads(service, "before", 3)
            well(service)
            service.kill()
        whole(path, [*kept, "afterwards"])


def read_only_disk():
    with folder() as place, small_disk(place / "disk", "4m"):
        path = place / "disk" / "calculations.sqlite"
        with Service(database=path) as service:
            stored(service, "before")
        run("mount", "-o", "remount,ro", place / "disk")
        with Service(database=path) as service:
            refused(service, "store-unavailable")
            unwell(service, "read-only")
            reads(service, "before", 3)
            checks.equal(os.listdir(place / "disk"), [path.name], "nothing is put beside it")
            run("mount", "-o", "remount,rw", place / "disk")
            well(service)
            checks.equal(service.stop(), 0, "it ends well")
        whole(path, ["before", "afterwards"])


def read_only_disk_after_a_crash():
    with folder() as place, small_disk(place / "disk", "4m"):
        path = place / "disk" / "calculations.sqlite"
        with Service(database=path) as service:
            stored(service, "in-the-log")
            service.kill()
        run("mount", "-o", "remount,ro", place / "disk")
        with Service(database=path) as service:
            refused(service, "store-unavailable")
            # What stands in the log only is read as well.
            reads(service, "in-the-log", 3)
            run("mount", "-o", "remount,rw", place / "disk")
            well(service)
            reads(service, "in-the-log", 3)
        whole(path, ["in-the-log", "afterwards"])


def foreign_file():
    for content in (b"my notes, not a database\n" * 400, b"x", foreign_database()):
        with folder() as place:
            path = place / "calculations.sqlite"
            path.write_bytes(content)
            with Service(database=path) as service:
                refused(service, "store-unavailable")
                unwell(service, "corrupt")
                reads_nothing(service, "before")
                checks.equal(path.read_bytes(), content, "a file of something else is left alone")
                checks.equal(os.listdir(place), [path.name], "nothing is put beside it")
                path.unlink()
                well(service)
            whole(path, ["afterwards"])


def foreign_database():
    with folder() as place:
        with contextlib.closing(sqlite3.connect(place / "songs")) as database:
            database.execute("CREATE TABLE calculations (name TEXT)")
            database.execute("INSERT INTO calculations VALUES ('one')")
            database.commit()
        return (place / "songs").read_bytes()


def removed_file():
    with folder() as place:
        path = place / "calculations.sqlite"
        with Service(database=path) as service:
            stored(service, "before")
            for name in ("", "-wal", "-shm"):
                os.unlink(f"{path}{name}")
            # Nothing goes into the file that has no name: it is stored where it can be found.
            for number in range(20):
                stored(service, f"after-{number}")
                reads(service, f"after-{number}", 3)
            answer = service.get("/v1/calculations/before")
            checks.equal(answer.status, 404, "what was removed is gone, and said to be")
            service.kill()
        whole(path, [f"after-{number}" for number in range(20)])


def removed_folder():
    with folder() as place:
        path = place / "data" / "calculations.sqlite"
        with Service(database=path) as service:
            stored(service, "before")
            shutil.rmtree(place / "data")
            stored(service, "after")
            reads(service, "after", 3)
            service.kill()
        whole(path, ["after"])


FAULTS = [
    disk_full, disk_full_by_others, file_size_limit, locked, locked_from_the_start,
    flipped_while_stopped, flipped_while_running, newer_schema, read_only_file,
    read_only_file_while_it_runs, read_only_disk, read_only_disk_after_a_crash, foreign_file,
    removed_file, removed_folder,
]


def main():
    if os.geteuid() != 0:
        raise SystemExit("faults.py mounts file systems: run it as root")
    names = {fault.__name__: fault for fault in FAULTS}
    for name in sys.argv[1:] or names:
        before = checks.failed
        try:
            names[name]()
        except Exception:
            checks.check(False, name, traceback.format_exc())
        if checks.failed > before:
            print(f"^ {name}")
    checks.finish()


if __name__ == "__main__":
    main()
