"""Keeps in the database under which id Telegram knows a picture, so that it is uploaded once."""

from sqlalchemy import select

from bot.services.ports import StoreError
from bot.storage.database import Database
from bot.storage.tables import PICTURES


class DatabasePictureStore:
    """A row for each picture. While the database fails nothing is known, and pictures are uploaded anew."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self) -> dict[str, str]:
        """The ids of all pictures, by the marks of their files."""
        try:
            rows = await self._database.read(select(PICTURES.c.mark, PICTURES.c.file))
        except StoreError:
            return {}
        return {row.mark: row.file for row in rows}

    async def keep(self, mark: str, file: str) -> None:
        """Keep an id in place of the one before."""
        try:
            await self._database.write(self._database.upsert(PICTURES, mark=mark, file=file))
        except StoreError:
            return
