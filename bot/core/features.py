"""What two sentences are compared by: words, pairs of words, letter sequences; the rarer, the weightier."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

PAIR_WEIGHT = 0.5  # of neighbouring words,
TOGETHER_WEIGHT = 0.4  # of words in one sentence, in any order, and
LETTERS_WEIGHT = 1.0  # of letter sequences, beside 1 for words
LETTERS = (3, 4, 5)  # lengths of the letter sequences
MAX_TOGETHER = 12  # words from which a sentence is too long to pair all of them

Floats = NDArray[np.float32]


class Row(NamedTuple):
    """A sentence as a sparse vector of length 1: indices of its features and their weights."""

    indices: NDArray[np.intp]
    weights: Floats


def _pairs(tokens: Sequence[str]) -> list[str]:
    edged = ["<", *tokens, ">"]
    return [f"{left} {right}" for left, right in itertools.pairwise(edged)]


def _letters(words: Sequence[str]) -> list[str]:
    text = f" {' '.join(words)} "
    return [f"#{text[start : start + size]}" for size in LETTERS for start in range(len(text) - size + 1)]


def _together(tokens: Sequence[str]) -> list[str]:
    """Every pair of words of a short sentence, whatever their order."""
    different = sorted(set(tokens))
    if len(different) >= MAX_TOGETHER:
        return []
    return [f"{left}&{right}" for left, right in itertools.combinations(different, 2)]


def _blocks(words: Sequence[str], tokens: Sequence[str]) -> list[tuple[float, list[str]]]:
    return [
        (1.0, list(tokens)),
        (PAIR_WEIGHT, _pairs(tokens)),
        (TOGETHER_WEIGHT, _together(tokens)),
        (LETTERS_WEIGHT, _letters(words)),
    ]


class Features:
    """The known features of a set of sentences, with how much each of them tells."""

    def __init__(self, numbers: dict[str, int], idf: Floats, sentences: int) -> None:
        self._numbers = numbers
        self._idf = idf
        self._most_telling = math.log(1 + sentences)

    def __len__(self) -> int:
        return len(self._numbers)

    @classmethod
    def fit(cls, sentences: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Self:
        """The features of sentences, each given as its words and its tokens."""
        occurrences: Counter[str] = Counter()
        total = 0
        for words, tokens in sentences:
            total += 1
            occurrences.update({name for _, names in _blocks(words, tokens) for name in names})
        numbers = {name: number for number, name in enumerate(occurrences)}
        idf = np.array([math.log((1 + total) / (1 + n)) + 1 for n in occurrences.values()], dtype=np.float32)
        return cls(numbers, idf, total)

    def knows(self, token: str) -> bool:
        """Whether any of the sentences has the token."""
        return token in self._numbers

    def telling(self, token: str) -> float:
        """How much a token tells: 0 for one that every sentence has, most for an unknown one."""
        number = self._numbers.get(token)
        return self._most_telling if number is None else float(self._idf[number]) - 1

    def row(self, words: Sequence[str], tokens: Sequence[str]) -> Row:
        """A sentence as a vector; what is unknown is left out."""
        indices: list[int] = []
        weights: list[Floats] = []
        for weight, names in _blocks(words, tokens):
            counts = Counter(self._numbers[name] for name in names if name in self._numbers)
            if counts:
                block = np.fromiter(counts, dtype=np.intp)
                values = self._idf[block] * np.sqrt(np.fromiter(counts.values(), dtype=np.float32))
                weights.append(values * np.float32(weight / np.linalg.norm(values)))
                indices.extend(counts)
        if not weights:
            return Row(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32))
        joined = np.concatenate(weights)
        return Row(np.array(indices, dtype=np.intp), joined / np.float32(np.linalg.norm(joined)))

    def kernel(self, rows: Sequence[Row]) -> Floats:
        """The similarity, 0 to 1, of every row with every other."""
        postings: list[list[tuple[int, float]]] = [[] for _ in range(len(self))]
        for number, row in enumerate(rows):
            for index, weight in zip(row.indices.tolist(), row.weights.tolist(), strict=True):
                postings[index].append((number, weight))
        kernel = np.zeros((len(rows), len(rows)), dtype=np.float32)
        for posting in postings:
            if len(posting) > 1:
                where = np.array([number for number, _ in posting], dtype=np.intp)
                values = np.array([weight for _, weight in posting], dtype=np.float32)
                kernel[where[:, None], where] += np.outer(values, values)
        np.fill_diagonal(kernel, 1.0)
        return kernel
