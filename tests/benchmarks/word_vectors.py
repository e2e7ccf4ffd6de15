"""Makes the word vectors of English anew, with a sentence-embedding model: `make word-vectors`.

Each word that pyspellchecker (MIT) lists as common, or lists at all if the knowledge has it, is put alone
through all-MiniLM-L6-v2 (Apache 2.0). Of what comes out the 256 principal components are kept, each vector
shortened the more frequent its word is (Arora 2017), and everything is rounded to 8 bits.
"""

import sys
from collections.abc import Iterator, Mapping
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from spellchecker import SpellChecker

from benchmarks.peers.minilm import Embedder
from bot.bootstrap import load_library
from bot.config import Settings
from bot.content.loader import builtin_root
from bot.content.word_vectors import FILE, write
from bot.core.model import Knowledge
from bot.core.understanding.text import words_of

LANGUAGE = "en"
SIZE = 256  # numbers a word
USUAL = 1e-4  # share of all words at which one counts half
LARGEST = 127  # of a number in 8 bits

Matrix = NDArray[np.float32]


def main() -> None:
    """Make the file."""
    knowledge = load_library(Settings())[LANGUAGE].knowledge
    counts = SpellChecker(language=LANGUAGE).word_frequency.dictionary
    own = {word for text in _texts(knowledge) for word in words_of(text, knowledge.vocabulary)}
    words = sorted(knowledge.vocabulary.common_words | (own & counts.keys()))
    embed = Embedder()
    vectors = _components(np.array([embed(word) for word in words])) * _tellings(words, counts)
    rounded = np.round(vectors * (LARGEST / np.abs(vectors).max())).astype(np.int8)
    path = builtin_root() / LANGUAGE / FILE
    write(words, rounded, path)
    sys.stdout.write(f"{len(words)} words, {path.stat().st_size} bytes\n")


def _texts(knowledge: Knowledge) -> Iterator[str]:
    """Everything that the matcher and the red-flag check learn from."""
    yield from chain(knowledge.background, knowledge.calm)
    for entry in knowledge.entries.values():
        yield from (entry.title, *entry.utterances)
    for flag in knowledge.red_flags.values():
        yield from (*flag.examples, *flag.look_alikes)


def _components(vectors: Matrix) -> Matrix:
    """Vectors by their principal components, each with the sign that makes its largest part positive."""
    centred = vectors - vectors.mean(axis=0)
    directions = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :SIZE]
    largest = directions[np.abs(directions).argmax(axis=0), np.arange(SIZE)]
    return np.asarray(centred @ (directions * np.sign(largest)), dtype=np.float32)


def _tellings(words: list[str], counts: Mapping[str, int]) -> Matrix:
    """How much each word tells, as a column."""
    shares = np.array([counts.get(word, 0) for word in words]) / sum(counts.values())
    return np.asarray(USUAL / (USUAL + shares), dtype=np.float32)[:, None]


if __name__ == "__main__":
    main()
