"""Measures the red-flag check on messages that nobody looked at while writing its signs and examples."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.conversation import Conversation
from bot.core.model import Action

FLAGGED, LOOK_ALIKES = "red_flags.jsonl", "look_alikes.jsonl"
NORMAL_95 = 1.96  # standard deviations within which 95 of 100 samples lie


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Messages of one person, the flag that they raise and the actions that are right; neither: no alarm."""

    texts: tuple[str, ...]
    flag: str | None = None
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, and the action of the alarm that it raised, if any."""

    case: Case
    action: Action | None


def report(conversation: Conversation, folder: Path) -> Iterator[str]:
    """Recall by flag and by action with the misses in full, and false alarms, as lines to read.

    `folder` holds red_flags.jsonl and look_alikes.jsonl, and a folder `sealed` with the same, whose cases are
    counted but not shown.
    """
    for part, is_shown in ((folder, True), (folder / "sealed", False)):
        flagged = [_meet(conversation, case) for case in _read(part / FLAGGED)]
        calm = [_meet(conversation, case) for case in _read(part / LOOK_ALIKES)]
        yield f"== {part.name}: {len(flagged)} messages with red flags, {len(calm)} look-alikes"
        yield from _recall("flag", _grouped(flagged, by_action=False))
        yield from _recall("action", _grouped(flagged, by_action=True))
        right = [outcome.action in outcome.case.actions for outcome in flagged]
        yield _line("right action", sum(right), len(right))
        alarmed = [outcome for outcome in calm if outcome.action]
        yield _line("false alarms on look-alikes", len(alarmed), len(calm))
        if is_shown:
            yield from (f"missed {o.case.flag}: {' / '.join(o.case.texts)}" for o in flagged if not o.action)
            yield from (f"false alarm ({o.action}): {' / '.join(o.case.texts)}" for o in alarmed)


def interval(hits: int, cases: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share (Wilson 1927)."""
    if not cases:
        return 0.0, 1.0
    share, spread = hits / cases, NORMAL_95**2 / cases
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(spread * (share * (1 - share) + spread / 4)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _meet(conversation: Conversation, case: Case) -> Outcome:
    alarms = conversation.alarms("\n".join(case.texts))
    return Outcome(case, alarms[0].flag.action if alarms else None)


def _grouped(outcomes: Iterable[Outcome], *, by_action: bool) -> Mapping[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        name = outcome.case.actions[0] if by_action else outcome.case.flag or ""
        groups.setdefault(name, []).append(outcome)
    return dict(sorted(groups.items()))


def _recall(what: str, groups: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    for name, outcomes in groups.items():
        yield _line(f"{what} {name}", sum(bool(outcome.action) for outcome in outcomes), len(outcomes))


def _line(name: str, hits: int, cases: int) -> str:
    low, high = interval(hits, cases)
    return f"{name:36} {hits:4} of {cases:4}  {hits / max(1, cases):6.1%}  (95 %: {low:.1%} to {high:.1%})"


def _read(path: Path) -> list[Case]:
    return [_case(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _case(data: Mapping[str, Sequence[str]]) -> Case:
    flag = data.get("flag")
    return Case(
        texts=tuple(data["texts"]),
        flag=flag if isinstance(flag, str) else None,
        actions=tuple(data.get("actions", ())),
    )
