"""Opens what is remembered for as long as a process needs it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from bot.services.chores import tidy_hourly
from bot.services.ports import StoreError, Stores
from bot.storage.database import Database
from bot.storage.inbox import DatabaseInbox
from bot.storage.ledger import DatabaseLedger
from bot.storage.memory import MemoryContextStore
from bot.storage.misses import DatabaseMissStore
from bot.storage.pictures import DatabasePictureStore
from bot.storage.profiles import DatabaseProfileStore
from bot.storage.registry import DatabaseRegistry
from bot.storage.shared_inbox import DatabaseSharedInbox
from bot.storage.subscriptions import DatabaseSubscriptionStore
from bot.storage.talks import DatabaseContextStore
from bot.storage.tips import DatabaseTipStore
from bot.storage.vitals import DatabaseVitals


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Stores):
    """The stores in a database, and what is due there."""

    ledger: DatabaseLedger
    shared_inbox: DatabaseSharedInbox
    registry: DatabaseRegistry
    vitals: DatabaseVitals


@asynccontextmanager
async def opened(
    folder: Path, url: str | None, clock: Callable[[], datetime], rules: str
) -> AsyncIterator[Kept]:
    """Everything in the database, opened at once, tidied up now and every hour. Raises StoreError.

    `rules` names those of time zones, by which due moments are computed.
    """
    database = Database(folder, url)
    contexts, inbox = DatabaseContextStore(database), DatabaseInbox(database)
    try:
        await database.open()
        stores = _stores(database, contexts, inbox, rules)

        async def tidy(now: datetime) -> None:
            with suppress(StoreError):  # the database has said what is wrong; the next time comes
                moment = await database.moment(now)  # a wrong clock here erases nothing of what others keep
                await contexts.tidy(moment)
                await stores.ledger.tidy(moment)
                await stores.shared_inbox.tidy(moment)

        await tidy(clock())
        tidying = asyncio.create_task(tidy_hourly(tidy, clock, asyncio.sleep))
        try:
            yield stores
        finally:
            tidying.cancel()
            await asyncio.wait({tidying})
            await contexts.save_the_unsaved()
            await inbox.close()
            await stores.shared_inbox.close()
    finally:
        await database.close()


@asynccontextmanager
async def opened_when_needed(folder: Path, url: str | None, rules: str) -> AsyncIterator[Kept]:
    """The same for a process whose talks end with it: only profiles and misses are in the database."""
    database = Database(folder, url)
    try:
        yield _stores(database, MemoryContextStore(), DatabaseInbox(database), rules)
    finally:
        await database.close()


def _stores(
    database: Database,
    contexts: DatabaseContextStore | MemoryContextStore,
    inbox: DatabaseInbox,
    rules: str,
) -> Kept:
    return Kept(
        contexts=contexts,
        fleeting=MemoryContextStore(),
        profiles=DatabaseProfileStore(database),
        misses=DatabaseMissStore(database),
        inbox=inbox,
        pictures=DatabasePictureStore(database),
        subscriptions=DatabaseSubscriptionStore(database, rules),
        tips=DatabaseTipStore(database),
        ledger=DatabaseLedger(database),
        shared_inbox=DatabaseSharedInbox(database, token_hex(8)),
        registry=DatabaseRegistry(database),
        vitals=DatabaseVitals(database),
    )
