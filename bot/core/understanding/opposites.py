"""Words that turn a question round, like "before" and "after": which entries stand at the other pole?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.model import Vocabulary
from bot.core.understanding.ear import Stemmer
from bot.core.understanding.phrases import PhraseIndex, expand_pattern
from bot.core.understanding.text import split_words, written_out

SPEAKS_OF = 0.03  # share of an entry's utterances from which it may answer for a pole,
SPEAKS_AMONG = 0.25  # what that share must at least be of the share for the other pole,
TITLED_AMONG = 0.5  # the same of an entry whose title names the other pole alone, and
STANDS_AT = 0.1  # the share for the other pole from which it stands there

NEITHER = 2  # the number of the phrases that only look like one of the poles

Flags = NDArray[np.bool_]  # one for each entry
Pole = tuple[str, int]  # the name of a pair, and which of its two poles


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposition:
    """A pair of which a question names one pole: which entries never speak of it, and stand at the other."""

    pair: str
    silent: Flags
    opposed: Flags

    def turns(self, meant: int, best: int) -> bool:
        """Whether the best entry is no answer, if another one was meant before the opposed ones fell back."""
        return bool(self.opposed[best] or (self.opposed[meant] and self.silent[best]))


class Opposites:
    """Hears the poles of questions, and knows those of the entries."""

    def __init__(self, vocabulary: Vocabulary, entries: Mapping[str, Iterable[Sequence[str]]]) -> None:
        """`entries` maps an id to its utterances, each as its mended words.

        Whose first one, the title, names one pole alone has to speak the more of the other to answer for it.
        """
        self._stem = Stemmer(vocabulary.stemmer)
        self._index = PhraseIndex(
            {
                f"{number} {name}": [self._stem(_words(form, vocabulary)) for form in forms]
                for name, phrases in vocabulary.opposites.items()
                for number, forms in enumerate(_spelled(phrases, vocabulary))
            }
        )
        heard = [[self.poles(words) for words in utterances] for utterances in entries.values()]
        poles = [(name, number) for name in vocabulary.opposites for number in (0, 1)]
        self._shares = {pole: np.array([_share(pole, said) for said in heard]) for pole in poles}
        self._titled = {pole: np.array([_is_titled(pole, said) for said in heard]) for pole in poles}
        self._is_marked = {name: not phrases[1] for name, phrases in vocabulary.opposites.items()}

    def poles(self, words: Sequence[str]) -> set[Pole]:
        """Where a question stands. A longer phrase hides the shorter ones of its pair within it."""
        stems = self._stem(words)
        found: set[Pole] = set()
        behind: dict[str, int] = {}
        for position in range(len(stems)):
            for label, end in self._index.at(stems, position):
                number, _, name = label.partition(" ")
                if position >= behind.get(name, 0):
                    behind[name] = end
                    found.add((name, int(number)))
        return {pole for pole in found if pole[1] != NEITHER}

    def named(self, words: Sequence[str]) -> list[Opposition]:
        """Each pair of which a question names one pole and not the other."""
        found = self.poles(words)
        return [
            self._opposition(name, number)
            for name, number in sorted(found)
            if (name, 1 - number) not in found
        ]

    def _opposition(self, name: str, number: int) -> Opposition:
        own, other = self._shares[name, number], self._shares[name, 1 - number]
        among = np.where(self._titled[name, 1 - number], TITLED_AMONG, SPEAKS_AMONG)
        silent = (own < SPEAKS_OF) | (own < among * other)
        stands = self._is_marked[name] | (other >= STANDS_AT)
        return Opposition(pair=name, opposed=silent & stands, silent=silent)


def _spelled(phrases: Sequence[Sequence[str]], vocabulary: Vocabulary) -> list[list[str]]:
    return [[form for text in some for form in expand_pattern(text, vocabulary.concepts)] for some in phrases]


def _words(form: str, vocabulary: Vocabulary) -> list[str]:
    return written_out(split_words(form), vocabulary)


def _share(pole: Pole, heard: Sequence[set[Pole]]) -> float:
    """The share of some utterances that stand at a pole."""
    return sum(pole in poles for poles in heard) / max(1, len(heard))


def _is_titled(pole: Pole, heard: Sequence[set[Pole]]) -> bool:
    """Whether the first of some utterances stands at a pole, and not at the other one of the pair."""
    name, number = pole
    return bool(heard) and pole in heard[0] and (name, 1 - number) not in heard[0]
