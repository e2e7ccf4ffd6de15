"""Reads and writes the encoder of a language; one that has no file of it is heard without."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.content import archives
from bot.content.archives import Arrays
from bot.content.findings import Finding
from bot.core.understanding.encoder import PARTS, Encoder
from bot.core.understanding.word_vectors import Floats

FILE = "encoder.npz"
LARGEST = 127  # of a number in 8 bits


def read(language: str, roots: Sequence[Path]) -> Encoder | Finding | None:
    """The encoder of a language, if it has one; roots come as for the knowledge."""
    return archives.read(f"{language}/{FILE}", roots, _made, "This is no encoder")


def write(names: Sequence[str], parts: Mapping[str, Floats], path: Path) -> None:
    """Write the parts of an encoder in 8 bits, as `read` takes them."""
    arrays: dict[str, Any] = dict(_rounded(parts))
    np.savez_compressed(path, names=archives.packed(names), **arrays)


def _made(arrays: Arrays) -> Encoder:
    return Encoder(archives.texts(arrays["names"]), {name: _whole(arrays, name) for name in PARTS})


def _rounded(parts: Mapping[str, Floats]) -> Iterator[tuple[str, NDArray[Any]]]:
    """The parts in 8 bits, each with the step of every row."""
    for name in PARTS:
        largest = np.abs(parts[name]).max(axis=-1, keepdims=True)
        steps = np.maximum(largest, np.finfo(np.float32).tiny) / LARGEST
        yield name, np.round(parts[name] / steps).astype(np.int8)
        yield f"{name}_steps", steps.astype(np.float32)


def _whole(arrays: Arrays, name: str) -> Floats:
    """A part with its rows as long as they were."""
    rounded = arrays[name].astype(np.int8, casting="no", copy=False)
    return np.asarray(rounded * arrays[f"{name}_steps"].astype(np.float32, casting="no"), dtype=np.float32)
