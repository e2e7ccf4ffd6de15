"""Reads and writes the word vectors of a language; one that has no file of them is heard without."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.content.findings import Finding, shown
from bot.core.understanding.word_vectors import WordVectors

FILE = "word_vectors.npz"


def read(language: str, roots: Sequence[Path]) -> WordVectors | Finding:
    """The vectors of a language; roots come as for the knowledge, and a file in a later one wins."""
    for root in reversed(roots):
        path = root / language / FILE
        if not path.is_file():
            continue
        try:
            with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
                words = bytes(arrays["words"]).decode().split("\n")
                return WordVectors(words, arrays["vectors"].astype(np.int8, casting="no", copy=False))
        except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile):
            return Finding(shown(path, root), 1, "", "These are no word vectors", "Restore the file")
    return WordVectors.none()


def write(words: Sequence[str], vectors: NDArray[np.int8], path: Path) -> None:
    """Write vectors, a row for each word, as `read` takes them."""
    text = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(path, words=text, vectors=vectors)
