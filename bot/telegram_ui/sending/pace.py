"""The one way out: every message waits here for its turn, so that the bot keeps Telegram's pace."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.telegram_ui.sending.queue import FairQueue, Limits, Rank

ALIKE = 2.0  # seconds within which refusals of two chats, with no message in between, mean the whole bot

Ticket = asyncio.Future[float]


@dataclass(frozen=True, slots=True)
class _Refusal:
    chat: int
    at: float
    until: float


class Pace:
    """Calls whoever may send next. Telegram does not say whether a refusal means a chat or the whole bot."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        """`clock` tells seconds as the running loop does, and never goes back."""
        self._queue: FairQueue[Ticket] = FairQueue(limits)
        self._clock = clock
        self._news = asyncio.Event()
        self._calling: asyncio.Task[None] | None = None
        self._refusal: _Refusal | None = None

    async def turn(self, chat: int, rank: Rank) -> float:
        """Wait until one message may be sent to a chat, at once; when that is, for `goes_now`."""
        ticket: Ticket = asyncio.get_running_loop().create_future()
        self._queue.put(chat, rank, ticket)
        self._news.set()
        if self._calling is None:
            self._calling = asyncio.create_task(self._call())
        try:
            return await ticket
        except asyncio.CancelledError:
            self._queue.drop(chat, rank, ticket)
            raise

    def goes_now(self, called_at: float) -> None:
        """Note that what was called at a moment is sent only now, from when on a second is counted."""
        self._queue.postpone(called_at, self._clock())

    def limit(self, per_second: int) -> None:
        """Let so many messages go in a second, from now on; 0: none."""
        self._queue.limit(per_second)
        self._news.set()

    def refused(self, chat: int, seconds: float) -> None:
        """Heed that Telegram wants nothing for so many seconds."""
        now, last = self._clock(), self._refusal
        refusal = _Refusal(chat, now, now + seconds)
        self._queue.hold(chat, refusal.until)
        if last is not None and last.chat != chat and now - last.at <= ALIKE:
            self._queue.hold_all(max(refusal.until, last.until))
        self._refusal = refusal
        self._news.set()

    def accepted(self) -> None:
        """Heed that a message went well, so that an earlier refusal meant its chat alone."""
        self._refusal = None

    def closed_for(self) -> float:
        """The seconds for which the bot as a whole may not speak; 0 if it may."""
        return max(0.0, self._queue.opens_at - self._clock())

    async def _call(self) -> None:
        """Call one after the other, each when the one before has had the time to write its request."""
        while True:
            self._news.clear()
            now = self._clock()
            ticket = self._queue.take(now)
            if ticket is not None:
                if not ticket.done():
                    ticket.set_result(now)
                await asyncio.sleep(0)
                continue
            at = self._queue.next_at()
            if at is None:
                self._calling = None
                return
            await self._news_or(at - now)

    async def _news_or(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return
