"""What has to be done again and again while the bot runs."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

TIDY_EVERY = timedelta(hours=1)


async def tidy_hourly(
    tidy: Callable[[datetime], Awaitable[None]],
    clock: Callable[[], datetime],
    pause: Callable[[float], Awaitable[None]],
) -> None:
    """Erase what has expired every hour, for ever. `pause` waits for so many seconds."""
    while True:
        await pause(TIDY_EVERY.total_seconds())
        await tidy(clock())
