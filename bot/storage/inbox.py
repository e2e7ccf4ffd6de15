"""Keeps updates in the database from before Telegram hears that they came until they are handled."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.gathering import Gathering
from bot.services.ports import Arrival, StoreError
from bot.services.shares import share_of
from bot.storage.database import Database
from bot.storage.subscriptions import HOLD
from bot.storage.tables import INBOX, SUBSCRIPTIONS

_WAITING = select(INBOX).where(INBOX.c.document.is_not(None)).order_by(INBOX.c.number)
_KNOWN = select(INBOX.c.number).where(INBOX.c.number.in_(bindparam("numbers", expanding=True)))
EMPTY = (
    update(INBOX)
    .where(INBOX.c.number.in_(bindparam("numbers", expanding=True)), INBOX.c.document.is_not(None))
    .values(document=null(), chat="")
)
_ERASE_EMPTY = delete(INBOX).where(INBOX.c.document.is_(None))
_HEARD = (
    update(SUBSCRIPTIONS)
    .where(SUBSCRIPTIONS.c.chat.in_(bindparam("chats", expanding=True)), SUBSCRIPTIONS.c.unanswered > 0)
    .values(unanswered=0)
)


class DatabaseInbox:
    """Rows that lose their content when they are handled, and go when Telegram will not send them again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open: set[int] = set()  # rows with content
        self._handled: set[int] = set()  # whose rows still have it
        self._has_empty = True  # rows without content may be there
        self._emptying = Gathering(self._empty)

    async def waiting(self) -> list[Arrival]:
        """What is not yet handled, in Telegram's order."""
        arrivals = [arrival_of(row) for row in await self._database.read(_WAITING)]
        self._open.update(arrival.number for arrival in arrivals)
        return arrivals

    async def take_in(self, arrivals: Sequence[Arrival], *, confirms: bool) -> list[Arrival]:
        """Keep what has come; those come out that were not there yet."""
        if not arrivals and not (confirms and self._has_empty):
            return []
        async with self._writing() as connection:
            if confirms:
                await connection.execute(_ERASE_EMPTY)
            new = await _without_known(connection, arrivals)
            if new:
                await connection.execute(insert(INBOX), [values_of(arrival) for arrival in new])
                await hear(connection, sorted({arrival.chat for arrival in new}))
        self._has_empty = self._has_empty and not confirms
        self._open.update(arrival.number for arrival in new)
        return new

    async def handled(self, number: int) -> None:
        """Note that an update needs nothing more. What can't be written down now is with the next."""
        self.let_go(number)
        if number in self._handled:
            with suppress(StoreError):
                await self._emptying.add(number)

    def let_go(self, number: int) -> None:
        """The same, written down when something else is."""
        if number in self._open:
            self._open.remove(number)
            self._handled.add(number)

    async def close(self) -> None:
        """Write down what is not yet."""
        await self._emptying.settle()
        with suppress(StoreError):
            await self._empty([])

    async def _empty(self, numbers: Sequence[int]) -> Sequence[None]:
        if self._handled:
            async with self._writing():
                pass
        return [None] * len(numbers)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that begins with what was handled."""
        numbers = sorted(self._handled)
        async with self._database.transaction() as connection:
            if numbers:
                await connection.execute(EMPTY, {"numbers": numbers})
            yield connection
        self._handled.difference_update(numbers)
        self._has_empty = self._has_empty or bool(numbers)


async def _without_known(connection: AsyncConnection, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Those that are not there, each once."""
    new = {arrival.number: arrival for arrival in arrivals}
    if new:
        for (number,) in await connection.execute(_KNOWN, {"numbers": list(new)}):
            del new[number]
    return list(new.values())


async def hear(connection: AsyncConnection, chats: Sequence[str]) -> None:
    """Note in subscriptions that somebody wrote or tapped."""
    subscribed = (await connection.execute(HOLD, {"chats": chats})).scalars().all()
    if subscribed:
        await connection.execute(_HEARD, {"chats": subscribed})


def values_of(arrival: Arrival) -> dict[str, object]:
    """The row for what has come in."""
    return {
        "number": arrival.number,
        "chat": arrival.chat,
        "at": arrival.at,
        "document": arrival.document,
        "share": share_of(int(arrival.chat)),
    }


def arrival_of(row: Row[Any]) -> Arrival:
    """What a row with content holds."""
    return Arrival(number=row.number, chat=row.chat, at=row.at, document=row.document)
