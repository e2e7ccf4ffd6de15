"""The inbox of all workers: whoever gets a message keeps it, and who sees to its chat takes it out."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.gathering import Gathering
from bot.services.ports import Arrival, StoreError
from bot.storage.database import Database
from bot.storage.inbox import EMPTY, arrival_of, hear, values_of
from bot.storage.tables import INBOX

NUMBERS_ARE_KEPT = timedelta(hours=24)  # of handled messages: so long does Telegram try to bring one
CHANNEL = "strong_back_inbox"

_IS_NEW = and_(
    INBOX.c.document.is_not(None), or_(INBOX.c.taken_by.is_(None), INBOX.c.taken_by != bindparam("worker"))
)
_NEW = (
    select(INBOX.c.number)
    .where(_IS_NEW, INBOX.c.share.in_(bindparam("shares", expanding=True)))
    .order_by(INBOX.c.number)
    .limit(bindparam("most"))
)
_TAKE_OUT = (
    update(INBOX)
    .where(INBOX.c.number.in_(_NEW), _IS_NEW)  # twice: it may have waited for somebody who took it
    .values(taken_by=bindparam("worker"))
    .returning(INBOX)
)
_PUT_BACK = (
    update(INBOX)
    .where(INBOX.c.document.is_not(None), INBOX.c.share.in_(bindparam("shares", expanding=True)))
    .values(taken_by=None)
)
_TELL = text(f"NOTIFY {CHANNEL}")


class DatabaseSharedInbox:
    """Rows by number, so that what comes twice is kept once, whichever workers it comes to."""

    def __init__(self, database: Database, worker: str) -> None:
        """`worker` is a name that no other process has."""
        self._database = database
        self._worker = worker
        self._handled: set[int] = set()  # whose rows still have their content
        self._emptying = Gathering(self._empty)

    async def keep(self, arrivals: Sequence[Arrival], shares: Collection[int], most: int) -> list[Arrival]:
        """Keep what is not there yet, and take out what is there of some shares, all in one commit."""
        async with self._database.transaction() as connection:
            dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
            rows = [values_of(arrival) for arrival in arrivals]
            added = dialect.insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.chat, INBOX.c.share)
            new = (await connection.execute(added, rows)).all() if rows else []
            await hear(connection, sorted({row.chat for row in new}))
            if dialect is postgresql and any(row.share not in shares for row in new):
                await connection.execute(_TELL)
            return await self._take_out(connection, shares, most)

    async def take_out(self, shares: Collection[int], most: int) -> list[Arrival]:
        """Mark rows as this worker's; those come out that were not."""
        async with self._database.transaction() as connection:
            return await self._take_out(connection, shares, most)

    async def put_back(self, shares: Collection[int]) -> None:
        """Take the marks away, but first note what was handled and could not be written down."""
        async with self._writing() as connection:
            await connection.execute(_PUT_BACK, {"shares": list(shares)})

    async def handled(self, number: int) -> None:
        """Note that a message needs nothing more. What can't be written down now is with the next."""
        self.let_go(number)
        with suppress(StoreError):
            await self._emptying.add(number)

    def let_go(self, number: int) -> None:
        """The same, written down when something else is."""
        self._handled.add(number)

    async def watch(self, wake: Callable[[], None]) -> None:
        """Hear of what others keep; in SQLite there are none."""
        await self._database.listen(CHANNEL, wake)

    async def close(self) -> None:
        """Write down what is not yet."""
        await self._emptying.settle()
        with suppress(StoreError):
            await self._empty([])

    async def tidy(self, now: datetime) -> None:
        """Erase the numbers of what was handled long ago."""
        old = delete(INBOX).where(INBOX.c.document.is_(None), INBOX.c.at < now - NUMBERS_ARE_KEPT)
        with suppress(StoreError):  # the database has said what is wrong; the next time comes
            await self._database.work_through(old)

    async def _take_out(
        self, connection: AsyncConnection, shares: Collection[int], most: int
    ) -> list[Arrival]:
        if not shares or most <= 0:
            return []
        mine = {"shares": list(shares), "worker": self._worker, "most": most}
        rows = await connection.execute(_TAKE_OUT, mine)
        arrivals = [arrival_of(row) for row in rows if row.number not in self._handled]
        return sorted(arrivals, key=lambda arrival: arrival.number)

    async def _empty(self, added: Sequence[int]) -> list[None]:
        if self._handled:
            async with self._writing():
                pass
        return [None] * len(added)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that begins with what was handled."""
        numbers = sorted(self._handled)
        async with self._database.transaction() as connection:
            if numbers:
                await connection.execute(EMPTY, {"numbers": numbers})
            yield connection
        self._handled.difference_update(numbers)
