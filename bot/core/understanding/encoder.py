"""What a whole sentence means, as numbers: a small transformer that has read what people ask. Pure.

Word order counts here: "back after a week" is not "a week after my back". Nothing in it is particular to an
entry; whoever tells entries apart by it learns that on top.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.word_vectors import Floats

UNKNOWN = 0  # the row of every word that is not known
HEADS = 6  # parts in which a layer looks around
MOST_WORDS = 64  # of a sentence that are read
THEN = "<then>"  # stands between what was said before and what is said now
AT_ONCE = 64  # sentences that are read together
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
    def joined(said: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
        """The words of a message together with those of the one before it."""
        return (*said[:MOST_SAID], THEN, *words)

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The rows of the words of a sentence."""
        return [self._numbers.get(word, UNKNOWN) for word in words[:MOST_WORDS]]

    def encode(self, words: Sequence[str]) -> Floats:
        """What a sentence means; zeros if it has no words."""
        return _remembered(self, tuple(self.numbers(words)))

    def encode_all(self, sentences: Iterable[Sequence[str]]) -> Floats:
        """The same of many sentences, row by row, several times as fast."""
        numbered = [self.numbers(words) for words in sentences]
        encoded = np.zeros((len(numbered), self._words.shape[1]), dtype=np.float32)
        ordered = sorted(range(len(numbered)), key=lambda place: len(numbered[place]))
        for _, alike in itertools.groupby(ordered, key=lambda place: len(numbered[place])):
            places = list(alike)
            for start in range(0, len(places), AT_ONCE):
                some = places[start : start + AT_ONCE]
                encoded[some] = self.read([numbered[place] for place in some])
        return encoded

    def read(self, sentences: Sequence[Sequence[int]]) -> Floats:
        """The same of sentences of one length, given as the rows of their words."""
        rows = np.array(sentences, dtype=np.intp)
        count, length = rows.shape
        if not length:
            return np.zeros((count, self._words.shape[1]), dtype=np.float32)
        states = (self._words[rows] + self._places[:length]).reshape(count * length, -1)
        for attend, gather, widen, narrow in self._layers:
            states += _attention(_evened(states) @ attend, length) @ gather
            wide = _evened(states) @ widen
            states += np.maximum(wide, 0, out=wide) @ narrow
        means = _evened(states).reshape(count, length, -1).mean(axis=1)
        lengths = np.sqrt(np.einsum("ij,ij->i", means, means))[:, None]
        return np.asarray(means / np.where(lengths, lengths, 1), dtype=np.float32)


@remembers_recent
def _remembered(encoder: Encoder, numbers: tuple[int, ...]) -> Floats:
    """A message is read for red flags first, then to be answered."""
    return np.asarray(encoder.read([numbers])[0])


def _attention(asked: Floats, length: int) -> Floats:
    """What each word hears from the others of its sentence, all sentences of one length.

    Queries, keys and values stand side by side, head by head.
    """
    size = asked.shape[1] // 3 // HEADS
    queries, keys, values = asked.reshape(-1, length, 3, HEADS, size).transpose(2, 0, 3, 1, 4)
    weights = queries @ keys.swapaxes(-1, -2)
    weights *= np.float32(1 / math.sqrt(size))
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    heard = (weights @ values).transpose(0, 2, 1, 3)
    return np.asarray(heard.reshape(len(asked), -1), dtype=np.float32)


def _evened(states: Floats) -> Floats:
    """Each row with the same mean square (RMSNorm, Zhang and Sennrich 2019)."""
    squares = np.einsum("ij,ij->i", states, states)
    squares *= np.float32(1 / states.shape[1])
    squares += np.float32(TINY)
    return np.asarray(states / np.sqrt(squares, out=squares)[:, None])


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
