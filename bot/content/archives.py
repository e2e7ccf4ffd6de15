"""Reads what was learned before and is shipped with a language: archives of arrays beside its YAML."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.content.findings import Finding, shown

Arrays = Mapping[str, NDArray[Any]]
_Value = TypeVar("_Value")


def read(
    place: str, roots: Sequence[Path], make: Callable[[Arrays], _Value], problem: str
) -> _Value | Finding | None:
    """What is made of the arrays in a file; None if there is no such file.

    Roots come as for the knowledge, and a file in a later one wins. A finding with the `problem` if the file
    is torn or holds something else.
    """
    for root in reversed(roots):
        path = root / place
        if not path.is_file():
            continue
        try:
            with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
                return make(arrays)
        except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile):
            return Finding(shown(path, root), 1, "", problem, "Restore the file")
    return None


def texts(array: NDArray[Any]) -> list[str]:
    """The texts that `packed` put into an array."""
    return bytes(array).decode().split("\n")


def packed(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Texts without line ends as one array."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)
