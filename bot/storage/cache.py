"""Keeps on disk what takes seconds to learn and is the same until the knowledge or the program changes."""

import hashlib
import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import numpy as np

READ = frozenset({".py", ".yaml", ".npz"})  # suffixes of the files that what is learned depends on
MAX_KEPT = 4  # results, about 10 MB each

Made = TypeVar("Made")
_log = logging.getLogger(__name__)


def fingerprint(folders: Iterable[Path]) -> str:
    """A name for the state of all files in some folders, and of what reads them.

    One that lies within another counts for itself, so that a package which holds its knowledge has the same
    name as a checkout which has it beside.
    """
    digest = hashlib.sha256(f"{sys.version} {np.__version__}".encode())
    folders = list(folders)
    for folder in folders:
        within = [other for other in folders if folder in other.parents]
        for path in sorted(path for path in folder.rglob("*") if path.suffix in READ):
            if not any(path.is_relative_to(other) for other in within):
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(_content(path))
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    """What a file holds; of one that can't be read nothing, and who reads it for its sense will say so."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b"unreadable"


class Cache:
    """A folder of results by name. A folder that can't be used slows the start down, and no more.

    What lies there is loaded as Python objects: it must belong to the user who runs the program alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def remember(self, name: str, make: Callable[[], Made]) -> Made:
        """What was made under this name before; else make it now and keep it."""
        path = self._folder / f"{name}.pickle"
        try:
            with path.open("rb") as file:
                kept: Made = pickle.load(file)  # noqa: S301  # written below
        except Exception as error:  # noqa: BLE001  # a torn or foreign file may raise anything
            _log.debug("Nothing to remember (%s).", type(error).__name__)
        else:
            with suppress(OSError):
                path.touch()  # what was used last goes last
            return kept
        made = make()
        try:
            self._keep(path, pickle.dumps(made))
        except OSError as error:
            _log.info("What was learned can't be kept for the next start (%s).", type(error).__name__)
        return made

    def _keep(self, path: Path, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(data)
        fresh.replace(path)
        used_last = sorted(self._folder.glob("*.pickle"), key=lambda kept: kept.stat().st_mtime)
        for old in used_last[:-MAX_KEPT]:
            old.unlink(missing_ok=True)
