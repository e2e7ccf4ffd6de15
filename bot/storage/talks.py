"""Remembers the talk and the safety state of each chat in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from bot.core.model import Action
from bot.core.player.session import Playing
from bot.core.talk import Alert, Context
from bot.services.chores import TIDY_EVERY
from bot.services.gathering import Gathering
from bot.services.ports import StoreError
from bot.storage.database import Database
from bot.storage.documents import OddDocumentError, from_text, to_text
from bot.storage.memory import MemoryContextStore
from bot.storage.tables import CONTEXTS

TALKS_ARE_KEPT = timedelta(hours=24)  # at most, and
AT_ONCE = 500  # talks that are read together
SIGNS_ARE_KEPT = timedelta(days=14)  # so that both end with the chore before

_OF_CHATS = select(CONTEXTS).where(CONTEXTS.c.chat.in_(bindparam("chats", expanding=True)))


class DatabaseContextStore:
    """Keeps contexts; while the database can't be used, in memory, until they can be saved again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unsaved = MemoryContextStore()
        self._loading = Gathering(self._load)
        self._saving = Gathering(self._save)

    async def load(self, chat: str) -> Context | None:
        """What was kept last for a chat; a red flag counts, whether it is in memory or in the database.

        So does what the person told of themselves.
        """
        unsaved = await self._unsaved.load(chat)
        try:
            saved = await self._loading.add(chat)
        except StoreError:
            return unsaved
        if unsaved is None or saved is None:
            return unsaved or saved
        return replace(
            unsaved,
            alert=unsaved.alert or saved.alert,
            leg_at=unsaved.leg_at or saved.leg_at,
            told=unsaved.told | saved.told,
            told_at=(*saved.told_at, *unsaved.told_at),
        )

    async def save(self, chat: str, context: Context) -> None:
        """Keep a context in place of the one before."""
        try:
            await self._saving.add(_row(chat, context))
        except StoreError:
            await self._unsaved.save(chat, context)
        else:
            await self._unsaved.forget(chat)

    async def _load(self, chats: Sequence[str]) -> list[Context | None]:
        rows = await self._database.read(_OF_CHATS, {"chats": list(set(chats))})
        saved = {row.chat: _context(row) for row in rows}
        return [saved.get(chat) for chat in chats]

    async def _save(self, rows: Sequence[Mapping[str, object]]) -> list[None]:
        in_order = sorted(rows, key=itemgetter("chat"))  # two workers that save never wait for each other
        await self._database.put(CONTEXTS, in_order)
        return [None] * len(rows)

    async def playing(self) -> list[tuple[str, Playing]]:
        """The chats in whose routine something ends by itself, saved or not."""
        running = select(CONTEXTS).where(CONTEXTS.c.goes_on_at.is_not(None))
        try:
            rows = await self._database.read(running)
        except StoreError:
            rows = []
        saved = [(row.chat, context.routine.playing) for row in rows if (context := _context(row)).routine]
        found = dict(await self._unsaved.playing())
        found |= {chat: playing for chat, playing in saved if playing and playing.due and chat not in found}
        return list(found.items())

    async def forget(self, chat: str) -> None:
        """Forget what could not be saved. What is saved is the database's to forget."""
        await self._unsaved.forget(chat)

    async def save_the_unsaved(self) -> None:
        """Try once more to save what could not be saved. Nobody may talk meanwhile."""
        for chat in self._unsaved.chats():
            context = await self.load(chat)
            if context is not None:
                await self.save(chat, context)

    async def tidy(self, now: datetime) -> None:
        """Erase talks, what was told in them, and safety states that get too old before the next time."""
        too_old = now - TALKS_ARE_KEPT + TIDY_EVERY
        past = now - SIGNS_ARE_KEPT + TIDY_EVERY
        table = CONTEXTS
        no_alert = {"alert_flag": None, "alert_action": None, "alert_at": None}
        try:
            await self._database.work_through(
                update(table).where(table.c.alert_at < past).values(no_alert),
                update(table).where(table.c.leg_at < past).values(leg_at=None),
                delete(table).where(
                    table.c.at < too_old, table.c.alert_at.is_(None), table.c.leg_at.is_(None)
                ),
                update(table)
                .where(table.c.at < too_old)
                .values(
                    document=None,
                    goes_on_at=None,
                    told_from=None,
                    at=func.coalesce(table.c.alert_at, table.c.leg_at),
                ),
            )
            await self._tidy_told(too_old)
        except StoreError:
            return  # the database has said what is wrong; the next time comes

    async def _tidy_told(self, since: datetime) -> None:
        """Take what was told before a moment out of the talks, but for one that goes on just then."""
        old = select(CONTEXTS).where(CONTEXTS.c.told_from < since).limit(AT_ONCE)
        while rows := await self._database.read(old):
            for row in rows:
                after = _row(row.chat, _context(row).told_since(since))
                is_same = (CONTEXTS.c.chat == row.chat, CONTEXTS.c.document == row.document)
                values = {name: after[name] for name in ("document", "told_from")}
                await self._database.write(update(CONTEXTS).where(*is_same).values(values))


def _row(chat: str, context: Context) -> dict[str, object]:
    alert, state = context.alert, context.routine
    return {
        "chat": chat,
        "at": context.at,
        "document": to_text(replace(context, alert=None, leg_at=None)),
        "alert_flag": alert.flag if alert else None,
        "alert_action": alert.action.value if alert else None,
        "alert_at": alert.at if alert else None,
        "leg_at": context.leg_at,
        "goes_on_at": state.playing.due if state and state.playing else None,
        "told_from": context.told_from,
    }


def _context(row: Row[Any]) -> Context:
    """What a row holds; a talk that another version has written is forgotten."""
    alert = None
    if row.alert_at is not None:
        alert = Alert(flag=row.alert_flag, action=Action(row.alert_action), at=row.alert_at)
    try:
        talk = from_text(Context, row.document or "")
    except OddDocumentError:
        talk = Context(at=row.at)
    return replace(talk, alert=alert, leg_at=row.leg_at)
