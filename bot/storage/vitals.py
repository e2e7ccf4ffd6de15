"""How much waits in the database."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from bot.services.ports import Vitals
from bot.storage.database import Database
from bot.storage.tables import DELIVERIES, INBOX, SUBSCRIPTIONS

_WAITING = select(func.count()).select_from(INBOX).where(INBOX.c.document.is_not(None))
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_DUE = select(func.min(SUBSCRIPTIONS.c.due_at)).union_all(
    select(func.min(DELIVERIES.c.due_at)).where(DELIVERIES.c.free_at > _LONG_AGO)  # claimed, or put off
)


class DatabaseVitals:
    """Asks what indexes know, so that it costs the same with any number of subscribers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, now: datetime) -> Vitals:
        """What waits at a moment. Raises StoreError."""
        waiting = (await self._database.read(_WAITING))[0][0]
        due: list[datetime] = [row[0] for row in await self._database.read(_FIRST_DUE) if row[0]]
        late = max([0.0, *((now - moment).total_seconds() for moment in due)])
        return Vitals(inbox=waiting, overdue=late, is_known=True)
