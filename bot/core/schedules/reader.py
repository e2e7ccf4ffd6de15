"""Reads the times, days and wishes out of a message, word by word. Pure."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.core.model import Vocabulary
from bot.core.schedules.corrections import CORRECTING
from bot.core.schedules.noting import (
    chosen,
    note_figures,
    note_kinds,
    note_minutes,
    note_rest,
    year_at,
)
from bot.core.schedules.phrasebook import SIGNS, Phrasebook
from bot.core.schedules.reading import HOURS, MINUTES, Reading, SaidTime
from bot.core.schedules.words import ScheduleWords
from bot.core.understanding.recent import remembers_recent

MAX_WORDS = 30  # of a message that can be about times
LONGEST_DAY = 10  # letters of a weekday
SHORTEST_NAME = 3  # letters of a weekday in short
MOST_HOURS = 99  # a bigger number has its minutes in it: 0800 hours
NO_WISH = frozenset({"question", "about", "going_on", "doubt", "more"})  # words of something else
DENIED = frozenset({"weekday", "group", "every", "tip", "routine", "reminding"})  # by a "no" before them
LEADING = frozenset({"at", *CORRECTING})  # kinds of phrases that stand before an hour
LENGTHS = frozenset({"in", "later", "for", "later_than", "earlier_than"})  # after which "3 h" is no time

_TOGETHER = re.compile(r"(\d?\d)(\d\d)")  # 730, 1930
_BELOW_ZERO = re.compile(r"(?<!\S)[-–−]\d")  # -3, but not 2-3


class ScheduleReader:
    """Reads messages by the words of a language."""

    def __init__(self, words: ScheduleWords, vocabulary: Vocabulary) -> None:
        self._book = Phrasebook(words, vocabulary)
        self._joiners = vocabulary.joiners

    def split(self, text: str) -> list[str]:
        """The words and signs that count in a text."""
        return self._book.split(text)

    def may_wish(self, text: str) -> bool:
        """Whether a text has anything without which it wishes and corrects nothing."""
        return self._book.tells(self.split(text)[: 2 * MAX_WORDS])

    @remembers_recent
    def read(self, text: str, *, strictly: bool = False) -> Reading:
        """Everything in a text; `strictly`: no more than up to the first word of another kind."""
        tokens, reading, place = self.split(text)[: 2 * MAX_WORDS], Reading(), 0
        reading.asks = self._book.begins(tokens, "question") and not self._book.begins(tokens, "suggesting")
        reading.joins = tokens[:1] != [] and tokens[0] in self._joiners
        if len(tokens) > MAX_WORDS:
            reading.unknown.append(tokens[-1])
        while place < len(tokens) and not (strictly and reading.unknown):
            place = self._step(tokens, place, reading)
        if reading.lasting is not None and _BELOW_ZERO.search(text):
            reading.lasting = -reading.lasting
        note_rest(reading)
        return reading

    def _step(self, tokens: Sequence[str], place: int, reading: Reading) -> int:
        """Read what stands at a place, and return the place behind it."""
        if note_figures(tokens[place], reading):
            return place + 1
        number, behind = self._book.number(tokens, place)
        if number is not None:
            return self._after_number(number, tokens, behind, reading)
        names, behind = self._book.at(tokens, place)
        day = self._book.day_beside(tokens, place)
        if day is not None:
            names, behind = {f"weekday {day}"}, place + 1
        return (self._note if names else self._note_word)(names, tokens, max(behind, place + 1), reading)

    def _note_word(self, _: set[str], tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note a word that is no phrase: weekdays in letters or with a typing error, or nothing known."""
        place = behind - 1
        days, end = self._book.lettered_days(tokens, place)
        if days:
            chosen(reading).update(days)
            return end
        day = self._book.nearest_day(tokens[place])
        if day is None:
            reading.unknown.append(tokens[place])
            reading.is_odd |= self._is_among_days(tokens, place)
            return behind
        return self._note({f"weekday {day}"}, tokens, behind, reading)

    def _after_number(self, number: int, tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note what a number means by what follows it."""
        names, end = self._book.at(tokens, behind)
        kinds = {name.partition(" ")[0]: name.partition(" ")[2] for name in names}
        is_length = "unit" in kinds and self._is_length(tokens, end, reading)
        is_whole = kinds.get("unit") == "60" and len(tokens[behind - 1]) == len("0800")
        if ("oclock" in kinds or is_whole) and not is_length:
            whole = divmod(number, 100) if number > MOST_HOURS else (number, 0)
            reading.times.append(SaidTime(hour=whole[0], minute=whole[1]))
            return end
        if "tip" in kinds or "routine" in kinds:  # "7 exercises" are neither an hour nor too many
            several = "tip" in kinds and number != 1
            reading.refused = "several_a_day" if several else reading.refused
            return behind
        if "unit" in kinds:
            reading.lasting = number * timedelta(minutes=int(kinds["unit"]))
            return end
        for kind, sign in (("past", 1), ("to", -1)):
            hour, after = self._book.number(tokens, end) if kind in kinds else (None, end)
            if hour is not None:
                note_minutes(sign * number, hour, reading)
                return after
        alone = self._book.unit(tokens, behind)
        if alone is not None:  # "10 minutes to stretch" has no hour behind it
            reading.lasting = number * alone
            return behind + 1
        return self._note_hour(number, tokens, behind, reading)

    def _is_length(self, tokens: Sequence[str], behind: int, reading: Reading) -> bool:
        """Whether "3 h" says how long, by what stands before it or behind."""
        following, _ = self._book.at(tokens, behind)
        return bool(reading.pausing or LENGTHS & (reading.heard | following))

    def _note_hour(self, number: int, tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note a number as the day of a month, an hour with or without minutes, or a time run together."""
        month, end = self._book.month(tokens, behind)
        if month:
            year, end = year_at(tokens, end)
            reading.dates.append((year, month, number))
            return end
        if "ordinal" in self._book.at(tokens, behind)[0]:
            reading.dates.append((0, 0, number))
            return behind + 1
        together = _TOGETHER.fullmatch(tokens[behind - 1])
        if together:
            reading.times.append(SaidTime(hour=int(together[1]), minute=int(together[2]), is_sure=True))
            return behind
        minute, after = self._book.number(tokens, behind)
        if minute is not None and 10 <= minute < MINUTES and number <= HOURS:  # noqa: PLR2004  # two digits
            is_sure = tokens[behind].isdecimal()
            reading.times.append(SaidTime(hour=number, minute=minute, is_sure=is_sure))
            return after
        if tokens[behind - 1].isdecimal() or self._is_hour(tokens, behind):
            reading.times.append(SaidTime(hour=number))
        return behind

    def _is_hour(self, tokens: Sequence[str], behind: int) -> bool:
        """Whether a word for a number is an hour: alone, behind "at", or before a part of the day."""
        before, _ = self._book.at(tokens, behind - 2) if behind > 1 else (set(), 0)
        following, _ = self._book.at(tokens, behind)
        is_led = bool(before & LEADING)
        return len(tokens) == 1 or is_led or any(name.startswith(("part ", "once ")) for name in following)

    def _note(self, names: set[str], tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note what a phrase means, and return the place behind all that belongs to it."""
        kinds = {name.partition(" ")[0]: name.partition(" ")[2] for name in names}
        if kinds.keys() <= NO_WISH:
            reading.unknown.extend(tokens[behind - 1 : behind])
        if "only" in kinds:
            reading.heard -= {"denial", "except"}
        if "repeated" in kinds:
            reading.heard.add("repeated")
        if "weekday" in kinds:
            return self._note_days(int(kinds["weekday"]), tokens, behind, reading)
        if "before" in kinds or "month" in kinds:
            return self._note_joined(kinds, tokens, behind, reading)
        if "no" in kinds:
            following = {name.partition(" ")[0] for name in self._book.at(tokens, behind)[0]}
            kinds = {"denial": ""} if following & DENIED else kinds
        if "denial" in kinds:
            reading.denied = len(reading.times)
        note_kinds(kinds, reading)
        if reading.refused == "once":
            named, _ = self._book.day(tokens, behind - 1)
            chosen(reading).update(() if named is None else (named,))
        reading.heard |= kinds.keys()
        return behind

    def _note_days(self, day: int, tokens: Sequence[str], behind: int, reading: Reading) -> int:
        """Note a weekday, or all from it up to another one."""
        names, end = self._book.at(tokens, behind)
        last, after = self._book.day(tokens, end) if "range" in names else (None, behind)
        if last is None:
            chosen(reading).add(day)
            return behind
        chosen(reading).update((day + n) % 7 for n in range((last - day) % 7 + 1))
        reading.first, reading.last = day, last
        return after

    def _note_joined(
        self, kinds: dict[str, str], tokens: Sequence[str], behind: int, reading: Reading
    ) -> int:
        """Note what a phrase before a number means: half seven, 24 December said the other way round."""
        number, after = self._book.number(tokens, behind)
        if number is None and "month" in kinds and {"until", "from"} & reading.heard:
            number, after = 1, behind
        if number is None:
            reading.unknown.append(tokens[behind - 1])
            return behind
        if "before" in kinds:
            note_minutes(int(kinds["before"]), number, reading)
        else:
            after += "ordinal" in self._book.at(tokens, after)[0]
            year, after = year_at(tokens, after)
            reading.dates.append((year, int(kinds["month"]), number))
        return after

    def _is_among_days(self, tokens: Sequence[str], place: int) -> bool:
        """Whether a word stands where a weekday should: behind "on" and last, or beside one."""
        before = tokens[place - 1] if place else ""
        at = place - 2 if before in SIGNS else place - 1
        names, _ = self._book.at(tokens, at) if at >= 0 else (set[str](), 0)
        is_day = any(name.startswith("weekday ") for name in names)
        return len(tokens[place]) <= (SHORTEST_NAME if is_day else LONGEST_DAY if "on" in names else 0)
