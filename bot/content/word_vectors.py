"""Reads and writes the word vectors of a language; one that has no file of them is heard without."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.content import archives
from bot.content.archives import Arrays
from bot.content.findings import Finding
from bot.core.understanding.word_vectors import WordVectors

FILE = "word_vectors.npz"


def read(language: str, roots: Sequence[Path]) -> WordVectors | Finding | None:
    """The vectors of a language, if it has some; roots come as for the knowledge."""
    return archives.read(f"{language}/{FILE}", roots, _made, "These are no word vectors")


def write(words: Sequence[str], vectors: NDArray[np.int8], path: Path) -> None:
    """Write vectors, a row for each word, as `read` takes them."""
    np.savez_compressed(path, words=archives.packed(words), vectors=vectors)


def _made(arrays: Arrays) -> WordVectors:
    vectors = arrays["vectors"].astype(np.int8, casting="no", copy=False)
    return WordVectors(archives.texts(arrays["words"]), vectors)
