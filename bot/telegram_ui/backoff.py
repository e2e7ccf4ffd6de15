"""How long to wait before the next try: longer each time, and never all at once."""

from collections.abc import Callable, Iterator

from telegram.error import RetryAfter

FIRST_SECONDS = 0.5
MAX_SECONDS = 60.0

Random = Callable[[], float]  # a number from 0 up to 1


def waits(random: Random) -> Iterator[float]:
    """Seconds to wait before each further try: doubled up to a minute, half of them by chance."""
    longest = FIRST_SECONDS
    while True:
        yield longest * (1 + random()) / 2
        longest = min(longest * 2, MAX_SECONDS)


def asked(error: RetryAfter, random: Random) -> float:
    """The seconds that Telegram asks to wait, and up to one more, so that not all come back at once."""
    return random() + seconds_of(error)


def seconds_of(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
