"""What a changed time, day or zone does to the deliveries around it, so that no day goes by unsaid. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from bot.core.schedules.schedule import ONE_DAY, Due, Schedule, due_on, next_due

MOST_DAYS = timedelta(days=7)  # that are looked back on


class Today(StrEnum):
    """What becomes of the delivery of the day on which something was changed."""

    STILL_COMES = "still_comes"
    CAME = "came"
    PASSED = "passed"
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What follows from a change.

    `following` is the next delivery, None if there is none; `today` is said of the person's local day;
    `left_out` are chosen local days up to today that had no delivery and get none any more.
    """

    following: Due | None
    today: Today
    left_out: tuple[date, ...]


def after_change(
    schedule: Schedule, zone: tzinfo, now: datetime, last: date | None, awaited: date | None
) -> Changed:
    """What a schedule and zone that hold from now on mean for somebody.

    `last` is the local day of the last delivery, `awaited` that of the one that was due next before the
    change; None where there was none. No local day has two deliveries: one that lies behind `last` in a new
    zone counts as come.
    """
    today = now.astimezone(zone).date()
    following = next_due(schedule, zone, now, last)
    first = max(filter(None, (awaited, last and last + ONE_DAY, today - MOST_DAYS)))
    end = min(today + ONE_DAY, following.day) if following else today + ONE_DAY
    return Changed(
        following=following,
        today=_today(schedule, zone, today, following, last),
        left_out=tuple(_chosen(schedule, zone, first, end)) if awaited else (),
    )


def _today(schedule: Schedule, zone: tzinfo, today: date, following: Due | None, last: date | None) -> Today:
    if last is not None and last >= today:
        return Today.CAME
    if following is not None and following.day <= today:
        return Today.STILL_COMES
    is_chosen = schedule.wants(today) and not schedule.is_paused_on(today)
    return Today.PASSED if is_chosen and due_on(schedule, zone, today) else Today.NOT_CHOSEN


def _chosen(schedule: Schedule, zone: tzinfo, first: date, end: date) -> Iterator[date]:
    """The days from the first up to the end, without it, on which something should have come."""
    for number in range((end - first).days):
        day = first + number * ONE_DAY
        if schedule.wants(day) and not schedule.is_paused_on(day) and due_on(schedule, zone, day):
            yield day
