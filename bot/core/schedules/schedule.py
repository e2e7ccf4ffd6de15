"""When something is delivered: the next moment on a person's own clock, daylight saving and all. Pure.

A zone is a `tzinfo` that is handed in, a local time is naive, a moment is aware and in UTC. A delivery
belongs to a local day, and there is one for each chosen day that the zone has: a time that a clock skips goes
to the first minute after it, a time that comes twice to its first turn; a day that is left out has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

EVERY_DAY = frozenset(range(7))
WORKDAYS = frozenset(range(5))
FURTHEST = 370  # days that are looked ahead, a year and a little
FOR_GOOD = date.max  # paused until the person comes back
ONE_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class What(StrEnum):
    """What is delivered: a tip, a reminder that opens into the routine, or one with the other."""

    TIP = "tip"
    ROUTINE = "routine"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Local hours in which nothing is delivered, from a time up to another; they may pass midnight."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        """Whether a local time is in them. The same start and end are no hours at all."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A delivery: the local day that it counts for, and the moment at which it is due."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Local days on which nothing comes: before `until`, from `start` on if that is said.

    `why` is the reason, if that is known ("ill", "holiday").
    """

    until: date
    start: date | None = None
    why: str = ""

    def covers(self, day: date) -> bool:
        """Whether a local day is one of them."""
        return (self.start is None or day >= self.start) and day < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When somebody wants something delivered.

    `at` is a local time; `weekdays` count from 0, Monday; `weekly_on` is the only one of a week while it
    comes weekly; nothing comes before `paused_until`, from `paused_from` on if that is said, `paused_for` is
    why, and `further_pauses` are those that begin later; `postponed` is the one delivery that comes later
    than planned.
    """

    at: time
    weekdays: frozenset[int] = EVERY_DAY
    weekly_on: int | None = None
    quiet: Quiet | None = None
    paused_until: date | None = None
    paused_from: date | None = None
    paused_for: str = ""
    further_pauses: tuple[Pause, ...] = ()
    postponed: Due | None = None

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """All pauses, those that begin first at the front; some may be over."""
        if self.paused_until is None:
            return self.further_pauses
        first = Pause(until=self.paused_until, start=self.paused_from, why=self.paused_for)
        return (first, *self.further_pauses)

    def wants(self, day: date) -> bool:
        """Whether a local day is a chosen one, pauses aside."""
        chosen = self.weekdays if self.weekly_on is None else {self.weekly_on}
        return day.weekday() in chosen

    def is_paused_on(self, day: date) -> bool:
        """Whether nothing comes on a local day because of a pause."""
        return self.paused_until is not None and any(pause.covers(day) for pause in self.pauses)

    @property
    def target(self) -> tuple[time, int]:
        """The local time that is aimed at, and how many days behind its own: quiet hours move it on."""
        if self.quiet is None or not self.quiet.covers(self.at):
            return self.at, 0
        return self.quiet.end, 1 if self.quiet.end < self.at else 0


def next_due(schedule: Schedule, zone: tzinfo, after: datetime, last: date | None = None) -> Due | None:
    """The first delivery after a moment; None if there is none within a year.

    `last` is the local day of the last one, delivered or skipped: it and the days before it are over.
    """
    for day in _days_from(after, zone):
        if (last is None or day > last) and schedule.wants(day) and not schedule.is_paused_on(day):
            due = due_on(schedule, zone, day)
            if due is not None and due.at > after:
                return due
    return None


def due_on(schedule: Schedule, zone: tzinfo, day: date) -> Due | None:
    """The delivery that counts for a local day; None if the zone has no such day."""
    if schedule.postponed is not None and schedule.postponed.day == day:
        return schedule.postponed
    if moment_of(day, time.min, zone).astimezone(zone).date() != day:
        return None
    at, behind = schedule.target
    return Due(day=day, at=moment_of(day + behind * ONE_DAY, at, zone))


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """The first moment, in whole minutes, at which a clock shows a local time or a later one."""
    local = datetime.combine(day, at, tzinfo=zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _after_gap(local.replace(fold=1).astimezone(UTC), moment, zone)


def _after_gap(before: datetime, behind: datetime, zone: tzinfo) -> datetime:
    """The first whole minute after the one change of a clock between two moments."""
    offset = before.astimezone(zone).utcoffset()
    low, high = 0, -((before - behind) // MINUTE)
    while low < high:
        middle = (low + high) // 2
        if (before + middle * MINUTE).astimezone(zone).utcoffset() == offset:
            low = middle + 1
        else:
            high = middle
    return before + low * MINUTE


def _days_from(after: datetime, zone: tzinfo) -> Iterator[date]:
    """The local days whose delivery may come after a moment: yesterday's may have been moved to today."""
    today = after.astimezone(zone).date()
    for number in range(-1, FURTHEST):
        yield today + number * ONE_DAY


def later(
    schedule: Schedule, zone: tzinfo, due: Due, now: datetime, by: timedelta = timedelta(hours=3)
) -> Schedule | None:
    """The same with one delivery postponed, from now on; the schedule stays as it is.

    None: that would come in quiet hours, on another day, or after the next delivery.
    """
    at = (now + by).replace(second=0, microsecond=0)
    local = at.astimezone(zone)
    moved = replace(schedule, postponed=Due(day=due.day, at=at))
    following = next_due(schedule, zone, at - by, last=due.day)
    is_quiet = schedule.quiet is not None and schedule.quiet.covers(local.time())
    is_today = local.date() == now.astimezone(zone).date()
    is_last = following is None or following.at > at
    return moved if is_today and is_last and not is_quiet else None
