"""What is noted in a reading: of figures, of phrases that say it by themselves, of what is skipped. Pure."""

import re
from collections.abc import Sequence
from datetime import time, timedelta

from bot.core.schedules.judging import has_end
from bot.core.schedules.pauses import lasting_of
from bot.core.schedules.reading import HOURS, MINUTES, MONTHS, PERIODS, Reading, SaidTime
from bot.core.schedules.schedule import EVERY_DAY, ONE_DAY

_WHY = ("", "plain", "holiday", "ill")  # why it pauses, what says most at the end
_DAY_FIRST = re.compile(r"(\d\d?)[./](\d\d?)(?:[./](\d{4}))?")  # 24/12, 24.12.2026
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"(\d+)[:.h;,](\d+)")


def note_figures(token: str, reading: Reading) -> bool:
    """Note a date or a time that is written in figures; False: it is none."""
    dated, clock = _DAY_FIRST.fullmatch(token), _CLOCK.fullmatch(token)
    if dated and ("." not in token or dated[3] or _is_of_dates(reading)):
        day, month = map(int, dated.group(1, 2))
        day, month = (month, day) if month > MONTHS >= day else (day, month)
        reading.dates.append((int(dated[3] or 0), month, day))
    elif clock:
        reading.times.append(SaidTime(hour=int(clock[1][:4]), minute=int(clock[2][:4]), is_sure=True))
    elif token.count("-") == 2:  # noqa: PLR2004  # year, month and day
        year, month, day = map(int, token.split("-"))
        reading.dates.append((year, month, day))
    else:
        return False
    return True


def note_kinds(kinds: dict[str, str], reading: Reading) -> None:
    """Note what a phrase says by itself, whatever stands behind it."""
    if "group" in kinds:
        chosen(reading).update(map(int, kinds["group"]))
    elif "every" in kinds:
        reading.part = kinds["every"]
        reading.days |= set() if reading.days or reading.left_out else EVERY_DAY
    elif "once" in kinds:
        reading.heard.add("today")
        _note_part(kinds["once"], reading, is_small=False)
    elif "time" in kinds:
        at = time.fromisoformat(kinds["time"])
        reading.times = [said for said in reading.times if (said.hour, said.minute) != (12, 0)]  # 12 noon
        reading.times.append(SaidTime(hour=at.hour, minute=at.minute, is_sure=True))
    elif "date" in kinds:
        month, day = map(int, kinds["date"].split("-"))
        reading.dates.append((0, month, day))
    elif "unit" in kinds and "small" not in kinds:
        reading.lasting = timedelta(minutes=int(kinds["unit"]))
    if "part" in kinds:
        _note_part(kinds["part"], reading, is_small="small" in kinds)
    reading.refused = kinds.get("refusal", reading.refused)
    reading.pausing = max(kinds.get("pausing", ""), reading.pausing, key=_WHY.index)


def _note_part(part: str, reading: Reading, *, is_small: bool) -> None:
    """Note a part of the day; a time that has one already keeps it: "8 pm, am in Paris", "i am 15"."""
    is_free = len(reading.times) > reading.parted
    if is_small and not is_free:
        return
    reading.parts.add(part)
    if is_free or not reading.times:
        reading.part, reading.parted = part, len(reading.times)


def note_rest(reading: Reading) -> None:
    """Note what only a whole message tells: what is skipped, put off, hushed or not meant."""
    if "hushing" in reading.heard and not reading.times and _is_for_days(reading):
        reading.pausing = reading.pausing or "plain"
    if "skipping" in reading.heard or _pauses_weekly(reading):
        _note_skipped(reading)
    if "postponing" in reading.heard and not reading.times:
        _note_postponed(reading)
    _drop_denied(reading)


def _note_postponed(reading: Reading) -> None:
    """Note a pause, where something is put off past this day: "postpone it to monday"."""
    lasting = lasting_of(reading)
    is_long = lasting is not None and lasting >= ONE_DAY
    if not (is_long or reading.days or has_end(reading) or reading.refused == "once"):
        return
    if lasting is not None and not is_long:
        return
    reading.pausing = reading.pausing or "plain"
    reading.heard.add("until")
    reading.until, reading.days = reading.until | reading.days, set()


def _is_for_days(reading: Reading) -> bool:
    """Whether days are named: to be quiet for hours of each day is no pause."""
    return has_end(reading) or "today" in reading.heard or bool(reading.days)


def _pauses_weekly(reading: Reading) -> bool:
    """Whether a pause is for the same days of each week: "pause on sundays"."""
    has_end = reading.until or reading.lasting is not None or "from" in reading.heard
    return reading.pausing == "plain" and "repeated" in reading.heard and not has_end


def _note_skipped(reading: Reading) -> None:
    """Note what is to be skipped: the same days of each week, or the next ones."""
    is_named = bool(reading.days) and reading.days != EVERY_DAY
    if is_named and "repeated" in reading.heard and not reading.dates:
        reading.left_out, reading.days = reading.left_out | reading.days, set()
        reading.heard.add("skipping")
        reading.pausing = ""
    elif is_named or _has_length(reading) or (PERIODS | {"today"}) & reading.heard:
        reading.pausing = reading.pausing or "plain"


def _has_length(reading: Reading) -> bool:
    """Whether days are named on which nothing shall come, or up to when or how long it shall not."""
    lasts = "for" in reading.heard and lasting_of(reading) is not None
    return bool(reading.dates or reading.until) or lasts or reading.refused == "once"


def _drop_denied(reading: Reading) -> None:
    """Leave out the time that is not meant where another one is said: "not 7:30 but 8"."""
    denied = reading.denied
    if denied is None or reading.left_out or not denied < len(reading.times) > 1:
        return
    del reading.times[denied]
    reading.heard = (reading.heard - {"denial"}) | {"correcting"}


def _is_of_dates(reading: Reading) -> bool:
    """Whether 14.12 is a day rather than a time."""
    return bool(reading.pausing or {"until", "from"} & reading.heard) and "at" not in reading.heard


def year_at(tokens: Sequence[str], place: int) -> tuple[int, int]:
    """The year behind a day and month, and the place behind it; 0: there is none."""
    found = place < len(tokens) and _YEAR.fullmatch(tokens[place])
    return (int(found[0]), place + 1) if found else (0, place)


def note_minutes(minutes: int, hour: int, reading: Reading) -> None:
    """Note so many minutes after an hour, or before it."""
    before, minute = divmod(minutes, MINUTES)
    reading.times.append(SaidTime(hour=(hour + before) % HOURS if hour <= HOURS else hour, minute=minute))


def chosen(reading: Reading) -> set[int]:
    """Where weekdays go just now."""
    if "until" in reading.heard:
        return reading.until
    return reading.left_out if reading.heard & {"except", "denial"} else reading.days
