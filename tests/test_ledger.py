"""What is due is claimed by one worker, once for each local day, and nothing of it is lost or comes twice."""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import select, update
from subscribers import A_DAY, NOW, RULES, TODAY, subscriber

from bot.core.schedules.schedule import Due, Pause, Quiet, Schedule, What
from bot.core.subscriptions.subscription import Subscriber, Subscription, after_delivery, by_new_rules
from bot.services.deliveries.ports import Claim, Delivery, Key, Outcome
from bot.services.ports import Arrival, SubscriptionStore
from bot.storage.database import Database
from bot.storage.inbox import DatabaseInbox
from bot.storage.ledger import DatabaseLedger
from bot.storage.memory import MemorySubscriptionStore
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.tables import DELIVERIES, SUBSCRIPTIONS

UNTIL = NOW + timedelta(seconds=30)
FULL = Subscriber(
    chat="1",
    subscription=Subscription(
        schedule=Schedule(
            at=time(7, 30),
            weekdays=frozenset({0, 2}),
            weekly_on=2,
            quiet=Quiet(start=time(22), end=time(7)),
            paused_until=TODAY,
            further_pauses=(Pause(until=TODAY + 9 * A_DAY, start=TODAY + 7 * A_DAY, why="holiday"),),
            postponed=Due(day=TODAY, at=NOW),
        ),
        zone="Europe/London",
        what=What.BOTH,
        is_silent=True,
        language="en",
    ),
    due=Due(day=TODAY, at=NOW),
    last=TODAY - A_DAY,
    unanswered=3,
)


@pytest.fixture
def ledger(database: Database) -> DatabaseLedger:
    return DatabaseLedger(database)


@pytest_asyncio.fixture
async def subscriptions(database: Database) -> DatabaseSubscriptionStore:
    return DatabaseSubscriptionStore(database, RULES)


async def _claim(
    ledger: DatabaseLedger,
    now: datetime = NOW,
    worker: str = "one",
    most: int = 100,
    *,
    spares_others: bool = False,
) -> list[Delivery]:
    def change(each: Subscriber) -> Subscriber:
        return after_delivery(each, ZoneInfo(each.subscription.zone), now)

    claim = Claim(worker=worker, now=now, until=now + timedelta(seconds=30), most=most)
    return await ledger.claim(replace(claim, spares_others=spares_others), change)


def _key(delivery: Delivery) -> Key:
    return delivery.chat, delivery.kind, delivery.day


async def _outcomes(database: Database) -> list[tuple[str, str | None]]:
    rows = await database.read(select(DELIVERIES).order_by(DELIVERIES.c.chat, DELIVERIES.c.day))
    return [(row.chat, row.outcome) for row in rows]


@pytest.mark.parametrize("is_memory", [True, False])
async def test_a_subscription_comes_back_as_it_was_until_it_is_forgotten(
    database: Database, *, is_memory: bool
) -> None:
    store: SubscriptionStore = MemorySubscriptionStore()
    if not is_memory:
        store = DatabaseSubscriptionStore(database, RULES)
    assert await store.load("1") is None
    for kept in (FULL, replace(FULL, due=None, ended_at=NOW), replace(FULL, chat="11")):
        await store.save(kept)
        assert await store.load(kept.chat) == kept
    await store.forget("1")
    assert await store.load("1") is None
    assert await store.load("11") is not None


async def test_what_is_due_is_claimed_once_and_the_next_is_due_a_day_later(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore
) -> None:
    await subscriptions.save(subscriber(1))
    await subscriptions.save(subscriber(2, due=NOW + timedelta(seconds=1)))
    (delivery,) = await _claim(ledger)
    assert (delivery.chat, delivery.kind, delivery.day, delivery.due_at) == ("1", "tip", TODAY, NOW)
    assert await _claim(ledger, worker="two") == []
    after = await subscriptions.load("1")
    assert after is not None
    assert (after.due, after.last) == (Due(day=TODAY + A_DAY, at=NOW + A_DAY), TODAY)


