"""What it costs when the same questions come mistyped, run together, shouted or dictated."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.content.evaluation import disturbances, tallies
from bot.content.evaluation.asking import Answered, Question, Verdict, evaluate
from bot.core.conversation import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What one way of disturbing questions costs, as shares of 1.

    `changed`: of all questions, those that it changes; `right`, `reached` (right or offered): what the
    questions in scope lose; `wrong`: what wrong answers gain, over all questions.
    """

    name: str
    changed: float
    right: float
    reached: float
    wrong: float


def robustness(conversation: Conversation, clean: Sequence[Answered], seed: int) -> Iterator[Loss]:
    """The loss in each way of `disturbances`, against the clean run. Talks and sealed questions stay out."""
    fair = [each for each in clean if not each.question.before and not each.question.is_sealed]
    for name in disturbances.NAMES:
        worded = partial(_worded, name=name, seed=seed)
        disturbed = evaluate(conversation, (each.question for each in fair), worded)
        changed = sum(worded(each.question) != each.question.text for each in fair)
        yield Loss(
            name=name,
            changed=round(changed / max(1, len(fair)), 4),
            right=_lost(fair, disturbed, Verdict.RIGHT),
            reached=_lost(fair, disturbed, Verdict.RIGHT, Verdict.OFFERED),
            wrong=round(_share(disturbed, Verdict.WRONG) - _share(fair, Verdict.WRONG), 4),
        )


def figures(losses: Iterable[Loss]) -> dict[str, float]:
    """Every loss by its name, like "typing_errors.loss"."""
    return {f"{each.name}.loss": each.right for each in losses}


def rows(losses: Iterable[Loss]) -> list[Sequence[str]]:
    """The losses in percentage points as the rows of a table, its heading first."""
    heading = ("robustness", "changed", "right lost", "reached lost", "wrong gained")
    return [heading, *((each.name, f"{each.changed:.0%}", *_points(each)) for each in losses)]


def _points(loss: Loss) -> list[str]:
    return [f"{100 * part:+.1f}" for part in (loss.right, loss.reached, loss.wrong)]


def _worded(question: Question, name: str, seed: int) -> str:
    return disturbances.disturbed(question.text, name, seed)


def _lost(clean: Iterable[Answered], disturbed: Iterable[Answered], *verdicts: Verdict) -> float:
    before, after = (
        _share((each for each in answered if each.question.is_in_scope), *verdicts)
        for answered in (clean, disturbed)
    )
    return round(before - after, 4)


def _share(answered: Iterable[Answered], *verdicts: Verdict) -> float:
    return tallies.tally(answered).share(*verdicts)
