"""`python -m bot` with a token, as an operator starts it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from bot_api import BotApi
from bot_api_rules import CONFLICT
from house import QUESTION, clean_environment

from bot.core.model import Knowledge

UNUSABLE = 2


@asynccontextmanager
async def _process(api: BotApi, token: str | None = None) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=clean_environment(BOT_TOKEN=token or api.token, BOT_API_URL=f"{api.url}/", LOG_LEVEL="DEBUG"),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _said(process: asyncio.subprocess.Process) -> str:
    async with asyncio.timeout(20):
        shown, said = await process.communicate()
    assert shown == b""
    return said.decode()


async def test_it_answers_and_ends_in_order_on_sigterm(silent_api: BotApi, knowledge: Knowledge) -> None:
    chat = silent_api.private()
    async with _process(silent_api) as process:
        silent_api.say(chat, QUESTION)
        assert (await silent_api.reply(chat)).text == knowledge.entries["every-day"].answer
        process.send_signal(signal.SIGTERM)
        log = await _said(process)
        assert process.returncode == 0
    assert silent_api.updates.unconfirmed == []
    assert "Traceback" not in log
    for secret in (silent_api.token, silent_api.token.split(":")[1], QUESTION, "every day"):
        assert secret not in log


@pytest.mark.parametrize("token", ["123:unknown", "99999:AAF-not_this_one_0123456789"])
async def test_a_token_that_telegram_does_not_know_ends_the_start_with_one_sentence(
    silent_api: BotApi, token: str, knowledge: Knowledge
) -> None:
    async with _process(silent_api, token) as process:
        said = await _said(process)
        assert process.returncode == UNUSABLE
    assert said.endswith(
        "Telegram does not know this BOT_TOKEN, or no more; copy it again from @BotFather, "
        "or leave it empty to chat here.\n"
    )
    assert "Traceback" not in said
    assert token not in said


async def test_a_second_poller_ends_it_with_one_sentence(silent_api: BotApi, knowledge: Knowledge) -> None:
    silent_api.fail(CONFLICT, "getUpdates", times=None)
    async with _process(silent_api) as process:
        said = await _said(process)
        assert process.returncode == UNUSABLE
    assert said.splitlines()[-1].startswith("Another program fetches the messages of this BOT_TOKEN")
    assert "Traceback" not in said
