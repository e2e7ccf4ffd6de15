"""Deliveries through the whole bot: behind replies, in the words of Telegram's answers."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from bot_api import BotApi
from bot_api_faults import BAD_GATEWAY
from bot_api_rules import bad_request, too_many_requests
from house import Bot
from sqlalchemy import select
from subscribers import RULES, subscriber
from telegram_shapes import Chat

from bot.core.talk import Kind, Reply, Suggestion
from bot.services.deliveries.dispatch import Deliveries, Worker
from bot.services.deliveries.ports import Delivery, Sender
from bot.storage.database import Database
from bot.storage.ledger import DatabaseLedger
from bot.storage.memory import MemoryContextStore
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.tables import DELIVERIES

LATE = 'strong_back_deliveries_total{outcome="late"} 3.0'
ROUTINE = Suggestion(label="Show me today's routine", utterance="/routine")


async def _compose(delivery: Delivery) -> Reply:
    return Reply(kind=Kind.COMMAND, text=f"For **{delivery.day}**", suggestions=(ROUTINE,))


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "data")
    yield database
    await database.close()


@pytest.fixture
def delivering(bot: Bot, database: Database) -> Bot:
    """The bot with a ledger."""

    async def deliver(sender: Sender) -> None:
        worker = Worker(name="one", clock=bot.clock, pause=asyncio.sleep, zone=ZoneInfo, rules=RULES)
        await Deliveries(DatabaseLedger(database), MemoryContextStore(), sender, _compose, worker).run()

    bot.deliver = deliver
    return bot


async def _subscribe(database: Database, bot: Bot, *chats: Chat) -> None:
    for chat in chats:
        chat.opened = True
        await DatabaseSubscriptionStore(database, RULES).save(subscriber(chat.id, due=bot.clock()))


async def _outcome(database: Database) -> list[str | None]:
    rows = await database.read(select(DELIVERIES.c.outcome).order_by(DELIVERIES.c.chat))
    return [row.outcome for row in rows]


async def test_a_delivery_arrives_with_its_buttons_and_is_noted(
    silent_api: BotApi, delivering: Bot, database: Database
) -> None:
    chat = silent_api.private()
    await _subscribe(database, delivering, chat)
    async with delivering.serving(silent_api):
        said = await silent_api.reply(chat)
    assert (said.text, said.buttons) == (f"For {delivering.clock().date()}", (ROUTINE.label,))
    assert await _outcome(database) == ["sent"]


@pytest.mark.parametrize("fault", [BAD_GATEWAY, too_many_requests(1)])
async def test_a_passing_fault_delays_a_delivery(
    silent_api: BotApi, delivering: Bot, database: Database, fault: Exception
) -> None:
    chat = silent_api.private()
    await _subscribe(database, delivering, chat)
    silent_api.fail(fault, "sendMessage")  # type: ignore[arg-type]  # a refusal is a fault
    async with delivering.serving(silent_api):
        await silent_api.reply(chat)
    assert len(silent_api.messages(chat)) == 1
    assert await _outcome(database) == ["sent"]


async def test_who_is_gone_ends_their_subscription_and_a_group_that_moved_is_followed(
    silent_api: BotApi, delivering: Bot, database: Database
) -> None:
    blocked, gone, group = silent_api.private(), silent_api.private(), silent_api.group()
    last = silent_api.private()
    await _subscribe(database, delivering, blocked, gone, group, last)
    silent_api.block(blocked)
    silent_api.deactivate(gone)
    moved = silent_api.migrate(group)
    async with delivering.serving(silent_api):
        await silent_api.reply(last)
        await silent_api.reply(moved)
    subscriptions = DatabaseSubscriptionStore(database, RULES)
    ended = {chat: await subscriptions.load(str(chat.id)) for chat in (blocked, gone, group, moved)}
    assert [kept and kept.ended_at for kept in ended.values()] == [
        delivering.clock(),
        delivering.clock(),
        None,
        None,
    ]
    assert ended[group] is None
    assert sorted(map(str, await _outcome(database))) == ["failed", "failed", "sent", "sent"]


async def test_what_telegram_refuses_for_good_is_not_tried_for_ever(
    silent_api: BotApi, delivering: Bot, database: Database
) -> None:
    closed, last = silent_api.private(), silent_api.private()
    await _subscribe(database, delivering, closed, last)
    silent_api.fail(bad_request("not enough rights to send text messages"), chat=closed, times=None)
    async with delivering.serving(silent_api):
        await silent_api.reply(last)
        await silent_api.until(lambda: len(silent_api.called("sendMessage")) >= 3, "the last try")
    assert sorted(map(str, await _outcome(database))) == ["failed", "sent"]


async def test_what_is_too_late_is_counted_and_said_once_in_a_while(
    silent_api: BotApi, delivering: Bot, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    *late, in_time = [silent_api.private() for _ in range(4)]
    await _subscribe(database, delivering, *late)
    delivering.clock.advance(hours=3)
    await _subscribe(database, delivering, in_time)
    async with delivering.serving(silent_api):
        await silent_api.reply(in_time)
    assert LATE in delivering.metrics.page().decode()
    (said,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert said.startswith("1 delivery(s) could not be sent within MAX_DELAY_MINUTES and were left out.")
