"""What the operator reads in the log of something that may happen a thousand times a second."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

EVERY = timedelta(minutes=10)  # it is said at once, and then no more often


class Notice:
    """A warning that counts."""

    def __init__(self, log: logging.Logger, sentence: str, clock: Callable[[], datetime]) -> None:
        """`sentence` has a place for how often it was so since it was said last."""
        self._log = log
        self._sentence = sentence
        self._clock = clock
        self._count = 0
        self._said_at: datetime | None = None

    def add(self) -> None:
        """It is so once more."""
        self._count += 1
        now = self._clock()
        if self._said_at is None or now - self._said_at >= EVERY:
            self._log.warning(self._sentence, self._count)
            self._count, self._said_at = 0, now
