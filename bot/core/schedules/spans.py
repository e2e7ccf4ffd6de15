"""Reads from when to when something lasts on the clock, like "10 pm to 7 am". Pure."""

from datetime import date, time
from itertools import product

from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.schedule import Quiet
from bot.core.schedules.words import AskBack, Wanted

NIGHT = time(3)
A_DAY = 24 * 60  # minutes


def read_span(text: str, hearing: ScheduleHearing, between: frozenset[str], today: date) -> Quiet | None:
    """The hours that a text names by two times with a word of `between` among them; None: it names none.

    Where a time may be two, the shorter span is meant, and of two as long the one at night.
    """
    words = hearing.split(text)
    for place, word in enumerate(words):
        if word in between:
            starts = _times(words[:place], hearing, today)
            ends = _times(words[place + 1 :], hearing, today)
            spans = [Quiet(start=start, end=end) for start, end in product(starts, ends) if start != end]
            if spans:
                return min(spans, key=_likeliness)
    return None


def _times(words: list[str], hearing: ScheduleHearing, today: date) -> tuple[time, ...]:
    """The times that words may stand for, together or else one of them, like the last of "from ten"."""
    for said in (" ".join(words), *words):
        heard = hearing.answer(said, today, loosely=True)
        if isinstance(heard, AskBack):
            return heard.times
        if isinstance(heard, Wanted) and heard.at is not None:
            return (heard.at,)
    return ()


def _likeliness(span: Quiet) -> tuple[int, bool]:
    minutes = (span.end.hour - span.start.hour) * 60 + span.end.minute - span.start.minute
    return minutes % A_DAY, not span.covers(NIGHT)