async def test_the_claim_of_a_worker_that_died_lapses_and_that_of_one_that_lives_does_not(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore
) -> None:
    await subscriptions.save(subscriber(1))
    claimed = await _claim(ledger)
    await ledger.renew("one", NOW, UNTIL + timedelta(seconds=20), [_key(each) for each in claimed])
    assert await _claim(ledger, UNTIL, "two") == []
    assert await _claim(ledger, UNTIL + timedelta(seconds=20), "two") == claimed
    await ledger.renew("one", UNTIL, UNTIL + timedelta(hours=1), [_key(each) for each in claimed])
    assert len(await _claim(ledger, UNTIL + timedelta(minutes=2), "three")) == 1


async def test_a_claim_that_lapsed_is_not_renewed_and_is_spared_as_long_as_its_worker_may_live(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore
) -> None:
    await subscriptions.save(subscriber(1))
    (delivery,) = await _claim(ledger)
    await ledger.renew("one", UNTIL, UNTIL + timedelta(hours=1), [_key(delivery)])
    assert await _claim(ledger, UNTIL, "two", spares_others=True) == []
    assert await ledger.is_open("one", delivery)
    assert await _claim(ledger, UNTIL, "two") == [delivery]
    assert [await ledger.is_open(worker, delivery) for worker in ("one", "two")] == [False, True]
    await ledger.put_off("two", delivery, UNTIL)
    assert await _claim(ledger, UNTIL, "three", spares_others=True) == [delivery]


async def test_a_claim_of_which_its_worker_never_heard_lapses_although_the_worker_keeps_others(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore
) -> None:
    for chat in (1, 2):
        await subscriptions.save(subscriber(chat))
    known, unheard = await _claim(ledger)
    await ledger.renew("one", NOW, UNTIL + timedelta(hours=1), [_key(known)])
    assert await _claim(ledger, UNTIL, "two") == [unheard]


async def test_what_is_let_go_or_put_off_comes_again_and_what_is_over_does_not(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore, database: Database
) -> None:
    for chat in (1, 2, 3):
        await subscriptions.save(subscriber(chat))
    first, second, _ = await _claim(ledger)
    await ledger.close(first, Outcome.SENT, NOW)
    await ledger.put_off("two", second, NOW)  # which does not have it
    await ledger.put_off("one", second, NOW + timedelta(minutes=5))
    await ledger.release("one", NOW)
    assert [delivery.chat for delivery in await _claim(ledger)] == ["3"]
    assert {each.chat for each in await _claim(ledger, NOW + timedelta(minutes=5))} == {"2", "3"}
    assert await _outcomes(database) == [("1", "sent"), ("2", None), ("3", None)]


async def test_a_day_has_one_delivery_whatever_the_subscription_says(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore
) -> None:
    await subscriptions.save(subscriber(1))
    (delivery,) = await _claim(ledger)
    await ledger.close(delivery, Outcome.SENT, NOW)
    await subscriptions.save(subscriber(1))
    assert await _claim(ledger) == []
    after = await subscriptions.load("1")
    assert after is not None
    assert after.due == Due(day=TODAY + A_DAY, at=NOW + A_DAY)


async def test_a_postponed_one_comes_once_more_on_its_day(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore
) -> None:
    await subscriptions.save(subscriber(1))
    (delivery,) = await _claim(ledger)
    await ledger.close(delivery, Outcome.SENT, NOW)
    kept = await subscriptions.load("1")
    assert kept is not None
    later = Due(day=TODAY, at=NOW + timedelta(hours=3))
    schedule = replace(kept.subscription.schedule, postponed=later)
    subscription = replace(kept.subscription, schedule=schedule)
    await subscriptions.save(replace(kept, subscription=subscription, due=later))
    assert await _claim(ledger, later.at - timedelta(seconds=1)) == []
    (again,) = await _claim(ledger, later.at)
    await ledger.close(again, Outcome.SENT, later.at)
    assert (again.day, again.due_at) == (TODAY, later.at)
    assert await _claim(ledger, later.at) == []
    assert [each.day for each in await _claim(ledger, NOW + A_DAY)] == [TODAY + A_DAY]


async def test_deliveries_are_counted_until_somebody_writes_or_taps(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore, database: Database
) -> None:
    await subscriptions.save(subscriber(1))
    for number in range(3):
        (delivery,) = await _claim(ledger, NOW + number * A_DAY)
        assert delivery.unanswered == number
        await ledger.close(delivery, Outcome.SENT, NOW)
    await DatabaseInbox(database).take_in(
        [Arrival(number=1, chat="1", at=NOW, document="{}")], confirms=False
    )
    (delivery,) = await _claim(ledger, NOW + 3 * A_DAY)
    assert delivery.unanswered == 0


