"""What the words of a message about times are: phrases, numbers, months, weekdays however spelt. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from rapidfuzz.distance import OSA

from bot.core.model import Vocabulary
from bot.core.schedules.words import ScheduleWords
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.speller import ONE_EDIT_FROM, TWO_EDITS_FROM
from bot.core.understanding.text import normalise, written_out

SIGNS = frozenset("-–/&,")
DASHES = frozenset("-–")
SHORTEST_RUN = 3  # letters of days that are written as one word
TELLING = frozenset(
    {"tip", "reminding", "both", "asking", "timing", "pausing", "later", "skipping", "stopping", "weekday"}
    | {"number", "time", "repeated", "no", "correcting", "changing", "later_than", "earlier_than"}
    | {"once", "until", "hushing"}
)  # kinds of phrases of which every wish has one, or a figure
LEAST_MINUTES = 15  # that stand behind an hour with a dash between: seven-thirty, but ten-seven

_PIECE = re.compile(
    r"\d{4}-\d\d?-\d\d?|\d\d?/\d\d?(?:/\d{4})?|\d\d?\.\d\d?\.\d{4}|\d+[:.h]\d+|\d\d?[;,]\d\d(?!\d)|\d+"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*|[-–/&,]"
)
_NUMBER = re.compile(r"(\d+)")  # normalising would shorten 1000 like a drawled word


class Phrasebook:
    """Knows the phrases of a language. Places are those of tokens, as `split` has them."""

    def __init__(self, words: ScheduleWords, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._counting = {
            name: number for number, names in words.numbers.items() for name in names if " " not in name
        }
        self._letters: defaultdict[str, list[int]] = defaultdict(list)
        for day, letters in words.day_letters.items():
            for letter in letters:
                self._letters[letter].append(day)
        self._index = PhraseIndex(
            {
                name: [self.split(form) for phrase in phrases for form in expand_pattern(phrase, {})]
                for name, phrases in words.phrases()
            }
        )
        self._telling = PhraseIndex(
            {
                name: [self.split(form) for phrase in phrases for form in expand_pattern(phrase, {})]
                for name, phrases in words.phrases()
                if name.partition(" ")[0] in TELLING
            }
        )
        self._weekdays = {names[0]: day for day, names in words.weekdays.items()}

    def split(self, text: str) -> list[str]:
        """The words and signs that count in a text."""
        plain = "".join(part if part.isdecimal() else normalise(part) for part in _NUMBER.split(text))
        pieces = _PIECE.findall(plain)
        tokens: list[str] = []
        for place, piece in enumerate(pieces):
            is_day = self._is_letter_among_others(pieces, place)
            tokens += [piece] if is_day else written_out([piece], self._vocabulary)
        return [token for place, token in enumerate(tokens) if not self._is_hyphen(tokens, place)]

    def tells(self, tokens: Sequence[str]) -> bool:
        """Whether there is a figure among some tokens, or a phrase without which nothing is wished."""
        return any(
            token[:1].isdecimal() or self._telling.at(tokens, place) for place, token in enumerate(tokens)
        )

    def at(self, tokens: Sequence[str], place: int) -> tuple[set[str], int]:
        """The names of the longest phrase at a place, and the place behind it."""
        found = self._index.at(tokens, place) if place < len(tokens) else []
        longest = found[0][1] if found else place
        return {name for name, end in found if end == longest}, longest

    def begins(self, tokens: Sequence[str], name: str) -> bool:
        """Whether a text begins with a phrase, which may be part of a longer one."""
        return bool(tokens) and any(found == name for found, _ in self._index.at(tokens, 0))

    def number(self, tokens: Sequence[str], place: int) -> tuple[int | None, int]:
        """The number that stands at a place, and the place behind it."""
        if place >= len(tokens):
            return None, place
        found = self._index.at(tokens, place)
        if tokens[place].isdecimal():
            is_phrase = bool(found) and found[0][1] > place + 1
            return (None, place) if is_phrase else (int(tokens[place][:4]), place + 1)
        numbers = [(name, end) for name, end in found if name.startswith("number ")]
        if not numbers or found[0][1] > numbers[0][1]:
            return None, place
        return int(numbers[0][0].split()[1]), numbers[0][1]

    def month(self, tokens: Sequence[str], behind: int) -> tuple[int, int]:
        """The month behind the number of a day, like in "24th of December"; 0: there is none."""
        for place in range(behind, min(behind + 3, len(tokens))):
            names, end = self.at(tokens, place)
            month = next((name for name in names if name.startswith("month ")), None)
            if month:
                return int(month.split()[1]), end
            if not names & {"small", "ordinal"}:
                break
        return 0, behind

    def unit(self, tokens: Sequence[str], place: int) -> timedelta | None:
        """The unit of time that the one word at a place is, whatever longer phrase begins there."""
        names, _ = self.at(tokens[: place + 1], place)
        unit = next((name for name in names if name.startswith("unit ")), None)
        return timedelta(minutes=int(unit.split()[1])) if unit else None

    def day(self, tokens: Sequence[str], place: int) -> tuple[int | None, int]:
        """The weekday that stands at a place, and the place behind it."""
        names, end = self.at(tokens, place)
        days = [int(name.split()[1]) for name in names if name.startswith("weekday ")]
        if days or place >= len(tokens):
            return (days[0] if days else None), end
        beside = self._in_short(tokens[place])
        return self.nearest_day(tokens[place]) if beside is None else beside, place + 1

    def day_beside(self, tokens: Sequence[str], place: int) -> int | None:
        """The weekday that a word is only behind another one in short, like "we" in "tu we th"."""
        day, last = self._in_short(tokens[place]), place - 1
        last -= last > 0 and tokens[last] in SIGNS
        if day is None or last < 0 or len(tokens[last]) > SHORTEST_RUN:
            return None
        is_beside = any(name.startswith("weekday ") for name in self.at(tokens, last)[0])
        return day if is_beside or self._in_short(tokens[last]) is not None else None

    def _in_short(self, word: str) -> int | None:
        """The one weekday that two letters stand for in a row of them."""
        days = self._letters.get(word, ()) if len(word) > 1 else ()
        return days[0] if len(days) == 1 else None

    def nearest_day(self, word: str) -> int | None:
        """The one weekday that a word with typing errors can stand for."""
        most = 2 if len(word) >= TWO_EDITS_FROM else int(len(word) >= ONE_EDIT_FROM)
        near = {day for name, day in self._weekdays.items() if OSA.distance(word, name) <= most}
        return near.pop() if most and len(near) == 1 else None

    def lettered_days(self, tokens: Sequence[str], place: int) -> tuple[set[int], int]:
        """The weekdays that stand at a place by their letters, at least two: MWF, M/W/F, T Th, M-F."""
        run = self._run(tokens[place])
        if len(run) > 1 and len(tokens[place]) >= SHORTEST_RUN:
            return {*run}, place + 1
        letters, behind = [tokens[place]], place + 1
        is_range = behind < len(tokens) and tokens[behind] in DASHES
        while behind < len(tokens):
            behind += tokens[behind] in SIGNS
            if behind >= len(tokens) or tokens[behind] not in self._letters:
                break
            letters.append(tokens[behind])
            behind += 1
        behind -= tokens[behind - 1] in SIGNS
        days = self._run("".join(letters)) if min(map(len, letters)) == 1 else []
        if len(days) < max(2, len(letters)):
            return set(), place
        return {*range(days[0], days[-1] + 1)} if is_range and len(days) == 2 else {*days}, behind  # noqa: PLR2004  # both ends

    def _run(self, word: str) -> list[int]:
        """The weekdays of a word that is nothing but their letters, each after the one before."""
        found: list[int] = []
        place = 0
        while place < len(word):
            last = found[-1] if found else -1
            later = ((n, day) for n in (2, 1) for day in self._letters.get(word[place : place + n], ()))
            size, day = next(((n, day) for n, day in later if day > last), (0, 0))
            if not size:
                return []
            found.append(day)
            place += size
        return found

    def _is_letter_among_others(self, pieces: Sequence[str], place: int) -> bool:
        """Whether a piece is the letters of a weekday beside those of another: W in "M/W/F" is no "with"."""
        if pieces[place] not in self._letters:
            return False
        words = [(number, each) for number, each in enumerate(pieces) if each not in SIGNS]
        at = words.index((place, pieces[place]))
        beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
        return any(each in self._letters for _, each in beside)

    def _is_hyphen(self, tokens: Sequence[str], place: int) -> bool:
        """Whether a dash only joins the words of a number or of a time: twenty-five, seven-thirty."""
        if tokens[place] not in DASHES or not 0 < place < len(tokens) - 1:
            return False
        before, behind = (self._counting.get(tokens[place + side], 0) for side in (-1, 1))
        return bool(before) and (behind >= LEAST_MINUTES or (before >= LEAST_MINUTES and bool(behind)))
