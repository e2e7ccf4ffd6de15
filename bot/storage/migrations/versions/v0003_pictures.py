"""Under which id Telegram knows each picture."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pictures",
        sa.Column("mark", sa.String, primary_key=True),
        sa.Column("file", sa.String, nullable=False),
    )