async def test_of_a_subscription_that_ended_nothing_comes_and_it_is_kept_for_a_month(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore, database: Database
) -> None:
    await subscriptions.save(subscriber(1))
    await _claim(ledger)
    await ledger.end("1", NOW)
    assert await _claim(ledger, NOW + A_DAY) == []
    assert await _outcomes(database) == [("1", "ended")]
    await ledger.tidy(NOW + timedelta(days=29, hours=22))
    kept = await subscriptions.load("1")
    assert kept is not None
    assert (kept.ended_at, kept.due) == (NOW, None)
    await ledger.tidy(NOW + timedelta(days=29, hours=23, seconds=1))
    assert await subscriptions.load("1") is None
    assert await _outcomes(database) == []


async def test_a_group_that_becomes_another_chat_keeps_its_subscription_and_its_past(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore, database: Database
) -> None:
    await subscriptions.save(subscriber(-1))
    (delivery,) = await _claim(ledger)
    await ledger.move("-1", "-100")
    await ledger.close(replace(delivery, chat="-100"), Outcome.SENT, NOW)
    assert await subscriptions.load("-1") is None
    assert await _outcomes(database) == [("-100", "sent")]
    await subscriptions.save(subscriber(-1, time(9)))
    await ledger.move("-1", "-100")
    kept = await subscriptions.load("-100")
    assert kept is not None
    assert kept.subscription.schedule.at == time(7, 30)
    assert await subscriptions.load("-1") is None


async def test_new_rules_of_a_zone_move_what_is_due_but_not_what_is_late_or_postponed(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore
) -> None:
    def change(each: Subscriber) -> Subscriber:
        return by_new_rules(each, ZoneInfo(each.subscription.zone), NOW)

    an_hour_late = subscriber(1, time(9), due=NOW + timedelta(hours=2.5))
    overdue = subscriber(2, due=NOW - timedelta(hours=1))
    postponed = Due(day=TODAY, at=NOW + timedelta(hours=3))
    schedule = Schedule(at=time(6), postponed=postponed)
    moved = Subscriber(
        chat="3", subscription=Subscription(schedule=schedule, zone="UTC"), due=postponed, last=TODAY
    )
    for each in (an_hour_late, overdue, moved):
        await subscriptions.save(each)
    assert await ledger.reschedule(RULES, 100, change) == 0
    assert [await ledger.reschedule("2026b", 2, change) for _ in range(3)] == [2, 1, 0]
    after = [await subscriptions.load(chat) for chat in ("1", "2", "3")]
    assert [each and each.due for each in after] == [
        Due(day=TODAY, at=NOW + timedelta(hours=1.5)),
        overdue.due,
        postponed,
    ]


async def test_what_another_version_wrote_is_left_alone_and_holds_up_nobody(
    ledger: DatabaseLedger, subscriptions: DatabaseSubscriptionStore, database: Database
) -> None:
    for chat in (1, 2):
        await subscriptions.save(subscriber(chat, due=NOW - timedelta(hours=2 - chat)))
    await database.write(
        update(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.chat == "1").values(document='{"version": 99}')
    )
    assert await _claim(ledger, most=1) == []
    assert [delivery.chat for delivery in await _claim(ledger, most=1)] == ["2"]
    (row,) = await database.read(select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.chat == "1"))
    assert row.document == '{"version": 99}'


async def test_workers_that_claim_at_once_share_what_is_due(url: str | None, tmp_path: Path) -> None:
    databases = [Database(tmp_path / "data", url) for _ in range(3)]
    subscriptions = DatabaseSubscriptionStore(databases[0], RULES)
    for chat in range(60):
        await subscriptions.save(subscriber(chat))
    ledgers = [DatabaseLedger(database) for database in databases]

    async def all_of(worker: int) -> list[str]:
        chats: list[str] = []
        while claimed := await _claim(ledgers[worker], worker=str(worker), most=7):
            chats += [delivery.chat for delivery in claimed]
        return chats

    shares = await asyncio.gather(*map(all_of, range(3)))
    chats = [chat for share in shares for chat in share]
    assert (len(chats), len(set(chats))) == (60, 60)
    for database in databases:
        await database.close()
