"""What got better and worse since an earlier report, question by question."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.evaluation.asking import Answered, Verdict
from bot.content.evaluation.measuring import Report

RANKS = tuple(Verdict)  # the best first

_Name = tuple[str, tuple[str, ...], str]


class NoReportError(Exception):
    """A file is no report that `--json` has written. The text says which."""


@dataclass(frozen=True, slots=True)
class Change:
    """A question that another verdict met before."""

    before: Verdict
    now: Answered

    @property
    def is_better(self) -> bool:
        """Whether it fares better now."""
        return RANKS.index(self.now.verdict) < RANKS.index(self.before)

    @property
    def line(self) -> str:
        """The change in a line."""
        word = "better" if self.is_better else "worse"
        return f"{word:6} {self.before.value} -> {self.now.verdict.value}  {self.now.line}"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier report: its figures, and the verdict on each of its questions."""

    figures: Mapping[str, float]
    verdicts: Mapping[_Name, Verdict]

    @classmethod
    def read(cls, path: Path) -> "Earlier":
        """What `--json` wrote. Raises NoReportError."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                data["figures"], {_named(each): Verdict(each["outcome"]) for each in data["questions"]}
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoReportError(
                f"{path} is no report that evaluate --json has written ({type(error).__name__})."
            ) from error


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes, worse ones first; the figures that moved, before and now; how many are new or gone."""

    changes: Sequence[Change]
    figures: Mapping[str, tuple[float, float]]
    new: int
    gone: int

    @property
    def summary(self) -> str:
        """How many questions changed."""
        better = sum(change.is_better for change in self.changes)
        worse = len(self.changes) - better
        return f"{better} better, {worse} worse, {self.new} new, {self.gone} gone."

    def lines(self) -> Iterator[str]:
        """The comparison as lines to read."""
        yield f"Against the earlier report: {self.summary}"
        yield from (f"{name}  {before:.1%} -> {now:.1%}" for name, (before, now) in self.figures.items())
        yield from (change.line for change in self.changes)


def compare(earlier: Earlier, report: Report) -> Comparison:
    """What changed since an earlier report. Sealed sets change as figures only."""
    now = {_name(each): each for each in report.shown}
    changes = [
        Change(before, now[name])
        for name, before in earlier.verdicts.items()
        if name in now and now[name].verdict is not before
    ]
    figures = {
        name: (earlier.figures[name], figure)
        for name, figure in report.figures.items()
        if name in earlier.figures and earlier.figures[name] != figure
    }
    return Comparison(
        changes=sorted(changes, key=lambda change: change.is_better),
        figures=figures,
        new=len(now.keys() - earlier.verdicts.keys()),
        gone=len(earlier.verdicts.keys() - now.keys()),
    )


def _name(each: Answered) -> _Name:
    return each.question.set, each.question.before, each.question.text


def _named(data: Mapping[str, Any]) -> _Name:
    return data["set"], tuple(data["before"]), data["text"]
