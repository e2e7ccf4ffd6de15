"""What two sentences are compared by: words, pairs of words, letter sequences; the rarer, the weightier."""

import functools
import itertools
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bot.core.understanding.recent import remembers_recent
from bot.core.understanding.word_vectors import Floats, WordVectors

PAIR_WEIGHT = 0.5  # of neighbouring words,
TOGETHER_WEIGHT = 0.4  # of words in one sentence, in any order,
LETTERS_WEIGHT = 0.5  # of letter sequences, and
AFTER_WEIGHT = 0.8  # of what a message follows, alone and with each word, beside 1 for words
LETTERS = (3, 4, 5)  # lengths of the letter sequences
MAX_TOGETHER = 12  # words from which a sentence is too long to pair all of them
OWN = 1500  # words, the most frequent ones, that have a column each
ALWAYS = 0.5  # value of the column that every sentence has: it says how frequent a class is in itself
BASE = 0x7F4A_7C15  # odd and large, so that hardly two letter sequences share a code
BLOCK_BITS = 32  # of a code, below the number of its block
LEAST_LENGTH = 1e-9  # of a block, which is that of one without features
RARE = 20_000  # sentences of which one at least must have a pair of words or letters for it to tell anything
SHARED = 1024  # columns that all other features share; 4096 gained nothing on tests/evaluation

MEANING_WEIGHT = 0.7  # of what the words mean; 0.5 to 1.1 fared alike on tests/evaluation


class Heard(NamedTuple):
    """The words of a sentence, the tokens they stand for, and names of what it follows in a talk."""

    words: tuple[str, ...]
    tokens: Sequence[str]
    after: Sequence[str] = ()


class Row(NamedTuple):
    """A sentence as a vector: columns and their values, of length 1 but for the constant, which is the last.

    `meaning` are the values of the columns right before the constant, every one of them.
    """

    columns: NDArray[np.intp]
    values: Floats
    meaning: Floats


_Columns = tuple[NDArray[np.int32], NDArray[np.float64]]  # and the value in each; a column may come twice


def _pairs(tokens: Sequence[str]) -> list[str]:
    edged = ["<", *tokens, ">"]
    return [f"{left} {right}" for left, right in itertools.pairwise(edged)]


def _letters(words: Sequence[str]) -> list[str]:
    text = _joined(words)
    return [text[start : start + size] for size in LETTERS for start in range(len(text) - size + 1)]


