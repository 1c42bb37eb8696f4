"""Writes the corpus anew, or with --check says whether it is up to date.

    python3 Tests/Corpus/oracle/make.py [--check]
"""

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import corpus  # noqa: E402

NOT_TOPICS = {"corpus", "make", "check_format", "reference"}


def files():
    """Every file of the corpus that the oracle writes, with its text."""
    for module in sorted(HERE.glob("*.py")):
        if module.stem not in NOT_TOPICS:
            importlib.import_module(module.stem)
    written = {}
    libm = []
    for topic in sorted(corpus.topics, key=lambda topic: topic.name):
        for folder, lines in topic.lines.items():
            if lines:
                head = [f"# {topic.about}", f"# Made by oracle/{topic.module}.py.", ""]
                written[f"{folder}/{topic.name}.calc"] = text(head, lines)
        if topic.libm:
            libm += ["", f"# {topic.about}", *topic.libm]
        for name, block in topic.blocks:
            written[name] = block
    head = [
        "# Values of the C maths library, correctly rounded by mpmath: equal within 2 ulp.",
        "# Made by the oracles of the functions.",
        "",
    ]
    written["evaluation/libm.calc"] = text(head, libm)
    return written


def text(head, lines):
    body = lines[1:] if lines and not lines[0] else lines
    return "\n".join(head + body) + "\n"


def main(arguments):
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 64
    written = files()
    stale = []
    for name, content in written.items():
        path = corpus.ROOT / name
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    for folder in ("evaluation", "faults", "warnings"):
        for path in sorted((corpus.ROOT / folder).glob("*.calc")):
            name = f"{folder}/{path.name}"
            if name not in written:
                stale.append(name)
                if not check:
                    path.unlink()
    for name in stale:
        print(f"{'stale' if check else 'written'}: {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
