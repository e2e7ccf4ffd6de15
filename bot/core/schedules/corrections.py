"""What somebody says to what was just set up: no, later, rather at eight, and Saturdays too. Pure."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.core.schedules.reading import Reading
from bot.core.schedules.schedule import ONE_DAY, What
from bot.core.schedules.words import AskBack, Heard, Wanted

NEAR = timedelta(
    hours=4
)  # from the time that was set: an hour that close is meant, not the one 12 hours away
CORRECTING = frozenset({"correcting", "changing", "no", "later_than", "earlier_than"})
MEANT = frozenset(
    {"reminding", "asking", "both", "instead", "changing"}
)  # with these a routine is one that is sent

_A_DAY = date(2000, 1, 3)  # any, on which times are compared


def is_correction(reading: Reading) -> bool:
    """Whether it can be one: no word of another kind, no question, nothing told of training."""
    is_of_training = "routine" in reading.heard and reading.heard.isdisjoint(MEANT)
    return not (reading.unknown or reading.asks or is_of_training)


def is_of_today(reading: Reading) -> bool:
    """Whether nothing is to come today: "not today"."""
    return {"denial", "today"} <= reading.heard and not (reading.times or reading.days or reading.left_out)


def nearest(reading: Reading, heard: Heard, at: time | None) -> Wanted | None:
    """The one of two times that a correction means: the one near `at`, or on the side that was said of it."""
    if at is None or not isinstance(heard, AskBack) or reading.heard.isdisjoint(CORRECTING):
        return None
    later, earlier = "later_than" in reading.heard, "earlier_than" in reading.heard
    if later or earlier:
        likely = [each for each in heard.times if (each > at if later else each < at)]
    else:
        likely = [each for each in heard.times if abs(_on_a_day(each) - _on_a_day(at)) <= NEAR]
    if not likely:
        return None
    meant = min(likely, key=lambda each: abs(_on_a_day(each) - _on_a_day(at)))
    return replace(heard.wanted, at=meant)


def shifted(reading: Reading, at: time | None) -> time | None:
    """The time that is so much later or earlier than `at`: "an hour later"."""
    lasting = reading.lasting
    if at is None or lasting is None or lasting >= ONE_DAY or reading.times:
        return None
    if "later_than" in reading.heard:
        return (_on_a_day(at) + lasting).time()
    return (_on_a_day(at) - lasting).time() if "earlier_than" in reading.heard else None


def added(reading: Reading, heard: Heard) -> Heard:
    """The same, put to what holds: "and Saturdays", "reminders too"."""
    if not isinstance(heard, Wanted) or "only" in reading.heard:
        return heard
    both = besides(reading, heard)
    if both is not heard:
        return both
    return replace(heard, weekdays=None, added=heard.weekdays) if reading.joins and heard.weekdays else heard


def besides(reading: Reading, heard: Heard) -> Heard:
    """The same, where one thing is wanted beside the other: "also tips"."""
    is_both = isinstance(heard, Wanted) and bool(heard.what) and "also" in reading.heard and not heard.added
    return replace(heard, what=What.BOTH) if is_both and isinstance(heard, Wanted) else heard


def _on_a_day(at: time) -> datetime:
    return datetime.combine(_A_DAY, at)
