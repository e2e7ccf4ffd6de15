"""From a file of SQLite one bot serves, and no second one beside it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.database import FILE
from bot.storage.troubles import DatabaseUnavailableError, trouble_at_sqlite

LOCK = "strong-back.lock"  # beside the database, as SQLite locks parts of that for itself


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Serve alone out of a folder: every other bot is refused. However this one ends, the next one may.

    Whoever only reads, copies or talks in a terminal does not ask. Raises DatabaseUnavailableError.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = _locked(folder / LOCK, os.O_CREAT)
    except BlockingIOError:
        raise DatabaseUnavailableError(
            f"Another bot serves from the database {folder / FILE}; end it first, or set DATA_DIR to a "
            "folder of its own."
        ) from None
    except OSError as error:
        raise DatabaseUnavailableError(trouble_at_sqlite(error, folder / FILE)) from None
    try:
        yield
    finally:
        os.close(lock)


def is_served(folder: Path) -> bool:
    """Whether a bot serves out of a folder just now, as far as one can know."""
    try:
        os.close(_locked(folder / LOCK))
    except OSError as error:
        return isinstance(error, BlockingIOError)
    return False


def _locked(file: Path, flags: int = 0) -> int:
    """A file, open, that nobody else has locked. Raises BlockingIOError if somebody has, or OSError."""
    import fcntl  # noqa: PLC0415  # only Unix has it, and only there a bot serves

    lock = os.open(file, os.O_RDWR | flags, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
