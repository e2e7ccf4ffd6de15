"""The operator sees whether the bot is well, in figures and kinds, and nobody in them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from bot_api import BotApi
from bot_api_rules import too_many_requests
from house import NUMB, QUESTION, Bot
from prometheus_client.parser import text_string_to_metric_families
from subscribers import NOW, RULES, subscriber
from test_webhooks import a_free_port

from bot.services.deliveries.ports import Claim, Outcome
from bot.services.ports import Arrival
from bot.storage.database import FILE, Database
from bot.storage.inbox import DatabaseInbox
from bot.storage.ledger import DatabaseLedger
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.vitals import DatabaseVitals
from bot.telegram_ui.monitoring.monitor import Monitor

LATE = timedelta(minutes=7)


@pytest_asyncio.fixture
async def address(bot: Bot, database: Database) -> AsyncIterator[str]:
    """Where the figures are shown."""
    port, vitals = a_free_port(), DatabaseVitals(database)
    async with Monitor(bot.metrics, lambda: vitals.read(NOW + LATE)).opened("127.0.0.1", port):
        yield f"http://127.0.0.1:{port}"


async def _get(address: str, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"{address}{path}") as response:
        return response.status, await response.text()


async def _figures(address: str) -> dict[tuple[str, ...], float]:
    status, page = await _get(address, "/metrics")
    assert status == 200
    return {
        (sample.name.removeprefix("strong_back_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


async def test_answers_messages_and_lag_are_counted_and_nobody_is_named(
    silent_api: BotApi, bot: Bot, address: str
) -> None:
    chat = silent_api.private()
    async with bot.serving(silent_api):
        silent_api.say(chat, QUESTION)
        await silent_api.reply(chat)
        silent_api.fail(too_many_requests(1), "sendMessage")
        silent_api.say(chat, NUMB)
        await silent_api.reply(chat)
    figures = await _figures(address)
    assert (figures["answers_total", "answer"], figures["answers_total", "red_flag"]) == (1, 1)
    assert (figures["messages_total", "sent"], figures["messages_total", "refused"]) == (2, 1)
    assert (figures["lag_seconds_count",], figures["in_work",]) == (2, 0)
    assert figures["polls_total", "ok"] >= 2
    _, page = await _get(address, "/metrics")
    assert str(chat.id) not in page
    assert "every day" not in page


async def test_what_waits_is_shown(address: str, database: Database) -> None:
    document = "{}"
    arrivals = [Arrival(number=number, chat="1", at=NOW, document=document) for number in range(3)]
    await DatabaseInbox(database).take_in(arrivals, confirms=False)
    await DatabaseSubscriptionStore(database, RULES).save(subscriber(1, due=NOW))
    figures = await _figures(address)
    assert (figures["inbox",], figures["overdue_seconds",], figures["database_up",]) == (3, 420, 1)


async def test_what_is_claimed_or_put_off_and_not_sent_is_late_as_well(
    address: str, database: Database
) -> None:
    ledger = DatabaseLedger(database)
    await DatabaseSubscriptionStore(database, RULES).save(subscriber(1, due=NOW))
    claim = Claim(worker="one", now=NOW, until=NOW + LATE, most=1)
    (delivery,) = await ledger.claim(claim, lambda each: replace(each, due=None))
    assert (await _figures(address))["overdue_seconds",] == 420
    await ledger.put_off("one", delivery, NOW + 2 * LATE)
    assert (await _figures(address))["overdue_seconds",] == 420
    await ledger.close(delivery, Outcome.SENT, NOW)
    assert (await _figures(address))["overdue_seconds",] == 0


async def test_it_is_well_while_the_database_can_be_used(address: str) -> None:
    assert await _get(address, "/health") == (200, "ok\n")
    assert (await _get(address, "/other"))[0] == 404


@pytest.mark.parametrize("url", [None])
async def test_a_database_that_can_not_be_used_is_said(
    address: str, database: Database, tmp_path: Path
) -> None:
    await database.open()
    await database.close()
    file = tmp_path / "data" / FILE
    file.write_bytes(b"nonsense" * 1000)
    status, said = await _get(address, "/health")
    assert (status, said) == (
        503,
        f"The file {file} is no database of SQLite; move it away, or restore a backup.\n",
    )
    assert (await _figures(address))["database_up",] == 0
