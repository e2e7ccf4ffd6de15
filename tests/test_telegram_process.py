"""`python -m bot` with a token, as an operator starts it."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest
from bot_api import BotApi
from bot_api_faults import TORN_JSON, Nonsense, Reset, Slow
from bot_api_rules import CONFLICT
from command import run_bot
from databases import NewUrl
from house import NONSENSE, QUESTION, clean_environment, first_answer
from test_webhooks import a_free_port

from bot.core.model import Knowledge
from bot.storage.database import FILE

UNUSABLE, UNREADY = 2, 3
SECRET = "s3cret-of-sixteen-letters-or-more"
UNREACHED = (
    "Telegram can't be reached or is in trouble (NetworkError). Check the network if it lasts. Next try in "
)
NO_SENSE = "What answers is no Bot API: check BOT_API_URL, and what stands on the way there. Next try in "


@asynccontextmanager
async def _process(
    api: BotApi, token: str | None = None, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=clean_environment(
            BOT_TOKEN=token or api.token, BOT_API_URL=f"{api.url}/", LOG_LEVEL="DEBUG", **settings
        ),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _says(process: asyncio.subprocess.Process, sentence: str) -> str:
    """What it logs until it says a sentence."""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        return (await process.stderr.readuntil(sentence.encode())).decode()


async def _said(process: asyncio.subprocess.Process) -> str:
    async with asyncio.timeout(20):
        shown, said = await process.communicate()
    assert shown == b""
    return said.decode()


async def test_it_answers_and_ends_in_order_on_sigterm(silent_api: BotApi, knowledge: Knowledge) -> None:
    chat = silent_api.private()
    async with _process(silent_api) as process:
        silent_api.say(chat, QUESTION)
        assert (await silent_api.reply(chat)).text == first_answer(knowledge, "every-day")
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
    assert "may come again" not in said
    assert "Traceback" not in said


async def test_of_two_pollers_the_second_ends_and_answers_nothing_that_the_first_has_in_work(
    silent_api: BotApi, knowledge: Knowledge, new_url: NewUrl
) -> None:
    api, chat, goes_on, shared = silent_api, silent_api.private(), asyncio.Event(), new_url()
    async with _process(api, DATABASE_URL=shared) as first:
        api.fail(Slow(goes_on), "sendMessage")
        api.say(chat, "/privacy")
        await api.until(lambda: bool(api.called("sendMessage")), "the reply on its way")
        async with _process(api, DATABASE_URL=shared) as second:
            said = await _said(second)
            assert second.returncode == UNUSABLE
        assert said.splitlines()[-1].startswith("Another program fetches the messages of this BOT_TOKEN")
        goes_on.set()
        await api.reply(chat)
        api.say(chat, "/topics")
        await api.reply(chat)
        assert first.returncode is None
    assert [said.text == knowledge.messages.privacy for said in api.messages(chat)] == [True, False]


async def test_a_token_that_is_revoked_while_it_runs_ends_it_with_one_sentence(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    chat = silent_api.private()
    async with _process(silent_api) as process:
        silent_api.say(chat, "/privacy")
        await silent_api.reply(chat)
        silent_api.revoked = True
        silent_api.say(chat, "/privacy")
        said = await _said(process)
        assert process.returncode == UNUSABLE
    assert said.splitlines()[-1].startswith(
        "Telegram does not know this BOT_TOKEN, or no more; copy it again"
    )
    assert (said.count("BOT_TOKEN"), said.count("may come again")) == (1, 0)
    assert "Traceback" not in said


async def test_without_a_network_it_waits_and_says_so_and_can_be_ended(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    async with BotApi() as gone:
        url = gone.url
    silent_api.url = url
    async with _process(silent_api) as process:
        said = await _says(process, "Next try in ")
        process.send_signal(signal.SIGTERM)
        said += await _said(process)
        assert process.returncode == 0
    assert UNREACHED.replace("NetworkError", "NotSentError") in said
    assert "Traceback" not in said


async def test_what_may_pass_is_waited_out_with_one_sentence_each(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    chat = silent_api.private()
    silent_api.fail(Reset(), "getMe")
    silent_api.fail(TORN_JSON, "getMe")
    silent_api.fail(Nonsense("<html>welcome</html>", 200), "getUpdates")
    silent_api.say(chat, "/privacy")
    async with _process(silent_api) as process:
        await silent_api.reply(chat)
        process.send_signal(signal.SIGTERM)
        said = await _said(process)
        assert process.returncode == 0
    assert (said.count(UNREACHED), said.count(NO_SENSE)) == (1, 2)
    assert "Traceback" not in said


async def test_an_address_that_is_no_bot_api_ends_the_start_with_one_sentence(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    silent_api.fail(Nonsense("<html>not found</html>", 404), times=None)
    async with _process(silent_api) as process:
        said = await _said(process)
        assert process.returncode == UNUSABLE
    assert said.splitlines()[-1] == (
        "What answers at BOT_API_URL is no Bot API server; correct it, or leave it out."
    )
    assert "Traceback" not in said


async def test_sigterm_lets_it_finish_what_is_in_hand(silent_api: BotApi, knowledge: Knowledge) -> None:
    chat, goes_on = silent_api.private(), asyncio.Event()
    async with _process(silent_api) as process:
        silent_api.fail(Slow(goes_on), "sendMessage")
        silent_api.say(chat, QUESTION)
        await silent_api.until(lambda: bool(silent_api.called("sendMessage")), "the reply on its way")
        polls = len(silent_api.called("getUpdates"))
        process.send_signal(signal.SIGTERM)
        await silent_api.until(lambda: len(silent_api.called("getUpdates")) > polls, "the last confirmation")
        goes_on.set()
        said = await _said(process)
        assert process.returncode == 0
    assert [reply.text for reply in silent_api.messages(chat)] == [first_answer(knowledge, "every-day")]
    assert silent_api.updates.unconfirmed == []
    assert "Traceback" not in said


async def test_by_webhook_it_answers_shows_its_figures_and_ends_in_order(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    chat, door, shown = silent_api.private(), a_free_port(), a_free_port()
    settings = {
        "WEBHOOK_URL": f"http://127.0.0.1:{door}/telegram",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_LISTEN": f"127.0.0.1:{door}",
        "MONITOR_LISTEN": f"127.0.0.1:{shown}",
    }
    async with _process(silent_api, **settings) as process:
        silent_api.say(chat, QUESTION)
        assert (await silent_api.reply(chat)).text == first_answer(knowledge, "every-day")
        async with aiohttp.ClientSession() as us, us.get(f"http://127.0.0.1:{shown}/health") as health:
            assert (health.status, await health.text()) == (200, "ok\n")
        process.send_signal(signal.SIGTERM)
        log = await _said(process)
        assert process.returncode == 0
    assert silent_api.updates.unconfirmed == []
    assert "Traceback" not in log
    for secret in (silent_api.token, SECRET, QUESTION, str(chat.id)):
        assert secret not in log


async def test_an_address_that_telegram_does_not_take_ends_the_start_with_one_sentence(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    settings = {
        "WEBHOOK_URL": "https://nowhere.example/telegram",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_LISTEN": f"127.0.0.1:{a_free_port()}",
    }
    async with _process(silent_api, **settings) as process:
        said = await _said(process)
        assert process.returncode == UNUSABLE
    assert said.splitlines()[-1] == (
        "Telegram does not take WEBHOOK_URL (Bad webhook: failed to resolve host: name or service not known)"
        "; correct it, or leave it out."
    )
    assert "Traceback" not in said


async def test_a_database_that_is_gone_at_the_start_ends_it_so_that_it_is_started_again(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    async with _process(silent_api, DATABASE_URL="postgresql://me@127.0.0.1:1/none") as process:
        said = await _said(process)
        assert process.returncode == UNREADY
    assert said.splitlines()[-1].startswith("The database at DATABASE_URL can't be reached")
    assert "Traceback" not in said


async def test_a_second_bot_on_the_same_file_ends_with_one_sentence_whatever_it_serves_by(
    silent_api: BotApi, knowledge: Knowledge, tmp_path: Path
) -> None:
    chat, door = silent_api.private(), a_free_port()
    by_webhook = {
        "WEBHOOK_URL": f"http://127.0.0.1:{door}/telegram",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_LISTEN": f"127.0.0.1:{door}",
    }
    async with BotApi() as elsewhere, _process(silent_api, **by_webhook) as first:
        silent_api.say(chat, "/privacy")
        await silent_api.reply(chat)
        async with _process(elsewhere) as second:
            said = await _said(second)
            assert second.returncode == UNREADY
        assert said.splitlines()[-1] == (
            f"Another bot serves from the database {tmp_path / 'data' / FILE}; end it first, or set DATA_DIR "
            "to a folder of its own."
        )
        assert "Traceback" not in said
        assert elsewhere.calls == []
        silent_api.say(chat, "/topics")
        await silent_api.reply(chat)
        first.kill()
    async with _process(silent_api):
        silent_api.say(chat, "/privacy")
        await silent_api.reply(chat)


async def test_beside_a_bot_that_runs_the_other_commands_work(
    silent_api: BotApi, knowledge: Knowledge, tmp_path: Path, new_url: NewUrl
) -> None:
    chat, url = silent_api.private(), new_url()
    async with _process(silent_api):
        silent_api.say(chat, NONSENSE)
        await silent_api.reply(chat)
        for command in (("backup", str(tmp_path / "copy")), ("misses",), ("move", "--to", url), ("chat",)):
            ended = await asyncio.to_thread(run_bot, *command, cwd=tmp_path)
            assert (ended.status, "Traceback" in ended.err) == (0, False), command
            assert ("A bot still serves from the file" in ended.err) == (command[0] == "move")
        silent_api.say(chat, "/privacy")
        await silent_api.reply(chat)
    assert (tmp_path / "copy").is_file()


async def test_a_port_that_is_taken_ends_the_start_with_one_sentence(
    silent_api: BotApi, knowledge: Knowledge
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        async with _process(silent_api, MONITOR_LISTEN=taken) as process:
            said = await _said(process)
            assert process.returncode == UNUSABLE
    assert said.splitlines()[-1] == (
        "The bot can't listen at MONITOR_LISTEN (Address already in use); name another host or port."
    )
    assert "Traceback" not in said
