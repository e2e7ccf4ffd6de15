"""Remembers subscriptions in the database, with what is due of each."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, Update, bindparam, select, update

from bot.core.schedules.schedule import Due
from bot.core.subscriptions.subscription import Subscriber, Subscription
from bot.services.deliveries.ports import Change, Outcome
from bot.storage.database import Database
from bot.storage.documents import OddDocumentError, from_text, to_text
from bot.storage.tables import DELIVERIES, SUBSCRIPTIONS

HOLD = (  # rows in one order for all, so that no two transactions wait for each other
    select(SUBSCRIPTIONS.c.chat)
    .where(SUBSCRIPTIONS.c.chat.in_(bindparam("chats", expanding=True)))
    .order_by(SUBSCRIPTIONS.c.chat)
    .with_for_update()
)
_HELD = select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.chat == bindparam("of_chat")).with_for_update()


class DatabaseSubscriptionStore:
    """Keeps one subscription for each chat."""

    def __init__(self, database: Database, rules: str) -> None:
        """`rules` names those of time zones, by which due moments are computed."""
        self._database = database
        self._rules = rules

    async def load(self, chat: str) -> Subscriber | None:
        """The subscription of a chat. One that another version has written is none."""
        rows = await self._database.read(select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.chat == chat))
        return subscriber_of(rows[0]) if rows else None

    async def save(self, subscriber: Subscriber) -> None:
        """Keep a subscription in place of the one before."""
        await self._database.write(*self._saving(subscriber))

    async def change(self, chat: str, change: Change) -> None:
        """Keep a subscription as it is after a change; nobody else changes it meanwhile."""
        async with self._database.transaction() as connection:
            row = (await connection.execute(_HELD, {"of_chat": chat})).first()
            before = subscriber_of(row) if row else None
            after = change(before) if before else None
            if after is not None and after != before:
                for statement in self._saving(after):
                    await connection.execute(statement)

    def _saving(self, subscriber: Subscriber) -> list[Executable]:
        """The statements that keep a subscription, and end what is not to be delivered any more."""
        row = {**values_of(subscriber), "rules": self._rules}
        statements: list[Executable] = [self._database.upsert(SUBSCRIPTIONS, **row)]
        if subscriber.ended_at is not None:
            return [*statements, closed(subscriber.chat, subscriber.ended_at)]
        for pause in subscriber.subscription.schedule.pauses:
            ended = closed(subscriber.chat, DELIVERIES.c.due_at).where(DELIVERIES.c.day < pause.until)
            statements.append(ended.where(DELIVERIES.c.day >= pause.start) if pause.start else ended)
        return statements

    async def forget(self, chat: str) -> None:
        """Erase everything of a chat, with what other tables hold of it."""
        await self._database.forget(chat)


def closed(chat: str, now: datetime | ColumnElement[datetime]) -> Update:
    """The statement that ends what is still to be delivered to a chat."""
    is_open = DELIVERIES.c.chat == chat, DELIVERIES.c.free_at.is_not(None)
    return update(DELIVERIES).where(*is_open).values(free_at=None, outcome=Outcome.ENDED.value, over_at=now)


def values_of(subscriber: Subscriber) -> dict[str, object]:
    """A row without its rules. Of one that ended nothing is due."""
    due = subscriber.due if subscriber.ended_at is None else None
    return {
        "chat": subscriber.chat,
        "document": to_text(subscriber.subscription),
        "due_day": due.day if due else None,
        "due_at": due.at if due else None,
        "last_day": subscriber.last,
        "unanswered": subscriber.unanswered,
        "ended_at": subscriber.ended_at,
    }


@lru_cache(maxsize=1024)  # many have chosen the same, and all of them are due at once
def subscription_of(document: str) -> Subscription:
    """What a document holds. Raises OddDocumentError if another version has written it."""
    return from_text(Subscription, document)


def subscriber_of(row: Row[Any]) -> Subscriber | None:
    """What a row holds; None if another version has written it."""
    try:
        subscription = subscription_of(row.document)
    except OddDocumentError:
        return None
    return Subscriber(
        chat=row.chat,
        subscription=subscription,
        due=Due(day=row.due_day, at=row.due_at) if row.due_at else None,
        last=row.last_day,
        unanswered=row.unanswered,
        ended_at=row.ended_at,
    )
