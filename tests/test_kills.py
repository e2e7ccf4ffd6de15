"""A bot that is killed at any moment: whoever asked is answered by the next one."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from random import Random

from bot_api import BotApi
from bot_api_faults import BAD_GATEWAY, Fault, Nonsense, Reset, Slow
from databases import NewUrl
from deliverer import LEASE
from house import clean_environment
from sqlalchemy import func, select
from subscribers import RULES, subscriber
from weather import Tally, Weather

from bot.bootstrap import utc_now
from bot.core.model import Knowledge
from bot.storage.database import Database
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.tables import DELIVERIES

TESTS = Path(__file__).parent
PATIENCE = 60.0  # seconds for a start and what follows, on a busy machine
QUESTIONS = 40
SUBSCRIBERS = 120
KILLS = 4


@asynccontextmanager
async def _process(
    api: BotApi, module: str = "bot", per_second: int = 1000, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot in a process of its own, which is killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", module),
        stderr=asyncio.subprocess.DEVNULL,
        env=clean_environment(
            BOT_TOKEN=api.token,
            BOT_API_URL=api.url,
            MESSAGES_PER_SECOND=str(per_second),
            PYTHONPATH=os.pathsep.join([str(TESTS.parent), str(TESTS)]),
            **settings,
        ),
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
        await api.until(lambda: len(api.called("sendMessage")) == QUESTIONS, "every reply", PATIENCE)
        await api.until(lambda: not api.updates.unconfirmed, "all of it to be confirmed", PATIENCE)
    api.faults.clear()
    async with _process(api):
        await api.until(lambda: all(chat.shown for chat in chats), "every reply", PATIENCE)
    assert all([said.text for said in api.messages(chat)] == [knowledge.messages.privacy] for chat in chats)


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
        await api.until(lambda: len(api.called("sendMessage")) == 2, "the second reply", PATIENCE)
        assert len(api.updates.unconfirmed) == 2
    api.faults.clear()
    async with _process(api):
        await api.until(lambda: len(chat.shown) == 2, "the second reply", PATIENCE)
        await api.until(lambda: not api.updates.unconfirmed, "all of it to be confirmed", PATIENCE)
    assert [message.text == knowledge.messages.privacy for message in api.messages(chat)] == [True, False]


async def test_of_the_deliveries_none_is_lost_to_kills_and_faults_and_few_come_twice(
    silent_api: BotApi, tmp_path: Path
) -> None:
    api, database = silent_api, Database(tmp_path / "data")
    weather = Weather(Random(8))  # noqa: S311  # it keeps no secret
    tally = Tally(api, [api.private() for _ in range(SUBSCRIBERS)])
    for chat in tally.chats:
        chat.opened = True
        await DatabaseSubscriptionStore(database, RULES).save(subscriber(chat.id, due=utc_now()))
    api.faults.by_chance = weather
    for kill in range(1, KILLS + 1):
        async with _process(api, "deliverer", 60):
            enough = kill * SUBSCRIBERS // (KILLS + 1)
            await api.until(lambda enough=enough: tally.sent >= enough, "some deliveries", PATIENCE)  # type: ignore[misc]
        await tally.note_kill(database)
    async with _process(api, "deliverer", 60):
        await api.until(lambda: not tally.lost, "the last deliveries", PATIENCE)
    sent = select(func.count()).select_from(DELIVERIES)
    assert (await database.read(sent))[0][0] == SUBSCRIBERS
    assert weather.lost_answers > 0
    assert tally.repeated <= sum(tally.unnoted) + weather.lost_answers
    await database.close()


async def test_an_outage_of_telegram_that_is_longer_than_a_claim_loses_nothing_and_sends_nothing_twice(
    silent_api: BotApi, tmp_path: Path, new_url: NewUrl
) -> None:
    api, url, passes = silent_api, new_url(), asyncio.Event()
    database, clock = Database(tmp_path, url), tmp_path / "clock"
    tally = Tally(api, [api.private() for _ in range(QUESTIONS)])
    for chat in tally.chats:
        chat.opened = True
        await DatabaseSubscriptionStore(database, RULES).save(subscriber(chat.id, due=utc_now()))
    outage: Iterator[Fault] = cycle((BAD_GATEWAY, Reset(), Nonsense(), Slow(passes)))
    api.faults.by_chance = lambda method: next(outage) if method == "sendMessage" else None
    one, two = (_process(api, "deliverer", DATABASE_URL=url, CLOCK=str(clock)) for _ in range(2))
    async with one, two:
        await api.until(lambda: len(api.called("sendMessage")) >= QUESTIONS, "the first tries", PATIENCE)
        over = time.monotonic() + 3 * LEASE.total_seconds()
        await api.until(lambda: time.monotonic() > over, "claims to lapse if nobody keeps them", PATIENCE)
        assert tally.sent == 0
        api.faults.by_chance = lambda _: None
        passes.set()
        await _until_nothing_is_in_work(database)
        clock.write_text("61", encoding="utf-8")  # seconds, after which what failed comes up again
        await api.until(lambda: not tally.lost, "the deliveries", PATIENCE)
        await _until_nothing_is_in_work(database)
    outcomes = [row.outcome for row in await database.read(select(DELIVERIES.c.outcome))]
    assert (tally.repeated, outcomes) == (0, ["sent"] * QUESTIONS)
    await database.close()


async def _until_nothing_is_in_work(database: Database) -> None:
    in_work = select(DELIVERIES.c.chat).where(
        DELIVERIES.c.free_at.is_not(None), DELIVERIES.c.claimed_by.is_not(None)
    )
    async with asyncio.timeout(PATIENCE):
        while await database.read(in_work):  # noqa: ASYNC110  # no process rings a bell
            await asyncio.sleep(0.1)
