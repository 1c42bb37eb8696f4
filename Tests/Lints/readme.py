#!/usr/bin/env python3
"""Runs the commands of the documents as a stranger would, and compares what they print.

A fenced block of the kind `console` holds commands, each on a line that begins with `$ `, and under
each exactly what a terminal shows for it. A command goes on in lines that begin with `> `. The
commands of a block share one shell, so that variables and background programs last until its end;
what one block stores in the folder for data, the next finds. Everything runs in a copy of the project
without build products, in a folder whose name has a space, in an environment that holds HOME and
PATH only.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from project import ROOT, files, finish, name

SECONDS_PER_BLOCK = 120
FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Commands that would run this very check again.
NOT_HERE = re.compile(r"^\./deploy/test\.sh\b|^\./\.ci/run\b")


@dataclass
class Command:
    text: str
    line: int
    output: list[str] = field(default_factory=list)


def is_complete(command: str) -> bool:
    """Whether the shell would run this instead of waiting for more."""
    if command.endswith("\\"):
        return False
    said = subprocess.run(["bash", "-n", "-c", command], capture_output=True, text=True).stderr
    return not re.search(r"unexpected (?:EOF|end of file)|here-document", said)


def commands_of(block: str, first_line: int) -> list[Command]:
    commands: list[Command] = []
    waiting = False
    for number, line in enumerate(block.split("\n")[:-1], first_line):
        if line.startswith("$ "):
            commands.append(Command(line[2:], number))
            waiting = not is_complete(commands[-1].text)
        elif waiting and line.startswith("> "):
            commands[-1].text += "\n" + line[2:]
            waiting = not is_complete(commands[-1].text)
        elif commands:
            commands[-1].output.append(line)
            waiting = False
        else:
            raise SystemExit(f"line {number}: output before the first command of a block")
    return commands


def blocks_of(text: str) -> list[list[Command]]:
    return [
        commands_of(match.group(1), text.count("\n", 0, match.start()) + 2)
        for match in FENCE.finditer(text)
    ]


def run_block(commands: list[Command], folder: Path, environment: dict[str, str]) -> list[str]:
    """Runs the commands in one shell; the complaints name the line of the document."""
    mark = "=== end of command ==="
    script = "".join(f"{command.text}\nprintf '\\n%s %s\\n' '{mark}' $?\n" for command in commands)
    # What is in the background ends before the next block, which may want its port.
    script += "kill $(jobs -p) 2>/dev/null; wait\n"
    shell = subprocess.Popen(
        ["bash", "-c", "exec 2>&1\n" + script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="backslashreplace",
        start_new_session=True,
    )
    try:
        printed, _ = shell.communicate(timeout=SECONDS_PER_BLOCK)
    except subprocess.TimeoutExpired:
        os.killpg(shell.pid, signal.SIGKILL)
        return [f"{commands[0].line}: the block took more than {SECONDS_PER_BLOCK} s"]
    finally:
        try:
            os.killpg(shell.pid, signal.SIGTERM)  # what the block left in the background
        except ProcessLookupError:
            pass

    complaints = []
    parts = re.split(rf"\n{mark} (\d+)\n", printed)
    outputs, statuses = parts[0::2], parts[1::2]
    for index, command in enumerate(commands):
        if index >= len(statuses):
            complaints.append(f"{command.line}: not reached: $ {command.text}")
            break
        got, want = outputs[index].rstrip("\n"), "\n".join(command.output).rstrip("\n")
        status = int(statuses[index])
        if got != want:
            complaints.append(
                f"{command.line}: $ {command.text}\n--- the document says\n{want}\n--- it prints\n{got}"
            )
        elif status in (126, 127) or status >= 128 or (status and not want):
            complaints.append(f"{command.line}: $ {command.text}\nends with status {status}")
    return complaints


def copy_project(destination: Path) -> None:
    """Makes the destination hold the project's files and nothing else but its own build."""
    wanted = {name(path): path for path in files()}
    destination.mkdir(parents=True, exist_ok=True)
    for path in list(destination.rglob("*")):
        relative = path.relative_to(destination)
        if not relative.parts[0].startswith(".build") and path.is_file():
            if relative.as_posix() not in wanted:
                path.unlink()
    for file, path in wanted.items():
        copy = destination / file
        if copy.exists() and copy.read_bytes() == path.read_bytes():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)


def main(place: Path) -> None:
    copy, home = place / "calc burst", place / "home"
    copy_project(copy)
    home.mkdir(exist_ok=True)
    shutil.rmtree(home / ".local", ignore_errors=True)  # what the last run stored
    binary = copy / ".build/release"
    environment = {"HOME": str(home), "PATH": f"{binary}:{os.environ['PATH']}"}

    first = subprocess.run(
        [copy / "deploy/run.sh", "2 + 3 * 4"], cwd="/", env=environment, capture_output=True, text=True
    )
    if (first.returncode, first.stdout) != (0, "14\n"):
        print(first.stderr)
        raise SystemExit(f"deploy/run.sh '2 + 3 * 4' ends with {first.returncode}: {first.stdout!r}")
    again = subprocess.run(
        [copy / "deploy/run.sh", "1/8"], cwd="/", env=environment, capture_output=True, text=True
    )
    complaints = []
    if (again.returncode, again.stdout, again.stderr) != (0, "0.125\n", ""):
        complaints.append(f"the second run is not quiet: {again.stdout!r} {again.stderr!r}")

    blocks = count = 0
    for path in sorted(p for p in files() if p.suffix == ".md"):
        found = blocks_of(path.read_text())
        if not found and name(path) == "README.md":
            complaints.append("README.md has no block of commands: ```console")
        for commands in found:
            commands = [command for command in commands if not NOT_HERE.match(command.text)]
            if commands:
                blocks, count = blocks + 1, count + len(commands)
                said = run_block(commands, copy, environment)
                complaints += [f"{name(path)}:{complaint}" for complaint in said]
    if not (ROOT / "README.md").exists():
        complaints.append("there is no README.md")
    finish(complaints, f"{count} commands in {blocks} blocks print what the documents say")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".build-readme")
