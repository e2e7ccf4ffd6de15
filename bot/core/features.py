"""What two sentences are compared by: words, pairs of words, letter sequences; the rarer, the weightier."""

import itertools
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

PAIR_WEIGHT = 0.5  # of neighbouring words,
TOGETHER_WEIGHT = 0.4  # of words in one sentence, in any order,
LETTERS_WEIGHT = 0.5  # of letter sequences, and
AFTER_WEIGHT = 0.8  # of what a message follows, alone and with each word, beside 1 for words
LETTERS = (3, 4, 5)  # lengths of the letter sequences
MAX_TOGETHER = 12  # words from which a sentence is too long to pair all of them
OWN = 1500  # words, the most frequent ones, that have a column each
ALWAYS = 0.5  # value of the column that every sentence has: it says how frequent a class is in itself
SHARED = 1024  # columns that all other features share; 4096 gained nothing on tests/evaluation

Floats = NDArray[np.float32]


class Heard(NamedTuple):
    """The words of a sentence, the tokens they stand for, and names of what it follows in a talk."""

    words: Sequence[str]
    tokens: Sequence[str]
    after: Sequence[str] = ()


class Row(NamedTuple):
    """A sentence as a sparse vector: columns and their values, of length 1 but for the constant."""

    columns: NDArray[np.intp]
    values: Floats


def _pairs(tokens: Sequence[str]) -> list[str]:
    edged = ["<", *tokens, ">"]
    return [f"{left} {right}" for left, right in itertools.pairwise(edged)]


def _letters(words: Sequence[str]) -> list[str]:
    text = f" {' '.join(words)} "
    return [text[start : start + size] for size in LETTERS for start in range(len(text) - size + 1)]


def _together(tokens: Sequence[str]) -> list[str]:
    """Every pair of words of a short sentence, whatever their order."""
    different = sorted(set(tokens))
    if len(different) >= MAX_TOGETHER:
        return []
    return [f"{left}&{right}" for left, right in itertools.combinations(different, 2)]


def _following(tokens: Sequence[str], after: Sequence[str]) -> list[str]:
    return [f"{name}>{token}" for name in after for token in ("", *tokens)]


def _names(heard: Heard) -> list[list[str]]:
    """The features of a sentence by block, all but the letter sequences."""
    return [
        list(heard.tokens),
        _pairs(heard.tokens),
        _together(heard.tokens),
        _following(heard.tokens, heard.after),
    ]


_WEIGHTS = np.array([1.0, PAIR_WEIGHT, TOGETHER_WEIGHT, AFTER_WEIGHT, LETTERS_WEIGHT])  # of the blocks


class Features:
    """The known features of a set of sentences, with how much each of them tells.

    Frequent words have a column each; everything rarer shares the rest by its checksum, half of it with the
    opposite sign, so that what falls together cancels out on average (the hashing trick, Weinberger 2009).
    """

    def __init__(self, blocks: Sequence[Mapping[str, float]], own: Mapping[str, int], sentences: int) -> None:
        """`blocks` are the features with their inverse document frequencies, the letter sequences last."""
        *others, letters = blocks
        names = [name for block in others for name in block]
        self._numbers = {name: number for number, name in enumerate(names)}
        self._letters = {name: number for number, name in enumerate(letters, start=len(names))}
        self._idf = np.array([idf for block in blocks for idf in block.values()])
        self._block = np.repeat(np.arange(len(blocks)), [len(block) for block in blocks])
        places = [_place(name, own) for name in (*names, *(f"#{name}" for name in letters))]
        self._columns = np.array([column for column, _ in places], dtype=np.intp)
        self._signs = np.array([sign for _, sign in places], dtype=np.float64)
        self._width = SHARED + len(own) + 1
        self._most_telling = math.log(1 + sentences)

    def __len__(self) -> int:
        """The number of columns."""
        return self._width

    @classmethod
    def fit(cls, sentences: Iterable[Heard]) -> Self:
        """The features of sentences."""
        occurrences: list[Counter[str]] = [Counter() for _ in _WEIGHTS]
        total = 0
        for heard in sentences:
            total += 1
            for count, names in zip(occurrences, [*_names(heard), _letters(heard.words)], strict=True):
                count.update(set(names))
        blocks = [
            {name: math.log((1 + total) / (1 + count)) + 1 for name, count in block.items()}
            for block in occurrences
        ]
        words = occurrences[0]
        ranked = sorted(words, key=lambda word: (-words[word], word))
        return cls(blocks, {word: SHARED + number for number, word in enumerate(ranked[:OWN])}, total)

    def knows(self, token: str) -> bool:
        """Whether any of the sentences has the token."""
        return token in self._numbers

    def telling(self, token: str) -> float:
        """How much a token tells: 0 for one that every sentence has, most for an unknown one."""
        number = self._numbers.get(token)
        return self._most_telling if number is None else float(self._idf[number]) - 1

    def row(self, heard: Heard) -> Row:
        """A sentence as a vector; what is unknown is left out."""
        names = itertools.chain.from_iterable(_names(heard))
        known = [*map(self._numbers.get, names), *map(self._letters.get, _letters(heard.words))]
        found = np.array([number for number in known if number is not None], dtype=np.intp)
        numbers, counts = np.unique(found, return_counts=True)
        values, block = self._idf[numbers] * np.sqrt(counts), self._block[numbers]
        lengths = np.sqrt(np.bincount(block, values * values, len(_WEIGHTS)))
        values *= self._signs[numbers] * _WEIGHTS[block] / lengths[block]
        sums = np.bincount(self._columns[numbers], values, self._width)
        columns = np.flatnonzero(sums)
        values = sums[columns] / (np.sqrt(sums @ sums) or 1.0)
        return Row(
            np.append(columns, self._width - 1),
            np.append(values, ALWAYS).astype(np.float32),
        )


def _place(name: str, own: Mapping[str, int]) -> tuple[int, int]:
    """The column of a feature, and the sign that it has there."""
    if name in own:
        return own[name], 1
    checksum = zlib.crc32(name.encode("utf-8", "surrogatepass"))
    return checksum % SHARED, 1 if checksum & 0x8000_0000 else -1
