"""A bot that is killed at any moment: whoever asked is answered by the next one."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot_api import BotApi
from bot_api_faults import Slow
from house import clean_environment

from bot.core.model import Knowledge

QUESTIONS = 40


@asynccontextmanager
async def _process(api: BotApi) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot in a process of its own, which is killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot"),
        stderr=asyncio.subprocess.DEVNULL,
        env=clean_environment(BOT_TOKEN=api.token, BOT_API_URL=api.url, MESSAGES_PER_SECOND="1000"),
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def test_of_the_questions_that_were_taken_in_none_is_lost_to_a_kill(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    api, never = silent_api, asyncio.Event()
    chats = [api.private() for _ in range(QUESTIONS)]
    api.fail(Slow(never), "sendMessage", times=None)
    for chat in chats:
        api.say(chat, "/privacy")
    async with _process(api):
        await api.until(lambda: len(api.called("sendMessage")) == QUESTIONS, "every reply to be on its way")
        await api.until(lambda: not api.updates.unconfirmed, "all of it to be confirmed")
    api.faults.clear()
    async with _process(api):
        for chat in chats:
            assert [reply.text for reply in await api.replies(chat)] == [knowledge.messages.privacy]


async def test_what_was_answered_before_telegram_heard_of_it_is_not_answered_again(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    api, chat, passes, never = silent_api, silent_api.private(), asyncio.Event(), asyncio.Event()
    passes.set()
    api.say(chat, "/privacy")
    api.say(chat, "/topics")
    for method in ("sendMessage", "getUpdates"):
        api.fail(Slow(passes), method)
        api.fail(Slow(never), method, times=None)
    async with _process(api):
        await api.until(lambda: len(api.called("sendMessage")) == 2, "the second reply to be on its way")
        assert len(api.updates.unconfirmed) == 2
    api.faults.clear()
    async with _process(api):
        await api.replies(chat, 2)
        await api.until(lambda: not api.updates.unconfirmed, "all of it to be confirmed")
    assert [message.text == knowledge.messages.privacy for message in api.messages(chat)] == [True, False]
