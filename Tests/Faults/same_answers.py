#!/usr/bin/env python3
"""The command and the service give the same answer to every line of the corpus.

For each line of Tests/Corpus/evaluation and Tests/Corpus/faults: the value, or the code, of
`calcburst --json --untrusted` and of POST /v1/evaluate with "store": false. Both have the limits of
the service. The command is run once for all lines with equal inputs, the service is asked over one
connection.
"""

import json
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

from service import PATIENCE, ROOT, Checks, Service, program

CORPUS = ROOT / "Tests" / "Corpus"
# The fewest lines that the corpus has had; a reader that finds fewer has gone blind.
LEAST = 3000
# Arguments of one process stay far below the system's limit.
MOST_BYTES = 60_000


def lines():
    """Place, text and inputs of each line; the inputs stay text, so that no number is changed."""
    for folder, mark in (("evaluation", " => "), ("faults", " !! ")):
        for path in sorted((CORPUS / folder).glob("*.calc")):
            for number, line in enumerate(path.read_text().split("\n"), 1):
                if not line or line.startswith("#"):
                    continue
                text, found, _ = line.rpartition(mark)
                if not found:
                    raise SystemExit(f"{path}:{number}: no {mark.strip()}")
                yield f"{folder}/{path.name}:{number}", *split(text)


def split(text):
    """A text and its inputs: the last ` given {` that is followed by JSON counts."""
    start = len(text)
    while (start := text.rfind(" given {", 0, start)) >= 0:
        inputs = text[start + 7:].strip()
        try:
            json.loads(inputs)
        except ValueError:
            continue
        return text[:start].rstrip(" "), inputs
    return text.rstrip(" "), "{}"


def outcome(document):
    """What both must agree on: the value and its type, or the code."""
    if "result" in document:
        return ("value", json.dumps(document["result"], sort_keys=True), document["type"])
    findings = document.get("diagnostics", [])
    errors = [it for it in findings if it.get("severity") == "error"]
    return ("code", (errors or [document])[0].get("code"), None)


def command(texts, inputs, folder):
    """The answers of the command to texts with the same inputs."""
    file = Path(folder) / "inputs.json"
    file.write_text(inputs)
    answers = []
    while texts:
        size, some = 0, []
        while texts and (not some or size + len(texts[0].encode()) < MOST_BYTES):
            some.append(texts.pop(0))
            size += len(some[-1].encode()) + 16
        arguments = [program(), "eval", "--ndjson", "--untrusted", "--keep-going", "--quiet",
                     "--vars", str(file)]
        # In one word, since a text may begin like an option.
        arguments += [f"--expression={text}" for text in some]
        run = subprocess.run(arguments, capture_output=True, timeout=PATIENCE * 10)
        # Values stand on standard output and failures on standard error, each in order.
        values = [json.loads(line) for line in run.stdout.splitlines()]
        failures = [json.loads(line) for line in run.stderr.splitlines()]
        for text in some:
            is_value = values and values[0]["expression"] == text
            answers.append((values if is_value else failures).pop(0))
        assert not values and not failures, (values, failures)
    return answers


def ask(client, text, inputs):
    # The inputs go as they stand, since Python would write some numbers anew.
    body = f'{{"expression": {json.dumps(text)}, "variables": {inputs}, "store": false}}'
    return client.post("/v1/evaluate", body.encode(), {"Content-Type": "application/json"})


def main():
    checks = Checks()
    groups = defaultdict(list)
    for place, text, inputs in lines():
        groups[inputs].append((place, text))
    count = sum(map(len, groups.values()))
    checks.check(count >= LEAST, f"the corpus has {LEAST} lines", count)
    with tempfile.TemporaryDirectory() as folder:
        with Service(database=Path(folder) / "same.sqlite") as service, service.client() as client:
            for inputs, group in groups.items():
                answers = command([text for _, text in group], inputs, folder)
                for (place, text), answer in zip(group, answers):
                    seen = outcome(ask(client, text, inputs).json)
                    checks.equal(seen, outcome(answer), f"{place}: {text[:200]}")
    checks.finish()


if __name__ == "__main__":
    main()
