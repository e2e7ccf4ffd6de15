"""From when to when a pause lasts, as it was said. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from bot.core.schedules.reading import MONTHS, Reading
from bot.core.schedules.schedule import EVERY_DAY, ONE_DAY
from bot.core.schedules.words import PauseWanted, Refused

LONGEST_PAUSE = timedelta(days=183)
MOSTLY_OVER = timedelta(days=270)  # a date without a year that is further away was meant as this year's
A_WEEK = timedelta(weeks=1)

_Span = tuple[date | None, date | None]  # the first day without anything (None: at once), the one it ends on


def pause_of(reading: Reading, today: date) -> PauseWanted | Refused:
    """A pause up to a day, for so long, or without an end; from this day on or a later one."""
    dates = _dates(reading.dates, today)
    is_nothing = reading.lasting is not None and reading.lasting <= timedelta()
    if is_nothing or "gone" in reading.heard:
        return Refused(sentence="past_date")
    if len(dates) < len(reading.dates) or reading.times:
        return Refused(sentence="no_such_date")
    start, until = (
        _of_dates(reading, dates, today) if dates else _of_period(reading, today) or _of_days(reading, today)
    )
    return _checked(start, until, reading.pausing or "plain", today)


def lasting_of(reading: Reading) -> timedelta | None:
    """How long it lasts; "a week" and "a month" stand for once in each elsewhere."""
    if reading.lasting is None and "weekly" in reading.heard:
        return A_WEEK
    return timedelta(days=30) if reading.refused == "monthly" else reading.lasting


def _of_dates(reading: Reading, dates: list[date], today: date) -> _Span:
    """What dates say: from one to another, from one on, up to one, or on just that one."""
    if len(dates) > 1:
        return dates[0], dates[-1]
    only = dates[0]
    if "until" in reading.heard or not reading.pausing:
        return (_next(reading.days, today) if reading.days else None), only
    if "from" in reading.heard:
        if reading.days:
            return _next(reading.days, today), only
        lasting = lasting_of(reading)
        return only, only + lasting if lasting else None
    return only, only + ONE_DAY


def _of_days(reading: Reading, today: date) -> _Span:
    """What weekdays say, or a length."""
    lasting = lasting_of(reading)
    if reading.until:
        start = _next(reading.days, today) if reading.days else None
        return start, _next(reading.until, start or today)
    if reading.first is not None and reading.last is not None:
        start = _next({reading.first}, today - ONE_DAY)
        return start, _next({reading.last}, start)
    if reading.days and ("from" in reading.heard or not reading.pausing or reading.days != EVERY_DAY):
        return _of_weekdays(reading, today, lasting)
    if reading.refused == "once":
        return _of_tomorrow(reading, today + ONE_DAY, lasting)
    if lasting is None and _is_for_today(reading):
        return None, today + ONE_DAY
    return None, today + max(ONE_DAY, min(lasting, LONGEST_PAUSE + ONE_DAY)) if lasting else None


def _of_tomorrow(reading: Reading, tomorrow: date, lasting: timedelta | None) -> _Span:
    """Up to tomorrow, from then on, or over that day or as long as it lasts."""
    if "until" in reading.heard:
        return None, tomorrow
    is_open = "from" in reading.heard and lasting is None
    return tomorrow, None if is_open else tomorrow + (lasting or ONE_DAY)


def _is_for_today(reading: Reading) -> bool:
    """Whether only today's is left out; who is ill today may be so for longer."""
    return "today" in reading.heard and ("skipping" in reading.heard or reading.pausing in {"", "plain"})


def _of_period(reading: Reading, today: date) -> _Span | None:
    """The rest of this week, month or year, or the next one; None: none or a day is named."""
    if reading.until or reading.days:
        return None
    for name, after in AFTER.items():
        coming = after(today)
        if f"this_{name}" in reading.heard or {"until", f"next_{name}"} <= reading.heard:
            return None, coming
        if f"next_{name}" in reading.heard:
            return coming, after(coming)
    return None


def _of_weekdays(reading: Reading, today: date, lasting: timedelta | None) -> _Span:
    """From a day on, back on a day, or over the days that were named."""
    if "from" in reading.heard:
        start = _next(reading.days, today)
        return start, start + lasting if lasting else None
    is_run = reading.pausing or len(reading.days) > 1
    return _run(reading.days, today) if is_run else (None, _next(reading.days, today))


def _run(days: Iterable[int], today: date) -> _Span:
    """The next of some weekdays, and the first day after it that is none of them."""
    chosen = {*days}
    start = until = _next(chosen, today - ONE_DAY)
    while until.weekday() in chosen:
        until += ONE_DAY
    return start, until


def _next(days: Iterable[int], after: date) -> date:
    """The first day after another that is one of some weekdays."""
    return min(after + (1 + (day - after.weekday() - 1) % 7) * ONE_DAY for day in days)


AFTER: Mapping[str, Callable[[date], date]] = {  # the first day after the week, month or year of a day
    "week": lambda day: _next({0}, day),
    "month": lambda day: (day.replace(day=1) + timedelta(days=31)).replace(day=1),
    "year": lambda day: date(day.year + 1, 1, 1),
}


def _checked(start: date | None, until: date | None, why: str, today: date) -> PauseWanted | Refused:
    """The pause, unless its end is too far away or over: a date of last month comes up as next year's."""
    begin = max(start or today, today)
    if until is not None and not begin < until <= begin + LONGEST_PAUSE:
        is_over = until <= begin or until > begin + MOSTLY_OVER
        return Refused(sentence="past_date" if is_over else "too_long")
    if begin > today + LONGEST_PAUSE:
        return Refused(sentence="past_date" if begin > today + MOSTLY_OVER else "too_long")
    return PauseWanted(until=until, why=why, start=begin if begin > today else None)


def _dates(said: Iterable[tuple[int, int, int]], today: date) -> list[date]:
    """The dates that were said, each after the one before; those that no calendar has are left out."""
    found: list[date] = []
    for year, month, day in said:
        after = found[-1] if found else today
        known = _date(year, month, day, after)
        found += [known] if known else []
    return found


def _date(year: int, month: int, day: int, after: date) -> date | None:
    """The date, the next one if no year or month was said; None if no calendar has it."""
    if not month:
        coming = (_date(0, each, day, after) for each in range(1, MONTHS + 1))
        return min((known for known in coming if known), default=None)
    try:
        found = date(year or after.year, month, day)
        return found if year or found > after else date(after.year + 1, month, day)
    except ValueError:
        return None
