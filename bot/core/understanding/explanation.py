"""How an utterance was understood, as lines that a developer or an editor reads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.core.model import Action, RedFlag
from bot.core.talk import Reply
from bot.core.understanding.calibration import Calibration
from bot.core.understanding.opinions import log_odds
from bot.core.understanding.outcome import Hearing, Match, NoMatch, Outcome, Unsure

MAX_COUNTED = 40  # words; of a longer message the first are looked at

Counted = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Everything that led from an utterance to a reply."""

    text: str
    flag: RedFlag | None
    outcome: Outcome
    hearing: Hearing
    counted: Counted
    reply: Reply
    calibration: Calibration


def counted(hearing: Hearing, rank: Callable[[str], Hearing]) -> Counted:
    """What each word adds to the log odds that the best candidate is meant: what they lose without it."""
    words = hearing.words[:MAX_COUNTED]
    best = hearing.ranking[0].entry
    whole = _odds(rank(" ".join(words)), best)
    without = [" ".join([*words[:number], *words[number + 1 :]]) for number in range(len(words))]
    gains = [whole - _odds(rank(rest), best) for rest in without]
    return tuple((word, round(gain, 1) + 0.0) for word, gain in zip(words, gains, strict=True))


def _odds(hearing: Hearing, entry: str) -> float:
    """The log odds that an entry is meant, kept finite."""
    score = next((candidate.score for candidate in hearing.ranking if candidate.entry == entry), 0.0)
    return log_odds(score)


def explain(understanding: Understanding) -> str:
    """What was heard, which words counted how much, the candidates with their scores, and what decided."""
    return "\n".join(_lines(understanding))


def _lines(understanding: Understanding) -> Iterator[str]:
    hearing, reply = understanding.hearing, understanding.reply
    yield f"said:       {understanding.text}"
    yield f"heard:      {' '.join(hearing.words)}"
    yield f"tokens:     {' '.join(hearing.tokens)}"
    yield f"unknown:    {' '.join(hearing.unknown) or '-'}"
    yield f"words:      {', '.join(f'{word} {gain:+.1f}' for word, gain in understanding.counted) or '-'}"
    for number, candidate in enumerate(hearing.ranking):
        label = "candidates:" if number == 0 else ""
        yield f"{label:11} {candidate.score:.3f}  {candidate.entry}"
    yield f"margin:     {hearing.margin:.3f}"
    yield f"evidence:   {', '.join(_evidence(understanding))}"
    yield f"guards:     {'; '.join(_guards(hearing)) or '-'}"
    yield f"rule:       {_rule(understanding)}"
    yield f"reply:      {reply.kind.value} {reply.red_flag or reply.entry or ''}".rstrip()


def _evidence(understanding: Understanding) -> Iterator[str]:
    """Each part of the evidence, and what it adds to the log odds of the best candidate."""
    evidence, (constant, *weights) = understanding.hearing.evidence, understanding.calibration.weights
    yield f"to begin with {constant:+.1f}"
    for name, value, weight in zip(evidence._fields, evidence, weights, strict=True):
        yield f"{name} {value:.2f} ({round(value * weight, 1) + 0.0:+.1f})"


def _guards(hearing: Hearing) -> Iterator[str]:
    """What speaks against the best candidate."""
    if hearing.evidence.unknown:
        yield f"{hearing.evidence.unknown:.0%} of what the message tells are words that no entry knows"
    for concept in hearing.misfits:
        yield f"the best candidate and the message disagree about {concept}"


def _rule(understanding: Understanding) -> str:
    """The rule that decided, the first that applies."""
    flag, reply = understanding.flag, understanding.reply
    if flag is not None and flag.action is not Action.SEE_DOCTOR:
        return f"the red flag {flag.id!r} comes before everything else"
    above = f"the advice of {flag.id!r} stands above; " if flag and reply.red_flag else ""
    return above + _outcome_rule(understanding)


def _outcome_rule(understanding: Understanding) -> str:
    answer_from, offer_from = understanding.calibration.answer_from, understanding.calibration.offer_from
    match understanding.outcome:
        case Match(entry, _, True):
            return f"word for word an utterance of {entry!r}"
        case Match(entry, score, _) if score < answer_from:
            return f"it goes on with {entry!r}: the same answer again"
        case Match(_, score, _):
            return f"the best score {score:.3f} reaches {answer_from}: answer"
        case Unsure() if understanding.hearing.opposites is not None:
            return f"the opposites {understanding.hearing.opposites!r} stand against an answer: ask which one"
        case Unsure(candidates):
            best = f"the best score {candidates[0].score:.3f} is below {answer_from}"
            return f"{best}: {_when_unsure(understanding.reply)}"
        case NoMatch(nearest):
            return f"{_why_unknown(nearest[0].score, offer_from)}: say that it is not known"


def _why_unknown(score: float, offer_from: float) -> str:
    is_low = score < offer_from
    return f"the best score {score:.3f} is below {offer_from}" if is_low else "it speaks of another subject"


def _when_unsure(reply: Reply) -> str:
    if reply.entry is not None:
        return "enough for an entry that tells nobody how to move"
    return "none may be offered, so say that it is not known" if reply.missed else "ask which one"
