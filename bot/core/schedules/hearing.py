"""What a message wishes of tips and reminders: when they come, a pause, or one later today. Pure."""

from datetime import date, time, timedelta

from bot.core.model import Vocabulary
from bot.core.schedules.reader import ScheduleReader
from bot.core.schedules.reading import HOURS, Reading, SaidTime
from bot.core.schedules.schedule import What
from bot.core.schedules.words import (
    AskBack,
    DayPart,
    Heard,
    LaterWanted,
    PauseWanted,
    Refused,
    ScheduleWords,
    Wanted,
)

LONGEST_PAUSE = timedelta(days=183)
MOSTLY_OVER = timedelta(days=270)  # a date without a year that is further away was meant as this year's
NOON = 12
ONE_DAY = timedelta(days=1)


class ScheduleHearing:
    """Hears what people wish of times. `today` is always the person's own day."""

    def __init__(self, words: ScheduleWords, vocabulary: Vocabulary) -> None:
        self._words = words
        self._reader = ScheduleReader(words, vocabulary)

    def wish(self, text: str, today: date) -> Heard | None:
        """What a whole message wishes; None: it is about something else.

        It must name a tip or a reminder and say something of when, or be about a pause or later, and have no
        word of another kind.
        """
        reading = self._reader.read(text, strictly=True)
        if reading.unknown or not (self._is_wish(reading) or _is_pause(reading) or _is_later(reading)):
            return None
        return self._judge(reading, today)

    def answer(self, text: str, today: date, *, loosely: bool = False) -> Heard | None:
        """What somebody says who was asked when; None: it can't be understood.

        `loosely`: it is known to be about that, so that words of another kind do no harm.
        """
        reading = self._reader.read(text)
        heard = Wanted() if reading.unknown and not loosely else self._judge(reading, today)
        return None if heard == Wanted() else heard

    def pause(self, text: str, today: date) -> PauseWanted | Refused | None:
        """What somebody says who was asked how long; None: it can't be understood. Empty: without an end."""
        reading = self._reader.read(text)
        return None if reading.unknown else _pause(reading, today)

    def _is_wish(self, reading: Reading) -> bool:
        """Whether something is to be sent, and when."""
        says_day = bool(reading.days or reading.left_out or reading.dates)
        says_when = says_day or "weekly" in reading.heard or bool(reading.refused)
        if {"tip", "reminding"} & reading.heard:
            return says_when or bool(reading.times)
        return {"routine", "asking"} <= reading.heard and says_when

    def _judge(self, reading: Reading, today: date) -> Heard:
        if _is_pause(reading):
            return _pause(reading, today)
        if reading.refused or reading.dates:
            return Refused(sentence=reading.refused or "once")
        if not all(said.exists for said in reading.times):
            return Refused(sentence="no_such_time")
        return self._timed(reading, self._times(reading))

    def _timed(self, reading: Reading, times: tuple[time, ...]) -> Heard:
        """The same for what can be, at one of some times."""
        if _is_later(reading):
            return LaterWanted(by=reading.lasting, at=times[0] if times else None)
        if not times and reading.times:
            return Refused(sentence="no_such_time")
        if len({*reading.times}) > 1:
            return Refused(sentence="one_time_a_day")
        wanted = _wanted(reading)
        if len(times) > 1:
            return AskBack(sentence="morning_or_evening", times=times, wanted=wanted)
        at = times[0] if times else self._usual(reading)
        return Wanted(what=wanted.what, at=at, weekdays=wanted.weekdays, weekly=wanted.weekly)

    def _usual(self, reading: Reading) -> time | None:
        """When it is if only a part of the day was said."""
        return self._words.parts[reading.part].at if reading.part else None

    def _times(self, reading: Reading) -> tuple[time, ...]:
        """The local times that the one that was said can stand for."""
        if not reading.times:
            return ()
        said = reading.times[0]
        if reading.part:
            return _in_part(said, self._words.parts[reading.part])
        is_clear = said.is_sure or said.hour == 0 or said.hour >= NOON
        hours = [said.hour % HOURS] if is_clear else [said.hour, said.hour + NOON]
        return tuple(time(hour, said.minute) for hour in hours)


def _in_part(said: SaidTime, part: DayPart) -> tuple[time, ...]:
    """The time in a part of the day, if it has one there."""
    hours = [said.hour % HOURS] if said.hour > NOON else [said.hour % NOON, said.hour % NOON + NOON]
    is_in = [
        part.first <= hour < part.end if part.first < part.end else hour >= part.first or hour < part.end
        for hour in hours
    ]
    return tuple(time(hour, said.minute) for hour, fits in zip(hours, is_in, strict=True) if fits)[:1]


def _wanted(reading: Reading) -> Wanted:
    """Everything but the time."""
    tip, routine = "tip" in reading.heard, "routine" in reading.heard
    what = What.BOTH if tip and routine else What.TIP if tip else What.ROUTINE if routine else None
    if what is None and "reminding" in reading.heard:
        what = What.ROUTINE
    days = (reading.days or ({*range(7)} if reading.left_out else set())) - reading.left_out
    return Wanted(what=what, weekdays=frozenset(days) or None, weekly="weekly" in reading.heard)


def _is_later(reading: Reading) -> bool:
    """Whether it is only to come later: "later today", "in 2 hours"."""
    lasts = reading.lasting is not None and reading.lasting < ONE_DAY
    return "later" in reading.heard and (lasts or "in" not in reading.heard) and not reading.days


def _is_pause(reading: Reading) -> bool:
    """Whether nothing is to come for a while; "I'm ill, train?" asks something else."""
    return bool(reading.pausing) and "routine" not in reading.heard


def _pause(reading: Reading, today: date) -> PauseWanted | Refused:
    """A pause up to a day, for so long, or without an end."""
    why = reading.pausing or "plain"
    until = None
    if reading.dates:
        until = _next_date(reading.dates[0], today)
        if until is None:
            return Refused(sentence="no_such_date")
    elif reading.until or reading.days:
        wanted = reading.until or reading.days if reading.last is None else {reading.last}
        until = min(today + (1 + (day - today.weekday() - 1) % 7) * ONE_DAY for day in wanted)
    elif reading.refused == "once":
        until = today + ONE_DAY
    else:
        lasting = _lasting(reading)
        until = today + max(ONE_DAY, min(lasting, LONGEST_PAUSE + ONE_DAY)) if lasting else None
    return _checked(until, why, today)


def _lasting(reading: Reading) -> timedelta | None:
    """How long it lasts; "a week" and "a month" stand for once in each elsewhere."""
    if reading.lasting is None and "weekly" in reading.heard:
        return timedelta(weeks=1)
    return timedelta(days=30) if reading.refused == "monthly" else reading.lasting


def _checked(until: date | None, why: str, today: date) -> PauseWanted | Refused:
    """The pause, unless its end is too far away or over: a date of last month comes up as next year's."""
    if until is not None and not today < until <= today + LONGEST_PAUSE:
        is_over = until <= today or until > today + MOSTLY_OVER
        return Refused(sentence="past_date" if is_over else "too_long")
    return PauseWanted(until=until, why=why)


def _next_date(said: tuple[int, int, int], today: date) -> date | None:
    """The date that was said, the next one if no year was; None if no calendar has it."""
    year, month, day = said
    try:
        found = date(year or today.year, month, day)
        return found if year or found > today else date(today.year + 1, month, day)
    except ValueError:
        return None
