"""How much waits in the database."""

from datetime import datetime

from sqlalchemy import func, select

from bot.services.ports import Vitals
from bot.storage.database import Database
from bot.storage.tables import INBOX, SUBSCRIPTIONS

_WAITING = select(func.count()).select_from(INBOX).where(INBOX.c.document.is_not(None))
_FIRST_DUE = select(func.min(SUBSCRIPTIONS.c.due_at))


class DatabaseVitals:
    """Asks what indexes know, so that it costs the same with any number of subscribers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, now: datetime) -> Vitals:
        """What waits at a moment. Raises StoreError."""
        waiting = (await self._database.read(_WAITING))[0][0]
        due: datetime | None = (await self._database.read(_FIRST_DUE))[0][0]
        late = max(0.0, (now - due).total_seconds()) if due else 0.0
        return Vitals(inbox=waiting, overdue=late, is_known=True)
