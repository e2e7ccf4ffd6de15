"""A worker whose clock is wrong, beside others: it goes by the database's from its first moment."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bot_api import BotApi
from databases import NewUrl
from house import ENDS_WITHIN
from subscribers import RULES, subscriber
from test_webhooks import a_free_port

from bot.bootstrap import agreed_clock, make_telegram_bot, memory
from bot.config import Settings
from bot.core.conversation import Conversation
from bot.core.model import Action
from bot.core.talk import Alert, Context
from bot.storage.opening import opened
from bot.telegram_ui.monitoring.metrics import Metrics


def _now() -> datetime:
    return datetime.now(UTC)


async def test_it_erases_nothing_of_what_others_keep(new_url: NewUrl, tmp_path: Path) -> None:
    url = new_url()
    alert = Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=_now())
    async with opened(tmp_path, url, _now, RULES) as kept:
        await kept.contexts.save("1", Context(at=_now(), said="hello", alert=alert))
    async with opened(tmp_path, url, lambda: _now() + timedelta(days=400), RULES) as kept:
        context = await kept.contexts.load("1")
    assert context is not None
    assert (context.said, context.alert) == ("hello", alert)


@pytest.mark.parametrize("days", [1, -1])
async def test_it_sends_what_is_due_and_leaves_nothing_out(
    days: int, silent_api: BotApi, conversation: Conversation, new_url: NewUrl, tmp_path: Path
) -> None:
    api, port, stop = silent_api, a_free_port(), asyncio.Event()
    due, later = api.private(), api.private()
    due.opened = later.opened = True
    settings = Settings.model_validate(
        {
            "data_dir": tmp_path,
            "database_url": new_url(),
            "webhook_url": f"http://127.0.0.1:{port}/telegram",
            "webhook_secret": "s" * 32,
            "webhook_listen": f"127.0.0.1:{port}",
        }
    )
    metrics = Metrics()
    async with memory(settings, keeps_talks=True) as stores:
        await stores.subscriptions.save(subscriber(due.id, due=_now()))
        await stores.subscriptions.save(subscriber(later.id, due=_now() + timedelta(hours=3)))
        clock = await agreed_clock(settings, stores, lambda: _now() + timedelta(days=days))
        bot = make_telegram_bot(settings, {"en": conversation}, stores, metrics, clock)
        serving = asyncio.create_task(bot.serve(api.token, api.url, stop))
        await api.until(lambda: bool(api.messages(due)), "what is due", 20)
        stop.set()
        async with asyncio.timeout(ENDS_WITHIN):
            await serving
        vitals = await stores.vitals.read(clock())
    assert (len(api.messages(due)), api.messages(later)) == (1, [])
    assert vitals.overdue == 0
