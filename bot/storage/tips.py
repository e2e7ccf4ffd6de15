"""Remembers in the database which tips came to whom."""

from datetime import date

from sqlalchemy import select

from bot.core.tips.tip import SeenTip
from bot.storage.database import Database
from bot.storage.tables import TIPS


class DatabaseTipStore:
    """A row for each tip that came to a chat, with the last day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, chat: str) -> list[SeenTip]:
        """The tips that came, the last one at the end."""
        of_chat = select(TIPS.c.tip, TIPS.c.day).where(TIPS.c.chat == chat).order_by(TIPS.c.day, TIPS.c.tip)
        return [SeenTip(tip=row.tip, day=row.day) for row in await self._database.read(of_chat)]

    async def add(self, chat: str, tip: str, day: date) -> None:
        """Note that a tip came on a local day."""
        await self._database.write(self._database.upsert(TIPS, chat=chat, tip=tip, day=day))

    async def forget(self, chat: str) -> None:
        """Erase everything of a chat, with what other tables hold of it."""
        await self._database.forget(chat)
