#!/usr/bin/env python3
"""Writes seeds for the fuzzers: Tests/Fuzz/seeds.py FOLDER.

Texts come from the corpus, a line's expression each, and from the benchmarks; JSON from the corpus of
JSON. Sentences of the grammar are choices, so any bytes will do.
"""

import hashlib
import json
import random
import re
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def texts() -> list[str]:
    found = []
    for path in sorted((TESTS / "Corpus").rglob("*")):
        if path.is_file() and path.suffix in (".calc", ".txt"):
            for line in path.read_text(errors="replace").split("\n"):
                match = re.match(r"(.*?)\s+(?:given\s.*)?(?:=>|!!)\s", line)
                if match and not line.startswith("#"):
                    found.append(match.group(1))
    found += [e["expr"] for e in json.loads((TESTS / "Benchmarks/expressions.json").read_text())["expressions"]]
    return found


def documents() -> list[bytes]:
    found = [b'{"operation":"add","operands":[10,20,30]}']
    for line in (TESTS / "Corpus/json/texts.tsv").read_text().split("\n"):
        fields = line.split("\t")
        if len(fields) > 2:
            found.append(re.sub(rb"\\x(..)", lambda x: bytes.fromhex(x[1].decode()), fields[1].encode()))
    return found


def write(folder: Path, seeds: list[bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    print(f"{len(seeds)} seeds in {folder.name}")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    draw = random.Random(1)
    write(folder / "fuzz-text", [text.encode() for text in texts()])
    write(folder / "fuzz-json", documents())
    write(folder / "fuzz-grammar", [draw.randbytes(draw.randrange(8, 120)) for _ in range(200)])
