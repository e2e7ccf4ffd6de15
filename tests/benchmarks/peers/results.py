"""What the contenders reached, and how it is written down."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Spread
from benchmarks.peers.contender import Performance
from benchmarks.peers.contenders import Ranking
from benchmarks.peers.tasks import Task

Sureness = NDArray[np.float64]

ACCEPTED = 0.95  # share of the questions that are answered where false answers are counted
GOALS = {"CLINC150": 0.87, "Banking77": 0.78, "HWU64": 0.77}  # of our first candidates that are right
MOST_LOST = 0.01  # of them by typing errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares, 0 to 1, of questions; `training` in seconds, `memory` in MiB.

    first, third: right at once, or among the first three; mistyped: right at once with typing errors; apart:
    how often a question is surer than one that is out of scope (AUROC); false: the share of what is out of
    scope that gets an answer where 95 of 100 questions get one.
    """

    first: float
    third: float
    mistyped: float
    apart: float | None
    false: float | None
    took: Spread
    training: float
    memory: float | None


def weigh(task: Task, performance: Performance) -> Figures:
    """The figures of a performance."""
    rankings = performance.rankings
    wanted = [groups for _, groups in task.questions]
    inside = _sureness(task, rankings["questions"])
    outside = _sureness(task, rankings["outside"])
    return Figures(
        first=_right(task, rankings["questions"], wanted, 1),
        third=_right(task, rankings["questions"], wanted, 3),
        mistyped=_right(task, rankings["mistyped"], wanted, 1),
        apart=_apart(inside, outside) if task.outside else None,
        false=float(np.mean(outside >= max(_threshold(inside), 1e-9))) if task.outside else None,
        took=performance.took,
        training=performance.training,
        memory=performance.memory,
    )


def _right(task: Task, rankings: Sequence[Ranking], wanted: Sequence[Sequence[str]], count: int) -> float:
    hits = [
        any(task.groups.get(label) in groups for label, _ in ranking[:count])
        for ranking, groups in zip(rankings, wanted, strict=True)
    ]
    return sum(hits) / len(hits)


def _sureness(task: Task, rankings: Sequence[Ranking]) -> Sureness:
    """How sure a contender is to have an answer: none where the likeliest label answers nothing."""
    return np.array(
        [ranking[0][1] if ranking and ranking[0][0] in task.groups else 0.0 for ranking in rankings]
    )


def _threshold(inside: Sureness) -> float:
    return float(np.quantile(inside, 1 - ACCEPTED))


def _apart(inside: Sureness, outside: Sureness) -> float:
    surer, alike = inside[:, None] > outside, inside[:, None] == outside
    return float(surer.mean() + alike.mean() / 2)


def tables(figures: Mapping[str, Mapping[str, Figures]], about: Mapping[str, str]) -> Iterator[str]:
    """A table for each task, with a line on what it is above it."""
    for task, contenders in figures.items():
        yield f"**{task}**: {about[task]}\n"
        yield f"| | {' | '.join(_COLUMNS)} |"
        yield f"|---|{'---|' * len(_COLUMNS)}"
        for name, reached in contenders.items():
            yield f"| {name} | {' | '.join(cell(reached) for cell in _COLUMNS.values())} |"
        yield ""


def goals(figures: Mapping[str, Mapping[str, Figures]]) -> Iterator[str]:
    """Each goal of ours on public data with what was reached, a sentence each."""
    for task, goal in GOALS.items():
        if task in figures:
            ours = figures[task]["Strong Back"]
            lost = round(ours.first - ours.mistyped, 4)
            yield f"{task}, right at once {goal:.0%}: {_verdict(ours.first >= goal)}, {ours.first:.1%}."
            yield f"{task}, typing errors cost {MOST_LOST:.0%}: {_verdict(lost <= MOST_LOST)}, {lost:.1%}."


def _verdict(is_reached: bool) -> str:  # noqa: FBT001 - it is the only argument
    return "reached" if is_reached else "missed"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


_COLUMNS: Mapping[str, Callable[[Figures], str]] = {
    "first right": lambda each: _share(each.first),
    "in first three": lambda each: _share(each.third),
    "first right, mistyped": lambda each: _share(each.mistyped),
    "AUROC in/out": lambda each: "" if each.apart is None else f"{each.apart:.3f}",
    "false answers": lambda each: _share(each.false),
    "ms, p50 / p95": lambda each: f"{each.took.p50:.2f} / {each.took.p95:.2f}",
    "learning": lambda each: f"{each.training:.1f} s",
    "memory": lambda each: "" if each.memory is None else f"{each.memory:.0f} MiB",
}
