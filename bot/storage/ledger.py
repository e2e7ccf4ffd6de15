"""What is due and what became of it, in the database: one row for a chat, a kind and a local day."""

import itertools
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Row, and_, bindparam, delete, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.subscriptions.subscription import Subscriber
from bot.services.chores import TIDY_EVERY
from bot.services.deliveries.ports import Change, Claim, Delivery, Key, Outcome
from bot.services.gathering import Gathering
from bot.services.ports import StoreError
from bot.storage.database import Database
from bot.storage.documents import OddDocumentError
from bot.storage.subscriptions import HOLD, closed, subscriber_of, subscription_of
from bot.storage.tables import DELIVERIES, SUBSCRIPTIONS

ARE_KEPT = timedelta(days=30)  # deliveries that are over, and for a return subscriptions that ended

_KEY = (DELIVERIES.c.chat, DELIVERIES.c.kind, DELIVERIES.c.day)
_THIS = (
    DELIVERIES.c.chat == bindparam("of_chat"),
    DELIVERIES.c.kind == bindparam("of_kind"),
    DELIVERIES.c.day == bindparam("of_day"),
)
_OPEN = DELIVERIES.c.free_at.is_not(None)

_FREE = (
    select(*_KEY)
    .where(
        DELIVERIES.c.free_at <= bindparam("now"),
        or_(DELIVERIES.c.claimed_by.is_(None), bindparam("spares_others", type_=Boolean).is_(False)),
    )
    .order_by(DELIVERIES.c.free_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("free")
)
_CLAIM = (
    update(DELIVERIES)
    .where(tuple_(*_KEY).in_(select(_FREE)))
    .values(free_at=bindparam("until"), claimed_by=bindparam("claim"))
    .returning(DELIVERIES.c.chat)
)
_DUE = (
    select(SUBSCRIPTIONS)
    .where(SUBSCRIPTIONS.c.due_at <= bindparam("now"))
    .order_by(SUBSCRIPTIONS.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIMED = (
    select(DELIVERIES, SUBSCRIPTIONS.c.document, SUBSCRIPTIONS.c.unanswered)
    .join(SUBSCRIPTIONS, SUBSCRIPTIONS.c.chat == DELIVERIES.c.chat)
    .where(DELIVERIES.c.free_at == bindparam("until"), DELIVERIES.c.claimed_by == bindparam("claim"))
    .order_by(DELIVERIES.c.due_at)
)
_STILL_OPEN = (
    select(*_KEY, DELIVERIES.c.claimed_by)
    .join(SUBSCRIPTIONS, SUBSCRIPTIONS.c.chat == DELIVERIES.c.chat)
    .where(
        _OPEN, SUBSCRIPTIONS.c.ended_at.is_(None), DELIVERIES.c.chat.in_(bindparam("chats", expanding=True))
    )
)
_REOPEN = delete(DELIVERIES).where(*_THIS, DELIVERIES.c.free_at.is_(None))
_MOVE_ON = (
    update(SUBSCRIPTIONS)
    .where(SUBSCRIPTIONS.c.chat == bindparam("of_chat"))
    .values(due_day=bindparam("due_on"), due_at=bindparam("at"), last_day=bindparam("last"))
)
_NOTHING_DUE = {"due_on": None, "at": None, "last": None}  # of a row that another version wrote
_CLOSE = (
    update(DELIVERIES)
    .where(*_THIS)
    .values(free_at=None, outcome=bindparam("became"), over_at=bindparam("now"))
)
_IS_MINE = and_(_OPEN, DELIVERIES.c.claimed_by.startswith(bindparam("mine")))
_PUT_OFF = update(DELIVERIES).where(*_THIS, _IS_MINE).values(free_at=bindparam("until"), claimed_by=None)
_CATCH_UP = (
    update(DELIVERIES)
    .where(DELIVERIES.c.free_at > bindparam("latest"))
    .values(free_at=bindparam("now"), claimed_by=None)
)
_AT_REST = (  # others are being closed just now
    select(*_KEY)
    .where(
        tuple_(*_KEY).in_(bindparam("keys", expanding=True)),
        _IS_MINE,
        DELIVERIES.c.free_at > bindparam("now"),
    )
    .with_for_update(skip_locked=True)
    .cte("at_rest")
)
_RENEW = update(DELIVERIES).where(tuple_(*_KEY).in_(select(_AT_REST))).values(free_at=bindparam("until"))
_RELEASE = update(DELIVERIES).where(_IS_MINE).values(free_at=bindparam("until"), claimed_by=None)
_COUNT = (
    update(SUBSCRIPTIONS)
    .where(SUBSCRIPTIONS.c.chat == bindparam("of_chat"))
    .values(unanswered=SUBSCRIPTIONS.c.unanswered + 1)
)


class DatabaseLedger:
    """A row is written in the transaction in which its subscription moves on: a kill loses neither."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._closing = Gathering(self._close_all)
        self._looking = Gathering(self._look_all)
        self._claims = itertools.count()

    async def claim(self, claim: Claim, change: Change) -> list[Delivery]:
        """First what was claimed and let go or lapsed, then what has become due."""
        async with self._database.transaction() as connection:
            name, most = f"{_mark(claim.worker)}{next(self._claims)}", claim.most
            mine = {"now": claim.now, "until": claim.until, "most": most, "claim": name}
            free = mine | {"spares_others": claim.spares_others}
            freed = len((await connection.execute(_CLAIM, free)).all())
            if freed < most:
                freed += await _take_over(connection, mine | {"most": most - freed}, change)
            if not freed:
                return []
            claimed = await connection.execute(_CLAIMED, {"until": claim.until, "claim": name})
            return [delivery for delivery in map(_delivery_of, claimed) if delivery]

    async def renew(self, worker: str, now: datetime, until: datetime, keys: Collection[Key]) -> None:
        """Keep what is claimed, and has not lapsed, for longer."""
        mine = {"mine": _mark(worker), "now": now, "until": until, "keys": list(keys)}
        async with self._database.transaction() as connection:
            await connection.execute(_RENEW, mine)

    async def release(self, worker: str, now: datetime) -> None:
        """Let go of what is claimed."""
        await self._closing.settle()
        async with self._database.transaction() as connection:
            await connection.execute(_RELEASE, {"mine": _mark(worker), "until": now})

    async def is_open(self, worker: str, delivery: Delivery) -> bool:
        """Whether a worker still is to make a delivery, looked up together with others."""
        return await self._looking.add((_mark(worker), delivery))

    async def put_off(self, worker: str, delivery: Delivery, until: datetime) -> None:
        """Let go of a delivery, for nobody to claim before a moment; one that another worker has stays."""
        async with self._database.transaction() as connection:
            mine = {"mine": _mark(worker), "until": until}
            await connection.execute(_PUT_OFF, {**_key_of(delivery), **mine})

    async def catch_up(self, now: datetime, latest: datetime) -> None:
        """Free what would wait until the clock shows again what it showed before."""
        async with self._database.transaction() as connection:
            await connection.execute(_CATCH_UP, {"now": now, "latest": latest})

    async def close(self, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        """Note what became of a delivery, together with others."""
        await self._closing.add((delivery, outcome, now))

    async def end(self, chat: str, now: datetime) -> None:
        """End a subscription and what is still to be delivered of it."""
        await self._database.write(
            update(SUBSCRIPTIONS)
            .where(SUBSCRIPTIONS.c.chat == chat, SUBSCRIPTIONS.c.ended_at.is_(None))
            .values(ended_at=now, due_at=None, due_day=None),
            closed(chat, now),
        )

    async def move(self, old: str, new: str) -> None:
        """Follow a group that has become another chat. What is there already stays."""
        async with self._database.transaction() as connection:
            for table in (SUBSCRIPTIONS, DELIVERIES):
                of_old, of_new = table.c.chat == old, table.c.chat == new
                is_there = (await connection.execute(select(table.c.chat).where(of_new).limit(1))).first()
                follow = update(table).where(of_old).values(chat=new)
                await connection.execute(delete(table).where(of_old) if is_there else follow)

    async def reschedule(self, rules: str, most: int, change: Change) -> int:
        """Change subscribers whose due moment was computed by other rules than these; how many there were."""
        by_others = or_(SUBSCRIPTIONS.c.rules < rules, SUBSCRIPTIONS.c.rules > rules)
        async with self._database.transaction() as connection:
            rows = (await connection.execute(select(SUBSCRIPTIONS).where(by_others).limit(most))).all()
            found = [subscriber for subscriber in map(subscriber_of, rows) if subscriber]
            await _move_on(connection, [change(subscriber) for subscriber in found])
            chats = [row.chat for row in rows]
            followed = update(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.chat.in_(chats)).values(rules=rules)
            await connection.execute(followed)
        return len(rows)

    async def tidy(self, now: datetime) -> None:
        """Erase what was over, and whose subscription ended, long ago."""
        past = now - ARE_KEPT + TIDY_EVERY
        with suppress(StoreError):  # the database has said what is wrong; the next time comes
            await self._database.work_through(
                delete(DELIVERIES).where(DELIVERIES.c.over_at < past),
                delete(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.ended_at < past),
            )

    async def _look_all(self, looks: Sequence[tuple[str, Delivery]]) -> Sequence[bool]:
        chats = {"chats": [each.chat for _, each in looks]}
        owners = {tuple(row[:3]): row.claimed_by for row in await self._database.read(_STILL_OPEN, chats)}
        had_by = [(mine, owners.get((each.chat, each.kind, each.day))) for mine, each in looks]
        return [owner is not None and owner.startswith(mine) for mine, owner in had_by]

    async def _close_all(self, closed: Sequence[tuple[Delivery, Outcome, datetime]]) -> Sequence[None]:
        rows = [
            {**_key_of(delivery), "became": outcome.value, "now": now} for delivery, outcome, now in closed
        ]
        sent = [{"of_chat": delivery.chat} for delivery, outcome, _ in closed if outcome is Outcome.SENT]
        async with self._database.transaction() as connection:
            await connection.execute(_CLOSE, rows)
            if sent:
                await connection.execute(HOLD, {"chats": [row["of_chat"] for row in sent]})
                await connection.execute(_COUNT, sent)
        return [None] * len(closed)


async def _take_over(connection: AsyncConnection, mine: Mapping[str, Any], change: Change) -> int:
    """Turn what has become due into rows, and let its subscriptions move on; how many they are."""
    rows = (await connection.execute(_DUE, mine)).all()
    due = [subscriber for subscriber in map(subscriber_of, rows) if subscriber]
    await _open(connection, due, mine)
    await _move_on(connection, [change(subscriber) for subscriber in due])
    odd = [{**_NOTHING_DUE, "of_chat": row.chat} for row in rows if subscriber_of(row) is None]
    if odd:
        await connection.execute(_MOVE_ON, odd)
    return len(due)


async def _open(connection: AsyncConnection, due: Sequence[Subscriber], mine: Mapping[str, Any]) -> None:
    """Write a row for each that has none for its day; one that was postponed gets another."""
    again = [
        {f"of_{name}": value for name, value in _day_of(each).items()}
        for each in due
        if each.due == each.subscription.schedule.postponed
    ]
    if again:
        await connection.execute(_REOPEN, again)
    held = {"free_at": mine["until"], "claimed_by": mine["claim"]}
    rows = [{**_day_of(each), **held, "due_at": each.due.at} for each in due if each.due]
    if rows:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        await connection.execute(dialect.insert(DELIVERIES).on_conflict_do_nothing(), rows)


async def _move_on(connection: AsyncConnection, moved: Sequence[Subscriber]) -> None:
    rows = [
        {
            "of_chat": each.chat,
            "due_on": each.due.day if each.due else None,
            "at": each.due.at if each.due else None,
            "last": each.last,
        }
        for each in moved
    ]
    if rows:
        await connection.execute(_MOVE_ON, rows)


def _mark(worker: str) -> str:
    """What the names of all claims of a worker begin with."""
    return f"{worker}/"


def _day_of(subscriber: Subscriber) -> dict[str, object]:
    """The key of what is due."""
    day = subscriber.due.day if subscriber.due else None
    return {"chat": subscriber.chat, "kind": subscriber.subscription.what.value, "day": day}


def _key_of(delivery: Delivery) -> dict[str, object]:
    return {"of_chat": delivery.chat, "of_kind": delivery.kind, "of_day": delivery.day}


def _delivery_of(row: Row[Any]) -> Delivery | None:
    try:
        subscription = subscription_of(row.document)
    except OddDocumentError:
        return None
    return Delivery(
        chat=row.chat,
        kind=row.kind,
        day=row.day,
        due_at=row.due_at,
        subscription=subscription,
        unanswered=row.unanswered,
    )
