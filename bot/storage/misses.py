"""Keeps misses for the editors in the database. Nothing there tells who asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select

from bot.core.misses import KeptMiss
from bot.services.ports import StoreError
from bot.storage.database import Database
from bot.storage.documents import from_text, to_text
from bot.storage.tables import MISSES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Miss:
    topics: tuple[str, ...]
    text: str | None = None


class DatabaseMissStore:
    """Adds a row for each miss; what can't be kept is let go."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, topics: Sequence[str], day: date) -> None:
        """Count a miss by its nearest topics, the nearest first."""
        await self._add(_Miss(topics=tuple(topics)), day)

    async def keep(self, text: str, topics: Sequence[str], day: date) -> bool:
        """Keep the words that somebody sends. False: they can't be kept."""
        return await self._add(_Miss(topics=tuple(topics), text=text), day)

    async def all(self) -> list[KeptMiss]:
        """Everything that is kept, in the order in which it came. Raises StoreError."""
        rows = await self._database.read(select(MISSES.c.day, MISSES.c.document).order_by(MISSES.c.id))
        misses = [(row.day, from_text(_Miss, row.document)) for row in rows]
        return [KeptMiss(day=day, topics=miss.topics, text=miss.text) for day, miss in misses]

    async def _add(self, miss: _Miss, day: date) -> bool:
        try:
            await self._database.write(insert(MISSES).values(day=day, document=to_text(miss)))
        except StoreError:
            return False
        return True
