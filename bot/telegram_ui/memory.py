"""What the front end remembers from one update to the next: numbers and marks, never what people wrote."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Recent(Generic[_Key, _Value]):
    """Values that are forgotten after a while, and the oldest of them when they are too many."""

    def __init__(self, most: int, lifetime: timedelta) -> None:
        self._most = most
        self._lifetime = lifetime
        self._values: OrderedDict[_Key, tuple[datetime, _Value]] = OrderedDict()

    def get(self, key: _Key, now: datetime) -> _Value | None:
        """What was kept under a key, if it is not too old."""
        self._forget(now)
        at, value = self._values.get(key, (None, None))
        return value if at is not None else None

    def keep(self, key: _Key, value: _Value, now: datetime) -> None:
        """Keep a value in place of the one before."""
        self._values.pop(key, None)
        self._values[key] = now, value
        self._forget(now)

    def drop(self, is_meant: Callable[[_Key], bool]) -> None:
        """Forget the values under some keys."""
        for key in [key for key in self._values if is_meant(key)]:
            del self._values[key]

    def _forget(self, now: datetime) -> None:
        while self._values:
            at, _ = next(iter(self._values.values()))
            if len(self._values) <= self._most and now - at <= self._lifetime:
                return
            self._values.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered: a mark of its words, and the messages that an edit may change.

    The mark tells whether words are the same, and nothing about them: it differs from start to start.
    """

    mark: int
    is_command: bool
    messages: tuple[int, ...]


def mark(words: str) -> int:
    """What tells these words from others while the bot runs."""
    return hash(words)
