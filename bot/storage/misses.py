"""Keeps misses for the editors in one small file, a line of JSON each."""

import json
import logging
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.core.misses import KeptMiss

FILE = "misses.jsonl"
UNWRITABLE = (
    "Questions without an answer are not kept: %s can't be written to (%s). Set DATA_DIR to a folder."
)

_log = logging.getLogger(__name__)


class UnreadableMissesError(Exception):
    """The file of misses can't be read. Its text is one sentence that says why."""


class MissFile:
    """A file that lines are only ever added to, each by one write, so that several processes may share it.

    A folder that can't be written to is complained of once; the bot answers all the same.
    """

    def __init__(self, folder: Path) -> None:
        """The folder is made when there is something to keep."""
        self._path = folder / FILE
        self._has_complained = False

    async def count(self, topics: Sequence[str], day: date) -> None:
        """Count a miss by its nearest topics, the nearest first."""
        self._add({"day": day.isoformat(), "topics": list(topics)})

    async def keep(self, text: str, topics: Sequence[str], day: date) -> bool:
        """Keep the words that somebody sends. False: they can't be kept."""
        return self._add({"day": day.isoformat(), "topics": list(topics), "text": text})

    def all(self) -> list[KeptMiss]:
        """Everything that is kept, in the order in which it came. Raises UnreadableMissesError."""
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            problem = f"The file {self._path} can't be read ({error.strerror}); let the bot's user read it."
            raise UnreadableMissesError(problem) from None
        return list(_read(lines))

    def _add(self, line: dict[str, object]) -> bool:
        try:
            self._append(json.dumps(line).encode() + b"\n")
        except OSError as error:
            if not self._has_complained:
                _log.warning(UNWRITABLE, self._path.parent, error.strerror)
            self._has_complained = True
            return False
        return True

    def _append(self, data: bytes) -> None:
        """Add a line. Whom the file belongs to is the bot's user alone."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, data)
        finally:
            os.close(file)


def _read(lines: Sequence[bytes]) -> Iterator[KeptMiss]:
    """The misses in some lines; a line that was torn, as by a full disk, is passed over."""
    for line in lines:
        try:
            kept = json.loads(line)
            day, topics, text = date.fromisoformat(kept["day"]), tuple(kept["topics"]), kept.get("text")
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        yield KeptMiss(day=day, topics=topics, text=text)
