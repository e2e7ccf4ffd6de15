"""Says something to Telegram in its turn, and again while trouble passes."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.services.deliveries.ports import LapsedError
from bot.telegram_ui.backoff import Random, asked, seconds_of, waits
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.sending.pace import Pace
from bot.telegram_ui.sending.queue import Rank
from bot.telegram_ui.transport import NoSenseError

MAX_TRIES = 12  # of one call; with the growing waits this outlasts five minutes of trouble

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How something is said: what goes first, whether it rings, how often it is tried, how many seconds it
    waits at most when it is told to wait, and whether it still is to be said when its turn has come.
    """

    rank: Rank = Rank.REPLY
    is_silent: bool = False
    tries: int = MAX_TRIES
    longest: float = math.inf
    is_due: Callable[[], Awaitable[bool]] | None = None


ANSWERING = Manner()


class Retrying:
    """Keeps the pace and does not give up at a passing fault."""

    def __init__(self, random: Random, pace: Pace, metrics: Metrics, revoked: Callable[[], None]) -> None:
        """`revoked` is told that Telegram knows the bot's token no more."""
        self._random = random
        self._pace = pace
        self._metrics = metrics
        self._revoked = revoked

    async def say(self, chat: int, manner: Manner, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """Send something to a chat, each try in its turn. Who is refused waits in the queue, not here."""

        async def in_turn() -> _Result:
            called_at = await self._pace.turn(chat, manner.rank)
            if manner.is_due is not None:
                if not await manner.is_due():
                    raise LapsedError
                self._pace.goes_now(called_at)
            try:
                result = await call()
            except RetryAfter as error:
                self._metrics.said("refused")
                self._pace.refused(chat, seconds_of(error))
                raise
            except TelegramError as error:
                self._metrics.said("failed")
                if isinstance(error, InvalidToken):
                    self._revoked()
                raise
            self._metrics.said("sent")
            self._pace.accepted()
            return result

        return await self._insist(in_turn, manner.tries, manner.longest, _not_at_all)

    async def insist(
        self, call: Callable[[], Awaitable[_Result]], tries: int = MAX_TRIES, longest: float = math.inf
    ) -> _Result:
        """Try something that is no message until it works, and not while the bot as a whole must wait.

        Raises the last TelegramError when trouble lasts, and at once one that lasts anyway.
        """

        async def once_open() -> _Result:
            closed = self._pace.closed_for()
            if closed > longest:
                raise RetryAfter(math.ceil(closed))
            await asyncio.sleep(closed)
            return await call()

        return await self._insist(once_open, tries, longest, partial(asked, random=self._random))

    async def _insist(
        self,
        call: Callable[[], Awaitable[_Result]],
        tries: int,
        longest: float,
        pause: Callable[[RetryAfter], float],
    ) -> _Result:
        """Try until it works and wait longer each time; a refusal has a pause of its own."""
        pauses = waits(self._random)
        for _ in range(tries - 1):
            try:
                return await call()
            except RetryAfter as error:
                if seconds_of(error) > longest:
                    raise
                await asyncio.sleep(pause(error))
            except BadRequest:
                raise
            except (NetworkError, NoSenseError):
                await asyncio.sleep(next(pauses))
        return await call()


def _not_at_all(_: RetryAfter) -> float:
    return 0.0
