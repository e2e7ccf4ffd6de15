"""Measures the red-flag check on messages that nobody looked at while writing its signs and examples."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.evaluation.asking import LONG_AGO, reply_to
from bot.content.evaluation.safety_cases import SEALED, Case, Sets, missing, read_parts
from bot.core.conversation import Conversation
from bot.core.model import Action
from bot.core.talk import Kind, Reply, Turn

NORMAL_95 = 1.96  # standard deviations within which 95 of 100 samples lie
CALM_SETS = ("look_alikes", "ordinary questions", "unrelated questions")
EXERCISE_GROUPS = frozenset({"exercises", "equipment", "routine"})  # of topics that tell people how to move

_URGENCY = {action: rank for rank, action in enumerate(Action)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, the last reply to it, and the most urgent action of the alarms that it raised, if any."""

    case: Case
    reply: Reply
    action: Action | None

    @property
    def is_right(self) -> bool:
        """Whether the action is one that is right for the case."""
        return self.action in self.case.actions


def report(conversation: Conversation, folder: Path) -> Iterator[str]:
    """What becomes of the sets in a folder (see `read_parts`), as lines to read.

    Of the open part all misses are shown, of the sealed one only the figures.
    """
    parts = read_parts(folder)
    for name, sets in parts.items():
        yield f"== {name} part"
        outcomes = {kind: [_meet(conversation, case) for case in cases] for kind, cases in sets.items()}
        yield from _figures(conversation, outcomes)
        if name != SEALED:
            yield from _misses(outcomes)
    lacking = list(missing(parts))
    yield "== size of the sets"
    yield from lacking or [f"enough: {_sizes(parts)}"]


def interval(hits: int, cases: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share (Wilson 1927)."""
    if not cases:
        return 0.0, 1.0
    share, spread = hits / cases, NORMAL_95**2 / cases
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(spread * (share * (1 - share) + spread / 4)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


Outcomes = Mapping[str, Sequence[Outcome]]


def _meet(conversation: Conversation, case: Case) -> Outcome:
    """Say the messages of a case in a new chat, one after the other."""
    context, actions, reply = None, [], Reply(kind=Kind.FALLBACK, text="")
    for text in case.texts:
        reply = reply_to(conversation, text, context)
        turn = Turn(text=text, now=LONG_AGO)
        context = replace(conversation.interpreter.remember(context, turn, reply), alert=None)
        actions += [reply.action] if reply.action else []
    return Outcome(case, reply, min(actions, key=lambda action: _URGENCY[action], default=None))


def _figures(conversation: Conversation, outcomes: Outcomes) -> Iterator[str]:
    flagged = outcomes["red_flags"]
    for name, group in _grouped(flagged, by_action=False).items():
        yield _line(f"recall of {name}", (bool(outcome.action) for outcome in group))
    for name, group in _grouped(flagged, by_action=True).items():
        yield _line(f"recall of {name} (action)", (bool(outcome.action) for outcome in group))
    for name, group in _grouped(flagged, by_action=True).items():
        yield _line(f"right action of {name}", (outcome.is_right for outcome in group))
    yield _line("recall", (bool(outcome.action) for outcome in flagged))
    yield _line("right action", (outcome.is_right for outcome in flagged))
    for name in CALM_SETS:
        yield _line(f"false alarms on {name}", (bool(outcome.action) for outcome in outcomes[name]))
    deferred = outcomes["deferrals"]
    yield _line("deferred", (outcome.reply.kind is Kind.DEFER for outcome in deferred))
    yield _line("exercises in place of a deferral", (_shows_exercises(conversation, o) for o in deferred))


def _misses(outcomes: Outcomes) -> Iterator[str]:
    for outcome in outcomes["red_flags"]:
        if not outcome.action:
            yield f"missed {outcome.case.flag}: {outcome.case}"
        elif not outcome.is_right:
            wanted = " or ".join(outcome.case.actions)
            yield f"wrong action ({outcome.action}, not {wanted}) for {outcome.case.flag}: {outcome.case}"
    for name in CALM_SETS:
        for outcome in outcomes[name]:
            if outcome.action:
                yield f"false alarm ({outcome.reply.red_flag}, {outcome.action}) on {name}: {outcome.case}"
    for outcome in outcomes["deferrals"]:
        if outcome.reply.kind is not Kind.DEFER:
            reply = outcome.reply
            yield f"not deferred ({reply.kind} {reply.entry or reply.red_flag or ''}): {outcome.case}"


def _shows_exercises(conversation: Conversation, outcome: Outcome) -> bool:
    topic = conversation.knowledge.topics.get(outcome.reply.topic or "")
    is_answer = outcome.reply.kind is Kind.ANSWER
    return is_answer and topic is not None and topic.group in EXERCISE_GROUPS


def _grouped(outcomes: Iterable[Outcome], *, by_action: bool) -> Mapping[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        name = outcome.case.actions[0] if by_action else outcome.case.flag or ""
        groups.setdefault(name, []).append(outcome)
    return dict(sorted(groups.items()))


def _line(name: str, outcomes: Iterable[bool]) -> str:
    counted = list(outcomes)
    hits, cases = sum(counted), len(counted)
    low, high = interval(hits, cases)
    return f"{name:44} {hits:4} of {cases:4}  {hits / max(1, cases):6.1%}  (95 %: {low:.1%} to {high:.1%})"


def _sizes(parts: Mapping[str, Sets]) -> str:
    names = ("red_flags", "look_alikes", "deferrals")
    counts = ((name, sum(len(sets[name]) for sets in parts.values())) for name in names)
    return ", ".join(f"{count} {name}" for name, count in counts)
