"""Which tips came to whom, and for which day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "tips",
        sa.Column("chat", sa.String, primary_key=True),
        sa.Column("tip", sa.String, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
