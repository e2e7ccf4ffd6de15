"""All that `evaluate` measures, as figures, as a table and as data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.content.evaluation import folds, robustness, tallies
from bot.content.evaluation.asking import Answered, Verdict
from bot.content.evaluation.reliability import Bin, expected_error, reliability
from bot.content.evaluation.robustness import Loss

CEILINGS = (".wrong", ".loss", ".error")  # endings of the figures that should be low
MOST_ERROR = 0.05  # the expected calibration error to stay below


@dataclass(frozen=True, slots=True)
class Report:
    """Every question with what became of it, and what disturbances cost where that was measured."""

    answered: Sequence[Answered]
    losses: Sequence[Loss] = ()

    @property
    def shown(self) -> list[Answered]:
        """What may be read question by question: all but the sealed ones."""
        return [each for each in self.answered if not each.question.is_sealed]

    @property
    def reliability(self) -> dict[str, list[Bin]]:
        """What the matcher claimed and what came true, for the open and the sealed questions.

        The utterances of the folds stay out: they were written for the entries, not by people who ask.
        """
        asked = [each for each in self.answered if each.question.set != folds.SET and each.candidates]
        claims: dict[str, list[tuple[float, bool]]] = {}
        for each in asked:
            name = "sealed_reliability" if each.question.is_sealed else "reliability"
            claims.setdefault(name, []).append((each.candidates[0].score, each.is_best_meant))
        return {name: reliability(pairs) for name, pairs in claims.items()}

    @property
    def figures(self) -> dict[str, float]:
        """Every figure by its name, as shares of 1."""
        errors = {f"{name}.error": expected_error(bins) for name, bins in self.reliability.items()}
        return {
            **tallies.figures(tallies.by_set(self.answered)),
            **errors,
            **robustness.figures(self.losses),
        }

    @property
    def lost(self) -> list[str]:
        """The questions that were not answered right, a line each."""
        return [each.line for each in self.shown if each.verdict is not Verdict.RIGHT]

    def table(self) -> str:
        """The figures as a person reads them."""
        parts = [_aligned(tallies.rows(tallies.by_set(self.answered)))]
        if self.losses:
            parts.append(_aligned(robustness.rows(self.losses)))
        errors = {name: expected_error(bins) for name, bins in self.reliability.items()}
        parts.append(
            _aligned([("calibration", "error"), *((name, f"{e:.3f}") for name, e in errors.items())])
        )
        return "\n\n".join(parts)

    def below(self, floors: Mapping[str, float]) -> list[str]:
        """Figures that miss their floor; for those of CEILINGS the floor is a ceiling."""
        figures, missed = self.figures, []
        for name, floor in floors.items():
            figure = figures.get(name)
            if figure is None:
                missed.append(f"{name} was not measured, but {floor:.1%} is its limit.")
            elif figure > floor if name.endswith(CEILINGS) else figure < floor:
                missed.append(f"{name} is {figure:.1%}, but {floor:.1%} is the limit.")
        return missed

    def as_json(self) -> dict[str, Any]:
        """The figures, and every question that is not sealed."""
        return {"figures": self.figures, "questions": [_as_json(each) for each in self.shown]}


def _as_json(each: Answered) -> dict[str, Any]:
    return {
        "set": each.question.set,
        "before": list(each.question.before),
        "text": each.question.text,
        "wanted": each.question.wanted,
        "outcome": each.verdict.value,
        "kind": each.kind.value,
        "shown": each.shown,
        "probability": round(each.candidates[0].score, 4) if each.candidates else None,
        "candidates": [{"entry": c.entry, "score": round(c.score, 4)} for c in each.candidates],
    }


def _aligned(rows: Iterable[Sequence[str]]) -> str:
    """Rows as lines with columns of one width: the first to the left, the others to the right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in table
    )
