"""Fits the matcher's confidence to questions with known answers, and chooses from where on it may speak."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.content import evaluation
from bot.content.evaluation import Question
from bot.core.calibration import Calibration, Evidence, fit
from bot.core.conversation import MAX_OFFERED, OFFERED_KINDS, Conversation
from bot.core.model import EntryKind, Knowledge

MOST_WRONG = 0.055  # share of the answers that may be wrong; it decides from where on one is given
OFFERED = 0.5  # what it is worth to offer the right question
OFFERED_IN_VAIN = 0.15  # what it costs to offer questions of which none is meant
STEPS = np.arange(0.05, 1.01, 0.01)


@dataclass(frozen=True, slots=True)
class _Observation:
    """What the matcher made of a question, and whether it was right."""

    evidence: Evidence
    is_right: bool
    is_offered: bool
    is_answer: bool


def calibrate(conversation: Conversation, questions: Iterable[Question]) -> Calibration:
    """The calibration under which the questions fare best. Questions that raise a red flag do not count."""
    knowledge = conversation.knowledge
    seen = [
        _observe(conversation, knowledge, question)
        for question in questions
        if not conversation.alarms(question.text)
    ]
    weights = fit([each.evidence for each in seen], [each.is_right for each in seen])
    free = Calibration(weights=weights, answer_from=1, offer_from=1)
    sure = np.array([free.confidence(each.evidence) for each in seen])
    answer_from = next(step for step in STEPS if _wrong(seen, sure, step) <= MOST_WRONG)
    below = [step for step in STEPS if step < answer_from]
    offer_from = max(below, key=lambda step: _worth_of_offers(seen, sure, step, answer_from))
    return Calibration(
        weights=weights, answer_from=round(float(answer_from), 2), offer_from=round(float(offer_from), 2)
    )


def _observe(conversation: Conversation, knowledge: Knowledge, question: Question) -> _Observation:
    hearing = conversation.rank(question.text, evaluation.context_of(conversation, question))
    ranked = [knowledge.entries[candidate.entry] for candidate in hearing.ranking]
    offered = [entry for entry in ranked if entry.kind in OFFERED_KINDS][:MAX_OFFERED]
    return _Observation(
        hearing.evidence,
        is_right=evaluation.is_meant(ranked[0], question),
        is_offered=any(entry.topic in question.topics for entry in offered),
        is_answer=ranked[0].kind is EntryKind.ANSWER,
    )


def _wrong(seen: Sequence[_Observation], sure: NDArray[np.float64], step: float) -> float:
    """The share of the answers given from a confidence on that would be wrong."""
    answered = [each for each, confidence in zip(seen, sure, strict=True) if confidence >= step]
    answers = [each for each in answered if each.is_answer]
    return sum(not each.is_right for each in answers) / max(1, len(answers))


def _worth_of_offers(
    seen: Sequence[_Observation], sure: NDArray[np.float64], step: float, answer_from: float
) -> float:
    """What offering questions from a confidence on is worth, against saying that it is not known."""
    return sum(
        OFFERED if each.is_offered else -OFFERED_IN_VAIN
        for each, confidence in zip(seen, sure, strict=True)
        if step <= confidence < answer_from
    )


def write(calibration: Calibration, path: Path) -> None:
    """Write a calibration as the file that the knowledge holds."""
    parts = zip(("constant", *Evidence._fields), calibration.weights, strict=True)
    lines = [
        "# How sure the matcher may be. `evaluate --update` writes this file; nobody edits it by hand.",
        "weights:",
        *(f"  {name}: {weight}" for name, weight in parts),
        f"answer_from: {calibration.answer_from}",
        f"offer_from: {calibration.offer_from}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