def _letter_codes(words: Sequence[str]) -> NDArray[np.uint64]:
    """The codes of the letter sequences, all at once: each is what `_letters_code` says."""
    letters = np.frombuffer(_joined(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes, found = np.zeros(len(letters) + 1, dtype=np.uint32), []
    for size in range(1, min(max(LETTERS), len(letters)) + 1):
        codes = codes[:-1] * np.uint32(BASE) + letters[size - 1 :]
        found += [codes] if size in LETTERS else []
    return np.concatenate([codes[:0], *found]) + np.uint64(LETTERS_BLOCK << BLOCK_BITS)


def _name_codes(heard: Heard) -> NDArray[np.uint64]:
    """The codes of all other features."""
    return np.array(
        [
            number << BLOCK_BITS | _checksum(name)
            for number, block in enumerate(_names(heard))
            for name in block
        ],
        dtype=np.uint64,
    )


def _letters_code(sequence: str) -> int:
    """The code of one letter sequence."""
    code = functools.reduce(lambda code, letter: (code * BASE + ord(letter)) % 2**BLOCK_BITS, sequence, 0)
    return LETTERS_BLOCK << BLOCK_BITS | code


def _checksum(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass"))


def _joined(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


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
LETTERS_BLOCK = len(_WEIGHTS) - 1


class Features:
    """The known features of a set of sentences, with how much each of them tells.

    Frequent words have a column each; everything rarer shares the rest by its checksum, half of it with the
    opposite sign, so that what falls together cancels out on average (the hashing trick, Weinberger 2009).
    """

    def __init__(
        self,
        blocks: Sequence[Mapping[str, float]],
        own: Mapping[str, int],
        sentences: int,
        vectors: WordVectors,
    ) -> None:
        """`blocks` are the features with their inverse document frequencies, the letter sequences last."""
        *others, letters = blocks
        known = {
            number << BLOCK_BITS | _checksum(name): (idf, *_place(name, own))
            for number, block in enumerate(others)
            for name, idf in block.items()
        }
        known |= {_letters_code(name): (idf, *_place(f"#{name}", own)) for name, idf in letters.items()}
        ordered = sorted(known)
        self._codes = np.array(ordered, dtype=np.uint64)
        self._worth = np.array([idf * sign for idf, _, sign in map(known.__getitem__, ordered)])
        self._columns = np.array([known[code][1] for code in ordered], dtype=np.int32)
        self._telling = {name: idf - 1 for name, idf in others[0].items()}
        self._vectors = vectors
        self._width = SHARED + len(own) + len(vectors.meaning(())) + 1
        self._most_telling = math.log(1 + sentences)

    def __len__(self) -> int:
        """The number of columns."""
        return self._width

    @classmethod
    def fit(cls, sentences: Iterable[Heard], vectors: WordVectors) -> Self:
        """The features of sentences, and what their words mean."""
        occurrences: list[Counter[str]] = [Counter() for _ in _WEIGHTS]
        total = 0
        for heard in sentences:
            total += 1
            for count, names in zip(occurrences, [*_names(heard), _letters(heard.words)], strict=True):
                count.update(set(names))
        words, pairs, together, following, letters = occurrences
        for block in (pairs, together, letters):
            _drop(block, total // RARE)
        blocks = [
            {name: math.log((1 + total) / (1 + count)) + 1 for name, count in block.items()}
            for block in (words, pairs, together, following, letters)
        ]
        ranked = sorted(words, key=lambda word: (-words[word], word))
        return cls(
            blocks, {word: SHARED + number for number, word in enumerate(ranked[:OWN])}, total, vectors
        )

    def knows(self, token: str) -> bool:
        """Whether any of the sentences has the token."""
        return token in self._telling

    def telling(self, token: str) -> float:
        """How much a token tells: 0 for one that every sentence has, most for an unknown one."""
        return self._telling.get(token, self._most_telling)

    def row(self, heard: Heard) -> Row:
        """A sentence as a vector; what is unknown is left out."""
        named, letters = self._weighed(_name_codes(heard)), self._lettered(heard.words)
        sums = np.bincount(
            np.concatenate([named[0], letters[0]]), np.concatenate([named[1], letters[1]]), self._width
        )
        columns = np.flatnonzero(sums)
        values = sums[columns] / (np.sqrt(sums @ sums) or 1.0)
        return Row(
            np.append(columns, self._width - 1),
            np.append(values, ALWAYS).astype(np.float32),
            self._vectors.meaning(heard.words) * np.float32(MEANING_WEIGHT),
        )

    @remembers_recent
    def _lettered(self, words: tuple[str, ...]) -> _Columns:
        """The letter sequences of a sentence, which is compared with what it is told besides, too."""
        return self._weighed(_letter_codes(words))

    def _weighed(self, codes: NDArray[np.uint64]) -> _Columns:
        """The columns of the features of some codes, and their values, those of each block of length 1."""
        if not len(self._codes):
            return np.zeros(0, dtype=np.int32), np.zeros(0)
        codes = np.sort(codes)  # neighbours are found faster
        places = self._codes[:-1].searchsorted(codes)
        numbers, counts = _counted(places[self._codes[places] == codes])
        values = self._worth[numbers] * np.sqrt(counts)
        block = (self._codes[numbers] >> np.uint64(BLOCK_BITS)).astype(np.intp)
        lengths = np.sqrt(np.bincount(block, values * values, len(_WEIGHTS)))
        values *= (_WEIGHTS / np.maximum(lengths, LEAST_LENGTH))[block]
        return self._columns[numbers], values


def _counted(ordered: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each of some numbers in order, and how often it is there."""
    ends = (
        np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(ordered) - 1) if len(ordered) else ordered
    )
    return ordered[ends], np.diff(ends, prepend=-1)


def _drop(counts: Counter[str], rare: int) -> None:
    """Take out what is counted no more often than something rare."""
    for name in [name for name, count in counts.items() if count <= rare]:
        del counts[name]


def _place(name: str, own: Mapping[str, int]) -> tuple[int, int]:
    """The column of a feature, and the sign that it has there."""
    if name in own:
        return own[name], 1
    checksum = zlib.crc32(name.encode("utf-8", "surrogatepass"))
    return checksum % SHARED, 1 if checksum & 0x8000_0000 else -1
