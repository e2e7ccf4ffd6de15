"""Who is at work, and which worker sees to what has come in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, and tell the rows of the inbox apart by their share."""
    open_rows = sa.text("document IS NOT NULL")
    op.add_column("inbox", sa.Column("share", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE inbox SET share = (CAST(chat AS BIGINT) % 64 + 64) % 64 WHERE document IS NOT NULL")
    op.add_column("inbox", sa.Column("taken_by", sa.String))
    op.create_index("inbox_by_share", "inbox", ["share"], sqlite_where=open_rows, postgresql_where=open_rows)
    op.create_index("inbox_by_age", "inbox", ["at"])
    op.create_table(
        "workers",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pace", sa.Integer, nullable=False),
    )
    op.create_table(
        "shares",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("worker", sa.String, nullable=False),
    )
