"""What a changed time, day or zone does to the deliveries around it, so that no day goes by unsaid. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from bot.core.schedule import Due, Schedule, due_on, next_due

MOST_DAYS = 7  # that are looked back on


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
    return Changed(
        following=following,
        today=_today(schedule, zone, today, following, last),
        left_out=tuple(_left_out(schedule, zone, today, following, last, awaited)),
    )


def _today(schedule: Schedule, zone: tzinfo, today: date, following: Due | None, last: date | None) -> Today:
    if last is not None and last >= today:
        return Today.CAME
    if following is not None and following.day <= today:
        return Today.STILL_COMES
    is_chosen = schedule.wants(today) and not schedule.is_paused_on(today)
    return Today.PASSED if is_chosen and due_on(schedule, zone, today) else Today.NOT_CHOSEN


def _left_out(  # noqa: PLR0913, PLR0917  # all of them are one change
    schedule: Schedule,
    zone: tzinfo,
    today: date,
    following: Due | None,
    last: date | None,
    awaited: date | None,
) -> list[date]:
    """The days from the one that was awaited up to today, without those that came or still come."""
    if awaited is None:
        return []
    first = max(awaited, today - timedelta(days=MOST_DAYS))
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    return [
        day
        for day in days
        if schedule.wants(day)
        and not schedule.is_paused_on(day)
        and (last is None or day > last)
        and (following is None or day < following.day)
        and due_on(schedule, zone, day) is not None
    ]
