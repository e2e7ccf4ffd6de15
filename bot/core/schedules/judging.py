"""What a reading amounts to: a question, a pause, a doubt, something for later. Pure."""

from bot.core.schedules.reading import PERIODS, Reading
from bot.core.schedules.schedule import ONE_DAY

OF_AN_END = frozenset({"until", "weekday", "date", "month", "small", "range", "between", "to", "refusal"})
OF_MORE = frozenset({"stopping", "denial", "from"})  # with which it is about more than this day
SENT = frozenset({"tip", "reminding", "asking", "both"})  # words for what can be sent


def is_for_a_time(reading: Reading) -> bool:
    """Whether it is to begin on a certain day, or to end: "until monday", "from monday on"."""
    begins = "from" in reading.heard and len(reading.days) == 1
    lasts = reading.lasting is not None and reading.lasting >= ONE_DAY
    ends = bool(reading.until) or ("until" in reading.heard and bool(reading.unknown or reading.dates))
    return begins or lasts or ends or bool(PERIODS & reading.heard)


def is_question(reading: Reading) -> bool:
    """Whether it asks something of training; "is 8 pm fine" is an answer."""
    is_asked = reading.asks or "suggesting" in reading.heard
    return is_asked and "routine" in reading.heard and not {"reminding", "asking"} & reading.heard


def is_doubtful(reading: Reading, *, is_of_hours: bool) -> bool:
    """Whether words that sound like an end may mean something else: "don't stop", "not at night"."""
    if (reading.asks and "how" not in reading.heard) or "going_on" in reading.heard:
        return True
    denies = bool({"denial", "stopping"} & reading.heard)
    if "stopping" in reading.heard:
        return False
    return "doubt" in reading.heard or ("more" in reading.heard and not denies) or (denies and is_of_hours)


def has_end(reading: Reading) -> bool:
    """Whether it says until when, or for how long."""
    lasts = reading.lasting is not None or ("weekly" in reading.heard and "for" in reading.heard)
    is_named = bool(PERIODS & reading.heard) or (reading.refused == "once" and "until" in reading.heard)
    return bool(reading.until or reading.dates or lasts) or is_named


def is_only_end(reading: Reading) -> bool:
    """Whether it says until when, and nothing besides: "until monday"."""
    is_named = reading.until or reading.dates or PERIODS & reading.heard or reading.refused == "once"
    is_end = "until" in reading.heard and bool(is_named)
    is_more = reading.unknown or reading.asks or reading.times or reading.parts or reading.days
    return is_end and not is_more and reading.heard <= OF_AN_END | PERIODS


def names_clock_time(reading: Reading) -> bool:
    """Whether it says at what time, so that a clock shows it: "at 7:30", "at 8 pm", but not "about 8"."""
    said = reading.times[0] if len(reading.times) == 1 else None
    return said is not None and "at" in reading.heard and bool(said.minute or reading.part)


def is_later(reading: Reading) -> bool:
    """Whether it is only to come later: "later today", "in 2 hours", "this evening"."""
    lasts = reading.lasting is not None and reading.lasting < ONE_DAY
    is_said = "later" in reading.heard and (lasts or "in" not in reading.heard)
    return (is_said or is_once(reading)) and not reading.days


def is_once(reading: Reading) -> bool:
    """Whether it is to come at a time of this day: "tonight", "today at 6", but not "i train tonight"."""
    is_said = "once" in reading.heard or ("today" in reading.heard and bool(reading.times))
    is_of_training = "routine" in reading.heard and not SENT & reading.heard
    is_other = reading.asks or is_of_training or not OF_MORE.isdisjoint(reading.heard)
    return is_said and not is_other


def is_only_once(reading: Reading) -> bool:
    """Whether it says so, and nothing besides that would tell what is meant: "this evening"."""
    tells = SENT | {"later", "correcting", "postponing"}
    return is_once(reading) and not reading.unknown and reading.heard.isdisjoint(tells)


def leaves_out(reading: Reading) -> bool:
    """Whether the same days of each week are to be skipped."""
    return {"skipping", "repeated"} <= reading.heard and bool(reading.left_out)


def is_pause(reading: Reading) -> bool:
    """Whether nothing is to come for a while; "I'm ill, train?" asks something else."""
    return bool(reading.pausing) and "routine" not in reading.heard
