"""Opens what is remembered for as long as a process needs it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.services.chores import tidy_hourly
from bot.services.ports import Stores
from bot.storage.database import Database
from bot.storage.inbox import DatabaseInbox
from bot.storage.memory import MemoryContextStore
from bot.storage.misses import DatabaseMissStore
from bot.storage.profiles import DatabaseProfileStore
from bot.storage.talks import DatabaseContextStore


@asynccontextmanager
async def opened(folder: Path, url: str | None, clock: Callable[[], datetime]) -> AsyncIterator[Stores]:
    """Everything in the database, opened at once, tidied up now and every hour. Raises StoreError."""
    database = Database(folder, url)
    contexts, inbox = DatabaseContextStore(database), DatabaseInbox(database)
    try:
        await database.open()
        await contexts.tidy(clock())
        tidying = asyncio.create_task(tidy_hourly(contexts.tidy, clock, asyncio.sleep))
        try:
            yield _stores(database, contexts, inbox)
        finally:
            tidying.cancel()
            await asyncio.wait({tidying})
            await contexts.save_the_unsaved()
            await inbox.close()
    finally:
        await database.close()


@asynccontextmanager
async def opened_when_needed(folder: Path, url: str | None) -> AsyncIterator[Stores]:
    """The same for a process whose talks end with it: only profiles and misses are in the database."""
    database = Database(folder, url)
    try:
        yield _stores(database, MemoryContextStore(), DatabaseInbox(database))
    finally:
        await database.close()


def _stores(
    database: Database, contexts: DatabaseContextStore | MemoryContextStore, inbox: DatabaseInbox
) -> Stores:
    return Stores(
        contexts=contexts,
        fleeting=MemoryContextStore(),
        profiles=DatabaseProfileStore(database),
        misses=DatabaseMissStore(database),
        inbox=inbox,
    )
