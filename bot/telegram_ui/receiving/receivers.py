"""How updates come in: the bot fetches them, or Telegram brings them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import BadRequest

from bot.services.ports import Inbox, SharedInbox
from bot.telegram_ui.backoff import Random
from bot.telegram_ui.listener import ALLOWED_UPDATES
from bot.telegram_ui.monitoring.metrics import Meter
from bot.telegram_ui.receiving.connecting import RefusedError, until_it_works
from bot.telegram_ui.receiving.intake import Intake, Json, Source
from bot.telegram_ui.receiving.poller import Poller
from bot.telegram_ui.receiving.shared_intake import Letterbox
from bot.telegram_ui.receiving.webhook_server import Doorway
from bot.telegram_ui.transport import AiohttpRequest
from bot.telegram_ui.workers.membership import ALL, Alone, Team
from bot.telegram_ui.workers.worker import Crew

MOST_AT_ONCE = 100  # requests that Telegram may have open, as many as it allows

IsWanted = Callable[[Json], bool]


class Entrance(Protocol):
    """A way in. Both raise what the way to Telegram raises for good."""

    def opened(self, bot: Bot, crew: Crew, is_wanted: IsWanted) -> AbstractAsyncContextManager[Source]:
        """Have Telegram use this way, until what came in by it is handled."""

    async def end(self, seconds: float) -> None:
        """Take nothing new; what was taken over is said within so many seconds."""


class Polling:
    """The bot asks for updates. Only one process can."""

    def __init__(self, inbox: Inbox, clock: Callable[[], datetime], random: Random, meter: Meter) -> None:
        """What is left in the inbox of an earlier process is handled first."""
        self._inbox = inbox
        self._clock = clock
        self._random = random
        self._meter = meter
        self._poller: Poller | None = None

    @asynccontextmanager
    async def opened(self, bot: Bot, crew: Crew, is_wanted: IsWanted) -> AsyncIterator[Source]:
        """Poll, and no more have updates brought."""
        await until_it_works(bot.delete_webhook, self._random)
        await crew.gained(ALL)
        async with AiohttpRequest() as request:
            self._poller = Poller(request, bot.base_url, ALLOWED_UPDATES, self._random, self._meter.polled)
            yield Intake(self._poller, self._inbox, self._clock, is_wanted)

    async def end(self, seconds: float) -> None:
        """Tell Telegram what was taken over."""
        if self._poller:
            await self._poller.confirm(seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where Telegram finds the bot, what it proves with that it is Telegram, and where the bot listens."""

    url: str
    secret: str
    host: str
    port: int


class Webhooks:
    """Telegram brings updates to one address, behind which as many workers may be as are needed."""

    def __init__(  # noqa: PLR0913, PLR0917  # where, for whom, and what is told of it
        self,
        inbox: SharedInbox,
        part: Alone | Team,
        place: Place,
        clock: Callable[[], datetime],
        random: Random,
        meter: Meter,
    ) -> None:
        """`part` says which chats are this worker's."""
        self._inbox = inbox
        self._part = part
        self._place = place
        self._clock = clock
        self._random = random
        self._meter = meter
        self._door = AsyncExitStack()

    @asynccontextmanager
    async def opened(self, bot: Bot, crew: Crew, is_wanted: IsWanted) -> AsyncIterator[Source]:
        """Listen, and have Telegram bring updates."""
        letterbox, place = Letterbox(self._inbox, self._part, self._clock, is_wanted), self._place
        crew.join(letterbox)
        path = urlsplit(place.url).path or "/"
        doorway = Doorway(path, place.secret, letterbox.take, self._meter.turned_away)
        async with self._door:
            await self._door.enter_async_context(doorway.opened(place.host, place.port))
            work = self._part.run(crew), self._inbox.watch(letterbox.wake)
            beside = [asyncio.ensure_future(each) for each in work]
            try:
                await until_it_works(lambda: self._ask_for_updates(bot), self._random)
                yield letterbox
            finally:
                for each in beside:
                    each.cancel()
                await asyncio.wait(beside)
                await letterbox.close()
                await self._part.leave()

    async def end(self, seconds: float) -> None:
        """Listen no more, once what has come in is safe."""
        with suppress(TimeoutError):  # what is not confirmed will be brought again
            async with asyncio.timeout(seconds):
                await self._door.aclose()

    async def _ask_for_updates(self, bot: Bot) -> None:
        try:
            await bot.set_webhook(
                self._place.url,
                secret_token=self._place.secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=MOST_AT_ONCE,
            )
        except BadRequest as error:
            raise RefusedError(error.message) from None
