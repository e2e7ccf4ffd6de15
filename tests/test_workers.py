"""Several workers serve one bot over one PostgreSQL: in order, once, and without the one that dies."""

import asyncio
import logging
import time
from bisect import bisect_left
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bot_api import BotApi
from databases import AT_ONCE, NO_REST, NewUrl
from house import NUMB, Bot, Service
from telegram_shapes import Chat
from test_webhooks import a_free_port

from bot.core.model import Knowledge
from bot.services.deliveries.dispatch import LEASE, TICK
from bot.services.shares import SHARES, Plan, Roster
from bot.storage.database import SLOW, Database
from bot.storage.registry import DatabaseRegistry
from bot.storage.shared_inbox import DatabaseSharedInbox
from bot.storage.talks import DatabaseContextStore
from bot.storage.troubles import DatabaseUnavailableError
from bot.telegram_ui.receiving.receivers import WebhookAddress, Webhooks
from bot.telegram_ui.workers.membership import AgreedClock, Membership, Rhythm

QUICK = Rhythm(beat=0.1, lease=3.0, margin=0.5, settles=1.1)
CHATS, OF_EACH = 24, 8
PER_SECOND = 30  # of all workers together
JITTER = 0.1  # s by which the first messages come late, while their connections are opened


@dataclass
class Member:
    """Takes down what it is told."""

    shares: set[int] = field(default_factory=set)
    pace: int = 0
    busy: set[int] = field(default_factory=set)

    def idle(self, shares: Collection[int]) -> frozenset[int]:
        return frozenset(shares) - self.busy

    async def gained(self, shares: Collection[int]) -> None:
        self.shares.update(shares)

    def lost(self, shares: Collection[int]) -> None:
        self.shares.difference_update(shares)

    def keep_pace(self, per_second: int) -> None:
        self.pace = per_second


def _membership(database: Database, name: str, clock: AgreedClock | None = None) -> Membership:
    agree = (clock or AgreedClock(lambda: datetime.now(UTC))).agree
    return Membership(
        DatabaseRegistry(database),
        name,
        PER_SECOND,
        clock=time.monotonic,
        agree=agree,
        pause=asyncio.sleep,
        rhythm=QUICK,
    )


async def _until(holds: object) -> None:
    """Wait until something that real time brings is so."""
    assert callable(holds)
    async with asyncio.timeout(15):
        while not holds():  # noqa: ASYNC110  # the database's clock rings no bell
            await asyncio.sleep(0.02)


@asynccontextmanager
async def _running(membership: Membership, member: Member) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(membership.run(member))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})


@pytest.fixture
async def databases(new_url: NewUrl, tmp_path: Path) -> AsyncIterator[list[Database]]:
    """The same database for two workers."""
    url = new_url()
    both = [Database(tmp_path, url, rest=NO_REST) for _ in range(2)]
    yield both
    for database in both:
        await database.close()


