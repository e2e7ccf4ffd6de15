"""The fourth part of `make bench`: how long it takes to compose a routine out of a great many exercises."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.__main__ import PAGE
from bot.bootstrap import load_library
from bot.config import Settings
from bot.core.model import Knowledge
from bot.core.person.eligibility import Readiness
from bot.core.person.profile import Profile
from bot.core.routines.composing import compose
from bot.core.routines.recipes import Wish

FROM, TO = "<!-- composing: from here -->\n", "<!-- composing: to here -->\n"
MANY = 300  # exercises
DAYS = 400  # each with a routine of its own
WISHES = tuple(Wish(minutes=minutes) for minutes in (3, 6, 10, 20))
START = date(2026, 1, 5)
GOAL = 5.0  # ms at the 95th percentile


def main() -> None:
    """Measure, print a sentence and write it into the page."""
    computed, waited = zip(*_milliseconds(load_library(Settings())["en"].knowledge), strict=True)
    median, high = _median_and_high(computed)
    reached = "reached" if high <= GOAL else "missed"
    usual, slow = _median_and_high(waited)
    text = (
        f"Composing a routine out of {MANY} exercises: {median:.1f} ms of computing in the median,"
        f" {high:.1f} at the 95th percentile (goal {GOAL:.0f}: {reached}). By the clock on the wall, with"
        f" whatever else the machine did meanwhile: {usual:.1f} and {slow:.1f} ms.\n"
    )
    sys.stdout.write(text)
    before, rest = PAGE.read_text(encoding="utf-8").split(FROM)
    PAGE.write_text(f"{before}{FROM}\n{text}\n{TO}{rest.split(TO)[1]}", encoding="utf-8")


def _median_and_high(took: Sequence[float]) -> tuple[float, float]:
    ranked = sorted(took)
    return ranked[len(ranked) // 2], ranked[len(ranked) * 95 // 100]


def _milliseconds(knowledge: Knowledge) -> Iterator[tuple[float, float]]:
    """How long each routine took: of this process's computing, and on the wall."""
    copies = MANY // len(knowledge.exercises) + 1
    many = {
        f"{name}-{copy}": replace(exercise, id=f"{name}-{copy}", easier=(), harder=())
        for copy in range(copies)
        for name, exercise in knowledge.exercises.items()
    }
    library = dict(list(many.items())[:MANY])
    for number in range(DAYS):
        day, wish = START + timedelta(days=number), WISHES[number % len(WISHES)]
        computing, waiting = time.process_time(), time.perf_counter()
        compose(library, knowledge.recipes, Profile(), Readiness(), day, wish, "1")
        yield (time.process_time() - computing) * 1000, (time.perf_counter() - waiting) * 1000


if __name__ == "__main__":
    main()
