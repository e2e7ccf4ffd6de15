"""Reads the times, days and wishes out of a message, word by word. Pure."""

import re
from collections.abc import Sequence
from datetime import time, timedelta

from rapidfuzz.distance import OSA

from bot.core.model import Vocabulary
from bot.core.schedules.reading import HOURS, MINUTES, MONTHS, Reading, SaidTime
from bot.core.schedules.schedule import EVERY_DAY
from bot.core.schedules.words import ScheduleWords
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.speller import ONE_EDIT_FROM, TWO_EDITS_FROM
from bot.core.understanding.text import normalise, written_out

MAX_WORDS = 30  # of a message that can be about times
SIGNS = frozenset("-–/&,")
LONGEST_DAY = 10  # letters of a weekday
SHORTEST_NAME = 3  # letters of a weekday in short
NO_WISH = frozenset({"question", "about", "going_on", "doubt", "more"})  # words of something else

_WHY = ("", "plain", "holiday", "ill")  # why it pauses, what says most at the end
_PIECE = re.compile(
    r"\d{4}-\d\d?-\d\d?|\d\d?/\d\d?(?:/\d{4})?|\d\d?\.\d\d?\.\d{4}|\d+[:.h]\d+|\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[-–/&,]"
)
_DAY_FIRST = re.compile(r"(\d\d?)[./](\d\d?)(?:[./](\d{4}))?")  # 24/12, 24.12.2026
_YEAR = re.compile(r"20\d\d")
_NUMBER = re.compile(r"(\d+)")  # normalising would shorten 1000 like a drawled word
_CLOCK = re.compile(r"(\d+)[:.h](\d+)")
_TOGETHER = re.compile(r"(\d?\d)(\d\d)")  # 730, 1930


