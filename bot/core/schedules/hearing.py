"""What a message wishes of tips and reminders: when they come, a pause, or one later today. Pure."""

from dataclasses import replace
from datetime import date, time

from bot.core.model import Vocabulary
from bot.core.schedules.corrections import (
    CORRECTING,
    added,
    besides,
    is_correction,
    is_of_today,
    nearest,
    shifted,
)
from bot.core.schedules.judging import (
    SENT,
    has_end,
    is_doubtful,
    is_for_a_time,
    is_later,
    is_once,
    is_only_end,
    is_only_once,
    is_pause,
    is_question,
    leaves_out,
    names_clock_time,
)
from bot.core.schedules.pauses import pause_of
from bot.core.schedules.reader import ScheduleReader
from bot.core.schedules.reading import HOURS, Reading, SaidTime
from bot.core.schedules.schedule import EVERY_DAY, ONE_DAY, What
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
NOT_BARE = frozenset({"routine", "stopping", "denial", "doubt", "until", "from"})  # more than a time and days
OTHER_TIME = frozenset({"later_than", "earlier_than"})


class ScheduleHearing:
    """Hears what people wish of times. `today` is always the person's own day."""

    def __init__(self, words: ScheduleWords, vocabulary: Vocabulary) -> None:
        self._words = words
        self._reader = ScheduleReader(words, vocabulary)

    def may_wish(self, text: str) -> bool:
        """Whether a text may wish, correct or take out anything; told from few of its words."""
        return self._reader.may_wish(text)

    def wish(self, text: str, today: date) -> Heard | None:
        """What a whole message wishes; None: it is about something else.

        It must name a tip or a reminder and say something of when, or be about a pause or later, and have no
        word of another kind.
        """
        reading = self._reader.read(text, strictly=True)
        is_instead = "correcting" in reading.heard and is_once(reading)
        is_unclear = bool(reading.unknown) or is_only_once(reading)
        if is_unclear or ("doubt" in reading.heard and not is_instead):
            return None
        if not (self._is_wish(reading) or is_pause(reading) or is_later(reading) or leaves_out(reading)):
            return None
        if "stopping" in reading.heard and not is_pause(reading):
            return self._less(reading, today)
        return besides(reading, self._judge(reading, today))

    def bare(self, text: str, today: date, *, is_placed: bool = False) -> Heard | None:
        """What a message wishes that is only a time and days, or "at 7:30"; with a place, a time or a tip."""
        reading = self._reader.read(text, strictly=True)
        is_other = reading.unknown or reading.asks or reading.dates or reading.refused or reading.pausing
        if is_other or not reading.heard.isdisjoint(NOT_BARE):
            return None
        is_told = is_placed or len(reading.days) > 1 or names_clock_time(reading)
        is_whole = bool(reading.times) and is_told
        names = is_placed and not {"tip", "reminding"}.isdisjoint(reading.heard)
        heard = self._judge(reading, today) if is_whole or names else None
        return None if isinstance(heard, Refused) and heard.sentence != "no_such_time" else heard

    def short(self, text: str, today: date) -> PauseWanted | LaterWanted | Refused | None:
        """What a message means only to somebody who gets something: "until monday", "tonight"."""
        reading = self._reader.read(text)
        if is_only_end(reading):
            return pause_of(reading, today)
        heard = self._judge(reading, today) if is_only_once(reading) else None
        return heard if isinstance(heard, LaterWanted) else None

    def correction(self, text: str, today: date, at: time | None) -> Heard | None:
        """What somebody says to what was just set up, for a time `at`; None: it is about something else."""
        reading = self._reader.read(text)
        if not is_correction(reading):
            return None
        moved = shifted(reading, at)
        if moved is not None:
            return Wanted(at=moved)
        if "stopping" in reading.heard and not is_pause(reading):
            return self._less(reading, today)
        no_more = PauseWanted(until=today + ONE_DAY, why="plain") if is_of_today(reading) else None
        heard = no_more or added(reading, self._judge(reading, today))
        if heard == Wanted():
            return Refused(sentence="another_time") if OTHER_TIME & reading.heard else None
        return nearest(reading, heard, at) or heard

    def corrects(self, text: str) -> bool:
        """Whether a text has words like "no" or "I meant", and asks nothing."""
        reading = self._reader.read(text)
        return not reading.asks and not reading.heard.isdisjoint(CORRECTING)

    def names_time(self, text: str) -> bool:
        """Whether a text names a time or a part of the day."""
        reading = self._reader.read(text)
        return bool(reading.times or reading.parts or reading.part)

    def less(self, text: str) -> Wanted | None:
        """The same days of each week that a text only takes out: "not on sundays"; None: it does not."""
        reading = self._reader.read(text, strictly=True)
        is_bare = not (reading.unknown or reading.asks or reading.days or reading.times or reading.dates)
        is_less = is_bare and "repeated" in reading.heard and "routine" not in reading.heard
        return Wanted(left_out=frozenset(reading.left_out)) if is_less and reading.left_out else None

    def names_end(self, text: str) -> bool:
        """Whether a text says until when, in whatever words."""
        reading = self._reader.read(text)
        return "until" in reading.heard and not reading.asks

    def unknown(self, text: str) -> list[str]:
        """The words of a text that say nothing of tips and times."""
        return self._reader.read(text).unknown

    def answer(self, text: str, today: date, *, loosely: bool = False) -> Heard | None:
        """What somebody says who was asked when; None: it can't be understood.

        `loosely`: it is known to be about that, so that words of another kind do no harm.
        """
        reading = self._reader.read(text)
        if is_question(reading) and not loosely:
            return None
        heard = Wanted() if reading.unknown and not loosely else besides(reading, self._judge(reading, today))
        return None if heard == Wanted() else heard

    def split(self, text: str) -> list[str]:
        """The words and signs that count in a text."""
        return self._reader.split(text)

    def told(self, text: str) -> Wanted:
        """What a message says of a wish that can't be as it is; a time only if it is clear."""
        reading = self._reader.read(text)
        if not reading.times:
            return replace(_wanted(reading), at=self._usual(reading))
        times = self._times(reading) if reading.times[0].exists else ()
        is_clear = len(times) == len(reading.times) == 1 and "denial" not in reading.heard
        return replace(_wanted(reading), at=times[0] if is_clear else None)

    def ending(self, text: str, today: date) -> Heard | None:
        """What somebody wishes who speaks of an end: a pause, fewer days, nothing clear; None: an end."""
        reading = self._reader.read(text)
        if is_pause(reading) or is_later(reading):
            return self._judge(reading, today)
        if {"for", "today"} <= reading.heard:
            return pause_of(reading, today)
        is_of_hours = any(self._words.parts[part].at for part in reading.parts)
        return Wanted() if is_doubtful(reading, is_of_hours=is_of_hours) else self._less(reading, today)

    def dropped(self, text: str) -> What:
        """What somebody names who wants an end of what is sent: one of two, or all of it."""
        heard = self._reader.read(text).heard
        is_of_tips, is_of_reminders = "tip" in heard, "reminding" in heard
        return What.BOTH if is_of_tips is is_of_reminders else What.TIP if is_of_tips else What.ROUTINE

    @staticmethod
    def _less(reading: Reading, today: date) -> Heard | None:
        """Fewer days, or a pause, or something else; None: an end."""
        days = frozenset(reading.days | reading.left_out)
        if days and days != EVERY_DAY and not reading.until:
            return Wanted(left_out=days)
        what = _wanted(reading).what
        if "instead" in reading.heard:
            return Wanted(what=what)
        return pause_of(reading, today) if has_end(reading) else None

    def pause(self, text: str, today: date) -> PauseWanted | Refused | None:
        """What somebody says who was asked how long; None: it can't be understood. Empty: without an end."""
        reading = self._reader.read(text)
        is_of_time = bool(reading.times) and not reading.pausing and "until" not in reading.heard
        return None if reading.unknown or is_of_time or is_question(reading) else pause_of(reading, today)

    def _is_wish(self, reading: Reading) -> bool:
        """Whether something is to be sent, and when."""
        says_day = bool(reading.days or reading.left_out or reading.dates)
        says_when = says_day or "weekly" in reading.heard or bool(reading.refused)
        if "stopping" in reading.heard or (reading.left_out and reading.days):
            return "routine" not in reading.heard
        if reading.asks and not {"reminding", "asking"} & reading.heard:
            return False
        if "timing" in reading.heard:
            return bool(reading.times) and "routine" not in reading.heard
        if {"tip", "reminding", "both"} & reading.heard:
            return says_when or bool({"instead", "only", "also"} & reading.heard or reading.times)
        return {"routine", "asking"} <= reading.heard and says_when

    def _judge(self, reading: Reading, today: date) -> Heard:
        if is_pause(reading):
            return pause_of(reading, today)
        if "denial" in reading.heard and (reading.times or (reading.part and not reading.left_out)):
            return Refused(sentence="another_time")
        if is_for_a_time(reading):
            return Refused(sentence="for_a_time")
        if reading.refused or reading.dates:
            return Refused(sentence=reading.refused or "once")
        if not all(said.exists for said in reading.times):
            return Refused(sentence="no_such_time")
        return self._timed(reading, self._times(reading))

    def _timed(self, reading: Reading, times: tuple[time, ...]) -> Heard:
        """The same for what can be, at one of some times."""
        if not times and reading.times:
            return Refused(sentence="no_such_time")
        if is_later(reading):
            return self._later(reading, times)
        if len({*reading.times}) > 1 or (len(reading.times) != 1 and len(reading.parts) > 1):
            return Refused(sentence="one_time_a_day")
        wanted = _wanted(reading)
        usual = None if reading.left_out else self._usual(reading)
        at = times[0] if times else usual
        if reading.is_odd:
            return AskBack(sentence="which_days", times=(), wanted=replace(wanted, at=at, weekdays=None))
        if len(times) > 1:
            return AskBack(sentence="morning_or_evening", times=times, wanted=wanted)
        return replace(wanted, at=at)

    def _later(self, reading: Reading, times: tuple[time, ...]) -> LaterWanted:
        """What comes later today, at one of some times, in a part of the day, or after a while."""
        is_single = is_once(reading) and not SENT.isdisjoint(reading.heard)
        usual = self._usual(reading)
        if times or usual is None:
            return LaterWanted(by=reading.lasting, times=times, is_single=is_single)
        part = self._words.parts[reading.part]
        ends = time(part.end) if part.first < part.end < HOURS else time.max
        return LaterWanted(times=(usual,), ends=ends, is_single=is_single)

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
