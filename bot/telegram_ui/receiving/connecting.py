"""What must work before the bot can serve: it is tried until it does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram_ui.backoff import Random, asked, waits
from bot.telegram_ui.receiving.poller import reason
from bot.telegram_ui.transport import NoSenseError

_log = logging.getLogger(__name__)


class RefusedError(TelegramError):
    """Telegram will not do what it is asked. Its text says why."""


async def until_it_works(call: Callable[[], Awaitable[object]], random: Random) -> None:
    """Call Telegram; without a network wait for it and say so. Raises what will be the same next time."""
    pauses = waits(random)
    while True:
        try:
            await call()
        except TelegramError as error:
            if _is_for_good(error):
                raise
            pause = asked(error, random) if isinstance(error, RetryAfter) else next(pauses)
            _log.warning("%s Next try in %.1f s.", reason(error), pause)
            await asyncio.sleep(pause)
        else:
            return


def _is_for_good(error: TelegramError) -> bool:
    if isinstance(error, NoSenseError):
        return error.is_for_good
    return isinstance(error, (InvalidToken, RefusedError))
