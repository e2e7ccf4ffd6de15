"""`make bench`: measures, prints a table, and writes it into docs/ with all figures and a picture."""

import json
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Run, Rush
from benchmarks.plot import draw
from benchmarks.processes import ROOT, STRONG_BACK, Processes, echo_bot
from benchmarks.results import RATIO_GOALS, Machine, Results, Rushes, echo_table, goals, table, where

QUESTIONS = ROOT / "tests" / "evaluation" / "in_scope.jsonl"
PAGE = ROOT / "docs" / "benchmarks.md"
FROM, TO = "<!-- measured: from here -->\n", "<!-- to here -->\n"

CONCURRENT_UPDATES = (1, 16, 64, 256)  # of the echo bot
CHATS = 2000  # so many that nobody asks more often than the bot allows
OPEN_QUESTIONS = 500  # at any time: as many as keep every bot busy
ROUNDS = 2  # of every rush, of which the better one counts, for each bot
STARTS = 5  # with a warm cache


def main() -> None:
    """Measure and write everything down."""
    with TemporaryDirectory() as cache:
        results = _measure(Processes(Path(cache)))
    text = "\n".join(
        [where(results.machine), "", table(results), "", echo_table(results), "", *_list(goals(results))]
    )
    _say(f"\n{text}")
    before, rest = PAGE.read_text(encoding="utf-8").split(FROM)
    PAGE.write_text(f"{before}{FROM}\n{text}\n\n{TO}{rest.split(TO)[1]}", encoding="utf-8")
    PAGE.with_suffix(".json").write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")
    draw(results, PAGE.with_suffix(".png"))


def _measure(processes: Processes) -> Results:
    machine = Machine(
        cores=os.cpu_count() or 1,
        system=platform.system(),
        python=platform.python_version(),
        library=version("python-telegram-bot"),
        load=os.getloadavg()[0],
    )
    texts = tuple(json.loads(line)["text"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines())
    _say("Starting with a cold cache, then with a warm one.")
    cold = processes.start(STRONG_BACK)
    return Results(
        machine=machine,
        cold=cold,
        warm=[processes.start(STRONG_BACK) for _ in range(STARTS)],
        echo_start=processes.start(echo_bot(1)),
        inside=processes.inside(texts),
        rushes=[_rushes(processes, latency, texts) for latency in RATIO_GOALS],
    )


def _rushes(processes: Processes, latency: float, texts: tuple[str, ...]) -> Rushes:
    """All bots take turns, so that what else the machine does hits all of them."""
    rush = Rush(latency=latency, chats=CHATS, open_questions=OPEN_QUESTIONS, texts=texts)
    bots = [STRONG_BACK, *map(echo_bot, CONCURRENT_UPDATES)]
    runs: dict[tuple[str, ...], list[Run]] = {bot: [] for bot in bots}
    for _ in range(ROUNDS):
        for bot in bots:
            runs[bot].append(processes.rush(bot, rush))
            said = runs[bot][-1].service.replies_per_second
            _say(f"{latency * 1000:.0f} ms, {' '.join(bot)}: {said:.0f} replies a second")
    ours, *others = (max(runs[bot], key=lambda run: run.service.replies_per_second) for bot in bots)
    return Rushes(latency=latency, bot=ours, echo=dict(zip(CONCURRENT_UPDATES, others, strict=True)))


def _list(sentences: Iterable[str]) -> list[str]:
    return [f"- {sentence}" for sentence in sentences]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
