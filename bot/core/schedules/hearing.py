"""What a message wishes of tips and reminders: when they come, a pause, or one later today. Pure."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.core.model import Vocabulary
from bot.core.schedules.pauses import pause_of
from bot.core.schedules.reader import ScheduleReader
from bot.core.schedules.reading import HOURS, Reading, SaidTime
from bot.core.schedules.schedule import EVERY_DAY, What
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
        if "stopping" in reading.heard and not _is_pause(reading):
            return self._less(reading, today)
        return self._judge(reading, today)

    def answer(self, text: str, today: date, *, loosely: bool = False) -> Heard | None:
        """What somebody says who was asked when; None: it can't be understood.

        `loosely`: it is known to be about that, so that words of another kind do no harm.
        """
        reading = self._reader.read(text)
        if _is_question(reading) and not loosely:
            return None
        heard = Wanted() if reading.unknown and not loosely else self._judge(reading, today)
        return None if heard == Wanted() else heard

    def split(self, text: str) -> list[str]:
        """The words and signs that count in a text."""
        return self._reader.split(text)

    def told(self, text: str) -> Wanted:
        """What a message says of a wish that can't be as it is, but for the time."""
        return _wanted(self._reader.read(text))

    def ending(self, text: str, today: date) -> Heard | None:
        """What somebody wishes who speaks of an end: a pause, fewer days, nothing clear; None: an end."""
        reading = self._reader.read(text)
        if _is_pause(reading) or _is_later(reading):
            return self._judge(reading, today)
        is_of_hours = any(self._words.parts[part].at for part in reading.parts)
        return Wanted() if _is_doubtful(reading, is_of_hours=is_of_hours) else self._less(reading, today)

    @staticmethod
    def _less(reading: Reading, today: date) -> Heard | None:
        """Fewer days, or a pause, or something else; None: an end."""
        days = frozenset(reading.days | reading.left_out)
        if days and days != EVERY_DAY and not reading.until:
            return Wanted(left_out=days)
        what = _wanted(reading).what
        if "instead" in reading.heard:
            return Wanted(what=what)
        return pause_of(reading, today) if _has_end(reading) else None

    def pause(self, text: str, today: date) -> PauseWanted | Refused | None:
        """What somebody says who was asked how long; None: it can't be understood. Empty: without an end."""
        reading = self._reader.read(text)
        is_of_time = bool(reading.times) and not reading.pausing and "until" not in reading.heard
        return None if reading.unknown or is_of_time or _is_question(reading) else pause_of(reading, today)

    def _is_wish(self, reading: Reading) -> bool:
        """Whether something is to be sent, and when."""
        says_day = bool(reading.days or reading.left_out or reading.dates)
        says_when = says_day or "weekly" in reading.heard or bool(reading.refused)
        if "stopping" in reading.heard or (reading.left_out and reading.days):
            return "routine" not in reading.heard
        if reading.asks and not {"reminding", "asking"} & reading.heard:
            return False
        if {"tip", "reminding", "both"} & reading.heard:
            return says_when or "instead" in reading.heard or bool(reading.times)
        return {"routine", "asking"} <= reading.heard and says_when

    def _judge(self, reading: Reading, today: date) -> Heard:
        if _is_pause(reading):
            return pause_of(reading, today)
        if "denial" in reading.heard and reading.times:
            return Refused(sentence="another_time")
        if _is_for_a_time(reading):
            return Refused(sentence="for_a_time")
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
        if len({*reading.times}) > 1 or (len(reading.times) != 1 and len(reading.parts) > 1):
            return Refused(sentence="one_time_a_day")
        wanted = _wanted(reading)
        at = times[0] if times else self._usual(reading)
        if reading.is_odd:
            return AskBack(sentence="which_days", times=(), wanted=replace(wanted, at=at, weekdays=None))
        if len(times) > 1:
            return AskBack(sentence="morning_or_evening", times=times, wanted=wanted)
        return replace(wanted, at=at)

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
    one = What.TIP if tip else What.ROUTINE if routine else None
    what = What.BOTH if "both" in reading.heard or (tip and routine) else one
    if what is None and "reminding" in reading.heard:
        what = What.ROUTINE
    days, weekly = frozenset(reading.days), "weekly" in reading.heard
    if "also" in reading.heard:
        return Wanted(what=what, added=days, weekly=weekly)
    if not days:
        return Wanted(what=what, left_out=frozenset(reading.left_out), weekly=weekly)
    return Wanted(what=what, weekdays=days - reading.left_out or None, weekly=weekly and len(days) == 1)


def _is_for_a_time(reading: Reading) -> bool:
    """Whether it is to begin on a certain day, or to end: "until monday", "from monday on"."""
    begins = "from" in reading.heard and len(reading.days) == 1
    lasts = reading.lasting is not None and reading.lasting >= ONE_DAY
    ends = bool(reading.until) or ("until" in reading.heard and bool(reading.unknown or reading.dates))
    return begins or lasts or ends


def _is_question(reading: Reading) -> bool:
    """Whether it asks something of training; "is 8 pm fine" is an answer."""
    return reading.asks and "routine" in reading.heard and not {"reminding", "asking"} & reading.heard


def _is_doubtful(reading: Reading, *, is_of_hours: bool) -> bool:
    """Whether words that sound like an end may mean something else: "don't stop", "not at night"."""
    if (reading.asks and "how" not in reading.heard) or "going_on" in reading.heard:
        return True
    denies = bool({"denial", "stopping"} & reading.heard)
    if "stopping" in reading.heard:
        return False
    return "doubt" in reading.heard or ("more" in reading.heard and not denies) or (denies and is_of_hours)


def _has_end(reading: Reading) -> bool:
    """Whether it says until when, or for how long."""
    lasts = reading.lasting is not None or ("weekly" in reading.heard and "for" in reading.heard)
    return bool(reading.until or reading.dates or lasts) or (
        reading.refused == "once" and "until" in reading.heard
    )


def _is_later(reading: Reading) -> bool:
    """Whether it is only to come later: "later today", "in 2 hours"."""
    lasts = reading.lasting is not None and reading.lasting < ONE_DAY
    return "later" in reading.heard and (lasts or "in" not in reading.heard) and not reading.days


def _is_pause(reading: Reading) -> bool:
    """Whether nothing is to come for a while; "I'm ill, train?" asks something else."""
    return bool(reading.pausing) and "routine" not in reading.heard
