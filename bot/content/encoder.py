"""Reads and writes the encoder of a language; one that has no file of it is heard without."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.content.findings import Finding, shown
from bot.core.understanding.encoder import PARTS, Encoder
from bot.core.understanding.word_vectors import Floats

FILE = "encoder.npz"
LARGEST = 127  # of a number in 8 bits


def read(language: str, roots: Sequence[Path]) -> Encoder | Finding:
    """The encoder of a language; roots come as for the knowledge, and a file in a later one wins."""
    for root in reversed(roots):
        path = root / language / FILE
        if not path.is_file():
            continue
        try:
            with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
                names = bytes(arrays["names"]).decode().split("\n")
                return Encoder(names, {name: _whole(arrays, name) for name in PARTS})
        except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile):
            return Finding(shown(path, root), 1, "", "This is no encoder", "Restore the file")
    return Encoder.none()


def write(names: Sequence[str], parts: Mapping[str, Floats], path: Path) -> None:
    """Write the parts of an encoder in 8 bits, as `read` takes them."""
    text = np.frombuffer("\n".join(names).encode(), dtype=np.uint8)
    arrays: dict[str, Any] = dict(_rounded(parts))
    np.savez_compressed(path, names=text, **arrays)


def _rounded(parts: Mapping[str, Floats]) -> Iterator[tuple[str, NDArray[Any]]]:
    """The parts in 8 bits, each with the step of every row."""
    for name in PARTS:
        largest = np.abs(parts[name]).max(axis=-1, keepdims=True)
        steps = np.maximum(largest, np.finfo(np.float32).tiny) / LARGEST
        yield name, np.round(parts[name] / steps).astype(np.int8)
        yield f"{name}_steps", steps.astype(np.float32)


def _whole(arrays: Mapping[str, NDArray[Any]], name: str) -> Floats:
    """A part with its rows as long as they were."""
    rounded = arrays[name].astype(np.int8, casting="no", copy=False)
    return np.asarray(rounded * arrays[f"{name}_steps"].astype(np.float32, casting="no"), dtype=np.float32)
