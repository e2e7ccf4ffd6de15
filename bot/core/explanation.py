"""How an utterance was understood, as lines that a developer or an editor reads."""

from collections.abc import Iterator

from bot.core.matching import ANSWER_FROM, OFFER_FROM, Hearing, Match, NoMatch, Outcome, Unsure
from bot.core.model import RedFlag, Reply


def explain(text: str, flag: RedFlag | None, outcome: Outcome, hearing: Hearing, reply: Reply) -> str:
    """What was heard, the candidates with their scores, the margin, and the rule that decided."""
    return "\n".join(_lines(text, flag, outcome, hearing, reply))


def _lines(
    text: str, flag: RedFlag | None, outcome: Outcome, hearing: Hearing, reply: Reply
) -> Iterator[str]:
    yield f"said:       {text}"
    yield f"heard:      {' '.join(hearing.words)}"
    yield f"tokens:     {' '.join(hearing.tokens)}"
    yield f"unknown:    {' '.join(hearing.unknown) or '-'}"
    for number, candidate in enumerate(hearing.ranking):
        label = "candidates:" if number == 0 else ""
        yield f"{label:11} {candidate.score:.3f}  {candidate.entry}"
    yield f"margin:     {hearing.margin:.3f}"
    yield f"rule:       {_rule(flag, outcome)}"
    yield f"reply:      {reply.kind.value} {reply.red_flag or reply.entry or ''}".rstrip()


def _rule(flag: RedFlag | None, outcome: Outcome) -> str:
    """The rule that decided, the first that applies."""
    if flag is not None:
        return f"the red flag {flag.id!r} comes before everything else"
    match outcome:
        case Match(entry, _, True):
            return f"word for word an utterance of {entry!r}"
        case Match(_, score, _):
            return f"the best score {score:.3f} reaches {ANSWER_FROM}: answer"
        case Unsure(candidates):
            return f"the best score {candidates[0].score:.3f} is below {ANSWER_FROM}: ask which one"
        case NoMatch(nearest):
            return f"the best score {nearest[0].score:.3f} is below {OFFER_FROM}: say that it is not known"
