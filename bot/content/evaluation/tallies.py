"""Counts what became of questions, set by set."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.content.evaluation.asking import Answered, Verdict

SHOWN = (Verdict.RIGHT, Verdict.OFFERED, Verdict.WRONG, Verdict.NONE)  # the columns of the table
BARS = tuple(Verdict)  # the parts of a bar, the best first


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions of a set found which verdict."""

    counts: Mapping[Verdict, int]

    @property
    def asked(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    def share(self, *verdicts: Verdict) -> float:
        """The share of the questions with one of these verdicts, 0 where nothing was asked."""
        count = sum(self.counts.get(verdict, 0) for verdict in verdicts)
        return round(count / self.asked, 4) if self.asked else 0.0


def tally(answered: Iterable[Answered]) -> Tally:
    """The verdicts on some questions."""
    return Tally(Counter(each.verdict for each in answered))


def by_set(answered: Iterable[Answered]) -> dict[str, Tally]:
    """A tally for each set, in the order in which they were asked."""
    sets: dict[str, list[Answered]] = {}
    for each in answered:
        sets.setdefault(each.question.set, []).append(each)
    return {name: tally(members) for name, members in sets.items()}


def figures(tallies: Mapping[str, Tally]) -> dict[str, float]:
    """Every share by its name, like "held_out.right"."""
    return {
        f"{name}.{verdict}": each.share(verdict)
        for name, each in tallies.items()
        for verdict in (Verdict.RIGHT, Verdict.OFFERED, Verdict.WRONG)
    }


def rows(tallies: Mapping[str, Tally]) -> list[Sequence[str]]:
    """The tallies as the rows of a table, its heading first."""
    heading = ("set", "asked", "right", "offered", "wrong", "none")
    return [heading, *((name, str(each.asked), *_shares(each)) for name, each in tallies.items())]


def _shares(each: Tally) -> list[str]:
    return [f"{each.share(verdict):.1%}" for verdict in SHOWN]
