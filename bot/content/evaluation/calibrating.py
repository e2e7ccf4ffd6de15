"""Fits the matcher's confidence to questions with known answers, and chooses from where on it may speak."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.content.evaluation import asking
from bot.content.evaluation.asking import Question
from bot.content.evaluation.reliability import expected_error, reliability
from bot.core.conversation import Conversation
from bot.core.entry_answers import MAX_OFFERED, OFFERED_KINDS
from bot.core.model import EntryKind
from bot.core.understanding.calibration import Calibration, Evidence, fit

MOST_WRONG = 0.015  # share of the questions that have an answer, and of all others, that may get a wrong one
OFFERED = 0.5  # what it is worth to offer the right question
OFFERED_IN_VAIN = 0.1  # what it costs to offer questions of which none is meant
FOLDS = 10  # of the questions: the confidence in each is fitted to the other nine
STEPS = np.arange(0.05, 1.0025, 0.0025).round(4)


@dataclass(frozen=True, slots=True)
class _Observation:
    """What the matcher made of a question, whether it was right, and its fold; a talk stays in one.

    `has_answer`: there is one for it; `leans`: it goes on with what was said before it.
    """

    evidence: Evidence
    is_right: bool
    is_offered: bool
    is_answer: bool
    has_answer: bool
    leans: bool
    fold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A calibration and its grounds, measured on questions that it was not fitted to.

    How many questions; the share of them that get a wrong answer; the expected calibration error.
    """

    calibration: Calibration
    questions: int
    wrong: float
    error: float


def calibrate(conversation: Conversation, questions: Iterable[Question]) -> Fitted:
    """The calibration under which the questions fare best.

    Sealed questions do not count, nor those that raise a red flag or choose what was offered.
    """
    seen = [_observe(conversation, question) for question in questions if _counts(conversation, question)]
    sure = _cross_validated(seen)
    answer_from = next(step for step in STEPS if _wrong(seen, sure, step) <= MOST_WRONG)
    below = [step for step in STEPS if step < answer_from]
    offer_from = max(
        below, key=lambda step: _worth_of_offers(seen, sure, step, answer_from), default=answer_from
    )
    return Fitted(
        calibration=Calibration(
            weights=_weights(seen),
            answer_from=float(answer_from),
            offer_from=float(offer_from),
        ),
        questions=len(seen),
        wrong=_wrong(seen, sure, answer_from),
        error=expected_error(
            reliability((float(claimed), each.is_right) for claimed, each in zip(sure, seen, strict=True))
        ),
    )


def _cross_validated(seen: Sequence[_Observation]) -> NDArray[np.float64]:
    """How sure the matcher is of each question when the weights were fitted to the other folds."""
    sure = np.zeros(len(seen))
    for fold in range(FOLDS):
        weights = _weights([each for each in seen if each.fold != fold])
        free = Calibration(weights=weights, answer_from=1, offer_from=1)
        for number, each in enumerate(seen):
            if each.fold == fold:
                sure[number] = free.confidence(each.evidence)
    return sure


def _weights(seen: Sequence[_Observation]) -> tuple[float, ...]:
    return fit([each.evidence for each in seen], [each.is_right for each in seen])


def _counts(conversation: Conversation, question: Question) -> bool:
    if question.is_sealed or conversation.alarms(question.text):
        return False
    return conversation.pick(question.text, asking.context_of(conversation, question)) == question.text


def _observe(conversation: Conversation, question: Question) -> _Observation:
    knowledge = conversation.knowledge
    hearing = conversation.rank(question.text, asking.context_of(conversation, question))
    ranked = [knowledge.entries[candidate.entry] for candidate in hearing.ranking]
    offered = [entry for entry in ranked if entry.kind in OFFERED_KINDS][:MAX_OFFERED]
    return _Observation(
        hearing.evidence,
        is_right=asking.is_meant(ranked[0], question),
        is_offered=any(entry.topic in question.topics for entry in offered),
        is_answer=ranked[0].kind is EntryKind.ANSWER,
        has_answer=bool(question.topics) and question.kind is None,
        leans=bool(question.before),
        fold=crc32(" ".join(question.before[:1] or (question.text,)).encode()) % FOLDS,
    )


def _wrong(seen: Sequence[_Observation], sure: NDArray[np.float64], step: float) -> float:
    """The share of the single questions that a wrong answer is given to, from a confidence on.

    Of those that have a right one or of those that have none, whichever is more.
    """
    alone = [(each, claimed) for each, claimed in zip(seen, sure, strict=True) if not each.leans]
    parts = ([pair for pair in alone if pair[0].has_answer is has_answer] for has_answer in (True, False))
    return max(
        sum(bool(claimed >= step) and each.is_answer and not each.is_right for each, claimed in asked)
        / max(1, len(asked))
        for asked in parts
    )


def _worth_of_offers(
    seen: Sequence[_Observation], sure: NDArray[np.float64], step: float, answer_from: float
) -> float:
    """What offering questions from a confidence on is worth, against saying that it is not known."""
    return sum(
        OFFERED if each.is_offered else -OFFERED_IN_VAIN
        for each, confidence in zip(seen, sure, strict=True)
        if step <= confidence < answer_from
    )


def write(fitted: Fitted, path: Path) -> None:
    """Write a calibration, with its grounds, as the file that the knowledge holds."""
    calibration = fitted.calibration
    parts = zip(("constant", *Evidence._fields), calibration.weights, strict=True)
    lines = [
        "# How sure the matcher may be. `evaluate --update` writes this file; nobody edits it by hand.",
        f"# Cross-validated over {FOLDS} folds of {fitted.questions} questions:",
        f"# {fitted.wrong:.1%} of the single ones get a wrong answer, of {MOST_WRONG:.2%} that may;",
        f"# the expected calibration error is {fitted.error:.3f}.",
        "weights:",
        *(f"  {name}: {weight}" for name, weight in parts),
        f"answer_from: {calibration.answer_from}",
        f"offer_from: {calibration.offer_from}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
