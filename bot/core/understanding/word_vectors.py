"""What words mean, as numbers: words that people use alike point the same way. Pure."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.core.understanding.recent import remembers_recent

Floats = NDArray[np.float32]


class WordVectors:
    """A vector for each of some words; the longer it is, the more the word tells."""

    def __init__(self, words: Sequence[str], vectors: NDArray[np.int8]) -> None:
        """`vectors` has a row for each word. Raises ValueError if it does not."""
        if vectors.ndim != 2 or len(words) != len(vectors):  # noqa: PLR2004  # rows and columns
            raise ValueError(f"{len(words)} words have {vectors.shape} vectors")
        self._numbers = {word: number for number, word in enumerate(words)}
        self._vectors = vectors

    @classmethod
    def none(cls) -> Self:
        """Vectors of no word, for a language that has none."""
        return cls((), np.zeros((0, 0), dtype=np.int8))

    @remembers_recent
    def meaning(self, words: tuple[str, ...]) -> Floats:
        """The direction in which some words point together, of length 1; zeros if none is known."""
        numbers = [self._numbers[word] for word in words if word in self._numbers]
        total = self._vectors[numbers].sum(axis=0, dtype=np.float32)
        return np.asarray(total / (np.sqrt(total @ total) or 1.0), dtype=np.float32)
