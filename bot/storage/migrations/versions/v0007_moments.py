"""When a player goes on by itself, and since when something told of somebody is known, beside the talks."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # so that the first chore looks when it was


def upgrade() -> None:
    """Add the moments, so that no start and no chore reads all talks to find these."""
    moment = sa.DateTime(timezone=True)
    for name, index in (("goes_on_at", "contexts_by_player"), ("told_from", "contexts_by_told")):
        op.add_column("contexts", sa.Column(name, moment))
        there = sa.text(f"{name} IS NOT NULL")
        op.create_index(index, "contexts", [name], sqlite_where=there, postgresql_where=there)
    contexts = sa.table(
        "contexts",
        sa.column("document", sa.Text),
        sa.column("at", moment),
        sa.column("goes_on_at", moment),
        sa.column("told_from", moment),
    )
    runs, tells = (contexts.c.document.contains(part) for part in ('"due": "', '"told": ['))
    op.execute(sa.update(contexts).where(runs).values(goes_on_at=contexts.c.at))
    op.execute(sa.update(contexts).where(tells).values(told_from=LONG_AGO))
