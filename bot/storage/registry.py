"""Who is at work, in the database: workers by their last sign of life, and the shares that each has."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.shares import Plan, Roster
from bot.storage.database import NOW, Database
from bot.storage.tables import SHARES, WORKERS

_ONE_AFTER_THE_OTHER = text("SELECT pg_advisory_xact_lock(hashtext('strong-back workers'))")
_LAPSED = select(WORKERS.c.name).where(
    WORKERS.c.name == bindparam("worker"), WORKERS.c.until <= bindparam("now")
)
_SPARE = update(WORKERS).where(WORKERS.c.until <= bindparam("now")).values(until=bindparam("later"))
_GONE = delete(WORKERS).where(WORKERS.c.until <= bindparam("now"))
_LEAVE = delete(WORKERS).where(WORKERS.c.name == bindparam("worker"))
_LET_GO = delete(SHARES).where(SHARES.c.worker == bindparam("of_worker"))
_ORPHANS = delete(SHARES).where(SHARES.c.worker.not_in(select(WORKERS.c.name)))


class DatabaseRegistry:
    """Tables in PostgreSQL, whose clock counts: a worker whose own is wrong takes nothing from others."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sign(self, worker: str, seconds: float, decide: Callable[[Roster], Plan]) -> Plan:
        """Write down that a worker lives, and what it has from now on.

        One that could not sign in time itself takes nothing from others that could not: the database was
        away, and they may live, and know of messages that they have answered.
        """
        async with self._database.transaction() as connection:
            await connection.execute(_ONE_AFTER_THE_OTHER)
            now: datetime = (await connection.execute(NOW)).scalar_one()
            later = now + timedelta(seconds=seconds)
            if (await connection.execute(_LAPSED, {"worker": worker, "now": now})).first():
                await connection.execute(_SPARE, {"now": now, "later": later})
            await connection.execute(_GONE, {"now": now})
            await connection.execute(_ORPHANS)
            decided = decide(await _roster(connection, now))
            values = {"name": worker, "until": later, "pace": decided.pace}
            signed = postgresql.insert(WORKERS).values(**values)
            await connection.execute(signed.on_conflict_do_update(index_elements=["name"], set_=values))
            await connection.execute(_LET_GO, {"of_worker": worker})
            if decided.shares:
                rows = [{"number": share, "worker": worker} for share in sorted(decided.shares)]
                await connection.execute(insert(SHARES), rows)
        return decided

    async def moment(self, now: datetime) -> datetime:
        """What time it is for all workers, though it may be `now` for this one."""
        return await self._database.moment(now)

    async def leave(self, worker: str) -> None:
        """Erase a worker and what it has."""
        async with self._database.transaction() as connection:
            await connection.execute(_ONE_AFTER_THE_OTHER)
            await connection.execute(_LET_GO, {"of_worker": worker})
            await connection.execute(_LEAVE, {"worker": worker})


async def _roster(connection: AsyncConnection, now: datetime) -> Roster:
    workers = await connection.execute(select(WORKERS.c.name, WORKERS.c.pace))
    shares = await connection.execute(select(SHARES.c.number, SHARES.c.worker))
    return Roster(
        at=now,
        paces={row.name: row.pace for row in workers},
        owners={row.number: row.worker for row in shares},
    )
