"""How an utterance was understood, as lines that a developer or an editor reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.calibration import Calibration
from bot.core.matching import Hearing, Match, NoMatch, Outcome, Unsure
from bot.core.model import RedFlag, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Everything that led from an utterance to a reply."""

    text: str
    flag: RedFlag | None
    outcome: Outcome
    hearing: Hearing
    reply: Reply
    calibration: Calibration


def explain(understanding: Understanding) -> str:
    """What was heard, the candidates with their scores, the margin, and the rule that decided."""
    return "\n".join(_lines(understanding))


def _lines(understanding: Understanding) -> Iterator[str]:
    hearing, reply = understanding.hearing, understanding.reply
    yield f"said:       {understanding.text}"
    yield f"heard:      {' '.join(hearing.words)}"
    yield f"tokens:     {' '.join(hearing.tokens)}"
    yield f"unknown:    {' '.join(hearing.unknown) or '-'}"
    for number, candidate in enumerate(hearing.ranking):
        label = "candidates:" if number == 0 else ""
        yield f"{label:11} {candidate.score:.3f}  {candidate.entry}"
    yield f"margin:     {hearing.margin:.3f}"
    parts = zip(hearing.evidence._fields, hearing.evidence, strict=True)
    yield "evidence:   " + ", ".join(f"{name} {value:.2f}" for name, value in parts)
    yield f"rule:       {_rule(understanding)}"
    yield f"reply:      {reply.kind.value} {reply.red_flag or reply.entry or ''}".rstrip()


def _rule(understanding: Understanding) -> str:
    """The rule that decided, the first that applies."""
    answer_from, offer_from = understanding.calibration.answer_from, understanding.calibration.offer_from
    if understanding.flag is not None:
        return f"the red flag {understanding.flag.id!r} comes before everything else"
    match understanding.outcome:
        case Match(entry, _, True):
            return f"word for word an utterance of {entry!r}"
        case Match(_, score, _):
            return f"the best score {score:.3f} reaches {answer_from}: answer"
        case Unsure() if understanding.hearing.opposites is not None:
            return f"the opposites {understanding.hearing.opposites!r} stand against an answer: ask which one"
        case Unsure(candidates):
            return f"the best score {candidates[0].score:.3f} is below {answer_from}: ask which one"
        case NoMatch(nearest):
            return f"the best score {nearest[0].score:.3f} is below {offer_from}: say that it is not known"
