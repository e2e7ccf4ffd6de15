"""`make bench-matching`: the matcher beside its peers; prints tables and writes them into docs/peers.*."""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.figures import Spread
from benchmarks.peers.contender import Performance
from benchmarks.peers.contenders import CONTENDERS
from benchmarks.peers.results import Figures, goals, tables, weigh
from benchmarks.peers.tasks import Task, fewer, own, public
from benchmarks.processes import ROOT

PAGE = ROOT / "docs" / "peers.md"
FROM, TO = "<!-- measured: from here -->\n", "<!-- to here -->\n"


def main() -> None:
    """Measure and write everything down."""
    asked = _arguments()
    figures: dict[str, dict[str, Figures]] = {}
    about: dict[str, str] = {}
    for task in _tasks(asked):
        posed = fewer(task, asked.most)
        about[task.name] = _about(posed)
        figures[task.name] = {name: _measure(posed, name) for name in CONTENDERS}
    text = "\n".join([_where(), "", *tables(figures, about), *(f"- {said}" for said in goals(figures))])
    _say(f"\n{text}")
    before, rest = PAGE.read_text(encoding="utf-8").split(FROM)
    PAGE.write_text(f"{before}{FROM}\n{text.rstrip()}\n\n{TO}{rest.split(TO)[1]}", encoding="utf-8")
    measured = {
        task: {name: asdict(each) for name, each in contenders.items()}
        for task, contenders in figures.items()
    }
    PAGE.with_suffix(".json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder with the public data, see docs/peers.md")
    parser.add_argument("--examples", type=int, default=10, help="of each label")
    parser.add_argument("--most", type=int, default=10_000, help="questions of a set; fewer are faster")
    return parser.parse_args()


def _tasks(asked: argparse.Namespace) -> Iterator[Task]:
    yield own(asked.examples)
    if asked.data is None:
        _say("CLINC150, Banking77 and HWU64 are skipped: no --data DIR was given.")
        return
    for task in public(asked.data, asked.examples):
        if isinstance(task, str):
            _say(task)
        else:
            yield task


def _measure(task: Task, name: str) -> Figures:
    """Let a contender perform in a process of its own."""
    learn = {"examples": task.examples, "background": task.background, "own_words": task.own_words}
    texts = {
        "questions": [text for text, _ in task.questions],
        "mistyped": task.mistyped,
        "outside": task.outside,
    }
    arguments = [sys.executable, "-m", "benchmarks.peers.contender"]
    asked = json.dumps({"name": name, "learn": learn, "texts": texts}).encode()
    place = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    done = subprocess.run(arguments, input=asked, stdout=subprocess.PIPE, check=True, cwd=ROOT, env=place)
    said = json.loads(done.stdout)
    figures = weigh(task, Performance(**{**said, "took": Spread(**said["took"])}))
    _say(f"{task.name}, {name}: {figures.first:.1%} right at once")
    return figures


def _about(task: Task) -> str:
    examples = sum(map(len, task.examples.values()))
    return (
        f"{len(task.questions)} questions, {len(task.examples)} labels with {examples} examples, "
        f"{len(task.background)} background sentences, {len(task.outside)} questions out of scope."
    )


def _where() -> str:
    return (
        f"Measured on {os.cpu_count()} cores ({platform.system()}, Python {platform.python_version()}), "
        f"load {os.getloadavg()[0]:.1f} at the end."
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
