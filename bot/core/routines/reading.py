"""What a text wishes of a routine, word by word. Pure."""

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.model import Vocabulary
from bot.core.routines.recipes import Recipes
from bot.core.routines.words import RoutineTalk
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.speller import Speller
from bot.core.understanding.text import words_of

MINUTES_AN_HOUR = 60
MAX_WORDS = 20  # of a message that can be such a wish
GEAR = "gear"  # what is wished of whom has a thing that no exercise is for
LEAVING = "leaving"  # what is wished of whom a routine is to leave something out; what follows is that
ASKING = frozenset({"again", "yesterday"})  # wishes that name a routine by themselves
NO = "no_"  # what stands before the name of a thing that is not there
TOOLS = frozenset({"band", "ball", "dumbbells", "rowing_machine"})

_DECIMAL = re.compile(r"(?<![\d.,:])(\d{1,4})[.,](\d{1,2})(?![\d,:]|\.\d)")
_BELOW_ZERO = re.compile(r"(?<!\d\s)(?<!\S)[-−–](\d+)(?:[.,]\d+)?")


@dataclass(slots=True)
class Wished:
    """What a text wishes.

    `names` are those of `RoutineTalk.wishes` and of recipes, in order; `asks`: it names a routine; `unknown`
    are words that say nothing known; `counts`: a number in it is an age or the like. `written` is how the
    minutes were written, where they were no whole ones.
    """

    names: list[str] = field(default_factory=list)
    minutes: int | None = None
    written: str = ""
    asks: bool = False
    is_today: bool = False
    counts: bool = False
    unknown: list[str] = field(default_factory=list)

    @property
    def is_lack(self) -> bool:
        """Whether it says nothing but that something is not there."""
        return self.minutes is None and bool(self.names) and all(name.startswith(NO) for name in self.names)

    @property
    def argument(self) -> str:
        """The same as it stands behind /routine."""
        minutes = [self.written or str(self.minutes)] if self.minutes is not None else []
        return " ".join([*dict.fromkeys(self.names), *minutes])


