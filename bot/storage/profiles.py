"""Remembers in the database what suits people and what they did."""

from dataclasses import replace

from sqlalchemy import select

from bot.core.person.profile import Done, Profile
from bot.storage.database import Database
from bot.storage.documents import OddDocumentError, from_text, to_text
from bot.storage.tables import DONE, PROFILES

HISTORY = 1_000  # what was done last; a year of routines is about 2,000 exercises


class DatabaseProfileStore:
    """Keeps profiles, and what was done line by line."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, chat: str) -> Profile:
        """The profile with what was done last. One that another version has written says nothing."""
        rows = await self._database.read(select(PROFILES.c.document).where(PROFILES.c.chat == chat))
        of_chat = select(DONE).where(DONE.c.chat == chat)
        last = await self._database.read(of_chat.order_by(DONE.c.at.desc(), DONE.c.exercise).limit(HISTORY))
        history = tuple(
            Done(exercise=row.exercise, at=row.at, felt=row.felt, routine=row.routine)
            for row in reversed(last)
        )
        try:
            profile = from_text(Profile, rows[0].document) if rows else Profile()
        except OddDocumentError:
            profile = Profile()
        return replace(profile, history=history)

    async def save(self, chat: str, profile: Profile) -> None:
        """Keep a profile in place of the one before, as far as it may be kept; its history stays as it is."""
        document = to_text(replace(profile.to_keep(), history=()))
        await self._database.write(self._database.upsert(PROFILES, chat=chat, document=document))

    async def add(self, chat: str, done: Done) -> None:
        """Put down what was done."""
        await self._database.write(
            self._database.upsert(
                DONE, chat=chat, at=done.at, exercise=done.exercise, felt=done.felt, routine=done.routine
            )
        )

    async def forget(self, chat: str) -> None:
        """Erase everything of a chat, with what other tables hold of it."""
        await self._database.forget(chat)