class ScheduleReader:
    """Reads messages by the words of a language."""

    def __init__(self, words: ScheduleWords, vocabulary: Vocabulary) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._index = PhraseIndex(
            {
                name: [self.split(form) for phrase in phrases for form in expand_pattern(phrase, {})]
                for name, phrases in words.phrases()
            }
        )
        self._weekdays = {names[0]: day for day, names in words.weekdays.items()}

    def split(self, text: str) -> list[str]:
        """The words and signs that count in a text."""
        plain = "".join(part if part.isdecimal() else normalise(part) for part in _NUMBER.split(text))
        return written_out(_PIECE.findall(plain), self._vocabulary)

    def read(self, text: str, *, strictly: bool = False) -> Reading:
        """Everything in a text; `strictly`: no more than up to the first word of another kind."""
        tokens, reading, place = self.split(text)[: 2 * MAX_WORDS], Reading(), 0
        reading.asks = any(name == "question" for name, _ in self._index.at(tokens, 0)) if tokens else False
        if len(tokens) > MAX_WORDS:
            reading.unknown.append(tokens[-1])
        while place < len(tokens) and not (strictly and reading.unknown):
            place = self._step(tokens, place, reading)
        is_named = bool(reading.days) and reading.days != EVERY_DAY
        if "skipping" in reading.heard and (
            is_named or reading.dates or reading.refused == "once" or "next_week" in reading.heard
        ):
            reading.pausing = reading.pausing or "plain"
        return reading

    def _step(self, tokens: Sequence[str], place: int, reading: Reading) -> int:
        """Read what stands at a place, and return the place behind it."""
        dated = _DAY_FIRST.fullmatch(tokens[place])
        if dated and ("." not in tokens[place] or dated[3] or _is_of_dates(reading)):
            day, month = map(int, dated.group(1, 2))
            day, month = (month, day) if month > MONTHS >= day else (day, month)
            reading.dates.append((int(dated[3] or 0), month, day))
            return place + 1
        clock = _CLOCK.fullmatch(tokens[place])
        if clock:
            hour, minute = int(clock[1][:4]), int(clock[2][:4])
            reading.times.append(SaidTime(hour=hour, minute=minute, is_sure=True))
            return place + 1
        if tokens[place].count("-") == 2:  # noqa: PLR2004  # year, month and day
            year, month, day = map(int, tokens[place].split("-"))
            reading.dates.append((year, month, day))
            return place + 1
        number, behind = self._number(tokens, place)
        if number is not None:
            return self._after_number(number, tokens, behind, reading)
        found = self._index.at(tokens, place)
        longest = found[0][1] if found else place
        names = {name for name, end in found if end == longest}
        if names:
            return self._note(names, tokens, longest, reading)
        return self._note_word(tokens, place, reading)

    def _note_word(self, tokens: Sequence[str], place: int, reading: Reading) -> int:
        """Note a word that is no phrase: a weekday with a typing error, or nothing known."""
        day = self._nearest_day(tokens[place])
        if day is None:
            reading.unknown.append(tokens[place])
            reading.is_odd |= self._is_among_days(tokens, place)
            return place + 1
        return self._note({f"weekday {day}"}, tokens, place + 1, reading)

    def _number(self, tokens: Sequence[str], place: int) -> tuple[int | None, int]:
        """The number that stands at a place, and the place behind it."""
        if tokens[place].isdecimal():
            return int(tokens[place][:4]), place + 1
        found = [(name, end) for name, end in self._index.at(tokens, place) if name.startswith("number ")]
        longer = [end for _, end in self._index.at(tokens, place)[:1]]
        if not found or longer[0] > found[0][1]:
            return None, place
        return int(found[0][0].split()[1]), found[0][1]

    def _after_number(self, number: int, tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note what a number means by what follows it."""
        names, end = self._at(tokens, behind)
        kinds = {name.partition(" ")[0]: name.partition(" ")[2] for name in names}
        if "oclock" in kinds and not reading.heard & {"in", "later"}:
            reading.times.append(SaidTime(hour=number))
            return end
        if not kinds.keys().isdisjoint({"tip", "routine"}):
            reading.refused = reading.refused if number == 1 else "several_a_day"
            return behind
        if "unit" in kinds:
            reading.lasting = number * timedelta(minutes=int(kinds["unit"]))
            return end
        for kind, sign in (("past", 1), ("to", -1)):
            hour, after = self._number(tokens, end) if kind in kinds and end < len(tokens) else (None, end)
            if hour is not None:
                _note_minutes(sign * number, hour, reading)
                return after
        return self._note_hour(number, tokens, behind, reading)

    def _note_hour(self, number: int, tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note a number as the day of a month, an hour with or without minutes, or a time run together."""
        month, end = self._month(tokens, behind)
        if month:
            year, end = _year(tokens, end)
            reading.dates.append((year, month, number))
            return end
        if "ordinal" in self._at(tokens, behind)[0]:
            reading.dates.append((0, 0, number))
            return behind + 1
        together = _TOGETHER.fullmatch(tokens[behind - 1])
        if together:
            reading.times.append(SaidTime(hour=int(together[1]), minute=int(together[2]), is_sure=True))
            return behind
        minute, after = self._number(tokens, behind) if behind < len(tokens) else (None, behind)
        if minute is not None and 10 <= minute < MINUTES and number <= HOURS:  # noqa: PLR2004  # two digits
            is_sure = tokens[behind].isdecimal()
            reading.times.append(SaidTime(hour=number, minute=minute, is_sure=is_sure))
            return after
        if tokens[behind - 1].isdecimal() or self._is_hour(tokens, behind):
            reading.times.append(SaidTime(hour=number))
        return behind

    def _is_hour(self, tokens: Sequence[str], behind: int) -> bool:
        """Whether a word for a number is an hour: alone, behind "at", or before a part of the day."""
        before, _ = self._at(tokens, behind - 2) if behind > 1 else (set(), 0)
        following, _ = self._at(tokens, behind)
        return len(tokens) == 1 or "at" in before or any(name.startswith("part ") for name in following)

    def _month(self, tokens: Sequence[str], behind: int) -> tuple[int, int]:
        """The month behind the number of a day, like in "24th of December"; 0: there is none."""
        for place in range(behind, min(behind + 3, len(tokens))):
            names, end = self._at(tokens, place)
            month = next((name for name in names if name.startswith("month ")), None)
            if month:
                return int(month.split()[1]), end
            if not names & {"small", "ordinal"}:
                break
        return 0, behind

    def _note(self, names: set[str], tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note what a phrase means, and return the place behind all that belongs to it."""
        kinds = {name.partition(" ")[0]: name.partition(" ")[2] for name in names}
        if kinds.keys() <= NO_WISH:
            reading.unknown.extend(tokens[behind - 1 : behind])
        if "only" in kinds:
            reading.heard -= {"denial", "except"}
        if "weekday" in kinds:
            return self._note_days(int(kinds["weekday"]), tokens, behind, reading)
        if "before" in kinds or "month" in kinds:
            return self._note_joined(kinds, tokens, behind, reading)
        if "group" in kinds:
            _chosen(reading).update(map(int, kinds["group"]))
        elif "every" in kinds:
            reading.part = kinds["every"]
            reading.days |= set() if reading.days else EVERY_DAY
        elif "time" in kinds:
            at = time.fromisoformat(kinds["time"])
            reading.times.append(SaidTime(hour=at.hour, minute=at.minute, is_sure=True))
        elif "unit" in kinds and "small" not in kinds:
            reading.lasting = timedelta(minutes=int(kinds["unit"]))
        reading.part = kinds.get("part", reading.part)
        reading.parts |= {kinds["part"]} if "part" in kinds else set()
        reading.refused = kinds.get("refusal", reading.refused)
        if reading.refused == "once":
            named, _ = self._day(tokens, behind - 1)
            _chosen(reading).update(() if named is None else (named,))
        reading.pausing = max(kinds.get("pausing", ""), reading.pausing, key=_WHY.index)
        reading.heard |= kinds.keys()
        return behind

    def _note_days(self, day: int, tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note a weekday, or all from it up to another one."""
        names, end = self._at(tokens, behind)
        last, after = self._day(tokens, end) if "range" in names else (None, behind)
        if last is None:
            _chosen(reading).add(day)
            return behind
        _chosen(reading).update((day + n) % 7 for n in range((last - day) % 7 + 1))
        reading.first, reading.last = day, last
        return after

    def _note_joined(
        self, kinds: dict[str, str], tokens: Sequence[str], behind: int, reading: Reading
    ) -> int:
        """Note what a phrase before a number means: half seven, 24 December said the other way round."""
        number, after = self._number(tokens, behind) if behind < len(tokens) else (None, behind)
        if number is None:
            reading.unknown.append(tokens[behind - 1])
            return behind
        if "before" in kinds:
            _note_minutes(int(kinds["before"]), number, reading)
        else:
            after += "ordinal" in self._at(tokens, after)[0]
            year, after = _year(tokens, after)
            reading.dates.append((year, int(kinds["month"]), number))
        return after

    def _at(self, tokens: Sequence[str], place: int) -> tuple[set[str], int]:
        """The names of the longest phrase at a place, and the place behind it."""
        found = self._index.at(tokens, place) if place < len(tokens) else []
        longest = found[0][1] if found else place
        return {name for name, end in found if end == longest}, longest

    def _day(self, tokens: Sequence[str], place: int) -> tuple[int | None, int]:
        names, end = self._at(tokens, place)
        days = [int(name.split()[1]) for name in names if name.startswith("weekday ")]
        if days or place >= len(tokens):
            return (days[0] if days else None), end
        return self._nearest_day(tokens[place]), place + 1

    def _is_among_days(self, tokens: Sequence[str], place: int) -> bool:
        """Whether a word stands where a weekday should: behind "on" and last, or beside one."""
        before = tokens[place - 1] if place else ""
        at = place - 2 if before in SIGNS else place - 1
        names, _ = self._at(tokens, at) if at >= 0 else (set[str](), 0)
        is_day = any(name.startswith("weekday ") for name in names)
        return len(tokens[place]) <= (SHORTEST_NAME if is_day else LONGEST_DAY if "on" in names else 0)

    def _nearest_day(self, word: str) -> int | None:
        """The one weekday that a word with typing errors can stand for."""
        most = 2 if len(word) >= TWO_EDITS_FROM else int(len(word) >= ONE_EDIT_FROM)
        near = {day for name, day in self._weekdays.items() if OSA.distance(word, name) <= most}
        return near.pop() if most and len(near) == 1 else None


def _is_of_dates(reading: Reading) -> bool:
    """Whether 14.12 is a day rather than a time."""
    return bool(reading.pausing or {"until", "from"} & reading.heard) and "at" not in reading.heard


def _year(tokens: Sequence[str], place: int) -> tuple[int, int]:
    """The year behind a day and month, and the place behind it; 0: there is none."""
    found = place < len(tokens) and _YEAR.fullmatch(tokens[place])
    return (int(found[0]), place + 1) if found else (0, place)


def _note_minutes(minutes: int, hour: int, reading: Reading) -> None:
    """Note so many minutes after an hour, or before it."""
    before, minute = divmod(minutes, MINUTES)
    reading.times.append(SaidTime(hour=(hour + before) % HOURS if hour <= HOURS else hour, minute=minute))


def _chosen(reading: Reading) -> set[int]:
    """Where weekdays go just now."""
    if "until" in reading.heard:
        return reading.until
    return reading.left_out if reading.heard & {"except", "denial"} else reading.days