class WishReader:
    """Reads wishes, and mends what was mistyped in them."""

    def __init__(self, words: RoutineTalk, recipes: Recipes, vocabulary: Vocabulary) -> None:
        self._words = words
        self._vocabulary = vocabulary
        concepts = vocabulary.concepts
        forms_of: dict[str, Sequence[str]] = {each.id: (each.id, *each.words) for each in recipes.values()}
        for name, phrases in words.wishes.items():
            forms_of[name] = [*forms_of.get(name, ()), *spelled(phrases, concepts)]
        forms_of |= {_THING: words.things, _NOW: words.now, _MINUTES: words.minutes, _HOURS: words.hours}
        for minutes, phrases in words.spans.items():
            forms_of[f"{_SPAN}{minutes}"] = phrases
        self._wishes = PhraseIndex(
            {name: [words_of(form, vocabulary) for form in forms] for name, forms in forms_of.items()}
        )
        steering = [form for phrases in words.steering.values() for form in spelled(phrases, concepts)]
        said = [
            *(form for forms in forms_of.values() for form in forms),
            *words.small,
            *words.numbers,
            *words.ordinals,
        ]
        known = [word for phrase in (*said, *steering) for word in words_of(phrase, vocabulary)]
        self._speller = Speller(known, vocabulary.common_words)

    def wish(self, text: str, *, is_more: bool = False) -> str | None:
        """The argument of /routine that a whole sentence wishes; None: it is something else.

        `is_more`: it said something else besides, that is not in `text`.
        """
        wished = self.read(text)
        is_more = is_more or bool(wished.names) or wished.minutes is not None
        is_more = is_more or wished.is_today or wished.counts
        if wished.unknown or not wished.asks or not is_more:
            return None
        return wished.argument

    @remembers_recent
    def read(self, text: str) -> Wished:
        """What the words of a text wish."""
        whole, written = _in_whole_numbers(text)
        words, wished, place = self.heard(whole)[: 4 * MAX_WORDS], Wished(), 0
        if len(words) > MAX_WORDS:
            wished.unknown.append(words[-1])
        while place < len(words):
            number = self.number(words[place])
            found = self._wishes.at(words, place)
            longest = max((behind for _, behind in found), default=place + 1)
            if number is not None:
                longest = self._read_time(words, place, number, wished)
            elif found:
                self._note([name for name, behind in found if behind == longest], wished)
                is_phrase = longest > place + 1 and not ASKING.isdisjoint(wished.names)
                wished.asks = wished.asks or is_phrase or GEAR in wished.names
                longest = self._read_neither(words, longest, wished)
            elif words[place] not in self._words.small and LEAVING not in wished.names:
                wished.unknown.append(words[place])
            place = longest
        if wished.minutes is not None:
            wished.written = written.get(str(wished.minutes), "")
        return wished

    def _read_neither(self, words: Sequence[str], place: int, wished: Wished) -> int:
        """Note what else is not there, as in "no mat or chair", and return the place behind it."""
        is_lack = bool(wished.names) and wished.names[-1].startswith(NO)
        repeated = self._words.neither.get(words[place]) if is_lack and place < len(words) else None
        found = self._wishes.at([repeated, *words[place + 1 :]], 0) if repeated else []
        for name, behind in found:
            if name.startswith(NO):
                wished.names.append(name)
                return self._read_neither(words, place + behind, wished)
        return place

    def _read_time(self, words: Sequence[str], place: int, number: int, wished: Wished) -> int:
        """Note minutes, and return the place behind them; "one" without a unit is a word for a routine."""
        units = self._wishes.at(words, place + 1) if place + 1 < len(words) else []
        names = {name for name, _ in units}
        has_unit = bool(names & {_HOURS, _MINUTES})
        if not has_unit and self._counts_else(words, place):
            wished.counts = True
            return place + 1
        if has_unit or words[place].isdecimal():
            wished.minutes = number * (MINUTES_AN_HOUR if _HOURS in names else 1)
        is_thing = number == 1 and not words[place].isdecimal()
        wished.asks = wished.asks or has_unit or is_thing
        return place + 2 if has_unit else place + 1

    def _counts_else(self, words: Sequence[str], place: int) -> bool:
        """Whether a number without a unit counts years or the like."""
        before, behind = words[max(0, place - 1) : place], words[place + 1 : place + 2]
        counting, ages = self._words.counting_else, self._words.ages
        return words[place].isdecimal() and not (counting.isdisjoint(behind) and ages.isdisjoint(before))

    def _note(self, names: Sequence[str], wished: Wished) -> None:
        """Note what a phrase means; a recipe only where the phrase is no wish of its own."""
        has_wish = any(name in self._words.wishes for name in names)
        for name in names:
            if name == _THING:
                wished.asks = True
            elif name.startswith(_SPAN):
                wished.minutes, wished.asks = int(name.removeprefix(_SPAN)), True
            elif name == _NOW:
                wished.is_today = True
            elif name in self._words.wishes or not has_wish:
                wished.names.append(name)

    def number(self, word: str) -> int | None:
        """The number that a word is, in digits or written out."""
        return int(word[:4]) if word.isdecimal() else self._words.numbers.get(word)

    @remembers_recent
    def heard(self, text: str) -> tuple[str, ...]:
        """The words of a text, mended where they were mistyped."""
        mended = map(self._speller.correct, words_of(text, self._vocabulary))
        return tuple(itertools.chain.from_iterable(mended))


def _in_whole_numbers(text: str) -> tuple[str, dict[str, str]]:
    """A text whose numbers are whole and not below zero, and how those were written that were not."""
    written: dict[str, str] = {}

    def whole(found: re.Match[str]) -> str:
        number = str(math.floor(float(f"{found[1]}.{found[2]}") + 0.5))
        written[number] = found[0]
        return number

    def least(found: re.Match[str]) -> str:
        written["0"] = found[0].replace("−", "-").replace("–", "-")
        return " 0"

    return _DECIMAL.sub(whole, _BELOW_ZERO.sub(least, text)), written


_THING, _NOW, _MINUTES, _HOURS, _SPAN = "(thing)", "(now)", "(minutes)", "(hours)", "(span)"


def spelled(phrases: Iterable[str], concepts: Mapping[str, Sequence[str]]) -> list[str]:
    """Every way to say some phrases of the vocabulary's small pattern language."""
    return [form for phrase in phrases for form in expand_pattern(phrase, concepts)]
