"""Deliveries: on time, once a day, nothing lost, nothing to those who must not or do not want to get any."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from databases import AT_ONCE, NO_REST
from house import Clock
from sqlalchemy import select
from subscribers import A_DAY, NOW, RULES, TODAY, subscribed, subscriber

from bot.core.model import Action
from bot.core.schedules.resting import paused
from bot.core.subscriptions.subscription import Subscriber
from bot.core.talk import Alert, Context, Kind, Reply
from bot.services.deliveries import dispatch
from bot.services.deliveries.dispatch import LEASE, Deliveries, Pause, Worker
from bot.services.deliveries.ports import (
    ChatGoneError,
    ChatMovedError,
    Delivery,
    IsDue,
    LapsedError,
    NotNowError,
    Outcome,
)
from bot.storage.database import FILE, Database
from bot.storage.ledger import DatabaseLedger
from bot.storage.memory import MemoryContextStore
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.tables import DELIVERIES

A_MINUTE = timedelta(minutes=1)
Outcomes = list[tuple[str, str | None]]


@dataclass(slots=True)
class Post:
    """Notes what is sent, and fails as it is told, chat by chat."""

    sent: list[tuple[str, str, bool]] = field(default_factory=list)
    faults: dict[str, list[Exception]] = field(default_factory=dict)
    admitted: list[Exception] = field(default_factory=list)
    omitted: list[Outcome] = field(default_factory=list)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    done: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def deliver(self, chat: str, reply: Reply, *, is_silent: bool, is_due: IsDue) -> None:
        self.begun.release()
        await self.goes_on.wait()
        if not await is_due():
            raise LapsedError
        for fault in self.faults.get(chat, [])[:1]:
            self.faults[chat].remove(fault)
            raise fault
        self.sent.append((chat, reply.text, is_silent))
        self.done.release()

    async def admit(self, error: Exception) -> None:
        self.admitted.append(error)

    def left_out(self, outcome: Outcome) -> None:
        self.omitted.append(outcome)


async def _compose(delivery: Delivery) -> Reply | None:
    if delivery.chat == "mute":
        return None
    if delivery.chat == "breaks":
        raise OSError
    return Reply(kind=Kind.COMMAND, text=f"{delivery.kind} of {delivery.day}")


@dataclass(slots=True, kw_only=True)
class Office:
    """A bot that delivers, with its database, its clock and its post."""

    database: Database
    clock: Clock
    post: Post = field(default_factory=Post)
    contexts: MemoryContextStore = field(default_factory=MemoryContextStore)

    def __post_init__(self) -> None:
        self.post.goes_on.set()

    @property
    def subscriptions(self) -> DatabaseSubscriptionStore:
        return DatabaseSubscriptionStore(self.database, RULES)

    def deliveries(self, name: str = "one", pause: Pause | None = None) -> Deliveries:
        pause = pause or self.pause
        worker = Worker(name=name, clock=self.clock, pause=pause, zone=ZoneInfo, rules=RULES)
        ledger = DatabaseLedger(self.database)
        return Deliveries(ledger, self.contexts, self.post, _compose, worker)

    async def pause(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)
        await asyncio.sleep(0)

    async def tick(self, name: str = "one") -> None:
        """Deliver what is due now, and wait until it is over."""
        one = self.deliveries(name)
        await one.tick()
        await one.settle()

    async def until(self, end: datetime, step: timedelta = timedelta(minutes=30)) -> None:
        """Let time pass, with a look at what is due now and then."""
        while self.clock() < end:
            await self.tick()
            self.clock.now += step

    async def ends(self, person: Subscriber) -> None:
        await self.subscriptions.save(replace(person, ended_at=self.clock()))

    async def pauses(self, person: Subscriber) -> None:
        schedule = paused(person.subscription.schedule, TODAY + 3 * A_DAY)
        subscription = replace(person.subscription, schedule=schedule)
        await self.subscriptions.save(replace(person, subscription=subscription))

    async def forgets(self, person: Subscriber) -> None:
        await self.subscriptions.forget(person.chat)

    async def raises_a_flag(self, person: Subscriber) -> None:
        alert = Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=self.clock())
        await self.contexts.save(person.chat, Context(at=self.clock(), alert=alert))

    async def outcomes(self) -> Outcomes:
        rows = await self.database.read(select(DELIVERIES).order_by(DELIVERIES.c.day, DELIVERIES.c.chat))
        return [(row.chat, row.outcome) for row in rows]


@pytest_asyncio.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    database = Database(tmp_path / "data", patience=AT_ONCE, rest=NO_REST)
    yield Office(database=database, clock=Clock(NOW))
    await database.close()


async def test_what_is_due_is_sent_and_noted(office: Office) -> None:
    silent = subscriber(2)
    silent = replace(silent, subscription=replace(silent.subscription, is_silent=True))
    for each in (subscriber(1), silent, subscriber(3, due=NOW + timedelta(seconds=1))):
        await office.subscriptions.save(each)
    await office.tick()
    assert sorted(office.post.sent) == [("1", f"tip of {TODAY}", False), ("2", f"tip of {TODAY}", True)]
    assert await office.outcomes() == [("1", "sent"), ("2", "sent")]


async def test_everybody_gets_one_a_day_over_a_change_of_the_clock(office: Office) -> None:
    office.clock.now = start = datetime.fromisoformat("2026-10-22T00:00+00:00")
    zones = {"1": "Europe/London", "2": "Australia/Lord_Howe", "3": "America/New_York"}
    for chat, zone in zones.items():
        await office.subscriptions.save(subscribed(chat, time(1, 30), zone, start))
    await office.until(start + 14 * A_DAY)
    for chat in zones:
        days = [text for sent_to, text, _ in office.post.sent if sent_to == chat]
        assert (len(days), len(set(days))) == (14, 14)


@pytest.mark.parametrize("late", [timedelta(minutes=1), timedelta(minutes=119)])
async def test_after_an_outage_todays_still_comes_and_the_day_before_is_noted_as_late(
    office: Office, late: timedelta
) -> None:
    await office.subscriptions.save(subscriber(1, due=NOW - A_DAY))
    office.clock.now += late
    await office.until(office.clock() + A_MINUTE, A_MINUTE)
    await office.tick()
    assert [text for _, text, _ in office.post.sent] == [f"tip of {TODAY}"]
    assert await office.outcomes() == [("1", "late"), ("1", "sent")]


async def test_after_an_outage_what_is_too_late_is_left_out_and_nothing_piles_up(office: Office) -> None:
    for chat, hours in ((1, 1.9), (2, 2.1), (3, 75)):
        await office.subscriptions.save(subscriber(chat, due=NOW - timedelta(hours=hours)))
    await office.tick()
    assert [chat for chat, _, _ in office.post.sent] == ["1"]
    assert sorted(await office.outcomes()) == [("1", "sent"), ("2", "late"), ("3", "late")]
    await office.until(NOW + timedelta(hours=23))
    assert [chat for chat, _, _ in office.post.sent] == ["1", "3"]  # for 3 today's was due just now
    await office.until(NOW + timedelta(hours=25))
    assert sorted(chat for chat, _, _ in office.post.sent) == ["1", "1", "2", "3", "3"]


async def test_who_raised_a_red_flag_gets_nothing(office: Office) -> None:
    await office.subscriptions.save(subscriber(1))
    alert = Alert(flag="saddle-numbness", action=Action.EMERGENCY, at=NOW - A_DAY)
    await office.contexts.save("1", Context(at=NOW, alert=alert))
    await office.tick()
    assert (office.post.sent, await office.outcomes()) == ([], [("1", "withheld")])


@pytest.mark.parametrize(
    ("does", "outcomes"),
    [
        (Office.ends, [("1", "ended")]),
        (Office.pauses, [("1", "ended")]),
        (Office.forgets, []),
        (Office.raises_a_flag, [("1", "withheld")]),
    ],
)
async def test_what_is_said_while_a_delivery_waits_for_its_turn_holds_for_it(
    office: Office, does: Callable[[Office, Subscriber], Awaitable[None]], outcomes: Outcomes
) -> None:
    person = subscriber(1)
    await office.subscriptions.save(person)
    office.post.goes_on.clear()
    waiting = asyncio.create_task(office.tick())
    await office.post.begun.acquire()
    await does(office, person)
    office.post.goes_on.set()
    await waiting
    assert office.post.sent == []
    assert await office.outcomes() == outcomes


async def test_a_pause_that_is_planned_for_later_ends_nothing_that_waits(office: Office) -> None:
    person = subscriber(1)
    await office.subscriptions.save(person)
    office.post.goes_on.clear()
    waiting = asyncio.create_task(office.tick())
    await office.post.begun.acquire()
    schedule = paused(person.subscription.schedule, TODAY + 9 * A_DAY, TODAY + 3 * A_DAY)
    subscription = replace(person.subscription, schedule=schedule)
    await office.subscriptions.save(replace(person, subscription=subscription))
    office.post.goes_on.set()
    await waiting
    assert await office.outcomes() == [("1", "sent")]


async def test_who_blocked_the_bot_is_not_tried_again(office: Office) -> None:
    await office.subscriptions.save(subscriber(1))
    office.post.faults = {"1": [ChatGoneError()]}
    await office.until(NOW + 3 * A_DAY, A_DAY)
    kept = await office.subscriptions.load("1")
    assert kept is not None
    assert (kept.ended_at, office.post.sent, await office.outcomes()) == (NOW, [], [("1", "failed")])


async def test_a_group_that_moved_gets_it_where_it_is_now(office: Office) -> None:
    await office.subscriptions.save(subscriber(-1))
    office.post.faults = {"-1": [ChatMovedError("-100")]}
    await office.tick()
    assert [chat for chat, _, _ in office.post.sent] == ["-100"]
    assert await office.outcomes() == [("-100", "sent")]
    office.clock.advance(days=1)
    await office.tick()
    assert [chat for chat, _, _ in office.post.sent] == ["-100", "-100"]


async def test_who_can_get_nothing_now_gets_it_later_or_when_it_is_too_late_not_at_all(
    office: Office,
) -> None:
    for chat in (1, 2):
        await office.subscriptions.save(subscriber(chat))
    office.post.faults = {"1": [NotNowError(1800)] * 2, "2": [NotNowError(1800)] * 9}
    await office.until(NOW + timedelta(hours=3), timedelta(minutes=10))
    assert await office.outcomes() == [("1", "sent"), ("2", "late")]
    assert len(office.post.faults["2"]) == 9 - 5


async def test_a_clock_that_was_ahead_for_a_while_makes_nobody_wait_for_it(office: Office) -> None:
    for chat in (1, 2):
        await office.subscriptions.save(subscriber(chat))
    office.post.faults = {"1": [NotNowError(60)]}
    office.post.goes_on.clear()
    one, ahead = office.deliveries(), timedelta(minutes=40)
    office.clock.now += ahead
    await one.tick()
    for _ in range(2):
        await office.post.begun.acquire()
    office.clock.now += LEASE
    office.post.goes_on.set()
    await one.settle()
    assert office.post.sent == []
    office.clock.now -= ahead
    for _ in range(2):
        await one.tick()
        await one.settle()
        office.clock.advance(seconds=60)
    assert sorted(chat for chat, _, _ in office.post.sent) == ["1", "2"]


async def test_what_breaks_one_delivery_ends_no_other_and_the_operator_is_told(office: Office) -> None:
    for chat in ("breaks", "mute", "1"):
        await office.subscriptions.save(subscriber(chat))
    await office.tick()
    assert sorted(await office.outcomes()) == [("1", "sent"), ("breaks", "failed"), ("mute", "empty")]
    assert [type(error) for error in office.post.admitted] == [OSError]


async def test_a_zone_that_is_no_more_holds_up_nobody(office: Office) -> None:
    nowhere = subscriber(1)
    subscription = replace(nowhere.subscription, zone="Nowhere/Atlantis")
    await office.subscriptions.save(replace(nowhere, subscription=subscription))
    await office.subscriptions.save(subscriber(2))
    await office.tick()
    assert sorted(chat for chat, _, _ in office.post.sent) == ["1", "2"]
    kept = await office.subscriptions.load("1")
    assert kept is not None
    assert (kept.due, kept.ended_at) == (None, None)


async def test_a_worker_that_is_gone_leaves_its_claims_to_the_next_and_a_live_one_keeps_them(
    office: Office,
) -> None:
    for chat in range(20):
        await office.subscriptions.save(subscriber(chat))
    office.post.goes_on.clear()
    gone = asyncio.create_task(office.tick("gone"))
    for _ in range(20):
        await office.post.begun.acquire()
    gone.cancel()
    await asyncio.wait({gone})
    office.post.goes_on = asyncio.Event()  # what hung on the one that is gone is never sent
    office.post.goes_on.set()
    await office.tick("next")
    assert office.post.sent == []
    office.clock.now += LEASE
    await office.tick("next")
    assert len({chat for chat, _, _ in office.post.sent}) == len(office.post.sent) == 20


async def test_a_worker_that_stood_still_for_too_long_sends_nothing_that_another_one_has(
    office: Office,
) -> None:
    await office.subscriptions.save(subscriber(1))
    office.post.goes_on.clear()
    slow = asyncio.create_task(office.tick("slow"))
    await office.post.begun.acquire()
    office.clock.now += LEASE
    quick = asyncio.create_task(office.tick("quick"))
    await office.post.begun.acquire()
    office.post.goes_on.set()
    await asyncio.wait({slow, quick})
    assert [chat for chat, _, _ in office.post.sent] == ["1"]


async def test_what_is_not_renewed_in_time_is_given_up_before_it_lapses_and_comes_up_again(
    office: Office,
) -> None:
    for chat in (1, 2):
        await office.subscriptions.save(subscriber(chat))
    office.post.goes_on.clear()
    one = office.deliveries()
    await one.tick()
    for _ in range(2):
        await office.post.begun.acquire()
    office.clock.now += LEASE * 0.7
    office.post.goes_on.set()
    await one.settle()
    assert office.post.sent == []
    office.clock.advance(seconds=dispatch.TICK)
    await one.tick()
    await one.settle()
    assert sorted(chat for chat, _, _ in office.post.sent) == ["1", "2"]


async def test_what_is_claimed_anew_while_it_is_still_in_work_goes_on_and_is_sent_once(
    office: Office,
) -> None:
    await office.subscriptions.save(subscriber(1))
    office.post.goes_on.clear()
    one = office.deliveries()
    await one.tick()
    await office.post.begun.acquire()
    office.clock.now += LEASE
    await one.tick()
    office.post.goes_on.set()
    await one.settle()
    assert [chat for chat, _, _ in office.post.sent] == ["1"]
    assert await office.outcomes() == [("1", "sent")]


async def test_after_an_outage_of_the_database_a_worker_that_lives_has_the_time_to_note_what_it_sent(
    office: Office, tmp_path: Path
) -> None:
    for chat in (1, 2):
        await office.subscriptions.save(subscriber(chat))
    office.post.goes_on.clear()
    has_failed, tries_again = asyncio.Semaphore(0), asyncio.Event()

    async def pause(_: float) -> None:
        has_failed.release()
        await tries_again.wait()

    one, two = office.deliveries("one", pause), office.deliveries("two")
    await one.tick()
    for _ in range(2):
        await office.post.begun.acquire()
    with closing(sqlite3.connect(tmp_path / "data" / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        office.post.goes_on.set()
        for _ in range(2):
            await has_failed.acquire()
        office.clock.now += LEASE
        assert await two.tick() == 0
    assert await two.tick() == 0
    tries_again.set()
    await one.settle()
    office.clock.now += LEASE
    await two.tick()
    await two.settle()
    assert sorted(chat for chat, _, _ in office.post.sent) == ["1", "2"]
    assert await office.outcomes() == [("1", "sent"), ("2", "sent")]


async def test_after_an_outage_of_the_database_nothing_of_a_worker_that_died_in_it_is_lost(
    office: Office, tmp_path: Path
) -> None:
    await office.subscriptions.save(subscriber(1))
    office.post.goes_on.clear()
    gone = asyncio.create_task(office.tick("gone"))
    await office.post.begun.acquire()
    gone.cancel()
    await asyncio.wait({gone})
    two = office.deliveries("two")
    with closing(sqlite3.connect(tmp_path / "data" / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        office.clock.now += LEASE
        assert await two.tick() == 0
    office.post.goes_on = asyncio.Event()  # what hung on the one that is gone is never sent
    office.post.goes_on.set()
    office.clock.now += LEASE
    await two.tick()
    await two.settle()
    assert [chat for chat, _, _ in office.post.sent] == ["1"]


async def test_it_runs_until_it_is_ended_and_finishes_what_is_in_work(office: Office) -> None:
    for chat in range(3):
        await office.subscriptions.save(subscriber(chat))
    running = asyncio.create_task(office.deliveries(pause=asyncio.sleep).run())
    for _ in range(3):
        await office.post.done.acquire()
    running.cancel()
    await asyncio.wait({running})
    assert [outcome for _, outcome in await office.outcomes()] == ["sent"] * 3


async def test_what_does_not_finish_at_the_end_is_left_to_the_next_at_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "FINISH_SECONDS", 0.01)
    await office.subscriptions.save(subscriber(1))
    office.post.goes_on.clear()
    running = asyncio.create_task(office.deliveries(pause=asyncio.sleep).run())
    await office.post.begun.acquire()
    running.cancel()
    await asyncio.wait({running})
    office.post.goes_on.set()
    await office.tick("next")
    assert [chat for chat, _, _ in office.post.sent] == ["1"]


async def test_more_than_there_are_slots_for_are_sent_each_once(office: Office) -> None:
    for chat in range(dispatch.SLOTS * 2 + 7):
        await office.subscriptions.save(subscriber(chat))
    one = office.deliveries()
    while await one.tick():
        pass
    await one.settle()
    chats = [chat for chat, _, _ in office.post.sent]
    assert (len(chats), len(set(chats))) == (dispatch.SLOTS * 2 + 7,) * 2
