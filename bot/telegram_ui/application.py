"""The bot in Telegram: takes in, hears side by side, and ends in order."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.core.model import Knowledge
from bot.services.assistant import Assistant
from bot.services.commands.table import LISTED
from bot.services.deliveries.ports import Sender
from bot.telegram_ui.backoff import Random
from bot.telegram_ui.listener import Listener
from bot.telegram_ui.monitoring.failures import Failures
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.receiving.connecting import until_it_works
from bot.telegram_ui.receiving.intake import News, Source
from bot.telegram_ui.receiving.receivers import Receiver
from bot.telegram_ui.sending.courier import Courier
from bot.telegram_ui.sending.messenger import Messenger
from bot.telegram_ui.sending.pace import Pace
from bot.telegram_ui.sending.pictures import Pictures
from bot.telegram_ui.sending.queue import Limits
from bot.telegram_ui.ticker import Sleep, Ticker
from bot.telegram_ui.transport import AiohttpRequest
from bot.telegram_ui.updates import lane_of, person_of
from bot.telegram_ui.workers.lanes import Lanes
from bot.telegram_ui.workers.local_work import LocalWork

Deliver = Callable[[Sender], Coroutine[Any, Any, None]]

FINISH_SECONDS = 8.0  # that what is in work may still take when the bot ends

_log = logging.getLogger(__name__)


class TelegramBot:
    """The assistant behind a bot's token."""

    def __init__(  # noqa: PLR0913  # whom it serves, in which words, and two sources of chance and time
        self,
        assistant: Assistant,
        knowledge: Mapping[str, Knowledge],
        receiver: Receiver,
        *,
        language: str,
        admin_chat: int | None,
        clock: Callable[[], datetime],
        random: Random,
        limits: Limits,
        deliver: Deliver,
        pictures: Pictures,
        metrics: Metrics,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`knowledge` by language gives the menu its words; `admin_chat` hears of failures.

        Updates come in by the `receiver`. `deliver` sends what is due beside that, for ever. `pictures` are
        those of the exercises; `sleep` waits for so many seconds of `clock`.
        """
        self._assistant = assistant
        self._knowledge = knowledge
        self._receiver = receiver
        self._language = language
        self._admin_chat = admin_chat
        self._clock = clock
        self._random = random
        self._limits = limits
        self._deliver = deliver
        self._pictures = pictures
        self._metrics = metrics
        self._sleep = sleep

    async def run(self, token: str, api_url: str) -> None:
        """Serve until SIGTERM or SIGINT. Raises what `serve` raises."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        await self.serve(token, api_url, stop)

    async def serve(self, token: str, api_url: str, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what is in work.

        Raises InvalidToken for a token that Telegram does not or no more know, and what the receiver does.
        """
        bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(),
        )
        try:
            await _unless_stopped(self._connect(bot), stop)
            if not stop.is_set():
                await self._listen(bot, stop)
        finally:
            await bot.shutdown()

    async def _connect(self, bot: Bot) -> None:
        await until_it_works(bot.initialize, self._random)
        _log.info("Connected to Telegram.")

    async def _listen(self, bot: Bot, stop: asyncio.Event) -> None:
        lanes, revoked = Lanes(), asyncio.Event()
        pace = Pace(self._limits, asyncio.get_running_loop().time)
        messenger = Messenger(bot, self._random, pace, self._pictures, self._metrics, revoked.set)
        failures = Failures(self._assistant, messenger, self._clock, self._admin_chat)
        ticker = Ticker(self._assistant, messenger, lanes, self._clock, self._sleep)
        listener = Listener(bot, self._assistant, messenger, ticker, self._clock, failures, self._metrics)
        beside = [asyncio.create_task(work) for work in (self._introduce(bot, messenger), ticker.run())]
        delivering = asyncio.create_task(self._deliver(Courier(messenger, failures, self._metrics)))

        local_work = LocalWork(lanes, ticker, pace)
        self._metrics.show("in_work", "Updates that wait for their turn or are being answered.", lanes.count)

        async def serve() -> None:
            async with self._receiver.opened(
                bot, local_work, lambda update: not listener.is_talk(update)
            ) as source:
                try:
                    await self._take_in(source, lanes, listener)
                finally:
                    await self._finish(lanes, [*beside, delivering])

        try:
            await _unless_stopped(serve(), stop, revoked)
        finally:
            await _ended([*beside, delivering])
        if revoked.is_set():  # whoever polls hears of it too, whoever is brought updates does not
            raise InvalidToken

    async def _finish(self, lanes: Lanes, beside: Sequence[asyncio.Task[None]]) -> None:
        """Take in nothing new, and finish what is in work."""
        _, left, _ = await asyncio.gather(
            self._receiver.end(FINISH_SECONDS), lanes.finish(FINISH_SECONDS), _ended(beside)
        )
        if left:
            _log.warning("%d message(s) could not be finished before the end.", left)

    async def _take_in(self, intake: Source, lanes: Lanes, listener: Listener) -> None:
        """Hand every update to its lane; while too many are in work, wait before taking more.

        What finds its lane full is passed over, unless it is urgent: its chat was told to slow down before.
        """
        async for news in intake.news():
            lane, person = lane_of(news.update), person_of(news.update)
            is_full = lanes.is_full(lane, person)
            if is_full and (
                not await listener.is_urgent(news.update) or lanes.is_full(lane, person, urgent=True)
            ):
                intake.let_go(news.update)
                continue
            lanes.put(lane, person, partial(self._handle, news, intake, listener))
            await lanes.room()

    async def _handle(self, news: News, intake: Source, listener: Listener) -> None:
        if intake.is_ours(news.update):
            await listener.hear(news.update, news.at)
            await intake.handled(news.update)
            self._metrics.handled((self._clock() - news.at).total_seconds())

    async def _introduce(self, bot: Bot, messenger: Messenger) -> None:
        """Set the command menu and the descriptions in every language. A failure stops nothing."""
        for language, knowledge in self._knowledge.items():
            for code in ([None] if language == self._language else []) + [language]:
                for setting in _settings(bot, knowledge, code):
                    try:
                        await messenger.insist(setting)
                    except TelegramError as error:
                        _log.warning("The menu in %s could not be set (%s).", language, type(error).__name__)


def _settings(
    bot: Bot, knowledge: Knowledge, language: str | None
) -> Sequence[Callable[[], Awaitable[bool]]]:
    """What sets the menu and the descriptions that people of a language see; None is for all others."""
    commands = [BotCommand(name, knowledge.commands[name]) for name in LISTED]
    says = knowledge.messages
    return (
        partial(bot.set_my_commands, commands, language_code=language),
        partial(bot.set_my_description, says.bot_description, language_code=language),
        partial(bot.set_my_short_description, says.bot_short_description, language_code=language),
    )


async def _ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Cancel some tasks, and wait until they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def _unless_stopped(work: Coroutine[Any, Any, None], *stops: asyncio.Event) -> None:
    """Do some work until it is done or one of the `stops` is set."""
    task, stopped = asyncio.create_task(work), [asyncio.create_task(stop.wait()) for stop in stops]
    await asyncio.wait({task, *stopped}, return_when=asyncio.FIRST_COMPLETED)
    for each in stopped:
        each.cancel()
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
    if not task.cancelled():
        task.result()
