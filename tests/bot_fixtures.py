"""Fixtures: the whole knowledge once for all tests, and for each test a bot of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from bot_api import BotApi
from house import Bot, Clock, an_assistant
from people import Person

from bot.config import Settings
from bot.core.conversation import Conversation
from bot.core.model import Knowledge
from bot.services.assistant import Assistant
from bot.storage.memory import MemoryContextStore, MemoryMissStore


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of an operator who set nothing, whatever the environment of the tests says."""
    return Settings(bot_token=None, knowledge_dir=None, language="en", admin_chat_id=None)


@pytest.fixture(scope="session")
def knowledge(conversation: Conversation) -> Knowledge:
    return conversation.knowledge


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def misses() -> MemoryMissStore:
    """Where the bot keeps what it could not answer."""
    return MemoryMissStore()


@pytest.fixture
def assistant(conversation: Conversation, misses: MemoryMissStore) -> Assistant:
    return an_assistant(conversation, MemoryContextStore(), misses)


@pytest.fixture
def bot(
    conversation: Conversation,
    assistant: Assistant,
    misses: MemoryMissStore,
    knowledge: Knowledge,
    clock: Clock,
) -> Bot:
    return Bot(
        conversation=conversation,
        assistant=assistant,
        misses=misses,
        knowledge={"en": knowledge},
        clock=clock,
    )


@pytest.fixture
def person(bot: Bot) -> Person:
    """Somebody who talks with the bot."""
    return Person(bot)


@pytest_asyncio.fixture
async def silent_api() -> AsyncIterator[BotApi]:
    """The double, with no bot that asks it."""
    async with BotApi() as double:
        yield double


@pytest_asyncio.fixture
async def api(silent_api: BotApi, bot: Bot) -> AsyncIterator[BotApi]:
    """The double, with the bot serving."""
    async with bot.serving(silent_api):
        yield silent_api
