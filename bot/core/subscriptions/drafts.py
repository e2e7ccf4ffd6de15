"""A wish for tips or reminders that is not whole yet: what is known of it, and what was asked. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum

from bot.core.schedules.schedule import EVERY_DAY, Schedule, What
from bot.core.schedules.words import Wanted
from bot.core.subscriptions.slackening import weekly

SUBSCRIBE = "/subscribe "

_CODE = re.compile(r"([trb-])(\d{4}|-{4})([0-6]{0,7})(w?)")
_LETTERS = {"t": What.TIP, "r": What.ROUTINE, "b": What.BOTH, "-": None}
_OF_WHAT = {what: letter for letter, what in _LETTERS.items()}


class Awaits(StrEnum):
    """What was asked last; CHANGE and PAUSED: nothing, but what was just done may be corrected."""

    TIME = "time"
    HALF = "half"
    PLACE = "place"
    PAUSE = "pause"
    QUIET = "quiet"
    PACE = "pace"
    CHANGE = "change"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A wish so far, and what is awaited; `times` are those to choose from.

    `is_change`: it changes what is sent already, so that what is not said stays as it is; `zone` is the clock
    by which it is meant, if a place was named with it.
    """

    awaits: Awaits
    what: What | None = None
    at: time | None = None
    weekdays: frozenset[int] | None = None
    weekly: bool = False
    times: tuple[time, ...] = ()
    is_change: bool = False
    zone: str = ""

    @property
    def wanted(self) -> Wanted:
        """The wish."""
        return Wanted(what=self.what, at=self.at, weekdays=self.weekdays, weekly=self.weekly)


OFFERED = Draft(awaits=Awaits.PACE, is_change=True)  # whether weekly would be better
SETTLED = Draft(awaits=Awaits.CHANGE, is_change=True)  # nothing is open, but it may be corrected
RESTING = Draft(awaits=Awaits.PAUSED, is_change=True)  # the same of a pause
CLOSED = frozenset({Awaits.PACE, Awaits.CHANGE, Awaits.PAUSED})  # with which no question is open


def draft(wanted: Wanted, awaits: Awaits, *, is_change: bool = False) -> Draft:
    """A wish of which something is awaited."""
    return Draft(
        awaits=awaits,
        what=wanted.what,
        at=wanted.at,
        weekdays=wanted.weekdays,
        weekly=wanted.weekly,
        is_change=is_change,
    )


def joined(before: Wanted, now: Wanted) -> Wanted:
    """A wish with what was said of it later."""
    return Wanted(
        what=now.what or before.what,
        at=now.at if now.at is not None else before.at,
        weekdays=now.weekdays if now.weekdays is not None else before.weekdays,
        weekly=now.weekly or before.weekly,
        left_out=now.left_out,
        added=now.added,
    )


def settled(wanted: Wanted, holding: frozenset[int]) -> Wanted:
    """A wish with all its weekdays named, where some are taken out of those that hold, or put to them."""
    if not wanted.left_out | wanted.added:
        return wanted
    days = ((wanted.weekdays or holding) | wanted.added) - wanted.left_out
    what = None if wanted.added else wanted.what
    return replace(wanted, what=what, weekdays=days, left_out=frozenset(), added=frozenset())


def code(wanted: Wanted) -> str:
    """A wish in a few letters, for buttons: like t0730-01234 without the dash."""
    at = f"{wanted.at:%H%M}" if wanted.at is not None else "----"
    days = "".join(map(str, sorted(wanted.weekdays or ())))
    return f"{_OF_WHAT[wanted.what]}{at}{days}{'w' if wanted.weekly else ''}"


def read_code(text: str) -> Wanted | None:
    """The wish of such letters; None if they are none."""
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    at = read_time(found[2])
    if at is None and found[2] != "----":
        return None
    days = frozenset(map(int, found[3])) or None
    return Wanted(what=_LETTERS[found[1]], at=at, weekdays=days, weekly=bool(found[4]))


def is_code_alone(utterance: str) -> bool:
    """Whether an utterance is a wish in letters that says by no clock."""
    return utterance.startswith(SUBSCRIBE) and read_code(utterance.removeprefix(SUBSCRIBE)) is not None


def read_time(text: str) -> time | None:
    """The time of four digits; None if no clock shows it."""
    if not re.fullmatch(r"[0-9]{4}", text) or int(text[:2]) > 23 or int(text[2:]) > 59:  # noqa: PLR2004
        return None
    return time(int(text[:2]), int(text[2:]))


def applied(schedule: Schedule, wanted: Wanted, weekday: int) -> Schedule:
    """A schedule with what is wanted of it; once a week falls on a weekday unless one is named."""
    after = replace(schedule, at=wanted.at if wanted.at is not None else schedule.at, postponed=None)
    if wanted.weekdays is not None:
        after = replace(after, weekdays=wanted.weekdays, weekly_on=None)
    if wanted.weekly:
        return weekly(after, min(wanted.weekdays) if wanted.weekdays else weekday)
    return after


def begun(wanted: Wanted, at: time, weekday: int) -> Schedule:
    """The schedule of somebody who had none."""
    return applied(Schedule(at=at, weekdays=wanted.weekdays or EVERY_DAY), wanted, weekday)
