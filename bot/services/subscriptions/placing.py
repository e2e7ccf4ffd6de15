"""Parts a wish into what is wished and the place that it names: "at 9:00 in Lisbon", "8 am EST"."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.core.schedules.hearing import ScheduleHearing
from bot.core.schedules.places import Found, PlaceWords
from bot.core.understanding.text import key
from bot.services.ports import ZoneFinder

MOST_UNKNOWN = 5  # words that can be a place
AROUND = 2  # words on each side that may belong to it: "in Lisbon time", "San Juan Capistrano"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A text without the place that it names, and which places that may be."""

    rest: str
    found: Found


class Placing:
    """Finds the place in the midst of a wish: the words in it that say nothing of times."""

    def __init__(self, words: PlaceWords, hearing: ScheduleHearing, zones: ZoneFinder) -> None:
        self._hearing = hearing
        self._zones = zones
        self._leading = sorted(
            (tuple(key(phrase).split()) for phrase in words.leading), key=len, reverse=True
        )
        self._ordinary = words.ordinary

    def part(self, text: str, is_heard: Callable[[str], bool], *, guesses: bool) -> Placed | None:
        """A text in two parts; None: it names no place, or without it `is_heard` makes nothing of it.

        `guesses`: also a place whose name is mistyped, which then has to be asked about.
        """
        unknown = {*self._hearing.unknown(text)}
        words = text.split()
        if not unknown or len(unknown) > MOST_UNKNOWN:
            return None
        guessed: Placed | None = None
        for start, end in self._spans(words, unknown):
            rest = " ".join([*words[:start], *words[end:]])
            if not is_heard(rest):
                continue
            found = self._found(" ".join(words[start:end]), unknown)
            if found.places and not found.is_guess:
                return Placed(rest=rest, found=found)
            guessed = Placed(rest=rest, found=found) if found.places and not guessed else guessed
        return guessed if guesses or unknown <= self._ordinary else None

    def is_ordinary(self, name: str) -> bool:
        """Whether a name is an everyday word, so that no place need be meant."""
        return key(name) in self._ordinary

    def _spans(self, words: list[str], unknown: set[str]) -> Iterator[tuple[int, int]]:
        """From where to where a place may stand: around all unknown words, the longest span first."""
        having = [number for number, word in enumerate(words) if unknown & {*self._hearing.split(word)}]
        if not having or having[-1] - having[0] >= MOST_UNKNOWN:
            return
        starts = range(max(0, having[0] - AROUND), having[0] + 1)
        ends = range(having[-1] + 1, min(len(words), having[-1] + 1 + AROUND) + 1)
        spans = ((start, end) for start in starts for end in ends)
        yield from sorted(spans, key=lambda span: span[0] - span[1])

    def _found(self, said: str, unknown: set[str]) -> Found:
        """The places of a name; one that is only like another name, or an everyday word, has to be led in."""
        words = key(said).split()
        leading = next((each for each in self._leading if tuple(words[: len(each)]) == each), ())
        is_led = bool(leading) and not unknown.isdisjoint(words[len(leading) : len(leading) + 1])
        found = self._zones.find(said)
        is_unsure = found.is_guess or unknown <= self._ordinary
        return Found() if is_unsure and not is_led else replace(found, is_guess=is_unsure)
