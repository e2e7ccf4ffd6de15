"""How long a look at what is due takes, by how many have subscribed, on both databases."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text, update
from subscribers import NOW, RULES, subscriber

from bot.core.subscriptions.subscription import Subscriber, after_delivery
from bot.services.deliveries.dispatch import LEASE, SLOTS
from bot.services.deliveries.ports import Claim
from bot.storage.database import Database
from bot.storage.ledger import DatabaseLedger
from bot.storage.subscriptions import values_of
from bot.storage.tables import SUBSCRIPTIONS

LOOKS = 50
DUE = 10_000
AT_ONCE = 10_000  # rows that are written together
UTC = ZoneInfo("UTC")
CLAIM = Claim(worker="bench", now=NOW, until=NOW + LEASE, most=SLOTS)


@dataclass(frozen=True, slots=True)
class Tick:
    """With so many subscribers: milliseconds for a look that finds nothing, seconds to claim 10,000 that are
    due at once and to say what is due after each.
    """

    database: str
    subscribers: int
    look: float
    claims: float


async def ticks(
    folder: Path, new_url: Callable[[], str], sizes: tuple[int, ...], say: Callable[[str], None]
) -> list[Tick]:
    """Measure with each size on SQLite, then on PostgreSQL."""
    found = []
    for name in ("SQLite", "PostgreSQL"):
        for size in sizes:
            url = new_url() if name == "PostgreSQL" else None
            async with _filled(folder / f"{name}{size}", url, size) as database:
                ledger = DatabaseLedger(database)
                found.append(Tick(name, size, await _look(ledger), await _claims(database, ledger, size)))
            say(
                f"{name}, {size:,} subscribers: a look {found[-1].look:.2f} ms, "
                f"{min(DUE, size):,} claims {found[-1].claims:.2f} s"
            )
    return found


@asynccontextmanager
async def _filled(folder: Path, url: str | None, size: int) -> AsyncIterator[Database]:
    """A database with subscribers, each due tomorrow at a moment of its own."""
    database = Database(folder, url)
    for begin in range(0, size, AT_ONCE):
        rows = [_row(chat) for chat in range(begin, min(begin + AT_ONCE, size))]
        async with database.transaction() as connection:
            await connection.execute(insert(SUBSCRIPTIONS), rows)
    await database.write(text("ANALYZE"))
    yield database
    await database.close()


def _row(chat: int) -> dict[str, object]:
    due = NOW + timedelta(days=1, seconds=chat % 3600)
    return {**values_of(subscriber(chat, due=due)), "rules": RULES}


async def _look(ledger: DatabaseLedger) -> float:
    took = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        found = await ledger.claim(CLAIM, _next)
        took.append(time.perf_counter() - began)
        if found:
            raise RuntimeError("Something was due.")
    return median(took) * 1000


async def _claims(database: Database, ledger: DatabaseLedger, size: int) -> float:
    """Seconds to claim and schedule everything, when many are due at the same moment."""
    chats = [str(chat) for chat in range(0, size, max(1, size // DUE))][:DUE]
    for begin in range(0, len(chats), 1000):
        of_these = SUBSCRIPTIONS.c.chat.in_(chats[begin : begin + 1000])
        await database.write(update(SUBSCRIPTIONS).where(of_these).values(due_at=NOW, due_day=NOW.date()))
    left, began = len(chats), time.perf_counter()
    while left:
        claimed = await ledger.claim(CLAIM, _next)
        if not claimed:
            raise RuntimeError(f"{left} were not claimed.")
        left -= len(claimed)
    return time.perf_counter() - began


def _next(due: Subscriber) -> Subscriber:
    return after_delivery(due, UTC, NOW)
