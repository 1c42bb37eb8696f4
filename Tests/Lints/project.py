"""What every lint shares: the project's files, the code of a Swift file, and how to report."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(root: Path = ROOT) -> list[Path]:
    """The project's own files: what git tracks or would track, or all but the build folders."""
    listing = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
    )
    if listing.returncode == 0:
        paths = [root / name.decode() for name in listing.stdout.split(b"\0") if name]
    else:
        skipped = (".build", ".git", ".swiftpm")
        paths = [
            path
            for path in root.rglob("*")
            if not any(part.startswith(skipped) for part in path.relative_to(root).parts[:-1])
        ]
    return sorted(path for path in set(paths) if path.is_file())


def swift_files(folder: str, root: Path = ROOT) -> list[Path]:
    return [
        path for path in files(root)
        if path.suffix == ".swift" and path.is_relative_to(root / folder)
    ]


def code_only(text: str) -> str:
    """The text with comments and the contents of string literals blanked; interpolations stay.

    Every character keeps its place, so that lines and columns are those of the file.
    """
    out = list(text)
    # A frame is code (its open parentheses, or None at the bottom) or a literal (its delimiter).
    stack: list[list] = [["code", None]]
    at, end = 0, len(text)

    def blank(start: int, stop: int) -> None:
        for index in range(start, min(stop, end)):
            if out[index] != "\n":
                out[index] = " "

    while at < end:
        kind = stack[-1][0]
        if kind == "code":
            if text.startswith("//", at):
                stop = text.find("\n", at)
                stop = end if stop < 0 else stop
                blank(at, stop)
                at = stop
                continue
            if text.startswith("/*", at):
                depth, stop = 1, at + 2
                while stop < end and depth:
                    if text.startswith("/*", stop):
                        depth, stop = depth + 1, stop + 2
                    elif text.startswith("*/", stop):
                        depth, stop = depth - 1, stop + 2
                    else:
                        stop += 1
                blank(at, stop)
                at = stop
                continue
            hashes = 0
            while at + hashes < end and text[at + hashes] == "#":
                hashes += 1
            if at + hashes < end and text[at + hashes] == '"':
                quote = '"""' if text.startswith('"""', at + hashes) else '"'
                stack.append(["literal", quote, "#" * hashes])
                at += hashes + len(quote)
                continue
            if hashes:
                at += hashes
                continue
            if stack[-1][1] is not None:
                if text[at] == "(":
                    stack[-1][1] += 1
                elif text[at] == ")":
                    stack[-1][1] -= 1
                    if stack[-1][1] == 0:
                        stack.pop()
            at += 1
        else:
            _, quote, hashes = stack[-1]
            if text.startswith(quote + hashes, at):
                stack.pop()
                at += len(quote + hashes)
            elif text.startswith("\\" + hashes + "(", at):
                length = len("\\" + hashes)
                blank(at, at + length)
                stack.append(["code", 1])
                at += length + 1
            elif text.startswith("\\" + hashes, at):
                blank(at, at + len("\\" + hashes) + 1)
                at += len("\\" + hashes) + 1
            elif text[at] == "\n" and quote == '"':
                stack.pop()  # an unterminated literal ends with its line
                at += 1
            else:
                blank(at, at + 1)
                at += 1
    return "".join(out)


def name(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).as_posix()


def finish(complaints: list[str], summary: str) -> None:
    """Ends the lint: prints the complaints and fails, or prints what was looked at."""
    for complaint in complaints:
        print(complaint)
    if complaints:
        print(f"{len(complaints)} complaint{'s' if len(complaints) > 1 else ''}")
        sys.exit(1)
    print(summary)
