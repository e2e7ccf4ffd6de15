"""How updates come in: the bot fetches them, or Telegram brings them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Protocol
from urllib.parse import unquote, urlsplit

from telegram import Bot
from telegram.error import BadRequest

from bot.services.ports import Inbox, SharedInbox
from bot.telegram_ui.backoff import Random
from bot.telegram_ui.listener import ALLOWED_UPDATES
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.monitoring.notices import Notice
from bot.telegram_ui.receiving.connecting import RefusedError, until_it_works
from bot.telegram_ui.receiving.intake import Intake, Json, Source
from bot.telegram_ui.receiving.poller import Poller
from bot.telegram_ui.receiving.shared_intake import SharedIntake
from bot.telegram_ui.receiving.webhook_server import WebhookServer
from bot.telegram_ui.receiving.webhook_watch import Pause, WebhookWatch
from bot.telegram_ui.transport import AiohttpRequest
from bot.telegram_ui.workers.local_work import LocalWork
from bot.telegram_ui.workers.membership import ALL, Alone, Membership

STRANGERS = (
    "%d request(s) to the webhook did not know WEBHOOK_SECRET, or its path, and were refused. If these were "
    "Telegram's, start all workers with the same settings, and have the proxy pass on its header."
)
LEADS = 0  # whoever sees to this chat, or whose it would be, looks after the webhook for all workers
MOST_AT_ONCE = 100  # requests that Telegram may have open, as many as it allows

_log = logging.getLogger(__name__)

IsWanted = Callable[[Json], bool]


class Receiver(Protocol):
    """A way in. Both raise what the way to Telegram raises for good."""

    def opened(
        self, bot: Bot, local_work: LocalWork, is_wanted: IsWanted
    ) -> AbstractAsyncContextManager[Source]:
        """Have Telegram use this way, until what came in by it is handled."""

    async def end(self, seconds: float) -> None:
        """Take nothing new; what was taken over is said within so many seconds."""


class Polling:
    """The bot asks for updates. Only one process can."""

    def __init__(self, inbox: Inbox, clock: Callable[[], datetime], random: Random, metrics: Metrics) -> None:
        """What is left in the inbox of an earlier process is handled first."""
        self._inbox = inbox
        self._clock = clock
        self._random = random
        self._metrics = metrics
        self._poller: Poller | None = None

    @asynccontextmanager
    async def opened(self, bot: Bot, local_work: LocalWork, is_wanted: IsWanted) -> AsyncIterator[Source]:
        """Poll, and no more have updates brought."""
        await until_it_works(bot.delete_webhook, self._random)
        await local_work.gained(ALL)
        async with AiohttpRequest() as request:
            self._poller = Poller(request, bot.base_url, ALLOWED_UPDATES, self._random, self._metrics.polled)
            yield Intake(self._poller, self._inbox, self._clock, is_wanted)

    async def end(self, seconds: float) -> None:
        """Tell Telegram what was taken over."""
        if self._poller:
            await self._poller.confirm(seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAddress:
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
        part: Alone | Membership,
        address: WebhookAddress,
        clock: Callable[[], datetime],
        random: Random,
        metrics: Metrics,
        *,
        pause: Pause = asyncio.sleep,
    ) -> None:
        """`part` says which chats are this worker's; `pause` waits for so many seconds."""
        self._inbox = inbox
        self._part = part
        self._address = address
        self._clock = clock
        self._random = random
        self._metrics = metrics
        self._pause = pause
        self._strangers = Notice(_log, STRANGERS, clock)
        self._door = AsyncExitStack()

    @asynccontextmanager
    async def opened(self, bot: Bot, local_work: LocalWork, is_wanted: IsWanted) -> AsyncIterator[Source]:
        """Listen, and have Telegram bring updates."""
        intake, address = SharedIntake(self._inbox, self._part, self._clock, is_wanted), self._address
        local_work.join(intake)
        path = unquote(urlsplit(address.url).path) or "/"
        server = WebhookServer(path, address.secret, intake.take, self._turned_away)
        async with self._door:
            await self._door.enter_async_context(server.opened(address.host, address.port))
            work = self._part.run(local_work), self._inbox.watch(intake.wake)
            beside = [asyncio.ensure_future(each) for each in work]
            try:
                await until_it_works(lambda: self._ask_for_updates(bot), self._random)
                watch = WebhookWatch(bot, lambda: self._part.holds(LEADS), self._pause, self._metrics)
                beside.append(asyncio.ensure_future(watch.run()))
                yield intake
            finally:
                for each in beside:
                    each.cancel()
                await asyncio.wait(beside)
                await intake.close()
                await self._part.leave()

    async def end(self, seconds: float) -> None:
        """Listen no more, once what has come in is safe."""
        with suppress(TimeoutError):  # what is not confirmed will be brought again
            async with asyncio.timeout(seconds):
                await self._door.aclose()

    def _turned_away(self, status: int) -> None:
        self._metrics.turned_away(status)
        if status == HTTPStatus.FORBIDDEN:
            self._strangers.add()

    async def _ask_for_updates(self, bot: Bot) -> None:
        try:
            await bot.set_webhook(
                self._address.url,
                secret_token=self._address.secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=MOST_AT_ONCE,
            )
        except BadRequest as error:
            raise RefusedError(error.message) from None
