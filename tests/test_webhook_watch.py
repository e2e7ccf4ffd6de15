"""A webhook that Telegram does not get through to: the operator reads so once, and sees it in the figures."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from bot_api import BotApi
from bot_api_faults import Nonsense
from house import Bot, Service
from test_webhooks import TOKEN_OF_TELEGRAM, a_free_port

from bot.storage.database import Database
from bot.storage.shared_inbox import DatabaseSharedInbox
from bot.telegram_ui.receiving.receivers import WebhookAddress, Webhooks
from bot.telegram_ui.receiving.webhook_watch import UNREACHED
from bot.telegram_ui.workers.membership import Alone


@dataclass
class Looks:
    """Lets the bot look after its webhook when the test says so."""

    done: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    wanted: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def pause(self, _: float) -> None:
        self.done.release()
        await self.wanted.acquire()

    async def again(self) -> None:
        """Once the bot has looked again, and knows what it saw."""
        self.wanted.release()
        await self.done.acquire()


@dataclass
class Part(Alone):
    """The part of a worker that may or may not be the one that looks."""

    leads: bool = True

    def holds(self, _: int) -> bool:
        return self.leads


@pytest.fixture
def looks() -> Looks:
    return Looks()


@pytest.fixture
def part() -> Part:
    return Part()


@pytest.fixture
def url() -> None:
    """A file of SQLite is enough."""


@pytest_asyncio.fixture
async def service(
    silent_api: BotApi, bot: Bot, database: Database, looks: Looks, part: Part
) -> AsyncIterator[Service]:
    """A bot to which Telegram brings updates, and which has looked once."""
    port = a_free_port()
    address = WebhookAddress(
        url=f"http://127.0.0.1:{port}/telegram", secret=TOKEN_OF_TELEGRAM, host="127.0.0.1", port=port
    )
    inbox = DatabaseSharedInbox(database, "worker")
    bot.receiver = Webhooks(inbox, part, address, bot.clock, lambda: 0.0, bot.metrics, pause=looks.pause)
    async with bot.serving(silent_api) as service, asyncio.timeout(30):
        await looks.done.acquire()
        yield service


def _figures(bot: Bot) -> tuple[str, str]:
    """Whether Telegram gets through, and how much waits there."""
    lines = dict(line.rsplit(" ", 1) for line in bot.metrics.page().decode().splitlines())
    return lines["strong_back_webhook_reached"], lines["strong_back_webhook_waiting"]


def _said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if "webhook_watch" in record.name]


def _lead_astray(api: BotApi) -> None:
    """From now on nobody listens where the proxy leads to."""
    api.updates.doors = [f"http://127.0.0.1:{a_free_port()}/telegram"]


async def _fails(api: BotApi) -> None:
    """Telegram has tried once more to bring something."""
    before = api.updates.failed_at
    await api.until(lambda: api.updates.failed_at > before, "a visit in vain")


async def test_that_telegram_does_not_get_through_is_said_once_and_so_is_the_end_of_it(
    silent_api: BotApi, bot: Bot, service: Service, looks: Looks, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    _lead_astray(silent_api)
    chat = silent_api.private()
    silent_api.say(chat, "/privacy")
    for _ in range(3):
        await _fails(silent_api)
        await looks.again()
        assert _figures(bot) == ("0.0", "1.0")
    assert _said(caplog) == [UNREACHED % ("Connection refused", 1)]
    silent_api.updates.doors.clear()
    await silent_api.reply(chat)
    await silent_api.until(lambda: not silent_api.updates.unconfirmed, "the confirmation")
    await looks.again()
    assert _said(caplog)[1:] == ["Telegram brings messages again."]
    assert _figures(bot) == ("1.0", "0.0")


async def test_an_error_that_is_over_is_not_said(
    silent_api: BotApi, bot: Bot, service: Service, looks: Looks, caplog: pytest.LogCaptureFixture
) -> None:
    silent_api.updates.fail()
    await looks.again()
    assert (_figures(bot), _said(caplog)) == (("1.0", "0.0"), [])


async def test_of_many_workers_one_looks(
    silent_api: BotApi, bot: Bot, service: Service, looks: Looks, part: Part
) -> None:
    _lead_astray(silent_api)
    silent_api.say(silent_api.private(), "/privacy")
    await _fails(silent_api)
    part.leads, asked = False, len(silent_api.called("getWebhookInfo"))
    await looks.again()
    assert len(silent_api.called("getWebhookInfo")) == asked
    assert _figures(bot) == ("1.0", "0.0")


async def test_another_program_that_takes_the_webhook_away_is_named(
    silent_api: BotApi, bot: Bot, service: Service, looks: Looks, caplog: pytest.LogCaptureFixture
) -> None:
    silent_api.updates.aim(None)
    for _ in range(2):
        await looks.again()
    (said,) = _said(caplog)
    assert said.startswith("Telegram brings messages to no address any more: another program")
    assert _figures(bot)[0] == "0.0"


async def test_a_telegram_that_does_not_say_how_it_is_changes_nothing(
    silent_api: BotApi, bot: Bot, service: Service, looks: Looks, caplog: pytest.LogCaptureFixture
) -> None:
    for answer in ("<html>busy</html>", '{"ok":true,"result":true}', '{"ok":true,"result":{"url":7}}'):
        silent_api.fail(Nonsense(answer, 200), "getWebhookInfo")
        await looks.again()
    assert (_figures(bot), _said(caplog)) == (("1.0", "0.0"), [])