async def test_two_workers_part_the_chats_and_the_pace_and_the_one_that_dies_is_replaced(
    databases: list[Database],
) -> None:
    one, two = Member(), Member()
    async with _running(_membership(databases[0], "one"), one) as first:
        await _until(lambda: (len(one.shares), one.pace) == (SHARES, 30))
        async with _running(_membership(databases[1], "two"), two):
            await _until(lambda: (len(two.shares), one.pace, two.pace) == (SHARES // 2, 15, 15))
            assert not one.shares & two.shares
            first.cancel()  # and nothing is said to anybody
            await _until(lambda: (len(two.shares), two.pace) == (SHARES, 30))


async def test_who_leaves_is_replaced_at_once(databases: list[Database]) -> None:
    one, two = Member(), Member()
    slow = replace(QUICK, lease=60.0)
    membership = _membership(databases[0], "one")
    async with _running(membership, one):
        await _until(lambda: len(one.shares) == SHARES)
    await membership.leave()
    assert not membership.shares
    other = Membership(
        DatabaseRegistry(databases[1]),
        "two",
        30,
        clock=time.monotonic,
        agree=lambda _: None,
        pause=asyncio.sleep,
        rhythm=slow,
    )
    async with _running(other, two):
        await _until(lambda: len(two.shares) == SHARES)


def test_whatever_a_dead_worker_had_is_another_ones_within_half_a_minute() -> None:
    rhythm, most = Rhythm(), 30.0
    assert rhythm.lease + rhythm.beat + SLOW.total_seconds() < most  # chats, by a slow database
    assert LEASE.total_seconds() + TICK < most  # its deliveries
    assert 2 * SLOW.total_seconds() < most  # the locks of one that fell silent, and the wait for the next try


async def test_a_worker_that_falls_silent_while_it_signs_holds_up_nobody_for_long(
    new_url: NewUrl, tmp_path: Path
) -> None:
    url, member = new_url(), Member()
    silent, other = (Database(tmp_path, url, slow=AT_ONCE * 10, rest=NO_REST) for _ in range(2))
    await silent.open()
    async with silent._engine.connect() as connection:  # noqa: SLF001  # nobody ends what it began
        await connection.exec_driver_sql("BEGIN")
        await connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('strong-back workers'))")
        async with _running(_membership(other, "other"), member):
            await _until(lambda: len(member.shares) == SHARES)
        with pytest.raises(DatabaseUnavailableError) as caught, silent.translated():
            await connection.exec_driver_sql("SELECT 1")
    assert str(caught.value).startswith("This machine is too busy to keep up with the database")
    for database in (silent, other):
        await database.close()


async def test_after_an_outage_of_the_database_who_signs_first_takes_nothing_from_who_may_live(
    databases: list[Database],
) -> None:
    registries, seen = [DatabaseRegistry(database) for database in databases], list[Roster]()

    def decide(roster: Roster) -> Plan:
        seen.append(roster)
        taken = {share for share, owner in roster.owners.items() if owner == "one"}
        return Plan(shares=frozenset({1, 2}) - taken, leaving=frozenset(), pace=15)

    async def sign(number: int, name: str, seconds: float) -> Roster:
        await registries[number].sign(name, seconds, decide)
        return seen[-1]

    await sign(0, "one", 0.5)
    await sign(1, "two", 0.0)
    await asyncio.sleep(0.5)  # in which nobody can sign
    assert (await sign(1, "two", 60.0)).paces == {"one": 15, "two": 15}
    assert (await sign(0, "one", 0.0)).owners == {1: "one", 2: "one"}
    assert set((await sign(1, "two", 60.0)).paces) == {"two"}  # it has said nothing since


async def test_who_can_not_sign_begins_nothing_more_before_others_take_over(
    databases: list[Database],
) -> None:
    one, now = Member(), [0.0]
    membership = Membership(
        DatabaseRegistry(databases[0]),
        "one",
        30,
        clock=lambda: now[0],
        agree=lambda _: None,
        pause=asyncio.sleep,
        rhythm=Rhythm(beat=60.0),
    )
    async with _running(membership, one):
        await _until(lambda: len(one.shares) == SHARES)
        now[0] = 11.9
        assert membership.holds(7)
        now[0] = 12.0
        assert not membership.holds(7)
        assert not membership.shares


async def test_who_is_cut_off_answers_by_itself_only_when_the_others_have_taken_over(
    databases: list[Database],
) -> None:
    one, two, now = Member(), Member(), [0.0]
    membership = Membership(
        DatabaseRegistry(databases[0]),
        "one",
        30,
        clock=lambda: now[0],
        agree=lambda _: None,
        pause=lambda _: asyncio.sleep(0.05),
    )
    async with _running(membership, one) as signing:
        await _until(lambda: len(one.shares) == SHARES)
        assert membership.is_alone
        async with _running(_membership(databases[1], "two"), two):
            await _until(lambda: len(one.shares) == SHARES // 2)
            assert not membership.is_alone
            signing.cancel()
            await asyncio.wait({signing})
            now[0] = 15.0 + Rhythm().beat
            assert not membership.is_alone
            now[0] += Rhythm().beat
            assert membership.is_alone


async def test_a_wrong_clock_is_said_once_and_the_database_counts(
    databases: list[Database], caplog: pytest.LogCaptureFixture
) -> None:
    clock = AgreedClock(lambda: datetime.now(UTC) + timedelta(hours=1))
    member = Member()
    async with _running(_membership(databases[0], "one", clock), member):
        await _until(lambda: member.pace == 30)
    assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=2)
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert said == ["This machine's clock is 3600 s off the database's, which counts; set it right."]


@asynccontextmanager
async def _worker(api: BotApi, bot: Bot, database: Database, name: str) -> AsyncIterator[Service]:
    """A worker at one door of the load balancer."""
    port = a_free_port()
    address = WebhookAddress(url="http://balancer/telegram", secret="s" * 32, host="127.0.0.1", port=port)
    inbox = DatabaseSharedInbox(database, name)
    receiver = Webhooks(inbox, _membership(database, name), address, bot.clock, lambda: 0.0, bot.metrics)
    assistant = bot.assistant_over(DatabaseContextStore(database))
    async with replace(bot, assistant=assistant, receiver=receiver).serving(api) as service:
        await api.until(lambda: api.updates.target is not None, "the webhook to be set")
        api.updates.doors.append(f"http://127.0.0.1:{port}/telegram")
        yield service
    await inbox.close()


async def test_messages_of_one_chat_are_answered_in_order_and_once_whichever_worker_they_come_to(
    silent_api: BotApi, bot: Bot, databases: list[Database]
) -> None:
    api, chats = silent_api, [silent_api.private() for _ in range(CHATS)]
    async with AsyncExitStack() as workers:
        await workers.enter_async_context(_worker(api, bot, databases[0], "one"))
        for number in range(OF_EACH // 2):
            _ask(api, chats, number)
        await workers.enter_async_context(_worker(api, bot, databases[1], "two"))
        for number in range(OF_EACH // 2, OF_EACH):
            _ask(api, chats, number)
        await api.until(lambda: all(len(api.messages(chat)) >= OF_EACH for chat in chats), "all answers", 30)
    for chat in chats:
        said = [message.text for message in api.messages(chat)]
        assert [f"/question{number}" in text for number, text in enumerate(said)] == [True] * OF_EACH


async def test_all_workers_together_keep_the_pace_while_they_come_and_go(
    silent_api: BotApi, bot: Bot, databases: list[Database]
) -> None:
    api, chats = silent_api, [silent_api.private() for _ in range(PER_SECOND)]
    async with AsyncExitStack() as workers:
        await workers.enter_async_context(_worker(api, bot, databases[0], "one"))
        for number in range(6):
            _ask(api, chats, number)
        await api.until(lambda: len(api.called("sendMessage")) > PER_SECOND, "a second's worth", 30)
        await workers.enter_async_context(_worker(api, bot, databases[1], "two"))
        await api.until(lambda: all(len(api.messages(chat)) >= 6 for chat in chats), "all answers", 30)
    sent = [call.at for call in api.calls if call.method == "sendMessage"]
    window = 1 - JITTER
    busiest = max(bisect_left(sent, at + window) - number for number, at in enumerate(sent))
    assert busiest <= PER_SECOND
    assert len(sent) / (sent[-1] - sent[0]) > PER_SECOND / 2  # as much as it is while they part the chats


def _ask(api: BotApi, chats: list[Chat], number: int) -> None:
    for chat in chats:
        api.say(chat, f"/question{number}")


async def test_a_warning_sign_that_one_worker_heard_is_known_to_the_one_that_takes_over(
    silent_api: BotApi, bot: Bot, databases: list[Database], knowledge: Knowledge
) -> None:
    api, chat = silent_api, silent_api.private()
    async with _worker(api, bot, databases[0], "one"):
        api.say(chat, NUMB)
        assert "emergency number" in (await api.reply(chat)).text
    api.updates.doors.clear()
    async with _worker(api, bot, databases[1], "two"):
        api.say(chat, "/routine")
        assert (await api.reply(chat)).text.startswith("Training pauses for now")
