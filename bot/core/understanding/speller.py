"""Mends typing errors. Everything is linear in the text."""

import functools
import math
import operator
from collections.abc import Iterable

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.core.understanding.text import MAX_REMEMBERED

ONE_EDIT_FROM = 5  # letters from which a word may hide one typing error, and
TWO_EDITS_FROM = 8  # two (the lengths that a prototype on public data found best)
OFTEN_USED = 300  # known words, the most frequent ones, which run together sooner than they are mistyped


class Speller:
    """Mends typing errors towards known words; common words are left alone, whatever they resemble."""

    def __init__(self, known: Iterable[str], common: frozenset[str]) -> None:
        """`known` in falling order of use: of two equally near words the first wins."""
        self._ordered = list(dict.fromkeys(known))
        self._ranks = {word: rank for rank, word in enumerate(self._ordered)}
        self._common = common
        self._letters = np.array([_letter_set(word) for word in self._ordered], dtype=np.uint32)
        self._lengths = np.array([len(word) for word in self._ordered], dtype=np.int32)
        self._mended: dict[str, tuple[str, ...]] = {}

    def correct(self, word: str) -> tuple[str, ...]:
        """The word as it was probably meant: itself, a known word, or two that ran together."""
        if word in self._ranks or word in self._common or word.isdigit():
            return (word,)
        mended = self._mended.get(word)
        if mended is None:
            mended = self._mend(word)
            if len(self._mended) >= MAX_REMEMBERED:
                self._mended.clear()
            self._mended[word] = mended
        return mended

    def _mend(self, word: str) -> tuple[str, ...]:
        far = self._nearest(word, 2) if len(word) >= TWO_EDITS_FROM else ()
        often, any_two = self._split(word, OFTEN_USED), self._split(word, len(self._ranks))
        return often or self._nearest(word, 1) or any_two or far or (word,)

    def _nearest(self, word: str, limit: int) -> tuple[str, ...]:
        """The nearest known word, if it is no more than so many edits away."""
        if len(word) < ONE_EDIT_FROM - 1:
            return ()
        found = extractOne(word, self._alike(word, limit), scorer=OSA.distance, score_cutoff=limit)
        if found and (max(len(word), len(found[0])) >= ONE_EDIT_FROM or sorted(found[0]) == sorted(word)):
            return (found[0],)
        return ()

    def _alike(self, word: str, limit: int) -> list[str]:
        """The known words that so few edits could lead to: an edit changes two letters at most.

        Those with the same letters come first, since letters are swapped or doubled sooner than mistaken.
        """
        differing = np.bitwise_count(self._letters ^ np.uint32(_letter_set(word)))
        longer = np.abs(self._lengths - len(word))
        alike = np.flatnonzero((differing <= 2 * limit) & (longer <= limit))
        likeliest_first = alike[np.argsort(differing[alike], kind="stable")]
        return [self._ordered[number] for number in likeliest_first]

    def _split(self, word: str, within: int) -> tuple[str, ...]:
        """The two of the words used most that ran together; single letters only at last."""
        shortest, ranks = 2 if within == OFTEN_USED else 1, self._ranks
        known = [
            (word[:middle], word[middle:])
            for middle in range(shortest, len(word) - shortest + 1)
            if ranks.get(word[:middle], within) < within and ranks.get(word[middle:], within) < within
        ]
        return min(
            known, key=lambda parts: sum(math.log(2 + self._ranks[part]) for part in parts), default=()
        )


def _letter_set(word: str) -> int:
    """The letters of a word as the bits of a number."""
    return functools.reduce(operator.or_, (1 << (ord(char) & 31) for char in word), 0)
