"""The bot as the tests run it: the whole knowledge, a clock that is set by hand, a double of Telegram."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot_api import BotApi
from telegram_shapes import Chat, Message

from bot.config import Settings
from bot.content.pictures import Loops
from bot.core.conversation import Conversation
from bot.core.model import Knowledge
from bot.places.zones import Zones
from bot.services.assistant import Assistant, House
from bot.services.deliveries.ports import Sender
from bot.services.ports import ContextStore, MissStore, PictureStore, ProfileStore, SubscriptionStore
from bot.storage.memory import (
    MemoryInbox,
    MemoryPictureStore,
    MemoryProfileStore,
    MemorySubscriptionStore,
    memory_stores,
)
from bot.telegram_ui.application import Deliver, TelegramBot
from bot.telegram_ui.monitoring.metrics import Metrics
from bot.telegram_ui.receiving.receivers import Polling, Receiver
from bot.telegram_ui.sending.pictures import Pictures
from bot.telegram_ui.sending.queue import Limits

QUESTION = "Can I train my back every day?"  # the title of every-day
OTHER = "How do I start back training?"  # the title of how-to-start
NUMB = "i cant feel when i wipe"  # raises saddle-numbness
NONSENSE = "qwxz vbnmk plkjh"  # is no question that anybody answers
OWNER = 77  # the owner's id in Telegram
DATA_OF_THE_TEST = "DATA_OF_THE_TEST"  # the variable that names a test's own folder for what is remembered
NO_LIMITS = Limits(per_second=100_000, chat_gap=0.0, per_minute_in_group=100_000)
NO_LOOPS = Loops(())  # where no exercise is drawn
ENDS_WITHIN = 10.0  # seconds in which the bot must have ended


def first_answer(knowledge: Knowledge, entry: str) -> str:
    """What a chat reads as its first answer of the day: the general note stands under it."""
    return f"{knowledge.entries[entry].answer}\n\n{knowledge.disclaimers['general'].text}"


@dataclass(slots=True)
class Clock:
    """Tells the time that was set."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
    sleepers: list[tuple[datetime, asyncio.Future[None]]] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Let time pass, like `minutes=31`."""
        self.now += timedelta(**by)
        for until, awake in self.sleepers:
            if until <= self.now and not awake.done():
                awake.set_result(None)
        self.sleepers = [sleeper for sleeper in self.sleepers if not sleeper[1].done()]

    def sleep(self, seconds: float) -> Awaitable[None]:
        """Wait until so much time has passed on this clock, from now on."""
        awake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.sleepers.append((self.now + timedelta(seconds=seconds), awake))
        return awake


def an_assistant(  # noqa: PLR0913  # what it remembers with, one by one
    conversation: Conversation,
    contexts: ContextStore,
    misses: MissStore,
    profiles: ProfileStore | None = None,
    *,
    subscriptions: SubscriptionStore | None = None,
    owner: str = str(OWNER),
    delivers: bool = True,
) -> Assistant:
    """An assistant that has an owner."""
    profiles = profiles or MemoryProfileStore()
    stores = replace(
        memory_stores(),
        contexts=contexts,
        profiles=profiles,
        misses=misses,
        subscriptions=subscriptions or MemorySubscriptionStore(),
    )
    house = House(language="en", version="1.2.3", owners=frozenset([owner]), delivers=delivers)
    return Assistant({"en": conversation}, stores, house, zones_of(conversation))


def zones_of(conversation: Conversation) -> Mapping[str, Zones]:
    """What finds places by language."""
    return {"en": Zones(conversation.knowledge.place_words, datetime(2026, 11, 24, tzinfo=UTC))}


@dataclass(frozen=True, slots=True)
class Service:
    """A bot at work, and how to end it."""

    task: asyncio.Task[None]
    stop: asyncio.Event


async def _nothing(_: Sender) -> None:
    """What is delivered where nobody has subscribed."""


@dataclass(slots=True, kw_only=True)
class Bot:
    """A bot that can be started against the double."""

    conversation: Conversation
    assistant: Assistant
    misses: MissStore
    knowledge: Mapping[str, Knowledge]
    clock: Clock
    admin_chat: int | None = None
    deliver: Deliver = _nothing
    receiver: Receiver | None = None  # None: it polls
    metrics: Metrics = field(default_factory=Metrics)
    loops: Loops = NO_LOOPS
    limits: Limits = NO_LIMITS
    pictures: PictureStore = field(default_factory=MemoryPictureStore)

    def assistant_over(
        self,
        contexts: ContextStore,
        profiles: ProfileStore | None = None,
        subscriptions: SubscriptionStore | None = None,
    ) -> Assistant:
        """The assistant with another memory."""
        return an_assistant(self.conversation, contexts, self.misses, profiles, subscriptions=subscriptions)

    @asynccontextmanager
    async def serving(self, api: BotApi) -> AsyncIterator[Service]:
        """Let it serve, and end it in order. Raises what it raised."""
        bot = TelegramBot(
            self.assistant,
            self.knowledge,
            self.receiver or Polling(MemoryInbox(), self.clock, lambda: 0.0, self.metrics),
            language="en",
            admin_chat=self.admin_chat,
            clock=self.clock,
            random=lambda: 0.0,
            limits=self.limits,
            deliver=self.deliver,
            pictures=Pictures(self.loops, self.pictures),
            metrics=self.metrics,
            sleep=self.clock.sleep,
        )
        stop = asyncio.Event()
        task = asyncio.create_task(bot.serve(api.token, api.url, stop))
        try:
            yield Service(task, stop)
        finally:
            stop.set()
            async with asyncio.timeout(ENDS_WITHIN):
                await asyncio.wait({task})
        task.result()


async def all_said(api: BotApi, chat: Chat) -> list[Message]:
    """Everything that the bot ever said in a chat, once it has nothing more to say there."""
    mark = f"/done{api.number()}"
    api.say(chat, f"{mark}@{api.bot.username}")
    await api.until(lambda: any(mark in message.text for message in chat.shown), f"the answer to {mark}")
    last = next(message for message in chat.shown if mark in message.text)
    return [message for message in api.messages(chat) if message is not last]


def clean_environment(**settings: str) -> dict[str, str]:
    """The environment for a process of its own, with nothing set but these settings."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    empty = {name.upper(): "" for name in Settings.model_fields}  # so that no .env is heard either
    empty["DATA_DIR"] = os.environ.get(DATA_OF_THE_TEST, "")
    return {**kept, **empty, "PYTHONIOENCODING": "utf-8", **settings}
