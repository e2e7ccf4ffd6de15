"""What a whole sentence means, as numbers: a small transformer that has read what people ask. Pure.

Word order counts here: "back after a week" is not "a week after my back". Nothing in it is particular to an
entry; whoever tells entries apart by it learns that on top.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.core.understanding.word_vectors import Floats

UNKNOWN = 0  # the row of every word that is not known
HEADS = 6  # parts in which a layer looks around
MOST_WORDS = 64  # of a sentence that are read
THEN = "<then>"  # stands between what was said before and what is said now
LOOKED_AT = 64  # sentences that are remembered as read
MOST_SAID = 24  # words of what was said before that are read
TINY = 1e-6  # keeps a length from being 0
PARTS = ("words", "places", "attend", "gather", "widen", "narrow")  # all but the first two layer by layer


class Encoder:
    """Sentences as vectors of length 1."""

    def __init__(self, names: Sequence[str], parts: Mapping[str, Floats]) -> None:
        """`parts` are the `PARTS`; "words" has a row for unknown ones, then one for each name.

        Raises ValueError if they do not fit together.
        """
        words, places, *layers = (parts[name] for name in PARTS)
        _require(names, parts)
        self._numbers = {name: number for number, name in enumerate(names, start=UNKNOWN + 1)}
        self._words, self._places = words, places
        self._layers = list(zip(*layers, strict=True))

    @classmethod
    def none(cls) -> Self:
        """An encoder that says nothing, for a language that has none."""
        empty = np.zeros((1, 0), dtype=np.float32)
        nothing = {name: np.zeros((0, 0, 0), dtype=np.float32) for name in PARTS}
        return cls((), nothing | {"words": empty, "places": np.zeros((MOST_WORDS, 0), dtype=np.float32)})

    def __bool__(self) -> bool:
        return bool(self._numbers)

    @staticmethod
    def joined(said: Sequence[str], words: Sequence[str]) -> list[str]:
        """The words of a message together with those of the one before it."""
        return [*said[:MOST_SAID], THEN, *words]

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The rows of the words of a sentence."""
        return [self._numbers.get(word, UNKNOWN) for word in words[:MOST_WORDS]]

    def encode(self, words: Sequence[str]) -> Floats:
        """What a sentence means; zeros if it has no words."""
        return _remembered(self, tuple(self.numbers(words)))

    def read(self, numbers: Sequence[int]) -> Floats:
        """The same of the rows of words."""
        if not numbers:
            return np.zeros(self._words.shape[1], dtype=np.float32)
        states = self._words[list(numbers)] + self._places[: len(numbers)]
        for attend, gather, widen, narrow in self._layers:
            states = states + _attention(_evened(states) @ attend) @ gather
            states = states + np.maximum(_evened(states) @ widen, 0) @ narrow
        mean = _evened(states).mean(axis=0)
        return np.asarray(mean / (np.sqrt(mean @ mean) or 1.0), dtype=np.float32)


@functools.lru_cache(maxsize=LOOKED_AT)
def _remembered(encoder: Encoder, numbers: tuple[int, ...]) -> Floats:
    """A message is read for red flags first, then to be answered."""
    return encoder.read(numbers)


def _attention(asked: Floats) -> Floats:
    """What each word hears from the others: queries, keys and values stand side by side, head by head."""
    length, width = asked.shape
    queries, keys, values = asked.reshape(length, 3, HEADS, width // 3 // HEADS).transpose(1, 2, 0, 3)
    weights = queries @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(width // 3 // HEADS))
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    return np.asarray((weights @ values).transpose(1, 0, 2).reshape(length, -1), dtype=np.float32)


def _evened(states: Floats) -> Floats:
    """Each row with the same mean square (RMSNorm, Zhang and Sennrich 2019)."""
    squares = (states * states).mean(axis=-1, keepdims=True)
    return np.asarray(states / np.sqrt(squares + np.float32(TINY)), dtype=np.float32)


def _require(names: Sequence[str], parts: Mapping[str, NDArray[Any]]) -> None:
    """Raise ValueError unless everything has the width of the words."""
    words, places, attend, gather, widen, narrow = (parts[name].shape for name in PARTS)
    width = words[-1]
    layers = attend[0]
    if (
        words != (len(names) + 1, width)
        or places != (MOST_WORDS, width)
        or width % HEADS
        or attend != (layers, width, 3 * width)
        or gather != (layers, width, width)
        or widen[:2] != (layers, width)
        or narrow != (layers, widen[2], width)
    ):
        raise ValueError("The parts of the encoder do not fit together")
